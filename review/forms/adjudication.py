"""What adjudicators fill in."""

from __future__ import annotations

from typing import Any

from django import forms

from review.enums import AdjudicationOpinion
from wenze.access.roles import Role
from wenze.pages.forms import Form
from wenze.people.models import User


class AcceptForm(Form):
    """受理."""

    adjudicators = forms.ModelMultipleChoiceField(
        label="审理人员",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="两人以上，没有参加过本案调查。",
    )

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(
            is_active=True, commission_id=case.commission_id, role_assignments__role=Role.TRIAL
        ).exclude(pk__in=case.team.values("user_id"))
        self.fields["adjudicators"].queryset = people.distinct()  # type: ignore[attr-defined]


class OpinionForm(Form):
    """审理意见."""

    facts = forms.CharField(label="事实证据", widget=forms.Textarea, max_length=5000)
    character = forms.CharField(label="定性", widget=forms.Textarea, max_length=5000)
    outcome = forms.CharField(label="处理", widget=forms.Textarea, max_length=5000)
    procedure = forms.CharField(label="程序", widget=forms.Textarea, max_length=5000)
    opinion = forms.ChoiceField(label="审理意见", choices=AdjudicationOpinion.choices, widget=forms.RadioSelect)
