"""Forms of the duty lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from responsibility import rows
from responsibility.enums import ListSource
from responsibility.services.duties import Head
from wenze.access.forms import ScopedModelChoiceField
from wenze.access.roles import Role
from wenze.errors import Invalid
from wenze.pages import spreadsheet
from wenze.pages.forms import Form
from wenze.people.models import Organization, Post

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_FAULTS = 200
"""So many faults are written beside the form; the rest is counted."""


def read(upload: Any, organization: Organization) -> Sequence[rows.Row]:
    """The rows of an uploaded list. Raises ``Invalid`` with every fault, by row and cell."""
    try:
        table = spreadsheet.table(upload, columns=len(rows.COLUMNS), most=rows.MOST + 1)
    except Invalid as refusal:
        raise Invalid({"workbook": next(iter(refusal.fields.values()))}) from refusal
    posts = {post.name: post for post in Post.objects.filter(organization=organization)}
    sheet = rows.read(table, posts)
    if sheet.faults:
        shown = [str(fault) for fault in sheet.faults[:FIRST_FAULTS]]
        more = f"……共{len(sheet.faults)}处" if len(sheet.faults) > FIRST_FAULTS else ""
        raise Invalid({"workbook": f"有{len(sheet.faults)}处错误，一条也没有写入。" + "；".join(shown) + more})
    return sheet.rows


class RowsForm(Form):
    """The duties as a file; in the place of what the draft holds."""

    workbook = forms.FileField(
        label="清单文件", help_text="Excel（.xlsx）或者 CSV（UTF-8、GB18030），表头见模板；有一处错误就一条也不写入。"
    )


class DraftForm(RowsForm):
    """起草责任清单."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    source = forms.ChoiceField(label="来源", choices=ListSource.choices)
    source_document = forms.CharField(
        label="来源文件", max_length=200, help_text="三定规定、权责清单、分工文件的名称或者文号"
    )
    in_force_from = forms.DateField(label="施行日", widget=forms.DateInput)

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

    def drafted(self) -> dict[str, Any]:
        """The head and the rows, as the service takes them. Raises ``Invalid`` with every fault of the file."""
        data = self.values()
        upload = data.pop("workbook")
        organization = self.only or data.pop("organization")
        return {"head": Head(organization=organization, **data), "rows": read(upload, organization)}


class ReturnForm(Form):
    """退回修改."""

    reason = forms.CharField(label="退回的理由", widget=forms.Textarea, max_length=300)
