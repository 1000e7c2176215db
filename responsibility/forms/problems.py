"""Forms of the problem lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from responsibility.enums import ProblemSource
from responsibility.forms.duties import FILE_HELP
from responsibility.rows import MOST_MONTHS, ProblemRow
from responsibility.services import imports
from responsibility.services.problems import ListHead
from wenze.access.forms import ScopedModelChoiceField
from wenze.pages.forms import Form
from wenze.people.enums import OrganizationKind
from wenze.people.models import Cadre, Organization
from wenze.people.selectors import cadre_choices

if TYPE_CHECKING:
    from wenze.people.models import User


class ListForm(Form):
    """登记问题清单."""

    source = forms.ChoiceField(label="来源", choices=ProblemSource.choices)
    source_document = forms.CharField(
        label="来源文件", max_length=200, help_text="反馈意见、通报、审计报告等的名称或者文号"
    )
    found_by = forms.CharField(label="提出单位", max_length=120)
    found_on = forms.DateField(label="提出日", widget=forms.DateInput, help_text="整改期限从这一日起算")
    workbook = forms.FileField(
        label="清单文件", required=False, help_text=f"{FILE_HELP}不附文件的，登记以后在页面上逐条填写。"
    )

    def target(self) -> imports.Target:
        """Into what the file goes."""
        data = self.values()
        data.pop("workbook")
        return imports.problem_list(submission=self.cleaned_data["submission"], head=ListHead(**data))


class ProblemForm(Form):
    """增加一个问题."""

    number = forms.CharField(label="序号", max_length=20)
    owner_title = forms.CharField(
        label="责任人职务", required=False, max_length=120, help_text="没有登记的责任人写职务"
    )
    text = forms.CharField(label="问题", widget=forms.Textarea, max_length=2000)
    measure = forms.CharField(label="整改措施", widget=forms.Textarea, max_length=2000)
    months = forms.IntegerField(
        label="期限（月）",
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text="不填的，三个月（T28，本级制度）",
    )
    due_on = forms.DateField(
        label="到期日", required=False, widget=forms.DateInput, help_text="另定日子的填这里；遇休息日顺延到下一工作日"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = ScopedModelChoiceField(
            Organization, user=user, label="责任单位", empty_label="（请选择）",
            narrow=lambda found: found.filter(commission=user.commission_id).exclude(kind=OrganizationKind.OFFICE),
        )  # fmt: skip
        self.fields["owner"] = ScopedModelChoiceField(Cadre, user=user, label="责任人", required=False)
        self.fields["owner"].widget.choices = cadre_choices(user, empty="（未登记，写职务）")
        self.order_fields(("number", "organization", "owner", "owner_title", "text", "measure", "months", "due_on"))
        self.dress_added()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("months") and found.get("due_on"):
            self.add_error("due_on", "期限和到期日只填一项。")
        return found

    def row(self) -> ProblemRow:
        """As the service takes it."""
        return ProblemRow(**self.values())


class SuperviseForm(Form):
    """督办."""

    requirement = forms.CharField(label="督办要求", widget=forms.Textarea, max_length=2000)
    due_on = forms.DateField(label="督办期限", widget=forms.DateInput, help_text="遇休息日顺延到下一工作日")
