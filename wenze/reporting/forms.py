"""The conditions of the statistics: they stand in the address, so that a table can be sent as a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.enums import Track
from cases.models import Campaign
from wenze.access.forms import ScopedModelChoiceField
from wenze.deadlines import clock
from wenze.pages.forms import Form
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization
from wenze.reporting.scope import Scope, year_of

if TYPE_CHECKING:
    from wenze.people.models import User

OLDEST = 1990


class ScopeForm(Form):
    """A year, or days from and to; unit, track and campaign."""

    year = forms.IntegerField(label="年份", required=False, min_value=OLDEST, max_value=9999)
    until = forms.DateField(label="止日", required=False, widget=forms.DateInput)
    track = forms.ChoiceField(label="轨道", required=False, choices=[("", "全部"), *Track.choices])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["from"] = forms.DateField(label="起日", required=False, widget=forms.DateInput)
        self.fields["unit"] = ScopedModelChoiceField(
            Organization, user=user, label="单位", required=False, empty_label="全部",
            narrow=lambda rows: rows.exclude(kind__in=(OrganizationKind.OFFICE, OrganizationKind.HR)),
        )  # fmt: skip
        self.fields["campaign"] = ScopedModelChoiceField(
            Campaign, user=user, label="专项", required=False, empty_label="全部"
        )
        self.order_fields(["year", "from", "until", "unit", "track", "campaign"])
        for mark in ("seen", "submission"):
            del self.fields[mark]
        self.dress_added()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("from"), data.get("until")
        if first and last and last < first:
            self.add_error("until", "止日不能早于起日。")
        for name, day in (("from", first), ("until", last)):
            if day and day.year < OLDEST:
                self.add_error(name, f"不早于{OLDEST}年。")
        return data

    def scope(self) -> Scope:
        """What was asked for; this year, where nothing was or what was cannot be read."""
        data = self.cleaned_data if self.is_valid() else {}
        today = clock.today()
        first, last = year_of(data.get("year") or today.year)
        if data.get("from") or data.get("until"):
            last = data.get("until") or today
            first = data.get("from") or last.replace(month=1, day=1)
            last = max(first, last)
        return Scope(self.user, first, last, data.get("unit"), data.get("track", ""), data.get("campaign"))
