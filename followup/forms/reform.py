"""What is filled in of the reform: points, items, reports, acceptance, gaps, looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.enums import Power
from cases.models import Attribution, TrailEvent
from followup.enums import Deviation, PointKind
from wenze.access.forms import ScopedModelChoiceField
from wenze.pages.forms import Form
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization

if TYPE_CHECKING:
    from cases.models import Case
    from wenze.people.models import User

BLANK = ("", "（请选择）")


def outside(rows: Any) -> Any:
    """The organisations that something can be asked of: not the offices within a commission."""
    return rows.exclude(kind=OrganizationKind.OFFICE)


class BlockageForm(Form):
    """查摆梗阻点、衰减点."""

    kind = forms.ChoiceField(
        label="类别", choices=PointKind.choices, help_text="卡住不动的是梗阻点，层层递减的是衰减点"
    )
    deviation = forms.ChoiceField(label="偏差", choices=Deviation.choices)
    link = forms.ChoiceField(
        label="责任环节", choices=[(code, name.removesuffix("责任")) for code, name in Power.choices]
    )
    text = forms.CharField(label="具体情况", widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = ScopedModelChoiceField(
            Organization, user=user, narrow=outside, label="所在单位", empty_label=BLANK[1]
        )
        self.fields["attribution"] = ScopedModelChoiceField(
            Attribution, user=user, label="对应的责任认定", required=False, empty_label="（不对应）",
            narrow=lambda rows: rows.standing().filter(subject__case=case).select_related(
                "subject__cadre", "subject__organization"
            ),
        )  # fmt: skip
        self.fields["event"] = ScopedModelChoiceField(
            TrailEvent, user=user, label="对应的轨迹", required=False, empty_label="（不对应）",
            narrow=lambda rows: rows.standing().filter(case=case),
        )  # fmt: skip
        self.order_fields(("kind", "deviation", "link", "organization", "text", "attribution", "event"))
        self.dress_added()


class ReformItemForm(Form):
    """列整改事项."""

    requirement = forms.CharField(label="整改措施", widget=forms.Textarea, max_length=2000)
    owner = forms.CharField(label="责任人", max_length=120, help_text="写到人或者职务，如“某某局党组书记”")
    start_on = forms.DateField(label="起算日", widget=forms.DateInput)
    due_on = forms.DateField(
        label="期限", required=False, widget=forms.DateInput, help_text="不填的，从起算日起三个月（T28，本级制度）"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = ScopedModelChoiceField(
            Organization, user=user, narrow=outside, label="责任单位", empty_label=BLANK[1]
        )
        self.order_fields(("requirement", "responsible", "owner", "start_on", "due_on"))
        self.dress_added()


class GapForm(Form):
    """制度漏洞."""

    rule = forms.CharField(label="制度名称", max_length=200)
    number = forms.CharField(label="文号", required=False, max_length=80)
    before = forms.CharField(
        label="修订前", widget=forms.Textarea, max_length=3000, help_text="原来没有规定的，写“没有规定”"
    )
    after = forms.CharField(label="修订后", widget=forms.Textarea, max_length=3000)
    in_force_on = forms.DateField(label="施行日", widget=forms.DateInput)
