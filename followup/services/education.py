"""警示教育 and 举一反三: asked of named units, each reports its own row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases.papers import day
from cases.services.investigation import record
from cases.services.moving import press_once
from followup.models import EducationUnit, WarningEducation
from followup.services.reform import decided_case
from followup.services.units import CREATES, ask_unit, require_reporter
from wenze.errors import Invalid, Stale, wanting
from wenze.notices import services as notices
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from wenze.people.models import Organization, User

RULE = "education"


@press_once(WarningEducation, "opened_by")
def open_education(
    *, case_id: uuid.UUID, kind: str, title: str, text: str, units: Sequence[Organization], due_on: dt.date, submission: uuid.UUID,
    actor: User, on: dt.date,
) -> WarningEducation:  # fmt: skip
    """Ask it of named units by a day; each of them gets it as a to-do. Raises ``Invalid``, ``NotYours``."""
    case = decided_case(case_id, actor, *CREATES)
    wrong = wanting(title=(title, "名称"), text=(text, "内容和要求"))
    if not units:
        wrong["units"] = "请选择开展的单位。"
    if due_on <= on:
        wrong["due_on"] = "期限应在今日之后。"
    if wrong:
        raise Invalid(wrong)
    education = WarningEducation.objects.create(
        pk=submission, case=case, kind=kind, title=title.strip(), text=text.strip(), opened_by=actor, opened_on=on
    )
    for unit in units:
        row = EducationUnit.objects.create(case=case, education=education, organization=unit, due_on=due_on)
        terms.start(rule=RULE, about=row, on=on, actor=actor, due_on=due_on, title=f"{education}（{unit}）"[:200])
        ask_unit(row, unit, step="education", title=str(education), due_on=due_on, actor=actor)
    record(case, "education.opened", education, actor, title=str(education), units=[str(unit) for unit in units])
    return education


@transaction.atomic
def report_education(*, unit_id: uuid.UUID, done_on: dt.date, report: str, actor: User, on: dt.date) -> EducationUnit:
    """A unit tells what it did (or the handler on its behalf). Raises ``Invalid``, ``Stale`` where it has told already."""
    seen = EducationUnit.objects.visible_to(actor).get(pk=unit_id)
    row: EducationUnit = EducationUnit.objects.select_for_update().get(pk=seen.pk)
    require_reporter(row, row.organization, actor)
    if row.done_on is not None:
        raise Stale("该单位已经反馈。")
    wrong = wanting(report=(report, "开展情况"))
    if not row.education.opened_on <= done_on <= on:
        wrong["done_on"] = f"完成日应在{day(row.education.opened_on)}之后、今日之前。"
    if wrong:
        raise Invalid(wrong)
    row.done_on, row.report, row.reported_by = done_on, report.strip(), actor
    row.save(update_fields=["done_on", "report", "reported_by"])
    terms.meet(rule=RULE, about=row, on=done_on, actor=actor)
    notices.finish_tasks(about=row, step="education", by=actor)
    record(row.case, "education.reported", row, actor, title=str(row), on=done_on.isoformat(), late=row.is_late)
    return row
