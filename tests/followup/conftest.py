"""A decided case in execution, with one point on the chain and one item of the unit P-gov."""

import pytest

from followup.models import ReformItem


@pytest.fixture
def told(story):
    """Decided, in execution, with one point and one item of the unit P-gov."""
    story.run("executing")
    story.reformed()
    return story


@pytest.fixture
def item(told):
    return ReformItem.objects.get(case=told.case)
