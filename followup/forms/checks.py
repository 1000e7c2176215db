"""What HR fills in: an appointment check, its own judgement."""

from __future__ import annotations

from typing import Any

from django import forms

from followup.enums import Judgement
from followup.services import checks
from wenze.access.forms import ScopedModelChoiceField
from wenze.access.roles import Role
from wenze.errors import Invalid
from wenze.law import data
from wenze.pages import spreadsheet
from wenze.pages.forms import Form
from wenze.people.models import Organization


class CheckForm(Form):
    """任用检查: names or ID numbers, typed, pasted, or from the first column of a workbook."""

    purpose = forms.ChoiceField(label="用途")
    on = forms.DateField(label="任用日期", widget=forms.DateInput, help_text="拟任职、表彰或者考核的日期")
    reference = forms.CharField(label="查询事由", max_length=200, help_text="记入台账")
    asked = forms.CharField(
        label="姓名或者身份证号", required=False, widget=forms.Textarea, max_length=20000,
        help_text="一行一人，也可以用顿号、逗号分开；同名的请用身份证号。",
    )  # fmt: skip
    workbook = forms.FileField(label="或者上传 Excel（取第一列）", required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(row["code"], row["name"]) for row in data.check_rows()["purposes"]]  # type: ignore[attr-defined]
        held = user.holdings().get(Role.HR, frozenset())
        self.only: Any = None
        if len(held) == 1:
            self.only = Organization.objects.get(pk=next(iter(held)))
        else:
            self.fields["organization"] = ScopedModelChoiceField(
                Organization, user=user, label="查询单位", narrow=lambda rows: rows.filter(pk__in=held)
            )
        self.order_fields(["organization", "purpose", "on", "reference", "asked", "workbook"])
        self.dress_added()

    def question(self) -> dict[str, Any]:
        """What is asked, the workbook's names after the typed ones. Raises ``Invalid`` for a workbook that is none."""
        values = self.values()
        upload = values.pop("workbook", None)
        asked = checks.asked_in(values["asked"])
        if upload is not None:
            try:
                asked += spreadsheet.first_column(
                    upload, most=checks.MOST + 1, headings=("姓名", "身份证号", "身份证号码", "人员")
                )
            except Invalid as refusal:
                raise Invalid({"workbook": next(iter(refusal.fields.values()))}) from refusal
        values["asked"] = list(dict.fromkeys(asked))
        values.setdefault("organization", self.only)
        return values


class JudgementForm(Form):
    """组织人事部门的判断."""

    judgement = forms.ChoiceField(label="判断", choices=Judgement.choices)
    reason = forms.CharField(label="理由", max_length=400)
