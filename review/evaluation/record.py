"""The finished record of many cases, read at once in a bounded number of queries, as the rules look at it.

What was withdrawn only after the decision (an appeal, a correction) is taken as it stood when the case was decided.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases import models as m
from cases.chain import Chain
from cases.enums import CaseState, CircumstanceKind, FactKind
from review.evaluation.book import PARTS
from review.models import Adjudication, JointReview, JointSeat, PreReview
from tolerance.models import Filing, FilingAnswer
from tolerance.models.filing import STANDING
from wenze.documents.models import OfficialDocument
from wenze.terms.models import Clock, ClockState
from wenze.workflow.models import Approval, OffSystemApproval, Signature

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from cases.models import Case, Subject

BATCH = 500
LEFT = (CaseState.ENDED, CaseState.NOT_INITIATED)


@dataclass
class Record:
    """One case with everything that the rules look at; ``on`` is the day of the look."""

    case: Case
    on: dt.date
    clues: list[Any] = field(default_factory=list)
    joined: set[Any] = field(default_factory=set)
    verifiers: dict[Any, list[Any]] = field(default_factory=dict)
    every_subject: list[Any] = field(default_factory=list)
    team: list[Any] = field(default_factory=list)
    recused: dict[Any, str] = field(default_factory=dict)
    supplements: list[Any] = field(default_factory=list)
    facts: list[Any] = field(default_factory=list)
    evidence: list[Any] = field(default_factory=list)
    carried: dict[Any, list[Any]] = field(default_factory=dict)
    attributions: list[Any] = field(default_factory=list)
    circumstances: list[Any] = field(default_factory=list)
    proven: set[Any] = field(default_factory=set)
    findings: list[Any] = field(default_factory=list)
    known: dict[Any, list[Any]] = field(default_factory=dict)
    events_bare: set[Any] = field(default_factory=set)
    explained: set[str] = field(default_factory=set)
    points: list[Any] = field(default_factory=list)
    talks: list[Any] = field(default_factory=list)
    reports: list[Any] = field(default_factory=list)
    meetings: list[Any] = field(default_factory=list)
    views: dict[Any, list[Any]] = field(default_factory=dict)
    adjudications: list[Any] = field(default_factory=list)
    adjudicators: dict[Any, list[Any]] = field(default_factory=dict)
    joints: list[Any] = field(default_factory=list)
    seats: dict[Any, list[Any]] = field(default_factory=dict)
    pre_reviews: list[Any] = field(default_factory=list)
    approvals: list[Any] = field(default_factory=list)
    signatures: dict[Any, list[Any]] = field(default_factory=dict)
    instructions: list[Any] = field(default_factory=list)
    papers: list[Any] = field(default_factory=list)
    clocks: list[Any] = field(default_factory=list)
    measures: dict[Any, list[Any]] = field(default_factory=dict)
    interim: list[Any] = field(default_factory=list)
    corrections: list[Any] = field(default_factory=list)
    filings: list[Any] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)
    """What higher rooms read for their rules."""

    @property
    def leading(self) -> list[Any]:
        """The clues that opened the case: one that joined it later is neither verified nor assessed by itself (并案)."""
        return [clue for clue in self.clues if clue.pk not in self.joined]

    # --- what the rules ask of it ---------------------------------------------------------------------------------
    @property
    def pursued(self) -> list[Subject]:
        """The subjects with whom the case went on to its end."""
        return [each for each in self.every_subject if each.state not in LEFT]

    @property
    def investigated(self) -> list[Subject]:
        return [each for each in self.pursued if each.state != CaseState.INITIATING]

    @property
    def decided(self) -> list[Any]:
        return [each.decision for each in self.pursued if hasattr(each, "decision")]

    @property
    def report(self) -> Any:
        """The last version, unless a later step returned it."""
        last = max(self.reports, key=lambda row: row.version, default=None)
        return last if last is not None and last.returned_on is None else None

    @property
    def version(self) -> int:
        return max((row.version for row in self.reports), default=0)

    @property
    def meeting(self) -> Any:
        return max(self.meetings, key=lambda row: row.round, default=None)

    def latest(self, rows: Iterable[Any]) -> Any:
        """The last review of the report as it stands."""
        return max((row for row in rows if row.report_version == self.version), key=lambda row: row.round, default=None)

    def current_team(self) -> list[Any]:
        return [each for each in self.team if each.until_on is None]

    def kinds_of(self, subject: Subject | None = None) -> set[str]:
        """The kinds of papers that stand issued: of one subject, or of the case."""
        return {paper.kind for paper in self.papers if subject is None or paper.subject_id == subject.pk}

    def signed(self, about_id: Any, step: str) -> Any:
        """The last approval of a step that was signed to its end by everybody in its chain; ``None`` where there is none."""
        rows = [row for row in self.approvals if row.about_id == about_id and row.step == step]
        done = [row for row in rows if row.state == "complete"]
        last = max(done, key=lambda row: row.created_at, default=None)
        if last is None or len(self.signatures.get(last.pk, ())) < len(last.chain):
            return None
        return last

    def instructed(self, subject: Subject, step: str) -> Any:
        """The authority's last word on a subject, if it is yes and was checked (``approved_on`` is its day)."""
        rows = [row for row in self.instructions if row.step == step and str(subject.pk) in row.covers]
        last = max(rows, key=lambda row: row.pk, default=None)
        return last if last is not None and last.is_in_force else None

    def late(self, *codes: str) -> list[Any]:
        """The terms of these codes that were met after their day, or stand open past it."""
        return [
            clock
            for clock in self.clocks
            if clock.rule in codes
            and (
                clock.met_on > clock.due_on
                if clock.state == ClockState.MET
                else clock.state == ClockState.RUNNING and clock.due_on < self.on
            )
        ]

    def attributed(self, subject: Subject) -> list[Any]:
        return [row for row in self.attributions if row.subject_id == subject.pk and row.withdrawn_on is None]

    def circumstances_of(self, subject: Subject, *kinds: str) -> list[Any]:
        """What was found and adopted for a subject."""
        return [row for row in self.circumstances if row.subject_id == subject.pk and row.adopted and row.kind in kinds]

    def filings_of(self, subject: Subject) -> list[Any]:
        """His filings; one that names nobody is the organisation's own (as ``tolerance.selectors.filings_of``)."""
        if subject.cadre_id:
            return [row for row in self.filings if row.responsible_id == subject.cadre_id]
        own = subject.organization_id
        return [row for row in self.filings if row.responsible_id is None and row.organization_id == own]

    def standing_facts(self) -> list[Any]:
        return [fact for fact in self.facts if fact.withdrawn_on is None]

    def bare_facts(self) -> list[Any]:
        return [fact for fact in self.standing_facts() if not self.carried.get(fact.pk)]

    def chain(self) -> Chain:
        """The chain, for the one judgement of where it breaks (``cases.chain.breaks_in``)."""
        facts = self.standing_facts()
        excused = {
            row.subject_id for row in self.circumstances if row.adopted and row.kind == CircumstanceKind.EXEMPTING
        }
        subjects = self.investigated
        return Chain(
            subjects=subjects,
            attributions={subject.pk: self.attributed(subject) for subject in subjects},
            bare_events=self.events_bare,
            bare_facts={fact.pk: fact for fact in self.bare_facts()},
            causes=[fact for fact in facts if fact.kind == FactKind.CAUSE],
            results=[fact for fact in facts if fact.kind == FactKind.RESULT],
            findings=[row for row in self.findings if row.fact.withdrawn_on is None],
            known={pk: [row for row in rows if row.withdrawn_on is None] for pk, rows in self.known.items()},
            excused=excused,
        )


def records_of(cases: Sequence[Case], *, on: dt.date) -> Iterable[Record]:
    """Read many cases, some hundreds at a time."""
    for start in range(0, len(cases), BATCH):
        yield from _read(cases[start : start + BATCH], on)


def _read(cases: Sequence[Case], on: dt.date) -> list[Record]:
    records = {case.pk: Record(case, on) for case in cases}
    ids = list(records)
    _read_clues(records, ids)
    _read_subjects(records, ids)
    _read_chain(records, ids)
    _read_reviews(records, ids)
    _read_signatures(records, ids)
    for read in PARTS:
        for key, told in read(list(cases)).items():
            records[key].parts.update(told)
    return list(records.values())


def _by_case(
    records: dict[Any, Record], name: str, rows: Iterable[Any], key: Callable[[Any], Any] | None = None
) -> None:
    for row in rows:
        getattr(records[key(row) if key else row.case_id], name).append(row)


def _read_clues(records: dict[Any, Record], ids: list[Any]) -> None:
    clues = m.Clue.objects.filter(case_id__in=ids).select_related("verification", "threshold")
    _by_case(records, "clues", clues.defer("informant", "verification__findings"))
    members: dict[Any, list[Any]] = defaultdict(list)
    of_clue = m.Verification.members.through.objects.filter(verification__clue__case_id__in=ids)
    for clue_id, user_id in of_clue.values_list("verification__clue_id", "user_id"):
        members[clue_id].append(user_id)
    for record in records.values():
        record.verifiers = {clue.pk: members.get(clue.pk, []) for clue in record.clues}
    for case_id, clue_id in m.ClueJoin.objects.filter(case_id__in=ids).values_list("case_id", "clue_id"):
        records[case_id].joined.add(clue_id)
    _by_case(records, "team", m.TeamMember.objects.filter(case_id__in=ids).select_related("user"))
    for case_id, user_id, name in m.Recusal.objects.filter(case_id__in=ids).values_list(
        "case_id", "user_id", "user__name"
    ):
        records[case_id].recused[user_id] = name
    _by_case(records, "supplements", m.Supplement.objects.filter(case_id__in=ids))


def _read_subjects(records: dict[Any, Record], ids: list[Any]) -> None:
    related = (
        "cadre", "cadre__managed_by", "organization", "organization__directly_led_by", "post", "proposal", "hearing",
        "hearing__heard_by", "decision", "decision__document", "tolerance_claim",
    )  # fmt: skip
    heavy = (
        "hearing__statement",
        "hearing__fact_statement",
        "decision__document__plain_context",
        "decision__document__sealed_context",
    )
    cases = {pk: record.case for pk, record in records.items()}
    holders: dict[Any, set[Any]] = defaultdict(set)
    for subject in m.Subject.objects.filter(case_id__in=ids).select_related(*related).defer(*heavy):
        subject.case = cases[subject.case_id]
        if hasattr(subject, "decision"):
            subject.decision.subject = subject
        records[subject.case_id].every_subject.append(subject)
        holders[subject.cadre_id or subject.organization_id].add(subject.case_id)
    decided = {
        each.decision.pk: case_id
        for case_id, record in records.items()
        for each in record.every_subject
        if hasattr(each, "decision")
    }
    for row in m.Measure.objects.filter(decision_id__in=list(decided), replaces__isnull=True):
        records[decided[row.decision_id]].measures.setdefault(row.decision_id, []).append(row)
    interim = m.InterimMeasure.objects.filter(subject__case_id__in=ids).select_related("subject__cadre")
    _by_case(records, "interim", interim, lambda row: row.subject.case_id)
    filings = Filing.objects.filter(
        Q(responsible_id__in=list(holders)) | Q(organization_id__in=list(holders), responsible__isnull=True),
        state__in=STANDING,
    )
    for filing in filings.only("id", "responsible_id", "organization_id", "filed_on", "year", "serial"):
        for case_id in holders.get(filing.responsible_id or filing.organization_id, ()):
            records[case_id].filings.append(filing)
    _by_case(records, "answers", FilingAnswer.objects.filter(case_id__in=ids))
    _by_case(records, "corrections", m.Correction.objects.filter(case_id__in=ids).defer("late_appeal"))


def _read_chain(records: dict[Any, Record], ids: list[Any]) -> None:
    _by_case(records, "facts", m.Fact.objects.filter(case_id__in=ids).select_related("leads_to"))
    _by_case(records, "evidence", m.Evidence.objects.filter(case_id__in=ids).select_related("taker"))
    for record in records.values():
        _as_decided(record, record.facts, record.evidence)
    gone = {row.pk for record in records.values() for row in record.evidence if row.withdrawn_on is not None}
    for row in m.FactEvidence.objects.filter(fact__case_id__in=ids).values_list(
        "fact__case_id", "fact_id", "evidence_id"
    ):
        case_id, fact_id, evidence_id = row
        if evidence_id not in gone:
            records[case_id].carried.setdefault(fact_id, []).append(evidence_id)
    facts = {fact.pk: fact for record in records.values() for fact in record.facts}
    events = {row.pk: row for row in m.TrailEvent.objects.filter(case_id__in=ids)}
    shown = {
        event_id
        for event_id, evidence_id in m.TrailEvent.evidence.through.objects.filter(
            trailevent__case_id__in=ids
        ).values_list("trailevent_id", "evidence_id")
        if evidence_id not in gone
    }
    for event in events.values():
        _as_decided(records[event.case_id], [event])
        if event.pk not in shown or event.withdrawn_on is not None:
            records[event.case_id].events_bare.add(event.pk)
    rows = m.Attribution.objects.filter(subject__case_id__in=ids).select_related("duty__duty_list")
    for row in rows:
        row.event, row.fact = events[row.event_id], facts[row.fact_id]
        record = records[row.event.case_id]
        _as_decided(record, [row])
        record.attributions.append(row)
    for told in m.KnownProblem.objects.filter(subject__case_id__in=ids).select_related("event", "fact", "subject"):
        record = records[told.subject.case_id]
        _as_decided(record, [told])
        record.known.setdefault(told.subject_id, []).append(told)
    found = m.CauseFinding.objects.filter(fact__case_id__in=ids)
    for row in found:
        row.fact = facts[row.fact_id]
        records[row.fact.case_id].findings.append(row)
    circumstances = m.Circumstance.objects.filter(subject__case_id__in=ids).select_related("subject")
    _by_case(records, "circumstances", circumstances, lambda row: row.subject.case_id)
    proven = m.Circumstance.evidence.through.objects.filter(circumstance__subject__case_id__in=ids)
    for case_id, circumstance_id in proven.values_list("circumstance__subject__case_id", "circumstance_id"):
        records[case_id].proven.add(circumstance_id)
    for case_id, code in m.BreakExplanation.objects.filter(case_id__in=ids).values_list("case_id", "code"):
        records[case_id].explained.add(code)
    points = (
        m.DefencePoint.objects.filter(hearing__subject__case_id__in=ids)
        .select_related("hearing")
        .defer("text", "hearing__statement", "hearing__fact_statement")
    )
    own = {subject.pk: subject for record in records.values() for subject in record.every_subject}
    for row in points:
        row.hearing.subject = own[row.hearing.subject_id]
        records[row.hearing.subject.case_id].points.append(row)
    talks = m.TalkRecord.objects.filter(case_id__in=ids).select_related("talker").defer("text")
    _by_case(records, "talks", talks)


def _as_decided(record: Record, *groups: Iterable[Any]) -> None:
    """What was withdrawn after the decision stood when it was made."""
    decided_on = record.case.decided_on
    for rows in groups:
        for row in rows:
            if row.withdrawn_on is not None and decided_on is not None and row.withdrawn_on > decided_on:
                row.withdrawn_on = None


def _read_reviews(records: dict[Any, Record], ids: list[Any]) -> None:
    _by_case(records, "reports", m.Report.objects.filter(case_id__in=ids).defer("composed"))
    _by_case(records, "meetings", m.Deliberation.objects.filter(case_id__in=ids))
    for row in m.SpeakerView.objects.filter(deliberation__case_id__in=ids).select_related("deliberation"):
        records[row.deliberation.case_id].views.setdefault(row.deliberation_id, []).append(row)
    _by_case(records, "adjudications", Adjudication.objects.filter(case_id__in=ids))
    people = Adjudication.adjudicators.through.objects.filter(adjudication__case_id__in=ids)
    for case_id, key, user_id, name in people.values_list(
        "adjudication__case_id", "adjudication_id", "user_id", "user__name"
    ):
        records[case_id].adjudicators.setdefault(key, []).append((user_id, name))
    _by_case(records, "joints", JointReview.objects.filter(case_id__in=ids))
    for case_id, key, user_id, name in JointSeat.objects.filter(joint_review__case_id__in=ids).values_list(
        "joint_review__case_id", "joint_review_id", "user_id", "user__name"
    ):
        records[case_id].seats.setdefault(key, []).append((user_id, name))
    _by_case(records, "pre_reviews", PreReview.objects.filter(case_id__in=ids))


def _read_signatures(records: dict[Any, Record], ids: list[Any]) -> None:
    of_clue = {clue.pk: case_id for case_id, record in records.items() for clue in record.clues}
    approvals = Approval.objects.filter(Q(case_id__in=ids) | Q(about_id__in=list(of_clue))).defer("dossier")
    owner: dict[Any, Any] = {}
    for row in approvals:
        owner[row.pk] = row.case_id or of_clue[row.about_id]
        records[owner[row.pk]].approvals.append(row)
    signatures = Signature.objects.filter(approval_id__in=list(owner), verdict="sign").select_related("signer")
    for each in signatures.order_by("position"):
        records[owner[each.approval_id]].signatures.setdefault(each.approval_id, []).append(each)
    instructions = OffSystemApproval.objects.filter(case_id__in=ids, checked_by__isnull=False).defer("dossier")
    _by_case(records, "instructions", instructions)
    papers = OfficialDocument.objects.filter(Q(case_id__in=ids) | Q(about_id__in=list(of_clue)), state="issued").only(
        "id", "case_id", "about_id", "subject_id", "kind", "number", "issued_on"
    )
    _by_case(records, "papers", papers, lambda row: of_clue.get(row.about_id) or row.case_id)
    clocks = Clock.objects.filter(Q(case_id__in=ids) | Q(about_id__in=list(of_clue)))
    fields = ("id", "rule", "title", "about_id", "case_id", "state", "due_on", "met_on")
    _by_case(records, "clocks", clocks.only(*fields), lambda row: of_clue.get(row.about_id) or row.case_id)
