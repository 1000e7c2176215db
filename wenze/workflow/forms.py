"""What a signer and a clerk of the Party committee's office fill in."""

from __future__ import annotations

from django import forms

from wenze.pages.forms import Form
from wenze.workflow.models import OffSystemResult, Verdict


class SignForm(Form):
    """The answer of a seat; ``shown`` is the hash of what the page showed."""

    verdict = forms.ChoiceField(label="意见", choices=Verdict.choices, widget=forms.RadioSelect, initial=Verdict.SIGN)
    opinion = forms.CharField(label="批语", required=False, widget=forms.Textarea, max_length=2000)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class InstructionForm(Form):
    """The instruction as it stands on the scanned paper."""

    result = forms.ChoiceField(label="批示结果", choices=OffSystemResult.choices, widget=forms.RadioSelect)
    approver_name = forms.CharField(label="批准人", max_length=60)
    by_meeting = forms.BooleanField(label="经会议研究", required=False)
    approved_on = forms.DateField(label="批准日", widget=forms.DateInput)
    instruction = forms.CharField(label="批示摘要", required=False, widget=forms.Textarea, max_length=400)
    scan = forms.FileField(label="批件扫描件", required=False, help_text="PDF 或图片，加密封存。")
