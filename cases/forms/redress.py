"""Forms of appeal, correction and other bodies' decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.enums import CorrectionGround, RedressResult, RemedyChannel
from cases.models import Attribution
from cases.services.elsewhere import Told
from cases.services.redress import Finding
from wenze.access.forms import ScopedModelChoiceField
from wenze.law import accountability_measures, measures
from wenze.pages.forms import Form
from wenze.people.models import Cadre, Organization, User
from wenze.people.selectors import cadre_choices

if TYPE_CHECKING:
    from cases.models import Case, Decision
    from cases.models.redress import Redress


def _subjects(case: Case) -> list[tuple[str, str]]:
    rows = case.subjects.filter(decision__isnull=False).select_related("cadre", "organization", "decision")
    return [(str(row.pk), f"{row.name}：{row.decision.get_outcome_display()}") for row in rows]


class AppealForm(Form):
    """登记申诉书 (D33)."""

    subject_id = forms.ChoiceField(label="申诉人")
    channel = forms.ChoiceField(
        label="救济方式", choices=RemedyChannel.choices, help_text="党内问责：申诉；监察问责：复审，再复核。"
    )
    filed_on = forms.DateField(label="提出日", widget=forms.DateInput, help_text="邮寄的，以交邮日为准。")
    statement = forms.CharField(label="请求和理由", widget=forms.Textarea, max_length=20000, help_text="加密保存。")
    scan = forms.FileField(label="申诉书扫描件", required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject_id"].choices = _subjects(case)  # type: ignore[attr-defined]


class AcceptForm(Form):
    """受理: 两名复查人."""

    reviewer = forms.ModelChoiceField(
        label="复查人", queryset=User.objects.none(), help_text="没有参加原案调查、审理的人。"
    )
    second_reviewer = forms.CharField(label="另一名复查人", max_length=60)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        took_part = case.team.values("user_id")
        people = User.objects.filter(
            commission_id=case.commission_id, is_active=True, role_assignments__role__in=("inspector", "trial", "head")
        )
        self.fields["reviewer"].queryset = people.exclude(pk__in=took_part).distinct()  # type: ignore[attr-defined]


class FindingForm(Form):
    """What was found and what becomes of the decision: shared by the examination and the correction."""

    result = forms.ChoiceField(label="结果", choices=RedressResult.choices)
    measures = forms.MultipleChoiceField(
        label="变更后的措施", required=False, widget=forms.CheckboxSelectMultiple, help_text="只在变更时选择；应当轻于原来的措施。"
    )  # fmt: skip
    withdrawn = forms.ModelMultipleChoiceField(
        label="不能成立的责任认定",
        queryset=Attribution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    finding = forms.CharField(label="认定和理由", required=False, widget=forms.Textarea, max_length=10000)
    discussed_on = forms.DateField(
        label="集体研究日", required=False, widget=forms.DateInput, help_text="变更、撤销须经集体研究。"
    )
    told_to = forms.CharField(
        label="告知范围", required=False, max_length=300, help_text="如：本人、所在党组织、组织部门"
    )

    def __init__(self, *args: Any, decision: Decision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision is None:
            return
        subject = decision.subject
        own = [
            each
            for each in accountability_measures(subject.kind, subject.track)
            if not each.code.startswith("propose:")
        ]
        self.fields["measures"].choices = [(each.code, each.name) for each in own]  # type: ignore[attr-defined]
        self.fields["withdrawn"].queryset = subject.attributions.standing().select_related("event")  # type: ignore[attr-defined]
        self.fields["withdrawn"].label_from_instance = lambda row: f"{row.event.on} {row.event.text[:40]}"  # type: ignore[attr-defined]

    def found(self) -> Finding:
        data = self.cleaned_data
        return Finding(
            result=data["result"], finding=data["finding"], measures=data["measures"], withdrawn=list(data["withdrawn"]),
            discussed_on=data["discussed_on"], told_to=data["told_to"],
        )  # fmt: skip


class RecheckForm(FindingForm):
    """登记上一级的复核决定."""

    answered_by = forms.CharField(label="复核机关", max_length=120)
    answer_number = forms.CharField(label="复核决定文号", max_length=80)
    decided_on = forms.DateField(label="复核决定日", widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(
            [
                "answered_by",
                "answer_number",
                "decided_on",
                "result",
                "measures",
                "withdrawn",
                "finding",
                "discussed_on",
                "told_to",
            ]
        )


class CorrectionForm(FindingForm):
    """提出纠正."""

    ground = forms.ChoiceField(label="错误类别", choices=CorrectionGround.choices)
    superior_order = forms.CharField(
        label="上级责令纠正的文号", required=False, max_length=80, help_text="自行纠正的留空。"
    )
    late_appeal = forms.CharField(
        label="逾期申诉的请求和理由",
        required=False,
        widget=forms.Textarea,
        max_length=20000,
        help_text="加密保存；由逾期申诉转来的填写。",
    )
    clearing = forms.CharField(label="澄清正名的范围", required=False, max_length=300)
    scan = forms.FileField(label="来件扫描件", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [each for each in RedressResult.choices if each[0] != RedressResult.UPHELD]  # type: ignore[attr-defined]
        self.order_fields(
            [
                "ground",
                "superior_order",
                "late_appeal",
                "result",
                "measures",
                "withdrawn",
                "finding",
                "discussed_on",
                "told_to",
                "clearing",
                "scan",
            ]
        )


class DeclineForm(Form):
    """不予纠正."""

    reason = forms.CharField(label="不予纠正的理由", widget=forms.Textarea, max_length=3000)


def finding_of(row: Redress) -> dict[str, Any]:
    """What stands on the row, for a form that shows it again."""
    return {
        "result": row.result, "measures": row.measures, "withdrawn": list(row.withdrawn.all()), "finding": row.finding,
        "discussed_on": row.discussed_on, "told_to": row.told_to,
    }  # fmt: skip


def _all_measures() -> list[tuple[str, str]]:
    wanted = ("accountability", "organizational", "discipline", "administrative")
    return [(each.code, each.name) for each in measures().values() if each.kind in wanted]


class ElsewhereForm(Form):
    """登记其他机关的决定."""

    cadre = forms.ChoiceField(label="干部", required=False)
    organization = ScopedModelChoiceField(Organization, user=None, label="或者党组织", required=False)
    decided_by = forms.CharField(label="决定机关", max_length=120)
    approved_by = forms.CharField(label="批准机关", required=False, max_length=120)
    number = forms.CharField(label="文号", required=False, max_length=80)
    decided_on = forms.DateField(
        label="决定（批准）日",
        required=False,
        widget=forms.DateInput,
        help_text="不知道的留空，任用检查会提示向决定机关查明。",
    )
    measures = forms.MultipleChoiceField(label="措施", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cadre"].choices = cadre_choices(user)  # type: ignore[attr-defined]
        self.fields["organization"].queryset = Organization.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["measures"].choices = _all_measures()  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        data = self.values()
        chosen = data.pop("cadre")
        cadre = Cadre.objects.get(pk=chosen) if chosen else None
        return {"cadre": cadre, "organization": data.pop("organization"), "told": Told(**data)}


class ElsewhereChangeForm(Form):
    """登记其他机关对其决定的变更或者撤销."""

    result = forms.ChoiceField(
        label="结果", choices=[each for each in RedressResult.choices if each[0] != RedressResult.UPHELD]
    )
    ended_on = forms.DateField(label="变更（撤销）日", widget=forms.DateInput)
    number = forms.CharField(label="文号", required=False, max_length=80)
    measures = forms.MultipleChoiceField(label="变更后的措施", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measures"].choices = _all_measures()  # type: ignore[attr-defined]


class DayForm(Form):
    """查明的决定日."""

    decided_on = forms.DateField(label="决定（批准）日", widget=forms.DateInput)
