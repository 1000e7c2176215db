"""Forms of the answer to a filing, of the opinions on the three lines, of an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.services.tolerance import AnswerDraft, Clause, Opinion
from cases.tolerance import BY_LETTER, CLAUSES, is_blind
from tolerance.enums import Assessor, Ban, Correction, Distinction, FilingEffect, Intent, ItemKind, Motive
from tolerance.models import ListEdition, ToleranceItem
from wenze.pages.forms import Form
from wenze.people.models import Organization

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case
    from wenze.people.models import User

NO_HIT = "none"


def _either(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    """One of two, to be said: what was not said is not taken for a no."""
    return forms.TypedChoiceField(
        label=label,
        choices=(("True", yes), ("False", no)),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )


def _pieces(case: Case) -> forms.ModelMultipleChoiceField[Any]:
    return forms.ModelMultipleChoiceField(
        label="所据证据", required=False, queryset=case.evidence.filter(withdrawn_on__isnull=True),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class FilingAnswerForm(Form):
    """容错备案的书面答复; where it was filed in advance, clause by clause beside what was done."""

    in_scope = _either("是否在备案范围内", "在备案范围内", "不在备案范围内")
    negative = forms.ChoiceField(label="负面清单", help_text="逐条核查；命中任一条的不得容错。")
    negative_note = forms.CharField(label="负面清单核查情况", required=False, widget=forms.Textarea, max_length=2000)
    correction = forms.ChoiceField(label="是否及时纠错", choices=Correction.choices, initial=Correction.NONE)
    correction_note = forms.CharField(label="纠错情况", required=False, widget=forms.Textarea, max_length=2000)
    effect = forms.ChoiceField(
        label="结论", choices=FilingEffect.choices, help_text="是拟处理的意见，由有权限的党组织集体决定。"
    )
    answer = forms.CharField(label="书面答复", widget=forms.Textarea, max_length=3000)

    def __init__(
        self, *args: Any, case: Case, filed: dict[str, str], in_advance: bool, on: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        edition = ListEdition.objects.in_force(case.commission_id, on)
        items = ToleranceItem.objects.filter(edition=edition, kind=ItemKind.NEGATIVE) if edition else ()
        self.fields["negative"].choices = [(NO_HIT, "没有命中"), *((str(item.pk), str(item)) for item in items)]  # type: ignore[attr-defined]
        self.filed = filed
        self.clauses = [each for each in CLAUSES if in_advance and each[0] in filed]
        if not in_advance:
            del self.fields["in_scope"]
        for key, name in self.clauses:
            self.fields[f"done_{key}"] = forms.CharField(
                label=f"{name}：实际所为", required=False, widget=forms.Textarea, max_length=2000
            )
            self.fields[f"kept_{key}"] = _either("对照", "与备案一致", "有出入")
            self.fields[f"evidence_{key}"] = _pieces(case)
        self.dress_added()

    def sides(self) -> list[dict[str, Any]]:
        """The clauses for the page: what was filed, and the fields beside it."""
        return [
            {
                "name": name, "filed": self.filed[key], "done": self[f"done_{key}"], "kept": self[f"kept_{key}"],
                "evidence": self[f"evidence_{key}"],
            }
            for key, name in self.clauses
        ]  # fmt: skip

    def rest(self) -> list[Any]:
        """The fields below the table."""
        return [
            field for field in self.visible_fields() if field.name.split("_")[0] not in ("done", "kept", "evidence")
        ]

    def typed(self) -> AnswerDraft:
        data = self.cleaned_data
        item = None if data["negative"] == NO_HIT else ToleranceItem.objects.get(pk=data["negative"])
        return AnswerDraft(
            effect=data["effect"], answer=data["answer"], in_scope=data.get("in_scope", False),
            clauses={
                key: Clause(data[f"done_{key}"], data[f"kept_{key}"], list(data[f"evidence_{key}"]))
                for key, _ in self.clauses
            },
            negative_item=item, negative_note=data["negative_note"], correction=data["correction"],
            correction_note=data["correction_note"],
        )  # fmt: skip


class OpinionForm(Form):
    """一方对三个区分的意见."""

    assessor = forms.ChoiceField(label="意见单位", choices=Assessor.choices)
    motive = forms.ChoiceField(label="为公/为私", choices=Motive.choices, widget=forms.RadioSelect)
    motive_reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=2000)
    ban = forms.ChoiceField(label="有禁/无禁", choices=Ban.choices, widget=forms.RadioSelect)
    ban_reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=2000)
    intent = forms.ChoiceField(label="无意/有意", choices=Intent.choices, widget=forms.RadioSelect)
    intent_reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=2000)
    distinction = forms.ChoiceField(
        label="条例第十七条情形", required=False, choices=[("", "（不属于）"), *Distinction.choices]
    )
    effect = forms.ChoiceField(label="意见", choices=FilingEffect.choices)
    organization = forms.ModelChoiceField(
        label="出具单位", required=False, queryset=Organization.objects.none(), empty_label="（承办室不填）",
        help_text="组织人事部门、主管部门以函出具，在此登记。",
    )  # fmt: skip
    letter_number = forms.CharField(label="来函文号", required=False, max_length=80)
    letter_on = forms.DateField(label="来函日", required=False, widget=forms.DateInput)
    scan = forms.FileField(label="来函扫描件", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.visible_to(user)  # type: ignore[attr-defined]
        if not is_blind():
            self.fields["assessor"].choices = [each for each in Assessor.choices if each[0] != Assessor.SECOND]  # type: ignore[attr-defined]

    def typed(self) -> Opinion:
        data = self.values(without=("seen", "submission", "scan"))
        if data["assessor"] not in BY_LETTER:
            data |= {"organization": None, "letter_number": "", "letter_on": None}
        return Opinion(**data)


class ClaimForm(Form):
    """登记容错申请."""

    applied_on = forms.DateField(label="申请日", widget=forms.DateInput)
    ground = forms.CharField(label="申请理由", widget=forms.Textarea, max_length=5000)
    scan = forms.FileField(label="申请书扫描件")


class VerifyForm(Form):
    """核实."""

    findings = forms.CharField(label="核实情况", widget=forms.Textarea, max_length=5000)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"] = _pieces(case)
        self.dress_added()


class RecogniseForm(Form):
    """认定."""

    effect = forms.ChoiceField(
        label="认定意见", choices=FilingEffect.choices, help_text="是拟处理的意见，由有权限的党组织集体决定。"
    )
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=3000)


class TellForm(Form):
    """反馈."""

    told = forms.CharField(label="反馈情况和本人意见", widget=forms.Textarea, max_length=3000)


class PrecedentForm(Form):
    """脱敏: what the library says of it."""

    title = forms.CharField(label="标题", max_length=120)
    category = forms.CharField(label="事项类别", required=False, max_length=200)
    matter = forms.CharField(label="情况", widget=forms.Textarea, max_length=5000)
    reasons = forms.CharField(label="认定理由", widget=forms.Textarea, max_length=5000)
