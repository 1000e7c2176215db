"""What is filled in of an execution item."""

from __future__ import annotations

from typing import Any

from django import forms

from followup.enums import ItemKind, ServiceWay
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


class RectifyNoticeForm(Form):
    """发出纠错通知."""

    text = forms.CharField(label="纠正要求", widget=forms.Textarea, max_length=3000)
    due_on = forms.DateField(label="完成期限", widget=forms.DateInput)
