"""审理、联审、提级预审 (本级制度, law.md §7.1, §7.2): asked of the report as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.enums import CaseState
from review import selectors
from review.evaluation.book import Flaw, rule
from review.evaluation.rules.initiation import TWO, _late
from wenze.law import data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from review.evaluation.record import Record

S = CaseState


def _adjudication(record: Record) -> Any:
    return record.latest(record.adjudications)


@rule("JD18", "review", S.DELIBERATED)
def not_adjudicated(record: Record) -> Iterator[str]:
    row = _adjudication(record)
    proposed = [subject.proposal for subject in record.pursued if hasattr(subject, "proposal")]
    wanted = bool(data.review_settings()["always_adjudicate"]) or selectors.sanction_among(proposed)
    if wanted and (row is None or row.given_on is None):
        yield "审理室没有出具审理意见"


@rule("JD19", "review", S.DELIBERATED)
def adjudicated_by_one(record: Record) -> Iterator[str]:
    row = _adjudication(record)
    if row is not None and len(record.adjudicators.get(row.pk, ())) < TWO:
        yield f"审理人员只有{len(record.adjudicators.get(row.pk, ()))}人"


@rule("JD20", "review", S.DELIBERATED)
def investigator_adjudicated(record: Record) -> Iterator[str]:
    members = {each.user_id for each in record.team}
    row = _adjudication(record)
    for user_id, name in record.adjudicators.get(row.pk, ()) if row is not None else ():
        if user_id in members or user_id in record.recused:
            yield f"{name}{'参加过调查' if user_id in members else '应当回避'}，又审理本案"


@rule("JD21", "review", S.DELIBERATED)
def adjudicated_after_the_sitting(record: Record) -> Iterator[Flaw]:
    row, meeting = _adjudication(record), record.meeting
    if row is not None and row.given_on is not None and meeting is not None and row.given_on > meeting.held_on:
        yield Flaw(f"审理意见{row.given_on}出具，{meeting.held_on}已集体研究", row.given_on)


@rule("JD22", "documents", S.DELIBERATED)
def opinion_paper_missing(record: Record) -> Iterator[str]:
    row = _adjudication(record)
    if row is not None and row.given_on is not None and "D16" not in record.kinds_of():
        yield "缺审理意见（D16）"


@rule("JD23", "terms", S.DELIBERATED)
def adjudication_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T10")


def _fired(record: Record) -> list[selectors.Fired]:
    """The triggers, by the one judgement; a filing that came after the decision fired nothing."""
    until = record.case.decided_on or record.on
    return selectors.fired_among(
        record.case,
        record.pursued,
        lambda subject: any(filing.filed_on <= until for filing in record.filings_of(subject)),
    )


@rule("JD24", "review", S.DELIBERATED)
def not_jointly_reviewed(record: Record) -> Iterator[str]:
    fired = [each for each in _fired(record) if each.key_case]
    row = record.latest(record.joints)
    if fired and (row is None or row.held_on is None or row.concluded_on is None or row.sent_back):
        yield f"命中{'、'.join(each.text for each in fired)}，没有联审"


@rule("JD25", "review", S.DELIBERATED)
def investigator_in_the_joint_review(record: Record) -> Iterator[str]:
    members = {each.user_id for each in record.team} | set(record.recused)
    row = record.latest(record.joints)
    for user_id, name in record.seats.get(row.pk, ()) if row is not None else ():
        if user_id in members:
            yield f"{name}参加过调查或者应当回避，又参加联审"


@rule("JD26", "documents", S.DELIBERATED)
def joint_minutes_missing(record: Record) -> Iterator[str]:
    row = record.latest(record.joints)
    if row is not None and row.held_on is not None and "D15" not in record.kinds_of():
        yield "缺联审会议纪要（D15）"


@rule("JD27", "terms", S.DELIBERATED)
def joint_review_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T12")


@rule("JD28", "review", S.DECIDED)
def not_pre_reviewed(record: Record) -> Iterator[str]:
    fired, row = _fired(record), record.latest(record.pre_reviews)
    if fired and (row is None or row.given_on is None):
        yield f"命中{'、'.join(each.text for each in fired)}，没有上级的预审意见"


@rule("JD29", "review", S.DECIDED)
def decided_before_the_pre_review(record: Record) -> Iterator[Flaw]:
    row, decided_on = record.latest(record.pre_reviews), record.case.decided_on
    if row is not None and row.given_on is not None and decided_on is not None and decided_on < row.given_on:
        yield Flaw(f"{decided_on}作出决定，预审意见{row.given_on}才出具", decided_on)


@rule("JD30", "documents", S.DECIDED)
def pre_review_papers_missing(record: Record) -> Iterator[str]:
    row = record.latest(record.pre_reviews)
    if row is not None and row.given_on is not None:
        for kind, name in (("D13", "提请提级预审的请示"), ("D14", "提级预审意见书")):
            if kind not in record.kinds_of():
                yield f"缺{name}（{kind}）"


@rule("JD31", "terms", S.DECIDED)
def pre_review_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T11")
