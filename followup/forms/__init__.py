"""What is filled in after the decision."""

from followup.forms.execution import ItemForm, RectifyNoticeForm
from followup.forms.letters import EducationForm, EducationReportForm, LetterForm, ReceiptForm, ReplyForm
from followup.forms.reform import AcceptForm, BlockageForm, GapForm, LookBackForm, ReformItemForm, ReportForm, WhyForm
from followup.forms.tracking import VisitForm

__all__ = [
    "AcceptForm", "BlockageForm", "EducationForm", "EducationReportForm", "GapForm", "ItemForm", "LetterForm", "LookBackForm",
    "ReceiptForm", "RectifyNoticeForm", "ReformItemForm", "ReplyForm", "ReportForm", "VisitForm", "WhyForm",
]  # fmt: skip
