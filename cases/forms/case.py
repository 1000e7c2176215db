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
    SubjectKind,
    Tier,
    TrailKind,
)
from cases.services.initiation import SubjectDraft
from responsibility.models import Duty
from tolerance.enums import FilingEffect
from wenze.access.forms import ScopedModelChoiceField
from wenze.access.roles import Role
from wenze.law import accountability_measures, circumstances
from wenze.pages.forms import Form, MultipleFileField
from wenze.people.models import Cadre, Organization, User
from wenze.people.selectors import users_with

if TYPE_CHECKING:
    from cases.models import Case

BLANK = ("", "（请选择）")
FEWEST, STEP, MOST = 4, 4, 60
MOST_FILES = 20


class InitiationForm(Form):
    """提请启动: the case, and as many subjects as it has, each with the day of the act.

    ``rows`` is how many are shown: those there are and one more; “再加” asks for four more, at most sixty.
    """

    title = forms.CharField(label="案件名称", max_length=200)
    brief = forms.CharField(label="要情（三行）", widget=forms.Textarea, max_length=1000)
    public_attention = forms.BooleanField(label="社会关注度高", required=False)
    is_sensitive = forms.BooleanField(label="敏感问题", required=False)
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, self._shown() + 1)
        self.fields["rows"].initial = len(self.numbers)
        cadres = self._offered(Cadre, user)
        organizations = self._offered(Organization, user)
        for n in self.numbers:
            self.fields[f"cadre_{n}"] = ScopedModelChoiceField(Cadre, user=user, label=f"干部{n}", required=False)
            self.fields[f"cadre_{n}"].choices = cadres  # type: ignore[attr-defined]
            self.fields[f"organization_{n}"] = ScopedModelChoiceField(
                Organization, user=user, label=f"或党组织{n}", required=False
            )
            self.fields[f"organization_{n}"].choices = organizations  # type: ignore[attr-defined]
            self.fields[f"act_on_{n}"] = forms.DateField(label=f"行为日{n}", required=False, widget=forms.DateInput)
            self.fields[f"tier_{n}"] = forms.ChoiceField(
                label=f"拟认定责任{n}", required=False, choices=[BLANK, *Tier.choices]
            )
            self.fields[f"act_{n}"] = forms.CharField(label=f"失职失责行为{n}", required=False, max_length=2000)
            self.fields[f"without_leaders_reason_{n}"] = forms.CharField(
                label=f"只问组织的理由{n}", required=False, max_length=500
            )
            self.fields[f"filed_review_number_{n}"] = forms.CharField(
                label=f"已被立案审查的案号{n}", required=False, max_length=80
            )
        self.dress_added()

    def _shown(self) -> int:
        """How many subjects the form has room for: as posted, or as its initial values need and one more."""
        asked = str(self.data.get("rows", "") if self.is_bound else self.initial.get("rows", ""))
        if asked.isdigit():
            return min(max(int(asked), FEWEST), MOST)
        filled = [int(name.rsplit("_", 1)[1]) for name in self.initial if name.startswith("act_on_")]
        return min(max([FEWEST, *(number + 1 for number in filled)]), MOST)

    @staticmethod
    def _offered(model: Any, user: User) -> list[tuple[Any, str]]:
        """The choices of all rows, read once: the number of queries does not grow with the rows."""
        return [("", "（无）"), *((row.pk, str(row)) for row in model.objects.visible_to(user))]

    @classmethod
    def with_more(cls, posted: Any, *, user: User) -> InitiationForm:
        """The form as it was filled in, with room for four more; nothing is judged yet."""
        typed = {name: value for name, value in posted.items() if name not in ("submission", "csrfmiddlewaretoken")}
        shown = int(typed["rows"]) if str(typed.get("rows", "")).isdigit() else FEWEST
        form = cls(initial={**typed, "rows": str(shown + STEP)}, user=user, seen=typed.get("seen", ""))
        form.fields["submission"].initial = posted.get("submission")
        return form

    def groups(self) -> list[dict[str, Any]]:
        names = ("cadre", "organization", "act_on", "tier", "act", "without_leaders_reason", "filed_review_number")
        case = [self[name] for name in ("title", "brief", "public_attention", "is_sensitive")]
        return [{"title": "案件", "note": "", "fields": case}] + [
            {"title": f"对象{n}", "note": "职务按行为日自动取", "fields": [self[f"{name}_{n}"] for name in names]}
            for n in self.numbers
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        seen: set[Any] = set()
        for n in self.numbers:
            cadre, organization = data.get(f"cadre_{n}"), data.get(f"organization_{n}")
            chosen = cadre or organization
            if chosen is None:
                continue
            if cadre and organization:
                self.add_error(f"organization_{n}", "一个对象只填干部或者党组织。")
            if chosen.pk in seen:
                self.add_error(f"cadre_{n}", f"{chosen}重复了。")
            seen.add(chosen.pk)
            for name, text in (("act_on", "行为日"), ("tier", "拟认定责任"), ("act", "失职失责行为")):
                if not data.get(f"{name}_{n}"):
                    self.add_error(f"{name}_{n}", f"请填写{text}。")
            if data.get(f"tier_{n}") and (data[f"tier_{n}"] == Tier.FULL) != (organization is not None):
                self.add_error(f"tier_{n}", "全面领导责任由党组织承担，主要、重要领导责任由个人承担。")
        return data

    def drafts(self) -> list[SubjectDraft]:
        """The subjects as the service takes them."""
        data = self.cleaned_data
        return [
            SubjectDraft(
                cadre=data[f"cadre_{n}"],
                organization=data[f"organization_{n}"],
                act_on=data[f"act_on_{n}"],
                tier=data[f"tier_{n}"],
                act=data[f"act_{n}"],
                without_leaders_reason=data[f"without_leaders_reason_{n}"],
                filed_review_number=data[f"filed_review_number_{n}"],
            )
            for n in self.numbers
            if data[f"cadre_{n}"] or data[f"organization_{n}"]
        ]


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

    uploads = MultipleFileField(label="文件", help_text="可选多个；收到即加密封存，记下指纹。")
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
            "event": case.trail.all(),
            "fact": case.facts.filter(kind=FactKind.RESPONSIBILITY),
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


class EventForm(CaseChoiceForm):
    """权力运行轨迹."""

    happened_on = forms.DateField(label="日期", widget=forms.DateInput)
    kind = forms.ChoiceField(label="环节", choices=TrailKind.choices)
    subject = _one("对象", required=False)
    actor_name = forms.CharField(label="谁（对象之外的）", required=False, max_length=200)
    document = forms.CharField(label="依据的文件", required=False, max_length=200)
    text = forms.CharField(label="做了什么", widget=forms.Textarea, max_length=3000)
    evidence = _pieces()


class AttributionForm(CaseChoiceForm):
    """责任认定."""

    subject = _one("对象")
    duty = forms.ModelChoiceField(
        label="职责（责任清单）", required=False, queryset=Duty.objects.none(), empty_label="（清单外）"
    )
    outside_list = forms.CharField(label="清单外职责的来源", required=False, max_length=300)
    event = _one("行为（轨迹）")
    fact = _one("责任事实")
    power = forms.ChoiceField(label="决策执行监管", choices=Power.choices)
    tier = forms.ChoiceField(label="层次", choices=Tier.choices)
    liability = forms.ChoiceField(label="类别", choices=Liability.choices)
    failure = forms.ChoiceField(label="执行情况", choices=Failure.choices)
    reasoning = forms.CharField(label="认定理由", widget=forms.Textarea, max_length=3000)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        organizations = [
            organization_id
            for subject in case.subjects.select_related("post")
            if (organization_id := subject.organization_id or (subject.post.organization_id if subject.post else None))
        ]
        duties = Duty.objects.filter(duty_list__organization__in=organizations).select_related("duty_list")
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


class FilingAnswerForm(Form):
    """容错备案的书面答复."""

    in_scope = forms.BooleanField(label="在备案范围内", required=False)
    as_filed = forms.BooleanField(label="按备案实施", required=False)
    effect = forms.ChoiceField(label="结论", choices=FilingEffect.choices)
    answer = forms.CharField(label="书面答复", widget=forms.Textarea, max_length=3000)


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
    """拟处理意见: only measures that the law has for this kind of subject are offered."""

    outcome = forms.ChoiceField(label="结果", choices=Outcome.choices)
    measures = forms.MultipleChoiceField(label="措施", required=False, widget=forms.CheckboxSelectMultiple)
    removed_posts = forms.CharField(label="所免职务", required=False, max_length=300)
    to_organization = forms.ModelChoiceField(
        label="接收机关", required=False, queryset=Organization.objects.none(), empty_label="（无）"
    )
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=3000)

    def __init__(self, *args: Any, kind: str, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = "organization" if kind == SubjectKind.ORGANIZATION else "cadre"
        self.fields["measures"].choices = [(m.code, m.name) for m in accountability_measures(target)]  # type: ignore[attr-defined]
        self.fields["to_organization"].queryset = Organization.objects.visible_to(user)  # type: ignore[attr-defined]
