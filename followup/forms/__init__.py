"""What is filled in after the decision."""

from followup.forms.execution import ItemForm, RectifyNoticeForm
from followup.forms.tracking import VisitForm
from followup.forms.volume import VolumeForm

__all__ = ["ItemForm", "RectifyNoticeForm", "VisitForm", "VolumeForm"]
