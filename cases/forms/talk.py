"""谈话笔录 (D07)."""

from __future__ import annotations

from django import forms

from cases.enums import TalkCapacity
from wenze.pages.forms import Form


class TalkForm(Form):
    """A talk as it was held."""

    person = forms.CharField(label="被谈话人", max_length=60)
    capacity = forms.ChoiceField(label="身份", choices=TalkCapacity.choices)
    unit_and_post = forms.CharField(label="单位及职务", max_length=200)
    second_talker = forms.CharField(label="第二谈话人", max_length=60)
    began_at = forms.DateTimeField(label="开始", widget=forms.DateTimeInput)
    ended_at = forms.DateTimeField(label="结束", widget=forms.DateTimeInput)
    place = forms.CharField(label="地点", max_length=120)
    rights_told = forms.BooleanField(label="已告知权利义务", required=False)
    text = forms.CharField(
        label="问答", widget=forms.Textarea(attrs={"rows": "12"}), max_length=50000, help_text="加密保存，不进入检索。"
    )
    read_back = forms.CharField(label="核对语", max_length=200, initial="以上笔录我看过，与我说的相符。")
    scan = forms.FileField(label="签字件", required=False, help_text="有签字件的，同时封存为证据。")
