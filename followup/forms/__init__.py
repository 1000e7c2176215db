"""What is filled in after the decision."""

from followup.forms.checks import CheckForm, JudgementForm
from followup.forms.execution import DeferForm, ItemForm, PostForm, RectifyNoticeForm
from followup.forms.tracking import CareDoneForm, CareForm, ExtraVisitForm, VisitForm
from followup.forms.volume import VolumeForm

__all__ = [
    "CareDoneForm", "CareForm", "CheckForm", "DeferForm", "ExtraVisitForm", "ItemForm", "JudgementForm", "PostForm",
    "RectifyNoticeForm", "VisitForm", "VolumeForm",
]  # fmt: skip
