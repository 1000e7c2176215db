"""What is filled in after the decision."""

from followup.forms.checks import CheckForm, JudgementForm
from followup.forms.exchange import ExportForm, ImportForm
from followup.forms.execution import DeferForm, ItemForm, PostForm, RectifyNoticeForm
from followup.forms.letters import EducationForm, EducationReportForm, LetterForm, ReceiptForm, ReplyForm
from followup.forms.reform import BlockageForm, GapForm, ReformItemForm
from followup.forms.tracking import CareDoneForm, CareForm, ExtraVisitForm, VisitForm
from followup.forms.volume import VolumeForm
from wenze.workflow.remedy_forms import AcceptForm, LookBackForm, ReportForm, WhyForm

__all__ = [
    "AcceptForm", "BlockageForm", "CareDoneForm", "CareForm", "CheckForm", "DeferForm", "EducationForm", "EducationReportForm",
    "ExportForm", "ExtraVisitForm", "GapForm", "ImportForm", "ItemForm", "JudgementForm", "LetterForm", "LookBackForm", "PostForm", "ReceiptForm",
    "RectifyNoticeForm", "ReformItemForm", "ReplyForm", "ReportForm", "VisitForm", "VolumeForm", "WhyForm",
]  # fmt: skip
