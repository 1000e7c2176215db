"""Forms of the campaigns (专项)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.forms.clue import BLANK, FIELDS
from cases.models import Campaign
from cases.services.campaigns import Told
from wenze.access.forms import ScopedModelChoiceField
from wenze.pages.forms import Form

if TYPE_CHECKING:
    from wenze.people.models import User


class CampaignForm(Form):
    """设立专项."""

    name = forms.CharField(label="专项名称", max_length=120)
    basis = forms.CharField(label="依据文件", max_length=200, help_text="部署本专项的文件和文号")
    field = forms.ChoiceField(label="领域", required=False, choices=[BLANK, *FIELDS])
    from_on = forms.DateField(label="起", widget=forms.DateInput)
    until_on = forms.DateField(label="止", required=False, widget=forms.DateInput)

    def told(self) -> Told:
        return Told(**self.values())


class AssignForm(Form):
    """列入专项."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"] = ScopedModelChoiceField(
            Campaign, user=user, label="专项", required=False, empty_label="（不列入专项）"
        )
        self.dress_added()
