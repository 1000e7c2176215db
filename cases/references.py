"""Case numbers as people and commands write them: 〔2026〕问字第0001号, 2026-0001, DEMO:2026-0001 (contract.md)."""

from __future__ import annotations

import re

from cases.models import Case

FORMS = (
    re.compile(r"^(?:(?P<code>[\w-]+?)[:：])?(?P<year>\d{4})-(?P<serial>\d{1,6})$"),
    re.compile(r"^(?:(?P<code>[\w-]+?)[:：])?〔(?P<year>\d{4})〕问字第(?P<serial>\d{1,6})号$"),
)
DEFAULT = "DEMO"


def case_of(text: str) -> Case | None:
    """The case of that number; ``None`` where there is none. Raises ``ValueError`` for what is not a case number."""
    for form in FORMS:
        found = form.match(text.strip())
        if found:
            rows = Case.objects.filter(
                commission__code=found["code"] or DEFAULT, year=found["year"], serial=found["serial"]
            )
            return rows.first()
    raise ValueError(f"“{text}”不是案号；可写作 2026-0001 或 DEMO:2026-0001。")
