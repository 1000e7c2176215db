"""What is filled in after the decision."""

from followup.forms.execution import ItemForm, RectifyNoticeForm
from followup.forms.tracking import VisitForm

__all__ = ["ItemForm", "RectifyNoticeForm", "VisitForm"]
