"""Tags of every page: ``{% load wenze %}``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from wenze.pages import icons

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()

WEEKDAYS = "一二三四五六日"
LAMPS = {
    "red": ("late", "exclamation-octagon-fill", "红灯"),
    "yellow": ("warn", "exclamation-triangle-fill", "黄灯"),
    "green": ("ok", "check-circle-fill", "绿灯"),
    "grey": ("", "pause-circle", "不计时"),
}
LAMPS["gray"] = LAMPS["grey"]
LAMPS["amber"] = LAMPS["yellow"]


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    return icons.icon(name, label)


def _day(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag(name="cn_date")
def cn_date_tag(value: dt.date | dt.datetime | None, weekday: bool = False) -> str:
    """2026年11月23日, with 星期一 where it matters; a dash for no date."""
    if value is None or value == "":
        return "—"
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日" + (f" 星期{WEEKDAYS[day.weekday()]}" if weekday else "")


@register.filter
def cn_date(value: dt.date | dt.datetime | None) -> str:
    return cn_date_tag(value)


@register.inclusion_tag("components/lamp.html")
def lamp(value: Any) -> dict[str, Any]:
    """A lamp by shape, word and colour; ``value`` has ``color`` and ``word`` (wenze.terms.lamps.Lamp)."""
    if value is None:
        return {"shown": False}
    kind, picture, name = LAMPS.get(str(value.color), LAMPS["grey"])
    return {"shown": True, "kind": kind, "picture": picture, "name": name, "word": value.word}


@register.filter
def is_checkbox(field: Any) -> bool:
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset
