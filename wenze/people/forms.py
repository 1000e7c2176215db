"""Login."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate

from wenze.pages.forms import Form

WRONG = "账号或者口令不对。"


class LoginForm(Form):
    """The same words and about the same time whether the account exists or not."""

    username = forms.CharField(label="账号", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label="口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: Any = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("username") and data.get("password"):
            self.user = authenticate(self.request, username=data["username"], password=data["password"])
            if self.user is None:
                raise forms.ValidationError(WRONG)
        return data
