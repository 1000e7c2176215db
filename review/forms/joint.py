"""What the joint review asks: who speaks for each office, what he thinks, when it was held, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from review.enums import JointChoice, JointOffice
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.pages.forms import Form
from wenze.people.models import User

if TYPE_CHECKING:
    from cases.models import Case


class ConveneForm(Form):
    """召集联审."""

    papers_complete_on = forms.DateField(label="材料送齐日", widget=forms.DateInput, initial=clock.today)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = User.objects.filter(is_active=True, commission_id=case.commission_id).exclude(
            Q(pk__in=case.team.values("user_id")) | Q(pk__in=case.recusals.values("user_id")) | Q(pk=case.handler_id)
        )
        for office in JointOffice:
            roles = (Role.INSPECTOR, Role.HEAD) if office == JointOffice.HANDLING else (office.value,)
            held = Q(role_assignments__role__in=roles)
            if office == JointOffice.HANDLING:
                held &= Q(role_assignments__organization=case.office_id)
            self.fields[office.value] = forms.ModelChoiceField(
                label=office.label, queryset=active.filter(held).distinct(), empty_label="（请选择）"
            )
        self.order_fields([*JointOffice.values, "papers_complete_on"])
        self.dress_added()

    def people(self) -> dict[str, User]:
        """Who was named for each office."""
        return {office: self.cleaned_data[office] for office in JointOffice.values}


class JointOpinionForm(Form):
    """参审意见."""

    choice = forms.ChoiceField(label="意见", choices=JointChoice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea,
        max_length=5000,
        help_text="开会以前只有您自己看得到；开会后可以修改，两次都保留。",
    )


class OpenMeetingForm(Form):
    """开会."""

    held_on = forms.DateField(label="会商日", widget=forms.DateInput, initial=clock.today)
    place = forms.CharField(label="地点", max_length=120)


class ConcludeForm(Form):
    """形成纪要."""

    conclusion = forms.CharField(label="综合意见", widget=forms.Textarea, max_length=5000)
    sent_back = forms.BooleanField(label="退回补充调查", required=False)
