"""Forms of the duty lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from responsibility import rows
from responsibility.enums import ListSource, PostGroup, Responsibility
from responsibility.services import imports
from responsibility.services.duties import Head
from wenze.access.forms import ScopedModelChoiceField
from wenze.access.roles import Role
from wenze.pages.forms import Form
from wenze.people.models import Organization, Post

if TYPE_CHECKING:
    from responsibility.models import Duty

FILE_HELP = "Excel（.xlsx）或者 CSV（UTF-8、GB18030），表头见模板；有一处错误就一行也不写入。"


class RowsForm(Form):
    """The duties as a file; in the place of what the draft holds."""

    workbook = forms.FileField(label="清单文件", help_text=FILE_HELP)


class DraftForm(Form):
    """起草责任清单."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    source = forms.ChoiceField(label="来源", choices=ListSource.choices)
    source_document = forms.CharField(
        label="来源文件", max_length=200, help_text="三定规定、权责清单、分工文件的名称或者文号"
    )
    in_force_from = forms.DateField(label="施行日", widget=forms.DateInput)
    workbook = forms.FileField(
        label="清单文件", required=False, help_text=f"{FILE_HELP}不附文件的，先立空白草稿，再逐条填写。"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = user.holdings().get(Role.UNIT, frozenset())
        self.only: Organization | None = None
        if user.holds(Role.CONDUCT):
            self.fields["organization"] = ScopedModelChoiceField(Organization, user=user, label="组织")
        elif len(held) == 1:
            self.only = Organization.objects.get(pk=next(iter(held)))
        else:
            self.fields["organization"] = ScopedModelChoiceField(
                Organization, user=user, label="组织", narrow=lambda found: found.filter(pk__in=held)
            )
        self.order_fields(["organization", "year", "source", "source_document", "in_force_from", "workbook"])
        self.dress_added()

    def target(self) -> imports.Target:
        """Into what the file goes."""
        data = self.values()
        data.pop("workbook")
        organization = self.only or data.pop("organization")
        head = Head(organization=organization, **data)
        return imports.duty_draft(submission=self.cleaned_data["submission"], head=head)


class DutyForm(Form):
    """One duty of a draft."""

    number = forms.CharField(label="条号", max_length=20)
    group = forms.ChoiceField(label="责任主体", choices=PostGroup.choices)
    post = forms.ModelChoiceField(
        label="职务", required=False, queryset=Post.objects.none(), empty_label="（不写明职务）",
        help_text="写明职务的归该职务；没有写明的，归同类主体",
    )  # fmt: skip
    text = forms.CharField(label="职责", widget=forms.Textarea, max_length=2000)
    quantity = forms.CharField(label="量化要求", required=False, max_length=200)
    responsibility = forms.ChoiceField(label="责任类别", choices=Responsibility.choices)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(organization=organization)  # type: ignore[attr-defined]

    @staticmethod
    def shown(duty: Duty) -> dict[str, Any]:
        """What the page shows of a duty."""
        return {
            "number": duty.number, "group": duty.group, "post": duty.post_id, "text": duty.text, "quantity": duty.quantity,
            "responsibility": duty.responsibility,
        }  # fmt: skip

    def row(self) -> rows.Row:
        """As the service takes it."""
        return rows.Row(**self.values())


class ReturnForm(Form):
    """退回修改."""

    reason = forms.CharField(label="退回的理由", widget=forms.Textarea, max_length=300)
