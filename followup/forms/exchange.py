"""What is filled in before a package leaves, and the file that came."""

from __future__ import annotations

from typing import Any

from django import forms

from wenze.access.forms import ScopedModelChoiceField
from wenze.exchange.archive import LARGEST
from wenze.pages.forms import Form
from wenze.people.models import Organization


class ExportForm(Form):
    """导出交办包: for whom."""

    def __init__(self, *args: Any, user: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"] = ScopedModelChoiceField(
            Organization, user=user, label="对方单位", narrow=lambda rows: rows.filter(pk__in=partners.values("pk"))
        )
        self.dress_added()


class ImportForm(Form):
    """导入交换包: the file from the disc."""

    package = forms.FileField(
        label="交换包", help_text=f"对方交来的 .zip 文件（答复或者回执），不超过{LARGEST // 1024 // 1024}兆字节。"
    )
