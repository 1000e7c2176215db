"""Talks of the investigation: two talkers, rights told, question and answer sealed, the record (D07) for signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from cases.enums import EvidenceKind, TalkCapacity
from cases.models import TalkRecord
from cases.papers import day
from cases.services.evidence import receive_evidence
from cases.services.investigation import record, working_case
from wenze.documents import services as documents
from wenze.documents.paper import Paper, heading, pairs, paragraphs
from wenze.errors import Invalid
from wenze.people.names import is_another, plain

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.core.files.uploadedfile import UploadedFile

    from cases.models import Case
    from wenze.people.models import User

LONGEST_HOURS = 24


@transaction.atomic
def record_talk(
    *,
    case_id: uuid.UUID,
    person: str,
    capacity: str,
    unit_and_post: str,
    second_talker: str,
    began_at: dt.datetime,
    ended_at: dt.datetime,
    place: str,
    rights_told: bool,
    text: str,
    read_back: str,
    scan: UploadedFile[Any] | None,
    actor: User,
    on: dt.date,
) -> TalkRecord:
    """Write a talk down and make its record (D07). Raises ``Invalid`` with everything that is wrong at once.

    The signed scan, where there is one, is sealed as evidence in the same act.
    """
    case = working_case(case_id, actor)
    wrong: dict[str, str] = {}
    if not is_another(second_talker, actor):
        wrong["second_talker"] = "谈话须两人，请填写另一名谈话人。"
    if plain(person) in (plain(actor.name), plain(second_talker)):
        wrong["person"] = "被谈话人不能是谈话人。"
    if ended_at <= began_at:
        wrong["ended_at"] = "结束时间应在开始之后。"
    elif (ended_at - began_at).total_seconds() > LONGEST_HOURS * 3600:
        wrong["ended_at"] = "一次谈话超过二十四小时，请核对时间。"
    if localtime(began_at).date() > on:
        wrong["began_at"] = "谈话不能在今日之后。"
    if not rights_told:
        wrong["rights_told"] = "谈话前应当告知权利义务。"
    wrong |= {
        name: "请填写。"
        for name, value in (("person", person), ("place", place), ("text", text), ("read_back", read_back))
        if not value.strip() and name not in wrong
    }
    if wrong:
        raise Invalid(wrong)
    row = TalkRecord(
        case=case, person=person.strip(), capacity=capacity, unit_and_post=unit_and_post.strip(), talker=actor,
        second_talker=second_talker.strip(), began_at=began_at, ended_at=ended_at, place=place.strip(), rights_told=True,
        read_back=read_back.strip(),
    )  # fmt: skip
    row.text = text.strip()
    if scan is not None:
        row.evidence = receive_evidence(
            case_id=case_id, upload=scan, title=f"{row.person}谈话笔录", provided_by=row.person, source=row.unit_and_post,
            kind=EvidenceKind.STATEMENT if capacity == TalkCapacity.SUBJECT else EvidenceKind.TESTIMONY,
            proves="谈话内容", taken_on=on, second_taker_name=row.second_talker, actor=actor, on=on,
        )  # fmt: skip
    row.save()
    documents.issue(
        "D07", commission=case.commission, about=case, case_id=case.pk, paper=_paper(case, row, on), on=on, actor=actor
    )
    record(case, "talk.recorded", row, actor, subject=row.person)
    return row


def _paper(case: Case, row: TalkRecord, on: dt.date) -> Paper:
    rows: list[tuple[str, object]] = [
        ("案号", case.number), ("被谈话人", f"{row.person}（{row.get_capacity_display()}）"), ("单位及职务", row.unit_and_post),
        ("谈话人", f"{row.talker.name}、{row.second_talker}"), ("起止", f"{localtime(row.began_at):%Y-%m-%d %H:%M}至{localtime(row.ended_at):%Y-%m-%d %H:%M}"),
        ("地点", row.place), ("权利义务", "已告知"),
    ]  # fmt: skip
    return Paper(
        organ=case.commission.name, title="谈话笔录",
        blocks=[pairs(rows), heading("问答"), *paragraphs(row.text), heading("核对"), *paragraphs(row.read_back)],
        signatures=[["被谈话人（逐页签名）", "", ""], ["谈话人", "", ""], ["谈话人", "", ""]], date=day(on), signed_by="调查组",
    )  # fmt: skip
