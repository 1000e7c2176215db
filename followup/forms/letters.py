"""What is filled in of recommendation letters and of warning education."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from followup.enums import EducationKind, LetterKind
from followup.forms.reform import outside
from followup.services.letters import LetterDraft, default_days, most_days
from wenze.access.forms import ScopedModelChoiceField
from wenze.pages.forms import Form
from wenze.people.models import Organization

if TYPE_CHECKING:
    from wenze.people.models import User


class LetterForm(Form):
    """拟纪检监察建议."""

    kind = forms.ChoiceField(
        label="文种",
        choices=LetterKind.choices,
        help_text="纪律检查建议对党组织，监察建议对监察对象所在单位，两者合并的用纪检监察建议",
    )
    problems = forms.CharField(label="存在问题", widget=forms.Textarea, max_length=5000)
    causes = forms.CharField(label="原因", widget=forms.Textarea, max_length=5000)
    advice = forms.CharField(label="建议", widget=forms.Textarea, max_length=5000)
    reply_days = forms.IntegerField(label="回复时限（自然日）", min_value=1)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_organization"] = ScopedModelChoiceField(
            Organization, user=user, narrow=outside, label="受文单位", empty_label="（请选择）"
        )
        self.fields["reply_days"].initial = default_days()
        self.fields["reply_days"].help_text = f"从收到之日起算，最长{most_days()}日（T27，建议书自定）"
        self.order_fields(("kind", "to_organization", "problems", "causes", "advice", "reply_days"))
        self.dress_added()

    def draft(self) -> LetterDraft:
        return LetterDraft(**self.values())


class ReceiptForm(Form):
    """登记收到日."""

    received_on = forms.DateField(label="收到日", widget=forms.DateInput)


class ReplyForm(Form):
    """回复."""

    replied_on = forms.DateField(label="回复日", widget=forms.DateInput)
    reply = forms.CharField(label="回复内容", widget=forms.Textarea, max_length=5000)
    adopted = forms.TypedChoiceField(
        label="是否采纳",
        choices=[("", "（请选择）"), ("1", "采纳"), ("0", "不采纳")],
        coerce=lambda typed: typed == "1",
    )
    not_adopted_reason = forms.CharField(label="不采纳的理由", required=False, widget=forms.Textarea, max_length=3000)


class EducationForm(Form):
    """部署警示教育、举一反三."""

    kind = forms.ChoiceField(label="类别", choices=EducationKind.choices)
    title = forms.CharField(label="名称", max_length=200)
    text = forms.CharField(label="内容和要求", widget=forms.Textarea, max_length=5000)
    due_on = forms.DateField(label="期限", widget=forms.DateInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"] = forms.ModelMultipleChoiceField(
            label="开展的单位", queryset=outside(Organization.objects.visible_to(user)), widget=forms.SelectMultiple(attrs={"size": "8"}),
            help_text="按住 Ctrl 可以多选；每个单位各自反馈",
        )  # fmt: skip
        self.order_fields(("kind", "title", "text", "units", "due_on"))
        self.dress_added()


class EducationReportForm(Form):
    """反馈开展情况."""

    done_on = forms.DateField(label="完成日", widget=forms.DateInput)
    report = forms.CharField(label="开展情况", widget=forms.Textarea, max_length=5000)
