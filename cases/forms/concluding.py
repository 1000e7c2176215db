"""Forms that conclude the investigation: the report, its signatures, the sitting with an outcome for each subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases import outcomes
from cases.enums import Outcome, SittingResult
from cases.models import Report
from wenze.access.forms import ScopedModelChoiceField
from wenze.errors import Invalid
from wenze.law import accountability_measures, first_form_measures
from wenze.pages.forms import Form
from wenze.people.models import Organization

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.models import Case, Subject
    from wenze.people.models import User


MODEL_FIELD = {
    "outcome": "outcome", "measures": "measures", "why": "reason", "posts": "removed_posts", "to": "to_organization",
    "refer": "refer_to", "need": "requirement", "due": "due_on",
}  # fmt: skip
"""The short names of a subject's fields in the form, and what they are in an outcome."""


class OutcomesForm(Form):
    """One outcome a subject: ``outcome_<n>``, ``measures_<n>``, ``why_<n>``, n being the subject's position.

    With ``full``, all else that an outcome may ask for as well: posts, receiving body, filing, requirement, day.
    """

    blank: str = ""
    """What the empty choice means; without it an outcome must be chosen."""
    full = False

    def __init__(self, *args: Any, case: Case, user: User | None = None, shown: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = list(case.subjects.pursued().select_related(*outcomes.READ))
        bodies = (
            [("", "（无）"), *((row.pk, str(row)) for row in Organization.objects.visible_to(user))] if user else []
        )
        for subject in self.subjects:
            number, proposal = subject.position, getattr(subject, "proposal", None) if shown else None
            for name, field in self._fields_of(subject, user, bodies).items():
                if proposal is not None:
                    field.initial = getattr(proposal, MODEL_FIELD[name])
                self.fields[f"{name}_{number}"] = field
        self.dress_added()

    def _fields_of(self, subject: Subject, user: User | None, bodies: list[tuple[Any, str]]) -> dict[str, forms.Field]:
        name = subject.name
        options = [*Outcome.choices[: list(Outcome).index(Outcome.JOINED_FILED_REVIEW)]]
        offered = [*accountability_measures(subject.kind, subject.track), *first_form_measures(subject.kind)]
        found: dict[str, forms.Field] = {
            "outcome": forms.ChoiceField(
                label=f"{name}：结果", required=False, choices=[("", self.blank or "（按拟处理意见）"), *options]
            ),
            "measures": forms.MultipleChoiceField(
                label=f"{name}：措施", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(m.code, m.name) for m in offered],
            ),
            "why": forms.CharField(
                label=f"{name}：理由", required=False, widget=forms.Textarea, max_length=3000
            ),
        }  # fmt: skip
        if not self.full or user is None:
            return found
        found |= {
            "posts": forms.CharField(label=f"{name}：涉及职务", required=False, max_length=300),
            "to": ScopedModelChoiceField(Organization, user=user, label=f"{name}：接收机关", required=False),
            "refer": ScopedModelChoiceField(Organization, user=user, label=f"{name}：同时转立案", required=False),
            "need": forms.CharField(label=f"{name}：整改或者办理要求", required=False, max_length=2000),
            "due": forms.DateField(label=f"{name}：期限", required=False, widget=forms.DateInput),
        }
        for key in ("to", "refer"):
            found[key].choices = bodies  # type: ignore[attr-defined]
        return found

    def chosen(self) -> Iterator[tuple[Subject, outcomes.Draft]]:
        """The subjects for which an outcome was chosen, with it."""
        for subject in self.subjects:
            typed = {
                MODEL_FIELD[name]: self.cleaned_data[key]
                for name in MODEL_FIELD
                if (key := f"{name}_{subject.position}") in self.cleaned_data
            }
            if typed["outcome"]:
                typed["reason"] = typed["reason"].strip()
                yield subject, outcomes.Draft(**typed)

    def accept(self, refusal: Invalid) -> None:
        """What is wrong in a subject's outcome (``reason_3``) stands beside that subject's field (``why_3``)."""
        short = {model: name for name, model in MODEL_FIELD.items()}
        told = {}
        for key, text in refusal.fields.items():
            name, _, number = key.rpartition("_")
            told[f"{short[name]}_{number}" if name in short else key] = text
        super().accept(Invalid(told))

    def values(self, **kwargs: Any) -> dict[str, Any]:
        """The cleaned data without the subjects' fields."""
        own = tuple(f"{name}_" for name in MODEL_FIELD)
        return {name: value for name, value in super().values(**kwargs).items() if not name.startswith(own)}


class ReportForm(Form):
    """调查报告: seven parts, the discussion."""

    discussed_on = forms.DateField(label="集体讨论日", required=False, widget=forms.DateInput)
    discussed_by = forms.CharField(label="讨论人员", required=False, max_length=300)
    discussion = forms.CharField(label="讨论意见", required=False, widget=forms.Textarea, max_length=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Report.PARTS:
            label = str(Report._meta.get_field(part).verbose_name)  # type: ignore[union-attr]
            self.fields[part] = forms.CharField(label=label, required=False, widget=forms.Textarea, max_length=30000)
        self.order_fields([*Report.PARTS, "discussed_on", "discussed_by", "discussion"])
        self.dress_added()

    def written(self) -> dict[str, Any]:
        data = self.values()
        return {
            "parts": {part: data.pop(part) for part in Report.PARTS},
            **data,
        }


class SignReportForm(Form):
    """报告签名."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    signed_by = forms.CharField(label="签名人员", max_length=300, help_text="以顿号分开；组长和每名成员都要签。")


class DeliberationForm(OutcomesForm):
    """集体研究记录 (D18), with the outcome that the sitting settled for each subject."""

    full = True

    held_on = forms.DateField(label="会议日", widget=forms.DateInput)
    place = forms.CharField(label="地点", max_length=120)
    agenda = forms.CharField(label="议题", required=False, max_length=200)
    chair = forms.CharField(label="主持人", required=False, max_length=60)
    recorder = forms.CharField(label="记录人", required=False, max_length=60)
    expected = forms.IntegerField(label="应到人数", min_value=1, max_value=99)
    recused = forms.CharField(label="回避人员", required=False, max_length=300, help_text="以顿号分开")
    views = forms.CharField(
        label="各人意见", widget=forms.Textarea, max_length=10000,
        help_text="一行一人：姓名：意见。不同意的，在姓名后加“（不同意）”。只写姓名的，表示到会而意见未记。",
    )  # fmt: skip
    result = forms.ChoiceField(
        label="会议结果", choices=SittingResult.choices, initial=SittingResult.SETTLED, required=False,
        help_text="退回补充调查的，不必填写各对象的结果，会议结论写明需要补充什么。",
    )  # fmt: skip
    conclusion = forms.CharField(label="会议结论", required=False, widget=forms.Textarea, max_length=5000)

    def clean_result(self) -> str:
        """A post that does not say it (an old page) settles, as sittings do."""
        return self.cleaned_data["result"] or SittingResult.SETTLED
