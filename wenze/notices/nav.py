"""The bell."""

from __future__ import annotations

from wenze.notices.selectors import unread_of
from wenze.pages.navigation import NOTICES, NoticeSource

NOTICES.register("notices", NoticeSource("notices", unread_of))
