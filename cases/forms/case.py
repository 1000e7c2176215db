"""Forms of initiation and of the investigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.enums import (
    CircumstanceKind,
    EvidenceKind,
    FactKind,
    Failure,
    Liability,
    Outcome,
    Power,
    SignedOpinion,
    Tier,
    TrailKind,
)
from responsibility.models import Duty, DutyList
from wenze.access.roles import Role
from wenze.law import accountability_measures, circumstances, first_form_measures
from wenze.pages.forms import Form, MultipleFileField
from wenze.people.models import Cadre, Organization, User
from wenze.people.selectors import users_with

if TYPE_CHECKING:
    from cases.models import Case, Subject

BLANK = ("", "（请选择）")
MOST_FILES = 20


class TeamForm(Form):
    """组成调查组."""

    leader = forms.ModelChoiceField(label="组长", queryset=User.objects.none())
    members = forms.ModelMultipleChoiceField(
        label="成员", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, help_text="连组长两人以上。"
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = users_with(Role.INSPECTOR, case.office)
        self.fields["leader"].queryset = people  # type: ignore[attr-defined]
        self.fields["members"].queryset = people  # type: ignore[attr-defined]


class DeclarationForm(Form):
    """回避声明."""

    statement = forms.CharField(
        label="回避声明", max_length=200, initial="本人与本案对象没有应当回避的关系，如有将立即报告。"
    )


class PlanForm(Form):
    """调查方案 (D05)."""

    scope = forms.CharField(label="调查范围和内容", widget=forms.Textarea, max_length=5000)
    steps = forms.CharField(label="步骤和时间安排", widget=forms.Textarea, max_length=5000)
    safety = forms.CharField(label="安全保密措施", widget=forms.Textarea, max_length=3000)


class EvidenceForm(Form):
    """封存证据: several files at once, each with its own number."""

    uploads = MultipleFileField(
        most=MOST_FILES, label="文件", help_text=f"可选多个，一次最多{MOST_FILES}个；收到即加密封存，记下指纹。"
    )
    title = forms.CharField(label="名称", required=False, max_length=200, help_text="不填则用文件名。")
    kind = forms.ChoiceField(label="种类", choices=EvidenceKind.choices)
    source = forms.CharField(label="来源", max_length=200)
    provided_by = forms.CharField(label="提供人", required=False, max_length=120)
    taken_on = forms.DateField(label="取证日", widget=forms.DateInput)
    second_taker_name = forms.CharField(label="第二取证人", max_length=60)
    proves = forms.CharField(label="证明内容", required=False, max_length=300)


class ReasonForm(Form):
    """理由."""

    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=300)


class CaseChoiceForm(Form):
    """A form whose choices are rows of one case."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pieces = case.evidence.filter(withdrawn_on__isnull=True)
        choices = {
            "evidence": pieces,
            "subject": case.subjects.select_related("cadre", "organization"),
            "event": case.trail.standing(),
            "fact": case.facts.standing().filter(kind=FactKind.RESPONSIBILITY),
            "leads_to": case.facts.standing().filter(kind=FactKind.RESULT),
        }
        for name, rows in choices.items():
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]


def _pieces() -> forms.ModelMultipleChoiceField[Any]:
    return forms.ModelMultipleChoiceField(
        label="证据", required=False, queryset=Cadre.objects.none(), widget=forms.CheckboxSelectMultiple
    )


def _one(label: str, *, required: bool = True) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        label=label,
        required=required,
        queryset=Cadre.objects.none(),
        empty_label="（请选择）" if required else "（无）",
    )


class FactForm(CaseChoiceForm):
    """四个事实."""

    kind = forms.ChoiceField(label="类别", choices=FactKind.choices)
    text = forms.CharField(label="事实", widget=forms.Textarea, max_length=5000)
    evidence = _pieces()
    leads_to = _one("所致结果（因果事实填）", required=False)


class CauseForm(CaseChoiceForm):
    """因果认定 for one subject."""

    subject = _one("对象")
    question = forms.CharField(label="反事实之问", max_length=300, help_text="例如：若不同意改建，坍塌是否仍会发生")
    answer = forms.CharField(label="回答", max_length=200)
    is_causal = forms.BooleanField(label="行为与结果有因果", required=False, initial=True)


class EventForm(CaseChoiceForm):
    """权力运行轨迹."""

    happened_on = forms.DateField(label="日期", widget=forms.DateInput)
    kind = forms.ChoiceField(label="环节", choices=TrailKind.choices)
    subject = _one("对象", required=False)
    actor_name = forms.CharField(label="谁（对象之外的）", required=False, max_length=200)
    document = forms.CharField(label="依据的文件", required=False, max_length=200)
    text = forms.CharField(label="做了什么", widget=forms.Textarea, max_length=3000)
    evidence = _pieces()


class DutyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A duty with the list it stands in: the same words stand in every year's."""

    def label_from_instance(self, obj: Duty) -> str:
        return f"{obj}（{obj.duty_list}）"


class AttributionForm(CaseChoiceForm):
    """责任认定."""

    subject = _one("对象")
    duty = DutyField(label="职责（责任清单）", required=False, queryset=Duty.objects.none(), empty_label="（清单外）")
    outside_list = forms.CharField(label="清单外职责的来源", required=False, max_length=300)
    event = _one("行为（轨迹）")
    fact = _one("责任事实")
    power = forms.ChoiceField(label="决策执行监管", choices=Power.choices)
    tier = forms.ChoiceField(label="层次", choices=Tier.choices)
    liability = forms.ChoiceField(label="类别", choices=Liability.choices)
    failure = forms.ChoiceField(
        label="执行情况", required=False, choices=[("", "（已提出反对或者保留意见）"), *Failure.choices]
    )
    reasoning = forms.CharField(label="认定理由", widget=forms.Textarea, max_length=3000)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        organizations = [
            organization_id
            for subject in case.subjects.select_related("post")
            if (organization_id := subject.organization_id or (subject.post.organization_id if subject.post else None))
        ]
        binding = DutyList.objects.binding().filter(organization__in=organizations)
        duties = Duty.objects.filter(duty_list__in=binding).select_related("duty_list__organization")
        duties = duties.order_by(
            "-duty_list__in_force_from", "duty_list", "position"
        )  # the same words stand in every year's list
        self.fields["duty"].queryset = duties  # type: ignore[attr-defined]


class CircumstanceForm(CaseChoiceForm):
    """情节."""

    subject = _one("对象")
    kind = forms.ChoiceField(label="类别", choices=CircumstanceKind.choices)
    code = forms.ChoiceField(label="条例情形", required=False)
    text = forms.CharField(label="情况", widget=forms.Textarea, max_length=3000)
    evidence = _pieces()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["code"].choices = [BLANK, *((c.code, f"{c.code} {c.name}") for c in circumstances())]  # type: ignore[attr-defined]


class FactStatementForm(Form):
    """事实材料 (D09)."""

    fact_statement = forms.CharField(
        label="事实材料", widget=forms.Textarea, max_length=20000, help_text="只写事实，不写处理意见。"
    )


class HearingForm(Form):
    """见面笔录 (D10)."""

    met_on = forms.DateField(label="见面日", widget=forms.DateInput)
    place = forms.CharField(label="地点", max_length=120)
    second_name = forms.CharField(label="另一名见面人", max_length=60)
    statement = forms.CharField(label="陈述", widget=forms.Textarea, max_length=20000, help_text="加密保存。")
    points = forms.CharField(
        label="申辩要点", required=False, widget=forms.Textarea, max_length=10000, help_text="一行一点；有异议的必填。"
    )
    opinion = forms.ChoiceField(label="签署意见", choices=SignedOpinion.choices, widget=forms.RadioSelect)
    refusal_explanation = forms.CharField(label="拒签说明", required=False, widget=forms.Textarea, max_length=2000)
    scan = forms.FileField(label="签字件扫描", required=False)

    def spoken(self) -> dict[str, Any]:
        data = self.values()
        data["points"] = data["points"].splitlines()
        return data


class AnswerForm(Form):
    """申辩答复 (D11)."""

    adopted = forms.TypedChoiceField(
        label="是否采纳",
        choices=(("1", "采纳"), ("0", "不采纳")),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label="核实情况和理由", widget=forms.Textarea, max_length=3000)


class ProposalForm(Form):
    """拟处理意见: only measures that the law has for this kind of subject on his track are offered."""

    outcome = forms.ChoiceField(
        label="结果", choices=[each for each in Outcome.choices if each[0] != Outcome.JOINED_FILED_REVIEW]
    )
    measures = forms.MultipleChoiceField(label="措施", required=False, widget=forms.CheckboxSelectMultiple)
    removed_posts = forms.CharField(
        label="涉及职务", required=False, max_length=300, help_text="免职、责令辞职、调整职务、降职的，逐个列明"
    )
    to_organization = forms.ModelChoiceField(
        label="接收机关", required=False, queryset=Organization.objects.none(), empty_label="（无）",
        help_text="转立案、责成下级办理、移交的，选择接收机关",
    )  # fmt: skip
    refer_to = forms.ModelChoiceField(
        label="同时转立案", required=False, queryset=Organization.objects.none(), empty_label="（不转）",
        help_text="问责之外还须立案审查的，选择立案机关",
    )  # fmt: skip
    requirement = forms.CharField(
        label="整改或者办理要求", required=False, widget=forms.Textarea, max_length=2000,
        help_text="第一种形态、责成下级办理的必填",
    )  # fmt: skip
    due_on = forms.DateField(label="期限", required=False, widget=forms.DateInput)
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=3000)

    def __init__(self, *args: Any, subject: Subject, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [*accountability_measures(subject.kind, subject.track), *first_form_measures(subject.kind)]
        self.fields["measures"].choices = [(m.code, m.name) for m in offered]  # type: ignore[attr-defined]
        for name in ("to_organization", "refer_to"):
            self.fields[name].queryset = Organization.objects.visible_to(user)  # type: ignore[attr-defined]
