"""Files that come in: a small one at once, a large one in stages that its page shows, by the hands of the outbox.

Stages: the file is read, its rows are checked a thousand at a time, all are written in one transaction. What stands on
the page is what is in the database then; a worker that is killed goes on where it stopped; nothing is written twice.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from responsibility import rows
from responsibility.enums import ImportState
from responsibility.models import DutyList, ImportJob
from responsibility.services import duties, problems
from responsibility.sheets import MOST, Reader, read
from wenze.crypto import files
from wenze.crypto.models import DataKey
from wenze.deadlines import clock
from wenze.errors import Invalid, WenzeError
from wenze.ids import uuid7
from wenze.notices import outbox
from wenze.pages import spreadsheet
from wenze.people.enums import OrganizationKind
from wenze.people.models import Appointment, Organization, Post

if TYPE_CHECKING:
    from responsibility.sheets import Fault, Shape
    from wenze.people.models import User

TOPIC = "list_import"
AT_ONCE = 40 * 1024
"""A file up to this size is read while its page waits; a larger one by the hands."""
STAGE = 1000
FIRST_FAULTS = 200
"""So many faults are written beside a form; the rest is counted. A job keeps all of them."""


@dataclass(frozen=True)
class Target:
    """Into what the rows of a file go; it can be written down and taken up again by another process."""

    kind: str
    title: str
    columns: int
    head: dict[str, Any]

    def shape(self, actor: User) -> Shape[Any]:
        """How its rows are read: against the posts, units and cadres of this moment."""
        if self.kind == "problems":
            return _shape_of_problems(actor, dt.date.fromisoformat(self.head["found_on"]))
        organization = self.head.get("organization") or DutyList.objects.values_list("organization", flat=True).get(
            pk=self.head["list"]
        )
        return rows.duties({post.name: post for post in Post.objects.filter(organization=organization)})

    def write(self, found: list[Any], actor: User) -> Any:
        """All of them, by the use-case that a person would press."""
        on, head = clock.today(), self.head
        if self.kind == "problems":
            told = problems.ListHead(
                head["source"], head["source_document"], head["found_by"], dt.date.fromisoformat(head["found_on"])
            )
            return problems.register_list(
                submission=uuid.UUID(head["submission"]), head=told, rows=found, actor=actor, on=on
            )
        if self.kind == "rewrite":
            return duties.rewrite(list_id=uuid.UUID(head["list"]), rows=found, actor=actor)
        drafted = duties.Head(
            organization=Organization.objects.get(pk=head["organization"]), year=head["year"], source=head["source"],
            source_document=head["source_document"], in_force_from=dt.date.fromisoformat(head["in_force_from"]),
        )  # fmt: skip
        return duties.draft(submission=uuid.UUID(head["submission"]), head=drafted, rows=found, actor=actor, on=on)


def _shape_of_problems(actor: User, found_on: dt.date) -> Shape[rows.ProblemRow]:
    units = list(Organization.objects.filter(commission=actor.commission_id).exclude(kind=OrganizationKind.OFFICE))
    named = {name: unit for unit in units for name in (unit.short_name, unit.name) if name}
    cadres: dict[tuple[Any, str], dict[Any, Any]] = defaultdict(dict)
    held = Appointment.objects.filter(post__organization__in=[unit.pk for unit in units])
    for row in held.select_related("cadre", "post"):
        cadres[row.post.organization_id, row.cadre.name][row.cadre_id] = row.cadre
    return rows.problems(named, {key: list(people.values()) for key, people in cadres.items()}, found_on)


def duty_draft(*, submission: uuid.UUID, head: duties.Head) -> Target:
    """A new draft of a duty list."""
    told = {
        "submission": str(submission), "organization": str(head.organization.pk), "year": head.year, "source": head.source,
        "source_document": head.source_document, "in_force_from": head.in_force_from.isoformat(),
    }  # fmt: skip
    return Target("draft", f"{head.organization}{head.year}年责任清单", len(rows.COLUMNS), told)


def duty_rows(row: DutyList) -> Target:
    """Other rows in the place of a draft's."""
    return Target("rewrite", str(row), len(rows.COLUMNS), {"list": str(row.pk)})


def problem_list(*, submission: uuid.UUID, head: problems.ListHead) -> Target:
    """A source's paper with its problems."""
    told = {"submission": str(submission), **head.__dict__, "found_on": head.found_on.isoformat()}
    return Target("problems", f"问题清单：{head.source_document}", len(rows.PROBLEM_COLUMNS), told)


def bring_in(*, upload: Any, target: Target, actor: User) -> Any:
    """What the file became: the list itself, or for a large file the job that brings it in.

    Raises ``Invalid`` for a file that is none, for a bomb before anything of it is parsed, and for a small file with
    every fault by row and cell.
    """
    if upload is None:
        return target.write([], actor)
    try:
        content = spreadsheet.bounded(upload)
        small = len(content) <= AT_ONCE
        table = _table(content, upload.name, target.columns) if small else []
    except Invalid as refusal:
        raise Invalid({"workbook": next(iter(refusal.fields.values()))}) from refusal
    if not small:
        return _begin(content, upload, target, actor)
    sheet = read(table, target.shape(actor))
    if sheet.faults:
        raise Invalid({"workbook": _told(sheet.faults)})
    return target.write(sheet.rows, actor)


def _told(faults: list[Fault]) -> str:
    shown = "；".join(str(fault) for fault in faults[:FIRST_FAULTS])
    more = f"……共{len(faults)}处" if len(faults) > FIRST_FAULTS else ""
    return f"有{len(faults)}处错误，一行也没有写入。{shown}{more}"


def _table(content: bytes, name: str, columns: int) -> list[list[str]]:
    return spreadsheet.table(SimpleUploadedFile(name or "清单.xlsx", content), columns=columns, most=MOST + 1)


@transaction.atomic
def _begin(content: bytes, upload: Any, target: Target, actor: User) -> ImportJob:
    """Keep the file, sealed, and ask the hands to bring it in."""
    pk = uuid7()
    key = DataKey.objects.create_for(commission_id=actor.commission_id, about=f"responsibility.ImportJob:{pk}")
    sealed = files.seal(BytesIO(content), key=key, name=upload.name, commission_id=actor.commission_id)
    job = ImportJob.objects.create(
        pk=pk, commission=actor.commission, kind=target.kind, title=target.title[:200], columns=target.columns, head=target.head,
        data_key=key, file=sealed, started_by=actor,
    )  # fmt: skip
    problems.record(job, "lists.import_begun", actor, title=job.title, file=upload.name)
    outbox.enqueue(TOPIC, {"job": str(pk)})
    return job


@outbox.HANDLERS.entry(TOPIC)
def carry_on(payload: dict[str, Any]) -> None:
    """The next stage of a job; what is over stays as it is."""
    job = (
        ImportJob.objects.select_for_update(of=("self",))
        .select_related("started_by", "file__key")
        .get(pk=payload["job"])
    )
    if job.is_over:
        return
    stages = {ImportState.WAITING: _read, ImportState.CHECKING: _check, ImportState.WRITING: _write}
    try:
        with transaction.atomic():
            stages[ImportState(job.state)](job)
    except WenzeError as refusal:
        _end(job, ImportState.FAILED, reason=str(refusal)[:300])
    job.save()
    if not job.is_over:
        outbox.enqueue(TOPIC, payload)


def _target(job: ImportJob) -> Target:
    return Target(job.kind, job.title, job.columns, job.head)


def _end(job: ImportJob, state: ImportState, *, reason: str = "") -> None:
    job.state, job.reason, job.ended_at, job.table = state, reason, clock.now(), []


def _read(job: ImportJob) -> None:
    """The file as a table of texts."""
    job.table = _table(files.unseal(job.file), job.file.name, job.columns)
    job.total, job.state = max(len(job.table) - 1, 0), ImportState.CHECKING


def _reader(job: ImportJob, until: int) -> Reader[Any]:
    """A reader that has taken the rows so far: what was checked before is not asked of anybody, only read again."""
    reader = Reader(_target(job).shape(job.started_by))
    if reader.begin(job.table):
        for number, cells in enumerate(job.table[1 : until + 1], 2):
            reader.take(number, cells)
    return reader


def _check(job: ImportJob) -> None:
    """The next thousand rows; with the last of them it is known whether all hold."""
    job.checked = min(job.total, job.checked + STAGE)
    reader = _reader(job, job.checked)
    job.faults = [[fault.row, fault.column, fault.text] for fault in reader.sheet.faults]
    if job.checked == job.total:
        job.faults = [[fault.row, fault.column, fault.text] for fault in reader.end().faults]
        if job.faults:
            _end(job, ImportState.FAULTY)
        else:
            job.state = ImportState.WRITING


def _write(job: ImportJob) -> None:
    """All rows at once, as the person who brought the file would have pressed it."""
    if not job.started_by.is_active:
        _end(job, ImportState.FAILED, reason="导入人的账号已停用。")
        return
    made = _target(job).write(_reader(job, job.total).sheet.rows, job.started_by)
    job.result_url = made.get_absolute_url()
    _end(job, ImportState.DONE)
