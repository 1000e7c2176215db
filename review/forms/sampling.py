"""Forms of 抽查: the plan, paper cases, reviewers, loans, on-site re-checks, orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.enums import CorrectionGround, RedressResult
from cases.forms.redress import FindingForm
from cases.models import Subject
from review import sampling_frames
from review.enums import (
    EvaluationKind,
    RecheckVerdict,
    SampleMeasure,
    SampleMethod,
    SamplePeriod,
    SampleScope,
    SampleStage,
)
from review.models import OnSiteRecheck
from review.services import sampling
from review.services.recheck import Found
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.deadlines.arithmetic import Term, Unit, reckon
from wenze.law import data
from wenze.pages.forms import Form, MultipleFileField
from wenze.people.models import Organization, User
from wenze.people.selectors import assignments

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from review.models import Sample, SampleMember

MOST_FILES = 20
REVIEWERS = (Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.SUPERIOR)


def after(setting: str, on: dt.date) -> dt.date:
    """The day on which a default of ``sampling.yaml`` ends."""
    told = data.sampling_settings()[setting]
    return reckon(Term(told["amount"], Unit(told["unit"])), on).due


def reviewers_of(commission: Organization) -> QuerySet[User]:
    """Who may be named at all: the commission's people who work on cases."""
    held = assignments(Role.INSPECTOR).none()
    for role in REVIEWERS:
        held = held | assignments(role)
    return User.objects.filter(is_active=True, commission=commission, pk__in=held.order_by().values("user_id"))


class UserChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People, each with where he works."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.organization}）"


class UsersChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.organization}）"


class PlanForm(Form):
    """拟定抽查."""

    title = forms.CharField(label="名称", max_length=120)
    scope = forms.ChoiceField(label="范围")
    period_by = forms.ChoiceField(label="期间", choices=SamplePeriod.choices)
    since_on = forms.DateField(label="起", widget=forms.DateInput)
    until_on = forms.DateField(label="止（含当日）", widget=forms.DateInput, initial=clock.today)
    method = forms.ChoiceField(label="方法", choices=SampleMethod.choices, initial=SampleMethod.STRATIFIED)
    percent = forms.IntegerField(
        label="比例（%）", min_value=1, max_value=100, help_text="全查、定向不看比例；除定向外，每个办案单位至少一件。"
    )
    reason = forms.CharField(label="事由和重点", widget=forms.Textarea, required=False, max_length=2000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].initial = data.sampling_settings()["percent"]
        scopes = [(value, label) for value, label in SampleScope.choices if sampling.may_organise(user, value)]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]

    def planned(self) -> sampling.Planned:
        return sampling.Planned(**self.values())


class PaperForm(Form):
    """录入线下案卷."""

    number = forms.CharField(label="案号", max_length=60)
    title = forms.CharField(label="案件名称", max_length=200)
    unit = forms.ModelChoiceField(label="办案单位", queryset=Organization.objects.none(), empty_label="（请选择）")
    measure = forms.ChoiceField(label="方式", choices=SampleMeasure.choices)
    stage = forms.ChoiceField(label="阶段", choices=SampleStage.choices, initial=SampleStage.CLOSED)
    decided_on = forms.DateField(label="决定日", widget=forms.DateInput)
    closed_on = forms.DateField(label="结案日", widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = sampling_frames.units_of(sample)  # type: ignore[attr-defined]

    def paper(self) -> sampling.Paper:
        return sampling.Paper(**self.values())


class NamedForm(Form):
    """定向：选定案件."""

    named = forms.MultipleChoiceField(label="选定的案件", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = sampling_frames.candidates(sample)
        told = [(str(each.case_id), f"{each.number} {each.shown_title}（{each.unit_name}）") for each in found]
        self.fields["named"].choices = told  # type: ignore[attr-defined]


class WhyForm(Form):
    """A reason."""

    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=300)


class AssignForm(Form):
    """分派评查人."""

    reviewers = UsersChoice(
        label="评查人",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text="系统按回避和均衡分派：承办、审批、审理过的，已回避的，办案单位的人，不评自己的案件。",
    )

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = reviewers_of(sample.commission).select_related("organization")
        self.fields["reviewers"].queryset = people  # type: ignore[attr-defined]


class ReassignForm(Form):
    """改派."""

    reviewer = UserChoice(label="评查人", queryset=None, empty_label="（请选择）")
    reason = forms.CharField(label="理由", max_length=300)

    def __init__(self, *args: Any, member: SampleMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = reviewers_of(member.sample.commission).select_related("organization")
        self.fields["reviewer"].queryset = people  # type: ignore[attr-defined]


class EvaluateForm(Form):
    """发起评查."""

    kind = forms.ChoiceField(label="种类", choices=EvaluationKind.choices, initial=EvaluationKind.SPECIAL)
    second = UserChoice(label="另一名评查人", queryset=None, empty_label="（请选择）")

    def __init__(self, *args: Any, member: SampleMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = reviewers_of(member.sample.commission).select_related("organization")
        if member.reviewer is not None:
            people = people.exclude(pk=member.reviewer.pk)
        self.fields["second"].queryset = people  # type: ignore[attr-defined]


class FilesForm(Form):
    """调卷."""

    due_on = forms.DateField(label="送到期限", widget=forms.DateInput)
    back_by = forms.DateField(label="归还期限", widget=forms.DateInput)


class HandOverForm(Form):
    """交卷（回执）."""

    handed_over_by = forms.CharField(label="交卷人", max_length=60)
    received_by = forms.CharField(label="收卷人", max_length=60)
    volumes = forms.IntegerField(label="卷数", min_value=1, max_value=100_000)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=10_000_000)
    note = forms.CharField(label="交接说明", max_length=300, required=False)


class GiveBackForm(Form):
    """还卷（回执）."""

    returned_to = forms.CharField(label="退卷签收人", max_length=60)
    returned_pages = forms.IntegerField(label="退还页数", min_value=0, max_value=10_000_000)
    note = forms.CharField(label="说明", max_length=300, required=False, help_text="页数与收到时不同的，须写明原因。")


class RecheckPlanForm(Form):
    """安排实地复核."""

    checker = UserChoice(label="复核人", queryset=None, empty_label="（请选择）")
    second_checker = UserChoice(label="另一名复核人", queryset=None, empty_label="（请选择）")
    due_on = forms.DateField(label="复核日", widget=forms.DateInput)
    place = forms.CharField(label="地点", max_length=120)
    to_check = forms.CharField(
        label="复核内容",
        widget=forms.Textarea,
        max_length=2000,
        initial="定性是否准确、处理是否恰当、执行是否到位。",
    )

    def __init__(self, *args: Any, member: SampleMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = reviewers_of(member.sample.commission).select_related("organization")
        for name in ("checker", "second_checker"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]


class RecheckForm(Form):
    """登记实地复核."""

    held_on = forms.DateField(label="实际复核日", widget=forms.DateInput, initial=clock.today)
    talks = forms.CharField(label="谈话情况", widget=forms.Textarea, max_length=10_000, help_text="加密保存。")
    characterisation = forms.ChoiceField(label="定性是否准确", choices=RecheckVerdict.choices, widget=forms.RadioSelect)
    handling = forms.ChoiceField(label="处理是否恰当", choices=RecheckVerdict.choices, widget=forms.RadioSelect)
    execution = forms.ChoiceField(label="执行是否到位", choices=RecheckVerdict.choices, widget=forms.RadioSelect)
    findings = forms.CharField(label="发现的问题", widget=forms.Textarea, max_length=5000, required=False)
    conclusion = forms.CharField(label="复核结论", widget=forms.Textarea, max_length=5000)
    uploads = MultipleFileField(label="照片、材料", most=MOST_FILES, required=False)

    def found(self) -> Found:
        return Found(**self.values(without=("seen", "submission", "uploads")))


class OrderForm(Form):
    """责令纠正."""

    to_organization = forms.ModelChoiceField(label="责令谁", queryset=Organization.objects.none(), empty_label=None)
    recheck = forms.ModelChoiceField(
        label="依据的实地复核", queryset=OnSiteRecheck.objects.none(), required=False, empty_label="（无，依据评查）"
    )
    text = forms.CharField(label="应当纠正的事项", widget=forms.Textarea, max_length=5000)
    due_on = forms.DateField(label="反馈期限", widget=forms.DateInput)
    wrong_subject = forms.ModelChoiceField(
        label="问责有错的对象", queryset=Subject.objects.none(), required=False, empty_label="（问责没有错）"
    )
    ground = forms.ChoiceField(
        label="错误类别", required=False, choices=[("", "（问责没有错）"), *CorrectionGround.choices]
    )

    def __init__(self, *args: Any, member: SampleMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = sampling_frames.units_of(member.sample)
        held = OnSiteRecheck.objects.filter(member=member, held_on__isnull=False)
        subjects = Subject.objects.filter(case=member.case, decision__isnull=False)
        self.fields["to_organization"].queryset = units  # type: ignore[attr-defined]
        self.fields["to_organization"].initial = member.unit_id
        self.fields["recheck"].queryset = held  # type: ignore[attr-defined]
        self.fields["wrong_subject"].queryset = subjects.select_related("cadre", "organization")  # type: ignore[attr-defined]


class AnswerForm(Form):
    """反馈落实情况."""

    answer = forms.CharField(label="落实情况", widget=forms.Textarea, max_length=5000)
    proof = forms.FileField(label="凭证", required=False)


class AcceptForm(Form):
    """认可."""

    acceptance = forms.CharField(label="认可意见", widget=forms.Textarea, max_length=2000)


class CorrectForm(FindingForm):
    """提出纠正（条例第二十一条）."""

    clearing = forms.CharField(label="澄清正名的范围", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [each for each in RedressResult.choices if each[0] != RedressResult.UPHELD]  # type: ignore[attr-defined]


class FinishForm(Form):
    """办结."""

    conclusion = forms.CharField(label="综合意见", widget=forms.Textarea, max_length=5000)
