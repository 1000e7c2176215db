"""What an evaluation asks: which case and which team, deductions with their reasons, the discussion, the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.references import case_of
from review.enums import EvaluationKind
from review.evaluation import indicators
from review.services.evaluation import OnPaper
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.pages.forms import Form
from wenze.people.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cases.models import Case
    from review.models import Evaluation

EVALUATES = (Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.SUPERIOR, Role.LEADER)


class OpenForm(Form):
    """发起评查: a case by its number, or one on paper."""

    case = forms.CharField(
        label="案号",
        max_length=60,
        required=False,
        help_text="如 2026-0001；下级的案件写作 机关代码:2026-0001。纸质案件不填，填下面三项。",
    )
    number = forms.CharField(label="纸质案件的案号", max_length=60, required=False)
    title = forms.CharField(label="纸质案件的名称", max_length=200, required=False)
    unit_name = forms.CharField(label="纸质案件的承办单位", max_length=120, required=False)
    kind = forms.ChoiceField(label="种类", choices=EvaluationKind.choices)
    leader = forms.ModelChoiceField(label="组长", queryset=User.objects.none(), empty_label="（请选择）")
    members = forms.ModelMultipleChoiceField(
        label="成员",
        queryset=User.objects.none(),
        help_text="两人以上；本案的办案、审批、审理人员和应当回避的人不能参加。",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(
            is_active=True, commission_id=user.commission_id, role_assignments__role__in=EVALUATES
        ).distinct()
        for name in ("leader", "members"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    def clean_case(self) -> Case | None:
        """The case of that number; whether its evaluation is his is the service's question."""
        text = self.cleaned_data["case"].strip()
        if not text:
            return None
        try:
            found = case_of(text)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if found is None:
            raise forms.ValidationError("没有这个案号的案件。")
        return found

    def team(self) -> list[User]:
        """The leader first."""
        leader: User = self.cleaned_data["leader"]
        return [leader, *(user for user in self.cleaned_data["members"] if user.pk != leader.pk)]

    def paper(self) -> OnPaper | None:
        """The case on paper, where no number of ours was given."""
        if self.cleaned_data["case"] is not None:
            return None
        return OnPaper(*(self.cleaned_data[name] for name in ("number", "title", "unit_name")))


def _choices(told: Mapping[str, Any], word: str, most: str) -> list[tuple[str, str]]:
    return [(code, f"{code} {each.name}（最多{word}{getattr(each, most):f}分）") for code, each in told.items()]


class FindingForm(Form):
    """评查人员扣分."""

    code = forms.ChoiceField(label="项目")
    points = forms.DecimalField(label="扣分", max_digits=4, decimal_places=1)
    text = forms.CharField(label="理由", widget=forms.Textarea, max_length=400)

    def __init__(self, *args: Any, row: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _choices(indicators.editions()[row.edition].human, "扣", "points")  # type: ignore[attr-defined]


class BonusForm(Form):
    """加分."""

    code = forms.ChoiceField(label="项目")
    points = forms.DecimalField(label="加分", max_digits=4, decimal_places=1)
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=400)

    def __init__(self, *args: Any, row: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _choices(indicators.editions()[row.edition].bonus, "加", "most")  # type: ignore[attr-defined]


class GradeForm(Form):
    """集体讨论和评定."""

    discussed_on = forms.DateField(label="讨论日", widget=forms.DateInput, initial=clock.today)
    discussed_by = forms.CharField(label="讨论人员", max_length=300, help_text="评查组成员都须参加，用顿号隔开。")
    discussion = forms.CharField(label="讨论意见", widget=forms.Textarea, max_length=4000)
    on_site = forms.CharField(label="现场访谈情况", widget=forms.Textarea, max_length=4000, required=False)


class TextForm(Form):
    """One text with its own label."""

    text = forms.CharField(widget=forms.Textarea, max_length=4000)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.dress_added()


class ReportForm(Form):
    """整改报告."""

    text = forms.CharField(label="整改情况", widget=forms.Textarea, max_length=8000)
    upload = forms.FileField(label="附件", required=False)


class LookBackForm(Form):
    """回头看."""

    looked_on = forms.DateField(label="回头看日", widget=forms.DateInput, initial=clock.today)
    finding = forms.CharField(label="情况", widget=forms.Textarea, max_length=4000)
    holds = forms.BooleanField(label="整改成立", required=False)


class DefectFilter(forms.Form):
    """问题台账的筛选."""

    office = forms.CharField(label="承办单位", required=False, max_length=60)
    code = forms.CharField(label="规则", required=False, max_length=12)
    again = forms.BooleanField(label="只看反馈后再犯", required=False)
