"""What is filled in of an execution item."""

from __future__ import annotations

from typing import Any

from django import forms

from followup.enums import ItemKind, ServiceWay
from followup.services.execution import DELIVERED, FILED, SCANNED
from wenze.pages.forms import Form


class ItemForm(Form):
    """办结一项执行事项: the fields that the item's kind asks for."""

    done_on = forms.DateField(label="完成日", widget=forms.DateInput)
    way = forms.ChoiceField(label="送达方式", required=False, choices=[("", "（请选择）"), *ServiceWay.choices])
    recipient = forms.CharField(label="签收人", required=False, max_length=60)
    witness = forms.CharField(label="见证人", required=False, max_length=60, help_text="留置送达必填")
    attended = forms.CharField(label="参加人员", required=False, max_length=300)
    proof_file = forms.FileField(label="凭证", required=False, help_text="扫描件，PDF 或图片；加密保存。")
    proof = forms.CharField(label="完成情况", widget=forms.Textarea, max_length=2000)
    late_reason = forms.CharField(label="逾期说明", required=False, widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in DELIVERED:
            for name in ("way", "recipient", "witness"):
                del self.fields[name]
        if kind in FILED:
            self.fields["recipient"] = forms.CharField(label="接收人", required=False, max_length=60)
        if kind in SCANNED:
            self.fields["proof_file"].label = "本人（党组织）所写材料的扫描件"
        self.order_fields(["done_on", "way", "recipient", "witness", "attended", "proof", "proof_file", "late_reason"])
        self.dress_added()
        if kind != ItemKind.ANNOUNCEMENT:
            del self.fields["attended"]


class RectifyNoticeForm(Form):
    """发出纠错通知."""

    text = forms.CharField(label="纠正要求", widget=forms.Textarea, max_length=3000)
    due_on = forms.DateField(label="完成期限", widget=forms.DateInput)


class PostForm(Form):
    """一个职务的免职手续."""

    body = forms.CharField(label="办理机关", max_length=120, help_text="如：某某县委、某某县人大常委会")
    done_on = forms.DateField(label="办结日", widget=forms.DateInput)


class DeferForm(Form):
    """批准延期."""

    until = forms.DateField(label="延至", widget=forms.DateInput)
    reason = forms.CharField(label="延期的原因", max_length=200, help_text="如：须经人民代表大会会议，会期未到")
