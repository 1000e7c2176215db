"""What is filled in of tracking and visits."""

from __future__ import annotations

from django import forms

from followup.enums import CareKind, Mood, VisitConclusion, VisitWay
from followup.services.visits import VisitRecord
from wenze.pages.forms import Form


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


class CareForm(Form):
    """关爱措施."""

    kind = forms.ChoiceField(label="类别", choices=CareKind.choices, initial=CareKind.CARE)
    text = forms.CharField(label="措施", widget=forms.Textarea, max_length=3000)
    owner = forms.CharField(label="由谁落实", max_length=120)
    due_on = forms.DateField(label="期限", widget=forms.DateInput)


class CareDoneForm(Form):
    """关爱措施的落实情况."""

    done_on = forms.DateField(label="落实日", widget=forms.DateInput)
    result = forms.CharField(label="落实情况", widget=forms.Textarea, max_length=3000)


class ExtraVisitForm(Form):
    """增加回访."""

    due_on = forms.DateField(label="应访日", widget=forms.DateInput)
    reason = forms.CharField(label="事由", max_length=200)
