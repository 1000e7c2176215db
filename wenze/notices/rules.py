"""To-dos are a person's own: they are asked by recipient, never by case."""

from __future__ import annotations

from wenze.access import policy

policy.exempt("notices.Task", "待办只按收件人读取，不按案件")
