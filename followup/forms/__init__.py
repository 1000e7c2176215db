"""What is filled in after the decision."""

from __future__ import annotations

from typing import Any

from django import forms

from followup.enums import ItemKind, Mood, ServiceWay, VisitConclusion, VisitWay
from followup.services.visits import VisitRecord
from wenze.pages.forms import Form


class ItemForm(Form):
    """办结一项执行事项: the fields that the item's kind asks for."""

    done_on = forms.DateField(label="完成日", widget=forms.DateInput)
    way = forms.ChoiceField(label="送达方式", required=False, choices=[("", "（请选择）"), *ServiceWay.choices])
    recipient = forms.CharField(label="签收人", required=False, max_length=60)
    witness = forms.CharField(label="见证人", required=False, max_length=60, help_text="留置送达必填")
    attended = forms.CharField(label="参加人员", required=False, max_length=300)
    proof = forms.CharField(label="完成情况", widget=forms.Textarea, max_length=2000)
    late_reason = forms.CharField(label="逾期说明", required=False, widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != ItemKind.SERVICE:
            for name in ("way", "recipient", "witness"):
                del self.fields[name]
        if kind != ItemKind.ANNOUNCEMENT:
            del self.fields["attended"]


class VisitForm(Form):
    """回访记录 (D46)."""

    held_on = forms.DateField(label="回访日", widget=forms.DateInput)
    place = forms.CharField(label="地点", max_length=120)
    way = forms.ChoiceField(label="方式", choices=VisitWay.choices, initial=VisitWay.HEART_TALK)
    second_visitor = forms.CharField(label="另一名回访人", max_length=60)
    talk = forms.CharField(label="谈话情况", widget=forms.Textarea, max_length=20000, help_text="加密保存。")
    mood = forms.ChoiceField(label="思想动态", choices=Mood.choices)
    unit_view = forms.CharField(label="单位负责人评价", required=False, widget=forms.Textarea, max_length=3000)
    public_view = forms.CharField(label="群众评价", required=False, widget=forms.Textarea, max_length=3000)
    work = forms.CharField(label="工作实绩", required=False, widget=forms.Textarea, max_length=3000)
    difficulties = forms.CharField(label="困难诉求", required=False, widget=forms.Textarea, max_length=3000)
    care = forms.CharField(label="关心关爱措施", required=False, widget=forms.Textarea, max_length=3000)
    conclusion = forms.ChoiceField(label="结论", choices=VisitConclusion.choices)

    def record(self) -> VisitRecord:
        return VisitRecord(**self.values())


class RectifyNoticeForm(Form):
    """发出纠错通知."""

    text = forms.CharField(label="纠正要求", widget=forms.Textarea, max_length=3000)
    due_on = forms.DateField(label="完成期限", widget=forms.DateInput)
