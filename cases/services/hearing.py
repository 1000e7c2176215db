"""The meeting on the facts (条例第十一条): show, hear, answer, sign — and the report that follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases import composing, papers
from cases.answers.effects import keep_record
from cases.enums import SignedOpinion
from cases.models import Case, DefencePoint, Hearing, Subject
from cases.services.investigation import record, working_case
from cases.services.moving import take_case_step
from wenze.crypto import files
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours
from wenze.law import measures
from wenze.people.names import is_another
from wenze.terms import services as terms
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from wenze.people.models import User


OF_OUTCOMES = re.compile(r"(?:拟|建议|应当|应)(?:对[^，。；]{1,20})?(?:给予|予以)[^，。；]{0,12}")
"""How a sentence speaks of what is to become of somebody; “曾予以通报” is a fact and stays."""


def words_of_outcome(text: str) -> list[str]:
    """The places at which a fact statement speaks of an outcome (条例第十一条: 见面的是事实材料)."""
    names = [measure.name for measure in measures().values()]
    return [found for found in OF_OUTCOMES.findall(text) if "处分" in found or any(name in found for name in names)]


def _subject(case: Case, subject_id: uuid.UUID) -> Subject:
    """Only with whom the case goes on is shown the facts and met."""
    rows = case.subjects.investigated().select_related("cadre", "organization")
    subject: Subject | None = rows.filter(pk=subject_id).first()
    if subject is None:
        raise NotYours("该对象尚未批准启动或者已另行了结，不送事实材料，不见面。")
    return subject


@transaction.atomic
def issue_fact_statement(
    *, case_id: uuid.UUID, subject_id: uuid.UUID, fact_statement: str, actor: User, on: dt.date
) -> Hearing:
    """Hand the fact statement to a subject; it must not speak of the outcome (不写处理意见). Issues D09.

    After the meeting only what was found since is a reason for another statement, and another meeting (条例第十一条).
    """
    case = working_case(case_id, actor)
    subject = _subject(case, subject_id)
    if not fact_statement.strip():
        raise Invalid({"fact_statement": "请写明事实材料。"})
    if spoken := words_of_outcome(fact_statement):
        raise Invalid({"fact_statement": f"事实材料不写处理意见，请删去：{'、'.join(spoken)}。"})
    hearing: Hearing = Hearing.objects.filter(subject=subject).first() or Hearing(subject=subject, issued_on=on)
    if hearing.met_on is not None:
        if subject.pk not in composing.unshown_to(case):
            raise NotYours("已经见面，此后没有新的认定，事实材料不再另送。")
        _begin_another_round(case, hearing, Occasion(actor, on))
    hearing.fact_statement, hearing.issued_on = fact_statement.strip(), on
    hearing.shown = composing.marks_shown(composing.findings_of(case).get(subject.pk, []))
    hearing.sent = documents.replace(
        hearing.sent, "D09", commission=case.commission, about=case, case_id=case.pk,
        paper=papers.fact_statement(case, hearing, on=on), on=on, actor=actor, subject_id=subject.pk,
    )  # fmt: skip
    hearing.save()
    record(case, "hearing.issued", hearing, actor, subject=subject.name)
    return hearing


def _begin_another_round(case: Case, hearing: Hearing, occasion: Occasion) -> None:
    """The meeting that was held is kept in its own record (D10, D11); the row is free for the next."""
    keep_record(case, hearing, occasion)
    hearing.round += 1
    hearing.sent = hearing.record = hearing.met_on = hearing.heard_by = hearing.signed_on = hearing.scan = None
    hearing.place = hearing.second_name = hearing.statement = hearing.opinion = hearing.refusal_explanation = ""


@transaction.atomic
def hear(
    *,
    case_id: uuid.UUID,
    subject_id: uuid.UUID,
    met_on: dt.date,
    place: str,
    second_name: str,
    statement: str,
    points: Sequence[str],
    opinion: str,
    refusal_explanation: str,
    scan: UploadedFile[Any] | None,
    actor: User,
    on: dt.date,
) -> Hearing:
    """Record the meeting: his words, the points of his defence, how he signed. Starts the term of defence (T09)."""
    case = working_case(case_id, actor)
    subject = _subject(case, subject_id)
    hearing: Hearing | None = Hearing.objects.select_for_update().filter(subject=subject).first()
    wrong: dict[str, str] = {}
    if hearing is None:
        raise Invalid({"subject": f"{subject.name}的事实材料尚未送交。"})
    if met_on > on or met_on < hearing.issued_on:
        wrong["met_on"] = "见面日应在材料送交之后、今日之前。"
    if not statement.strip():
        wrong["statement"] = "请记录对象的陈述；没有意见的，也写明。"
    if not is_another(second_name, actor):
        wrong["second_name"] = "见面须两人，请填写另一人。"
    if opinion == SignedOpinion.REFUSED and not refusal_explanation.strip():
        wrong["refusal_explanation"] = "拒签的，由调查组注明情况（条例第十一条）。"
    spoken = [text.strip() for text in points if text.strip()]
    if opinion == SignedOpinion.DISPUTED and not spoken:
        wrong["points"] = "有异议的，请逐条记录申辩要点。"
    if wrong:
        raise Invalid(wrong)
    hearing.met_on, hearing.place, hearing.heard_by = met_on, place.strip(), actor
    hearing.second_name, hearing.statement = second_name.strip(), statement.strip()
    hearing.opinion, hearing.refusal_explanation, hearing.signed_on = opinion, refusal_explanation.strip(), met_on
    if scan is not None:
        hearing.scan = files.seal(
            scan, key=case.data_key, name=scan.name or "签字件", commission_id=case.commission_id,
            content_type=scan.content_type or "",
        )  # fmt: skip
    if hearing.record is not None:
        documents.void(document=hearing.record, reason="见面笔录重新记录", actor=actor)
        hearing.record = None
    hearing.save()
    hearing.points.filter(adopted__isnull=True, round=hearing.round).delete()
    last = hearing.points.aggregate(last=Max("position"))["last"] or 0
    for number, text in enumerate(spoken, last + 1):
        point = DefencePoint(hearing=hearing, position=number, round=hearing.round)
        point.text = text
        point.save()
    terms.start(rule="T09", about=subject, on=met_on, actor=actor)
    record(case, "hearing.held", hearing, actor, subject=subject.name, opinion=hearing.get_opinion_display())
    return hearing


@transaction.atomic
def answer_point(
    *, case_id: uuid.UUID, point_id: uuid.UUID, adopted: bool, answer: str, actor: User, on: dt.date
) -> DefencePoint:
    """Adopt a point of the defence, or say why not (合理意见应当采纳)."""
    case = working_case(case_id, actor)
    point: DefencePoint = DefencePoint.objects.select_related("hearing__subject").get(
        pk=point_id, hearing__subject__case=case
    )
    if not answer.strip():
        raise Invalid({"answer": "请写明核实情况和采纳与否的理由。"})
    point.adopted, point.answer, point.answered_by, point.answered_on = adopted, answer.strip(), actor, on
    point.save()
    record(case, "hearing.answered", point, actor, adopted=adopted)
    subject = point.hearing.subject
    if not point.hearing.points.filter(adopted__isnull=True).exists():
        terms.meet(rule="T09", about=subject, on=on, actor=actor)
    return point


@transaction.atomic
def conclude_meeting_on_facts(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Case:
    """Everyone has been heard and answered: the records (D10, D11) are made."""
    return take_case_step(case_id=case_id, code="meet_on_facts", actor=actor, on=on)
