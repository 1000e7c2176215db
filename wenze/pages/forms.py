"""The forms of all screens: Bootstrap's look, Chinese words, and a mark by which a second press is known.

``seen`` is the fingerprint of what the page showed of the record, so that a change by another in between is found;
``submission`` identifies one press of one button, so that a repeated post can be told from a new one.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wenze.errors import Invalid

MARKS = ("seen", "submission")


def fingerprint(shown: Mapping[str, Any]) -> str:
    """A short mark of what a page shows of a record."""
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
)


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files at once, ``most`` of them at the most; ``cleaned_data`` holds a list."""

    widget = MultipleFileInput

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        single = super().clean
        if isinstance(data, list | tuple):
            if len(data) > self.most:
                raise forms.ValidationError(f"一次最多{self.most}个文件，请分次上传。")
            if not data:
                single(None, initial)
            return [single(each, initial) for each in data]
        found = single(data, initial)
        return [found] if found else []


def dress(field: forms.Field, label: str) -> None:
    """Give a field the look and the words of the house; the declared attributes win."""
    widget = field.widget
    if isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("data-wz-autosize", "")
        if widget.attrs.get("rows") in {None, "10"}:
            widget.attrs["rows"] = "3"
        widget.attrs.pop("cols", None)
    look = next((name for kind, name in CLASSES if isinstance(widget, kind)), "form-control")
    if look and look not in widget.attrs.get("class", ""):
        widget.attrs["class"] = f"{widget.attrs.get('class', '')} {look}".strip()
    if field.required:
        verb = "请选择" if isinstance(field, forms.ChoiceField | forms.FileField) else "请填写"
        if not (field.error_messages.get("required") or "").startswith("请"):
            field.error_messages["required"] = f"{verb}“{label}”。"


class Form(forms.Form):
    """Subclass it with plain fields. ``Form(request.POST or None, initial=shown, seen=fingerprint(shown))``."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.fields["submission"].initial = uuid.uuid4
        self.dress_added()

    def clean_submission(self) -> uuid.UUID:
        """A post without the mark (a script, an old page) is a press of its own."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def dress_added(self) -> None:
        """Dress the fields that a form added after its declared ones."""
        for name, field in self.fields.items():
            dress(field, str(field.label or name))

    def accept(self, refusal: Invalid) -> None:
        """Put what a service found wrong beside the fields; what has no field stands at the top."""
        for name, text in refusal.fields.items():
            self.add_error(name if name in self.fields else None, text)

    def values(self, *, without: Iterable[str] = MARKS) -> dict[str, Any]:
        """The cleaned data without the two marks: what a service is called with."""
        left_out = set(without)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}
