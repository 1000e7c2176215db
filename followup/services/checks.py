"""任用检查: how the named stand on a day for a purpose, from decisions on record (条例第二十二条; 干部任用条例第二十四条).

It answers what is recorded and nothing of a case: no filed review, no draft, no evidence. It never says that somebody
may be promoted; that is HR's to judge, with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from cases.enums import RedressState
from cases.models import Appeal
from cases.papers import day
from cases.standing import sanctions_of
from followup.enums import CheckVerdict
from followup.models import AppointmentAnswer, AppointmentCheck
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.documents.paper import Paper, paragraphs, table
from wenze.errors import Invalid, NotYours, Stale
from wenze.law import data, measure_name
from wenze.law.standing import Standing
from wenze.people import idcard
from wenze.people.enums import OrganizationKind
from wenze.people.models import Cadre
from wenze.people.models.cadre import id_number_index
from wenze.people.selectors import managed_by_office

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable, Sequence

    from wenze.law.influence import Part
    from wenze.law.standing import Sanction
    from wenze.people.models import Organization, User

MOST = 500
"""So many may be asked about at once."""
SEPARATORS = re.compile(r"[\n\r\t,，、;；]+")
CLEAR = "无在影响期的处理；是否适合由组织人事部门判断。"


@dataclass
class Answer:
    """How one person stands for the purpose."""

    verdict: str
    until_on: dt.date | None = None
    told: list[str] = field(default_factory=list)


def asked_in(text: str) -> list[str]:
    """The names and numbers in a pasted text, each once, in order."""
    found = [part.strip() for part in SEPARATORS.split(text)]
    return list(dict.fromkeys(part for part in found if part))


# --- how one person stands --------------------------------------------------------------------------------------------
def _source(sanction: Sanction) -> str:
    by = " ".join(filter(None, (sanction.by, sanction.number)))
    when = f"{sanction.on.isoformat()}决定" if sanction.on else "日期不详"
    return f"{measure_name(sanction.measure)}（{'，'.join(filter(None, (by, when)))}）"


def _of_part(standing: Standing, part: Part) -> str:
    found = next((s for s in standing.counted if s.measure == part.measure and s.since == part.since), None)
    name = _source(found) if found else measure_name(part.measure)
    return f"{name}：{part.restriction}，至{part.last_restricted_day.isoformat()}"


def _endings(standing: Standing) -> list[str]:
    """What was changed or revoked, and what then became of its period."""
    words = {"changed": "变更", "revoked": "撤销"}
    told = [
        f"{_source(each)}已于{each.ended_on.isoformat()}{words.get(each.ended_as, '变更')}，影响期自始不存在"
        for each in standing.voided
        if each.ended_on
    ]
    told += [
        f"{_source(each)}已于{each.ended_on.isoformat()}{words.get(each.ended_as, '变更')}，影响期的变动尚待确认，确认以前仍按原处理"
        for each in standing.unconfirmed
        if each.ended_on
    ]
    return told


def _grades(standing: Standing, on: dt.date, rows: Iterable[dict[str, Any]]) -> list[str]:
    """What the tables say for the year of that day: by decisions made in it, or by periods that run in it."""
    told = []
    for row in rows:
        for each in standing.counted:
            if each.measure not in row["measures"] or each.since is None:
                continue
            running = any(
                part.measure == each.measure and part.since == each.since and part.last_restricted_day.year >= on.year
                for part in standing.influence.parts
            )
            decided = each.since.year == on.year
            if decided if row["when"] == "decided" else running and each.since.year <= on.year:
                told.append(f"{_source(each)}：{row['told']}")
    return list(dict.fromkeys(told))


def answer_for(standing: Standing, *, purpose: str, on: dt.date, under_appeal: bool = False) -> Answer:
    """What is said of one person. Raises ``KeyError`` for a purpose that the table does not have."""
    tables = data.check_rows()
    row = {each["code"]: each for each in tables["purposes"]}[purpose]
    barring = standing.restricting(on, row["bars"])
    others = [part for part in standing.restricting(on) if part not in barring]
    told = [_of_part(standing, part) for part in barring]
    notes = [f"{_of_part(standing, part)}（不拦本用途）" for part in others if purpose != "assessment"]
    if purpose == "assessment":
        notes += _grades(standing, on, tables["assessment"])
    notes += _grades(standing, on, [each for each in tables["notes"] if purpose in each["purposes"]])
    unknown = [f"{_source(each)}：影响期无从计算，请向{each.by or '决定机关'}查明" for each in standing.unknown]
    if under_appeal and (barring or others):
        notes.append("申诉办理中，不停止原决定的执行")
    notes += [*standing.stays, *_endings(standing)]
    if barring:
        return Answer(CheckVerdict.RESTRICTED, barring[0].last_restricted_day, [*told, *unknown, *notes])
    if unknown:
        return Answer(CheckVerdict.UNKNOWN, None, [*unknown, *notes])
    only_endings = len(notes) == len(_endings(standing))
    verdict = CheckVerdict.CLEAR if only_endings else CheckVerdict.NOTED
    return Answer(verdict, None, [*notes, CLEAR])


# --- the check --------------------------------------------------------------------------------------------------------
def _find(asked: Sequence[str], managed: Any) -> list[tuple[list[Cadre], str]]:
    """For each of those asked: the rows among the cadres the office manages, and how the reply names him. One query."""
    numbers = {typed: idcard.normal(typed) for typed in asked if idcard.looks_like(typed)}
    prints = {typed: id_number_index(number) for typed, number in numbers.items()}
    names = [typed for typed in asked if typed not in numbers]
    by_name: dict[str, list[Cadre]] = {}
    by_print: dict[str, list[Cadre]] = {}
    for row in managed.filter(Q(name__in=names) | Q(id_number_index__in=list(prints.values()))):
        by_name.setdefault(row.name, []).append(row)
        by_print.setdefault(row.id_number_index, []).append(row)
    found = []
    for typed in asked:
        rows = by_print.get(prints[typed], []) if typed in numbers else by_name.get(typed, [])
        shown = f"{rows[0].name + ' ' if rows else ''}{idcard.masked(numbers[typed])}" if typed in numbers else typed
        found.append((rows, shown))
    return found


def _one_person(rows: Sequence[Cadre]) -> bool:
    """Several rows are one person only where one ID number says so."""
    return len(rows) <= 1 or (len({row.id_number_index for row in rows}) == 1 and bool(rows[0].id_number_index))


def _under_appeal(cadres: Sequence[uuid.UUID], known_on: dt.date) -> set[uuid.UUID | None]:
    rows = Appeal.objects.filter(decision__subject__cadre__in=cadres, filed_on__lte=known_on)
    return {
        row.decision.subject.cadre_id
        for row in rows.select_related("decision__subject")
        if row.state != RedressState.DECIDED or (row.decided_on is not None and row.decided_on > known_on)
    }


def _wrong_in(asked: Sequence[str], purpose: str, reference: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not asked:
        wrong["asked"] = "请填写要查的姓名或者身份证号。"
    elif len(asked) > MOST:
        wrong["asked"] = f"一次最多查 {MOST} 人，现有 {len(asked)} 人。"
    else:
        for typed in asked:
            if idcard.looks_like(typed):
                try:
                    idcard.normal(typed)
                except Invalid as refusal:
                    wrong["asked"] = f"“{typed}”：{refusal.fields['id_number']}"
                    break
            elif len(typed) > 60:  # noqa: PLR2004 -- the length of a name in the table
                wrong["asked"] = f"“{typed[:20]}…”不像姓名。"
                break
    if purpose not in {row["code"] for row in data.check_rows()["purposes"]}:
        wrong["purpose"] = "请选择用途。"
    if not reference.strip():
        wrong["reference"] = "请填写查询事由。"
    return wrong


@transaction.atomic
def ask(
    *, organization: Organization, purpose: str, on: dt.date, asked: Sequence[str], reference: str, actor: User, known_on: dt.date
) -> AppointmentCheck:  # fmt: skip
    """Answer for each of those asked, and issue the reply. Every question is on the ledger.

    Raises ``NotYours`` for one who does not ask for that office, ``Invalid`` for what was typed.
    """
    if not actor.holds(Role.HR, organization.pk):
        raise NotYours("任用检查由组织人事部门办理。")
    question = _Question(organization, purpose, on, asked, reference.strip(), known_on)
    return _answered(question, Cadre.objects.visible_to(actor), actor, {})


@transaction.atomic
def ask_carried(
    *, organization: Organization, purpose: str, on: dt.date, asked: Sequence[str], reference: str, actor: User, known_on: dt.date,
    witness_of: dict[str, Any],
) -> AppointmentCheck:  # fmt: skip
    """The same for an office on the other network, whose question ``actor`` of case supervision carried in a package.

    Asked of the cadres that this office's body manages, as if it had asked itself. Raises ``NotYours``, ``Invalid``.
    """
    if organization.kind != OrganizationKind.HR or not actor.holds(Role.CASEMGMT):
        raise NotYours("任用检查由组织人事部门提出。")
    managed = Cadre.objects.filter(managed_by_office([organization.pk]), commission=actor.commission)
    question = _Question(organization, purpose, on, asked, reference.strip(), known_on)
    return _answered(question, managed, actor, witness_of)


@dataclass(frozen=True)
class _Question:
    organization: Organization
    purpose: str
    on: dt.date
    asked: Sequence[str]
    reference: str
    known_on: dt.date


def _answered(question: _Question, managed: Any, actor: User, witness_of: dict[str, Any]) -> AppointmentCheck:
    organization, purpose, on, known_on = question.organization, question.purpose, question.on, question.known_on
    asked, reference = question.asked, question.reference
    if wrong := _wrong_in(asked, purpose, reference):
        raise Invalid(wrong)
    found = _find(asked, managed)
    everyone = [row.pk for rows, _ in found for row in rows]
    records, appealed = sanctions_of(everyone), _under_appeal(everyone, known_on)
    check = AppointmentCheck.objects.create(
        commission=actor.commission, organization=organization, purpose=purpose, on=on, known_on=known_on,
        reference=reference.strip(), asked_by=actor,
    )  # fmt: skip
    answers = []
    for position, (rows, shown) in enumerate(found, 1):
        if not rows:
            answer = Answer(
                CheckVerdict.NOT_FOUND, None, ["本单位管理的干部中没有登记；请核对姓名，或者以身份证号查询。"]
            )
        elif not _one_person(rows):
            answer = Answer(CheckVerdict.AMBIGUOUS, None, [f"同名{len(rows)}人，请以身份证号查询。"])
        else:
            sanctions = [each for row in rows for each in records[row.pk]]
            answer = answer_for(
                Standing(tuple(sanctions), known_on), purpose=purpose, on=on,
                under_appeal=any(row.pk in appealed for row in rows),
            )  # fmt: skip
        answers.append(
            AppointmentAnswer(
                check_asked=check, position=position, typed=shown[:80], cadre=rows[0] if rows and _one_person(rows) else None,
                verdict=answer.verdict, until_on=answer.until_on, told=answer.told,
            )
        )  # fmt: skip
    AppointmentAnswer.objects.bulk_create(answers)
    check.document = documents.issue(
        "RYJC",
        commission=actor.commission,
        about=check,
        case_id=None,
        paper=_reply(check, answers),
        on=known_on,
        actor=actor,
    )
    check.save(update_fields=["document"])
    ledger.record(
        "hr.check", actor=actor, commission_id=check.commission_id, about=check,
        detail={
            "purpose": purpose, "on": on.isoformat(), "reason": reference.strip(), "asked": len(asked),
            "cadres": [str(answer.cadre_id) for answer in answers if answer.cadre_id], **witness_of,
        },
    )  # fmt: skip
    return check


def purpose_name(code: str) -> str:
    return next((row["name"] for row in data.check_rows()["purposes"] if row["code"] == code), code)


def _reply(check: AppointmentCheck, answers: Sequence[AppointmentAnswer]) -> Paper:
    """The reply: what is on record, and that the judgement is HR's."""
    rows = [
        [
            answer.position, answer.typed, answer.get_verdict_display(),
            answer.until_on.isoformat() if answer.until_on else "—", "；".join(text.rstrip("。") for text in answer.told),
        ]
        for answer in answers
    ]  # fmt: skip
    blocks = [
        *paragraphs(
            f"你单位于{day(check.known_on)}就“{check.reference}”查询下列人员（用途：{purpose_name(check.purpose)}，任用日期：{day(check.on)}）。"
            "根据截至查询日已作出并登记的决定，答复如下。"
        ),
        table(["序号", "人员", "结论", "最后受限日", "说明"], rows, [1, 3, 3, 2, 7]),
        *paragraphs("本回复只反映已登记的处理及其影响期，不是任用意见；是否适合使用，由组织人事部门按规定判断。"),
    ]  # fmt: skip
    return Paper(
        organ=check.commission.name,
        title="任用检查回复",
        blocks=blocks,
        date=day(check.known_on),
        addressee=check.organization.name,
    )


@transaction.atomic
def judge(*, answer_id: uuid.UUID, judgement: str, reason: str, actor: User, on: dt.date) -> AppointmentAnswer:
    """HR's own judgement of one who is not restricted, with its reason (干部任用条例第二十四条第六项)."""
    seen = AppointmentAnswer.objects.visible_to(actor).get(pk=answer_id)
    answer: AppointmentAnswer = AppointmentAnswer.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if not actor.holds(Role.HR, answer.check_asked.organization_id):
        raise NotYours("是否适合使用由查询的组织人事部门判断。")
    if answer.judgement:
        raise Stale("已经写明判断。")
    if answer.verdict not in (CheckVerdict.CLEAR, CheckVerdict.NOTED):
        raise Invalid({"judgement": "受限、查不明或者没有登记的，不在此判断。"})
    if not reason.strip():
        raise Invalid({"reason": "请写明理由。"})
    answer.judgement, answer.judgement_reason = judgement, reason.strip()
    answer.judged_by, answer.judged_on = actor, on
    answer.save()
    ledger.record(
        "hr.judged", actor=actor, commission_id=answer.check_asked.commission_id, about=answer.check_asked,
        detail={"who": answer.typed, "judgement": judgement, "reason": reason.strip()},
    )  # fmt: skip
    return answer
