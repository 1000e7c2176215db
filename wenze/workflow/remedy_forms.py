"""What is filled in where something is put right: the report, the acceptance, the looking back."""

from __future__ import annotations

from django import forms

from wenze.pages.forms import Form


class ReportForm(Form):
    """整改反馈."""

    reported_on = forms.DateField(label="反馈日", widget=forms.DateInput)
    text = forms.CharField(label="整改情况", widget=forms.Textarea, max_length=5000)
    uploads = forms.FileField(label="凭证", required=False, help_text="整改报告、新制度、照片等，加密保存")
    late_reason = forms.CharField(
        label="逾期说明", required=False, widget=forms.Textarea, max_length=1000, help_text="超过期限的必填"
    )


class AcceptForm(Form):
    """验收."""

    acceptance = forms.CharField(label="验收意见", widget=forms.Textarea, max_length=2000)


class LookBackForm(Form):
    """回头看."""

    looked_on = forms.DateField(label="回头看日", widget=forms.DateInput)
    second_looker = forms.CharField(label="另一名回头看人", max_length=60)
    finding = forms.CharField(label="情况", widget=forms.Textarea, max_length=3000)
    holds = forms.TypedChoiceField(
        label="结论",
        choices=[("", "（请选择）"), ("1", "整改成立"), ("0", "整改不成立，重新整改")],
        coerce=lambda typed: typed == "1",
    )
    due_on = forms.DateField(
        label="新的期限", required=False, widget=forms.DateInput, help_text="只在不成立时用；不填的，从回头看日起三个月"
    )


class WhyForm(Form):
    """A reason and nothing else."""

    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=2000)
