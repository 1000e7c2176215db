"""Forms of what follows an exemption."""

from __future__ import annotations

from django import forms

from wenze.pages.forms import Form


class RectifyReportForm(Form):
    """报告纠错情况."""

    reported_on = forms.DateField(label="报告日", widget=forms.DateInput)
    text = forms.CharField(label="纠错情况", widget=forms.Textarea, max_length=5000)
    proof = forms.FileField(label="凭证", help_text="扫描件，PDF 或图片；加密保存。")
    late_reason = forms.CharField(label="逾期说明", required=False, widget=forms.Textarea, max_length=1000)


class RectifyAnswerForm(Form):
    """验收或者退回."""

    answer = forms.CharField(label="验收意见或者退回的理由", widget=forms.Textarea, max_length=2000)


class ClearingForm(Form):
    """拟澄清正名函."""

    concern = forms.CharField(
        label="所反映的事项", max_length=200, help_text="收函的单位都会看到，只写事由，不写案情。"
    )
    words = forms.CharField(label="澄清内容", widget=forms.Textarea, max_length=3000)
    scope = forms.CharField(label="澄清范围", max_length=200, help_text="如：某某单位领导班子会议、全体干部会议")


class ClearedForm(Form):
    """登记澄清."""

    cleared_on = forms.DateField(label="澄清日", widget=forms.DateInput)
    cleared_how = forms.CharField(label="怎样澄清、向谁澄清", max_length=300)
