"""Forms that conclude the investigation: the report, its signatures, the sitting with an outcome for each subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.enums import Outcome
from cases.models import Report
from wenze.law import accountability_measures
from wenze.pages.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.models import Case, Subject


class OutcomesForm(Form):
    """One outcome a subject: ``outcome_<n>``, ``measures_<n>``, ``why_<n>``, n being the subject's position."""

    blank: str = ""
    """What the empty choice means; without it an outcome must be chosen."""

    def __init__(self, *args: Any, case: Case, shown: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = list(case.subjects.select_related("cadre", "organization", "proposal"))
        for subject in self.subjects:
            number, proposal = subject.position, getattr(subject, "proposal", None) if shown else None
            options = list(Outcome.choices)
            self.fields[f"outcome_{number}"] = forms.ChoiceField(
                label=f"{subject.name}：结果", required=False, choices=[("", self.blank or "（按拟处理意见）"), *options],
                initial=proposal.outcome if proposal else "",
            )  # fmt: skip
            self.fields[f"measures_{number}"] = forms.MultipleChoiceField(
                label=f"{subject.name}：措施", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(m.code, m.name) for m in accountability_measures(subject.kind)],
                initial=proposal.measures if proposal else [],
            )  # fmt: skip
            self.fields[f"why_{number}"] = forms.CharField(
                label=f"{subject.name}：理由", required=False, widget=forms.Textarea, max_length=3000,
                initial=proposal.reason if proposal else "",
            )  # fmt: skip
        self.dress_added()

    def chosen(self) -> Iterator[tuple[Subject, str, list[str], str]]:
        """The subjects for which an outcome was chosen, with it."""
        data = self.cleaned_data
        for subject in self.subjects:
            outcome = data[f"outcome_{subject.position}"]
            if outcome:
                yield subject, outcome, data[f"measures_{subject.position}"], data[f"why_{subject.position}"].strip()

    def values(self, **kwargs: Any) -> dict[str, Any]:
        """The cleaned data without the subjects' fields."""
        own = ("outcome_", "measures_", "why_")
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

    signed_by = forms.CharField(label="签名人员", max_length=300, help_text="以顿号分开；组长和每名成员都要签。")


class DeliberationForm(OutcomesForm):
    """集体研究记录 (D18), with the outcome that the sitting settled for each subject."""

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
    conclusion = forms.CharField(label="会议结论", required=False, widget=forms.Textarea, max_length=5000)
