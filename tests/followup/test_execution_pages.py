"""What an execution item's page offers, by what the item is."""

import pytest

from cases.models import Dispatch
from followup.enums import ItemKind
from followup.models import ExecutionItem

pytestmark = pytest.mark.django_db
