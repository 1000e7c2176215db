"""Forms of 先期停职、免职."""

from __future__ import annotations

from django import forms

from cases.enums import InterimEnd, InterimKind
from cases.services.interim import Interim
from wenze.pages.forms import Form


class InterimForm(Form):
    """登记先期停职、免职."""

    kind = forms.ChoiceField(label="类别", choices=InterimKind.choices)
    posts = forms.CharField(label="所停、所免职务", max_length=300)
    decided_by = forms.CharField(label="决定机关", max_length=120)
    decided_on = forms.DateField(label="决定日", widget=forms.DateInput)
    number = forms.CharField(label="文号", required=False, max_length=80)

    def told(self) -> Interim:
        """What was typed."""
        return Interim(**self.values())


class InterimEndForm(Form):
    """确认、替换或者解除."""

    ended_as = forms.ChoiceField(label="处理", choices=InterimEnd.choices)
    ended_on = forms.DateField(label="处理日", widget=forms.DateInput)
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=300)
