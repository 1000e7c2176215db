"""What is filled in before a case file volume is handed out."""

from __future__ import annotations

from django import forms

from wenze.pages.forms import Form


class VolumeForm(Form):
    """导出案卷: why it leaves the system."""

    reason = forms.CharField(label="导出事由", max_length=300, help_text="写明用途和接收人，记入台账。")
