"""Forms of the intake: register, assign, verify, assess, and what the exits ask for afterwards."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.enums import ClueSource, Exit, RecusalGround, Track
from cases.services.intake import Assessment, Registration, Respondent
from wenze.access.forms import ScopedModelChoiceField
from wenze.access.roles import Role
from wenze.law import consequences, first_form_measures, situations
from wenze.pages.forms import Form
from wenze.people.enums import OrganizationKind
from wenze.people.models import Cadre, Organization, User
from wenze.people.selectors import cadre_choices, users_with

BLANK = ("", "（请选择）")
FIELDS = (
    ("production_safety", "安全生产"), ("ecology", "生态环境"), ("livelihood", "群众身边"), ("bidding", "项目招投标"),
    ("style", "作风效能"), ("other", "其他"),
)  # fmt: skip
RESPONDENTS = 4


class ClueForm(Form):
    """登记问责线索. A classified matter is a stub: number, level, custodian, and nothing else."""

    title = forms.CharField(label="线索名称", max_length=200)
    source = forms.ChoiceField(label="来源", choices=[BLANK, *ClueSource.choices])
    source_detail = forms.CharField(label="来源说明", required=False, max_length=300)
    source_reference = forms.CharField(label="来文字号", required=False, max_length=80, help_text="上级交办件必填")
    reply_due_on = forms.DateField(label="须回复日", required=False, widget=forms.DateInput, help_text="上级交办件必填")
    received_on = forms.DateField(label="收到日", widget=forms.DateInput)
    happened_on = forms.DateField(label="问题发生日", required=False, widget=forms.DateInput)
    field = forms.ChoiceField(label="领域", required=False, choices=[BLANK, *FIELDS])
    summary = forms.CharField(label="问题摘要", required=False, widget=forms.Textarea, max_length=5000)
    informant = forms.CharField(
        label="检举人", required=False, max_length=200, help_text="加密保存，不进入检索、文书和提醒。"
    )
    is_classified = forms.BooleanField(label="涉密件：只登记编号，不录内容", required=False)
    classified_number = forms.CharField(label="涉密件编号", required=False, max_length=80)
    classified_level = forms.ChoiceField(
        label="密级", required=False, choices=[BLANK, ("secret", "秘密"), ("confidential", "机密"), ("top", "绝密")]
    )
    custodian = forms.CharField(label="保管人", required=False, max_length=60)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cadres = cadre_choices(user)
        for number in range(1, RESPONDENTS + 1):
            self.fields[f"cadre_{number}"] = ScopedModelChoiceField(
                Cadre, user=user, label=f"被反映干部{number}", required=False
            )
            self.fields[f"cadre_{number}"].choices = cadres  # type: ignore[attr-defined]
            self.fields[f"organization_{number}"] = ScopedModelChoiceField(
                Organization, user=user, label=f"或被反映组织{number}", required=False, empty_label="（无）",
                narrow=lambda rows: rows.exclude(kind__in=(OrganizationKind.OFFICE, OrganizationKind.COMMISSION)),
            )  # fmt: skip
            self.fields[f"allegation_{number}"] = forms.CharField(
                label=f"反映的问题{number}", required=False, max_length=300
            )
        self.dress_added()

    def groups(self) -> list[dict[str, Any]]:
        """The fields in the order of the paper form, for the page."""
        rows = [
            self[f"{name}_{number}"]
            for number in range(1, RESPONDENTS + 1)
            for name in ("cadre", "organization", "allegation")
        ]
        source = (
            "title", "source", "source_detail", "source_reference", "received_on", "reply_due_on", "happened_on", "field",
        )  # fmt: skip
        classified = ("is_classified", "classified_number", "classified_level", "custodian")
        return [
            {"title": "来源", "note": "", "columns": 2, "fields": [self[name] for name in source]},
            {"title": "内容", "note": "", "columns": 1, "fields": [self["summary"], self["informant"]]},
            {"title": "被反映对象", "note": "一行一个：干部，或者组织", "columns": 3, "fields": rows},
            {
                "title": "涉密件",
                "note": "勾选后只填这一栏",
                "columns": 2,
                "fields": [self[name] for name in classified],
            },
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        seen: set[Any] = set()
        for number in range(1, RESPONDENTS + 1):
            cadre, organization = data.get(f"cadre_{number}"), data.get(f"organization_{number}")
            if cadre and organization:
                self.add_error(f"organization_{number}", "一行只填一个对象：干部或者组织。")
            chosen = cadre or organization
            if chosen is not None and chosen.pk in seen:
                self.add_error(f"cadre_{number}", f"{chosen}重复了。")
            if chosen is not None:
                seen.add(chosen.pk)
        return data

    def registration(self) -> Registration:
        """The typed values as the service takes them."""
        data = self.cleaned_data
        names = Registration.__dataclass_fields__.keys() - {
            "respondents",
            "problem",
        }  # a problem makes its clue by its own press
        return Registration(
            **{name: data[name] for name in names},
            respondents=tuple(
                Respondent(data[f"cadre_{number}"], data[f"organization_{number}"], data[f"allegation_{number}"])
                for number in range(1, RESPONDENTS + 1)
                if data[f"cadre_{number}"] or data[f"organization_{number}"]
            ),
        )


class AssignForm(Form):
    """会商分办."""

    office = forms.ModelChoiceField(label="承办室", queryset=Organization.objects.none())
    handler = forms.ModelChoiceField(label="承办人", queryset=User.objects.none())
    consultation = forms.CharField(label="会商意见", widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Organization.objects.filter(commission_id=user.commission_id, kind=OrganizationKind.OFFICE)
        self.fields["office"].queryset = offices.filter(role_assignments__role=Role.INSPECTOR).distinct()  # type: ignore[attr-defined]
        self.fields["handler"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            commission_id=user.commission_id, is_active=True, role_assignments__role=Role.INSPECTOR
        ).distinct()


class VerificationPlanForm(Form):
    """初核方案."""

    plan = forms.CharField(label="初核方案", widget=forms.Textarea, max_length=5000)
    members = forms.ModelMultipleChoiceField(
        label="初核人员", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, help_text="两人以上。"
    )

    def __init__(self, *args: Any, office: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = users_with(Role.INSPECTOR, office)  # type: ignore[attr-defined]


class VerificationReportForm(Form):
    """初核报告."""

    findings = forms.CharField(label="初核情况", widget=forms.Textarea, max_length=20000, help_text="加密保存。")
    conclusion = forms.CharField(label="初核意见", widget=forms.Textarea, max_length=5000)


class AssessmentForm(Form):
    """研判: the threshold test must be answered, each answer with its basis; then the exit."""

    situation = forms.ChoiceField(label="问责情形（条例第七条）")
    act = forms.TypedChoiceField(
        label="失职失责行为",
        choices=(("1", "成立"), ("0", "不成立")),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    act_basis = forms.CharField(label="行为的依据", widget=forms.Textarea, max_length=3000)
    consequences = forms.MultipleChoiceField(label="后果", required=False, widget=forms.CheckboxSelectMultiple)
    consequence_basis = forms.CharField(label="后果的依据", required=False, widget=forms.Textarea, max_length=3000)
    loss_yuan = forms.DecimalField(label="直接损失（元）", required=False, max_digits=16, decimal_places=2, min_value=0)
    track = forms.ChoiceField(label="轨道", choices=Track.choices)
    exit = forms.ChoiceField(label="出口", choices=[BLANK, *Exit.choices])
    exit_reason = forms.CharField(label="研判理由", widget=forms.Textarea, max_length=3000)
    override_reason = forms.CharField(
        label="另行处理的理由", required=False, widget=forms.Textarea, help_text="已达门槛而不启动的，必须写明。"
    )
    hold_until = forms.DateField(label="暂存至", required=False, widget=forms.DateInput, help_text="出口为暂存待查时填")
    measure = forms.ChoiceField(label="措施", required=False, help_text="第一种形态、作风效能处理时填")
    rectification = forms.CharField(label="整改要求", required=False, widget=forms.Textarea, max_length=2000)
    rectify_by = forms.DateField(label="整改期限", required=False, widget=forms.DateInput)
    to_organization = forms.ModelChoiceField(
        label="接收机关", required=False, queryset=Organization.objects.none(), empty_label="（名录之外，在下面填写）"
    )
    to_name = forms.CharField(
        label="接收机关名称", required=False, max_length=120, help_text="移送、并入、报请上级时填"
    )
    filed_number = forms.CharField(label="已立案的案号", required=False, max_length=80, help_text="并入已立案审查时填")
    reply_due_on = forms.DateField(label="反馈期限", required=False, widget=forms.DateInput)
    by_letter = forms.BooleanField(label="以函询方式（不勾为谈话）", required=False, initial=True)
    questions = forms.CharField(label="谈话函询事项", required=False, widget=forms.Textarea, max_length=5000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = [BLANK, *((s.code, f"{s.code} {s.name}") for s in situations())]  # type: ignore[attr-defined]
        self.fields["consequences"].choices = [(c.code, c.name) for c in consequences()]  # type: ignore[attr-defined]
        self.fields["measure"].choices = [BLANK, *((m.code, m.name) for m in first_form_measures())]  # type: ignore[attr-defined]
        self.fields["to_organization"].queryset = Organization.objects.visible_to(user)  # type: ignore[attr-defined]

    def groups(self) -> list[dict[str, Any]]:
        """The threshold test first, then the exit, then what each exit asks for."""
        shape = (
            (
                "门槛判定：行为+后果",
                "条例第七条；逐项作答，各写依据",
                "situation track act act_basis consequences consequence_basis loss_yuan",
            ),
            ("出口", "", "exit exit_reason override_reason"),
            ("第一种形态、作风效能处理", "选这两种出口时填", "measure rectify_by rectification"),
            ("移送、并入已立案审查、报请上级", "选这三种出口时填", "to_organization to_name filed_number reply_due_on"),
            ("暂存待查、谈话函询", "选这两种出口时填", "hold_until by_letter questions"),
        )
        return [
            {"title": title, "note": note, "fields": [self[name] for name in names.split()]}
            for title, note, names in shape
        ]

    def assessment(self) -> Assessment:
        """The typed values as the service takes them."""
        data = self.values()
        if data["to_organization"] is not None and not data["to_name"]:
            data["to_name"] = data["to_organization"].name
        return Assessment(**data)


class CompleteFirstFormForm(Form):
    """第一种形态的完成凭证."""

    done_on = forms.DateField(label="完成日", widget=forms.DateInput)
    proof = forms.CharField(label="完成情况", widget=forms.Textarea, max_length=2000)


class ReferralReplyForm(Form):
    """移送的反馈."""

    replied_on = forms.DateField(label="反馈日", widget=forms.DateInput)
    reply = forms.CharField(label="反馈结果", widget=forms.Textarea, max_length=2000)


class SuperiorReplyForm(Form):
    """回复上级交办."""

    replied_on = forms.DateField(label="回复日", widget=forms.DateInput)
    reply_number = forms.CharField(label="回复文号", max_length=80, required=False)
    reply = forms.CharField(label="回复内容", widget=forms.Textarea, max_length=4000)


class InquiryAnswerForm(Form):
    """谈话函询的答复."""

    answered_on = forms.DateField(label="答复日", widget=forms.DateInput)
    answer = forms.CharField(label="答复", widget=forms.Textarea, max_length=10000, help_text="加密保存。")


class RecusalForm(Form):
    """回避."""

    user = forms.ModelChoiceField(label="回避人", queryset=User.objects.none())
    ground = forms.ChoiceField(label="方式", choices=RecusalGround.choices)
    reason = forms.CharField(label="事由", max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(commission_id=user.commission_id, is_active=True)  # type: ignore[attr-defined]
        self.fields["user"].initial = user.pk


class HandlerForm(Form):
    """改派承办人."""

    handler = forms.ModelChoiceField(label="承办人", queryset=User.objects.none(), empty_label="（请选择）")
    reason = forms.CharField(label="理由", max_length=300)

    def __init__(self, *args: Any, office: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = users_with(Role.INSPECTOR, office)  # type: ignore[attr-defined]
