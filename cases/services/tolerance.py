"""What a case makes of tolerance: search, answers side by side, opinions on the three lines, applications (law.md §6.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases import papers, tolerance
from cases.enums import CaseState
from cases.models import Case, DistinctionAssessment, Evidence, FilingClause, Subject, ToleranceClaim, ToleranceSearch
from cases.services.investigation import record, working_case
from cases.services.moving import locked_case, press_once, require_seat, require_state
from tolerance.enums import Assessor, Ban, ClaimState, Correction, FilingEffect, Intent, ItemKind, Motive
from tolerance.models import FilingAnswer, ToleranceItem
from tolerance.models.answer import WITH_EFFECT
from wenze.crypto import files
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from cases.models import Supplement
    from tolerance.models import Filing
    from wenze.people.models import Organization, User

LATE = "备案日不早于行为日，只能作说明材料，结论应为不适用。"


@dataclass(frozen=True)
class Clause:
    """What was done on one clause of the filing, whether that is as filed, and what it rests on."""

    done: str
    kept: bool
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True)
class AnswerDraft:
    """The answer as it was typed."""

    effect: str
    answer: str
    in_scope: bool = False
    clauses: dict[str, Clause] = field(default_factory=dict)
    negative_item: ToleranceItem | None = None
    negative_note: str = ""
    correction: str = Correction.NONE
    correction_note: str = ""


def keep_search(case: Case, *, actor: User, on: dt.date, supplement: Supplement | None = None) -> ToleranceSearch:
    """Search for filings around the subjects that await their initiation, and keep what was found."""
    subjects = case.subjects.awaiting_initiation().filter(supplement=supplement)
    found = tolerance.search_now(subjects.select_related("cadre", "organization", "post", "case"))
    row = ToleranceSearch.objects.create(
        case=case, supplement=supplement, searched_by=actor, searched_on=on, found=found
    )
    record(case, "tolerance.searched", row, actor, found=len(found))
    return row


@transaction.atomic
def search_again(
    *, case_id: uuid.UUID, actor: User, on: dt.date, supplement: Supplement | None = None
) -> ToleranceSearch:
    """Search anew before the initiation is approved: filings may have come since it was applied for."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler")
    if supplement is None:
        require_state(case, CaseState.INITIATING)
    elif supplement.case_id != case.pk or supplement.approved_on is not None:
        raise Stale("该批补充启动已经批准。")
    row = keep_search(case, actor=actor, on=on, supplement=supplement)
    documents.issue(
        "D03", commission=case.commission, about=case, case_id=case.pk,
        paper=papers.initiation(case, on=on, supplement=supplement), on=on, actor=actor,
    )  # fmt: skip
    return row


def _subject(case: Case, subject_id: uuid.UUID) -> Subject:
    found: Subject = (
        case.subjects.investigated().select_related("cadre", "organization", "post", "case").get(pk=subject_id)
    )
    return found


def _wrong_in(draft: AnswerDraft, *, in_advance: bool, filed: dict[str, str]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not draft.answer.strip():
        wrong["answer"] = "请写明答复。"
    if draft.negative_item is not None:
        if draft.negative_item.kind != ItemKind.NEGATIVE:
            wrong["negative_item"] = "请选择负面清单的条目。"
        if not draft.negative_note.strip():
            wrong["negative_note"] = "命中负面清单的，请写明情况。"
        if draft.effect != FilingEffect.NOT_APPLICABLE:
            wrong["effect"] = "命中负面清单的不得容错，结论应为不适用。"
    if draft.correction != Correction.NONE and not draft.correction_note.strip():
        wrong["correction_note"] = "请写明纠错情况。"
    if not in_advance:
        if draft.effect != FilingEffect.NOT_APPLICABLE:
            wrong["effect"] = LATE
        return wrong
    for key in filed:
        clause = draft.clauses.get(key)
        if clause is None or not clause.done.strip():
            wrong[f"done_{key}"] = "请写明实际所为，与备案所载对照。"
        elif not clause.evidence:
            wrong[f"evidence_{key}"] = "请选择所据的证据。"
    kept = all(draft.clauses[key].kept for key in filed if key in draft.clauses)
    if draft.effect in (FilingEffect.NOT_ACCOUNTABLE, FilingEffect.EXEMPTED) and not (draft.in_scope and kept):
        wrong.setdefault("effect", "不在备案范围内或者没有按备案实施的，不能作不予、免予的结论。")
    elif draft.effect == FilingEffect.LIGHTER and not draft.in_scope:
        wrong.setdefault("effect", "不在备案范围内的，备案不能作为从轻减轻的依据。")
    return wrong


@transaction.atomic
def answer_filing(
    *, case_id: uuid.UUID, subject: Subject, filing: Filing, draft: AnswerDraft, actor: User, on: dt.date
) -> FilingAnswer:
    """Answer a filing in writing: what was filed beside what was done, the negative list, the correction, a conclusion.

    The conclusion is a proposal; a late filing can only be an explanation (law.md §6.1, L35).
    """
    case = working_case(case_id, actor)
    subject = _subject(case, subject.pk)
    match = next((each for each in tolerance.matches_of(subject) if each.filing.pk == filing.pk), None)
    if match is None:
        raise NotYours("该备案与本案这一对象不相关。")
    version = tolerance.version_at(filing, subject)
    filed = tolerance.filed_clauses(version)
    if wrong := _wrong_in(draft, in_advance=match.in_advance, filed=filed):
        raise Invalid(wrong)
    clauses = {key: row for key, row in draft.clauses.items() if key in filed and row.done.strip()}
    row, _ = FilingAnswer.objects.update_or_create(
        commission_id=case.commission_id,
        filing=filing,
        subject_id=subject.pk,
        defaults={
            "case_id": case.pk, "version": version, "in_scope": draft.in_scope,
            "as_filed": match.in_advance and all(clause.kept for clause in clauses.values()),
            "negative_item": draft.negative_item, "negative_note": draft.negative_note.strip(), "correction": draft.correction,
            "correction_note": draft.correction_note.strip(), "effect": draft.effect, "answer": draft.answer.strip(),
            "answered_by": actor, "answered_on": on,
        },
    )  # fmt: skip
    row.clauses.all().delete()
    for position, (key, _) in enumerate(tolerance.CLAUSES, 1):
        if key in clauses:
            made = FilingClause.objects.create(
                subject=subject, answer=row, position=position, key=key, filed=filed.get(key, ""),
                done=clauses[key].done.strip(), kept=clauses[key].kept,
            )  # fmt: skip
            made.evidence.set([piece for piece in clauses[key].evidence if piece.case_id == case.pk])
    renew_check(case, subject, actor=actor, on=on)
    record(case, "filing.answered", row, actor, filing=filing.number, effect=draft.effect)
    return row


def renew_check(case: Case, subject: Subject, *, actor: User, on: dt.date) -> None:
    """The 容错核查表 (D17) as it now stands."""
    documents.supersede(
        "D17", commission=case.commission, about=case, case_id=case.pk, paper=papers.tolerance_check(case, subject, on=on),
        on=on, actor=actor, subject_id=subject.pk,
    )  # fmt: skip


@dataclass(frozen=True)
class Opinion:
    """An opinion on the three lines as it was typed."""

    assessor: str
    motive: str
    motive_reason: str
    ban: str
    ban_reason: str
    intent: str
    intent_reason: str
    effect: str
    distinction: str = ""
    organization: Organization | None = None
    letter_number: str = ""
    letter_on: dt.date | None = None


def _wrong_opinion(said: Opinion, scan: Any, on: dt.date) -> dict[str, str]:
    wrong = {
        f"{name}_reason": "请写明理由。"
        for name in ("motive", "ban", "intent")
        if not getattr(said, f"{name}_reason").strip()
    }
    is_good = (said.motive, said.ban, said.intent) == (Motive.PUBLIC, Ban.FREE, Intent.UNINTENDED)
    if said.effect in WITH_EFFECT and not is_good:
        wrong["effect"] = "为私、有禁或者有意的，不能提出容错。"
    if said.effect in WITH_EFFECT and not said.distinction:
        wrong["distinction"] = "提出容错的，请选择属于条例第十七条的哪一种情形。"
    if said.assessor in tolerance.BY_LETTER:
        if said.organization is None:
            wrong["organization"] = "请选择出具意见的单位。"
        if said.letter_on is None or said.letter_on > on:
            wrong["letter_on"] = "请填写来函日，不晚于今日。"
        if scan is None:
            wrong["scan"] = "请附来函扫描件。"
    return wrong


@press_once(DistinctionAssessment, "written_by")
def assess(
    *,
    case_id: uuid.UUID,
    submission: uuid.UUID,
    subject: Subject,
    said: Opinion,
    actor: User,
    on: dt.date,
    scan: UploadedFile[Any] | None = None,
) -> DistinctionAssessment:
    """Write (or register from a letter) an opinion on the three lines; it takes the place of the office's earlier one."""
    case = working_case(case_id, actor)
    subject = _subject(case, subject.pk)
    standing = {row.assessor: row for row in tolerance.standing_assessments(subject)}
    if said.assessor == Assessor.SECOND and not tolerance.is_blind():
        raise Invalid({"assessor": "本机关没有设第二评判人。"})
    if said.assessor in tolerance.PAIR:
        other = standing.get(Assessor.SECOND if said.assessor == Assessor.HANDLING else Assessor.HANDLING)
        if other is not None and other.written_by_id == actor.pk:
            raise NotYours("两个评判人应是两个人，另一份意见是您写的。")
    if wrong := _wrong_opinion(said, scan, on):
        raise Invalid(wrong)
    if (before := standing.get(said.assessor)) is not None:
        before.superseded_on = on
        before.save(update_fields=["superseded_on"])
    by_letter = said.assessor in tolerance.BY_LETTER
    row = DistinctionAssessment.objects.create(
        pk=submission, subject=subject, assessor=said.assessor, motive=said.motive, motive_reason=said.motive_reason.strip(),
        ban=said.ban, ban_reason=said.ban_reason.strip(), intent=said.intent, intent_reason=said.intent_reason.strip(),
        distinction=said.distinction, effect=said.effect, organization=said.organization if by_letter else None,
        letter_number=said.letter_number.strip(), letter_on=said.letter_on if by_letter else None,
        scan=_sealed(case, scan) if by_letter and scan is not None else None, written_by=actor, written_on=on,
    )  # fmt: skip
    if not tolerance.is_blind() or all(each in {*standing, said.assessor} for each in tolerance.PAIR):
        renew_check(case, subject, actor=actor, on=on)
    record(case, "tolerance.assessed", row, actor, subject=subject.name, assessor=said.assessor)
    return row


def _sealed(case: Case, upload: UploadedFile[Any]) -> Any:
    return files.seal(
        upload, key=case.data_key, name=upload.name or "来件", commission_id=case.commission_id,
        content_type=upload.content_type or "",
    )  # fmt: skip


@press_once(ToleranceClaim, "registered_by")
def register_claim(
    *,
    case_id: uuid.UUID,
    submission: uuid.UUID,
    subject: Subject,
    applied_on: dt.date,
    ground: str,
    scan: UploadedFile[Any] | None,
    actor: User,
    on: dt.date,
) -> ToleranceClaim:
    """A subject asks for tolerance in the investigation, without a filing: registered with his paper."""
    case = working_case(case_id, actor)
    subject = _subject(case, subject.pk)
    wrong: dict[str, str] = {}
    if not ground.strip():
        wrong["ground"] = "请写明申请理由。"
    if not subject.act_on < applied_on <= on:
        wrong["applied_on"] = "申请日应在行为日之后、今日之前。"
    if scan is None:
        wrong["scan"] = "请附申请书扫描件。"
    if ToleranceClaim.objects.filter(subject=subject).exists():
        wrong["ground"] = "该对象已有容错申请。"
    if wrong or scan is None:
        raise Invalid(wrong)
    row = ToleranceClaim.objects.create(
        pk=submission, subject=subject, applied_on=applied_on, ground=ground.strip(), scan=_sealed(case, scan), registered_by=actor,
        registered_on=on,
    )  # fmt: skip
    _ask(case, row, f"核实{row}", actor)
    record(case, "tolerance.applied", row, actor, subject=subject.name)
    return row


def _ask(case: Case, row: ToleranceClaim, title: str, actor: User) -> None:
    notices.open_task(
        commission_id=case.commission_id, recipient=case.handler, title=title, url=case.panel_url("tolerance"), about=row,
        case_id=case.pk, step="tolerance_claim", started_by=actor,
    )  # fmt: skip


def _claim(claim_id: uuid.UUID, actor: User, state: str) -> tuple[Case, ToleranceClaim]:
    seen = ToleranceClaim.objects.visible_to(actor).select_related("subject").get(pk=claim_id)
    case = working_case(seen.subject.case_id, actor)
    row: ToleranceClaim = ToleranceClaim.objects.select_for_update().get(pk=claim_id)
    if row.state != state:
        raise Stale(f"该申请{row.get_state_display()}。")
    return case, row


def _written(case: Case, row: ToleranceClaim, step: str, actor: User, on: dt.date) -> ToleranceClaim:
    row.save()
    subject = _subject(case, row.subject_id)
    renew_check(case, subject, actor=actor, on=on)
    record(case, f"tolerance.{step}", row, actor, subject=subject.name, effect=row.effect)
    return row


@transaction.atomic
def verify_claim(
    *, claim_id: uuid.UUID, findings: str, evidence: Sequence[Evidence], actor: User, on: dt.date
) -> ToleranceClaim:
    """核实: what was found on the grounds he gave, and on what evidence."""
    case, row = _claim(claim_id, actor, ClaimState.APPLIED)
    pieces = [piece for piece in evidence if piece.case_id == case.pk and piece.withdrawn_on is None]
    wrong = {} if findings.strip() else {"findings": "请写明核实情况。"}
    if not pieces:
        wrong["evidence"] = "请选择所据的证据。"
    if wrong:
        raise Invalid(wrong)
    row.state, row.findings, row.verified_by, row.verified_on = ClaimState.VERIFIED, findings.strip(), actor, on
    row.evidence.set(pieces)
    return _written(case, row, "verified", actor, on)


@transaction.atomic
def recognise_claim(*, claim_id: uuid.UUID, effect: str, reason: str, actor: User, on: dt.date) -> ToleranceClaim:
    """认定, by another than who verified; a proposal, as the answer to a filing is."""
    case, row = _claim(claim_id, actor, ClaimState.VERIFIED)
    if row.verified_by_id == actor.pk:
        raise NotYours("核实的人不能认定，应由调查组另一人办理。")
    if not reason.strip():
        raise Invalid({"reason": "请写明认定理由。"})
    row.state, row.effect, row.reason = ClaimState.RECOGNISED, effect, reason.strip()
    row.recognised_by, row.recognised_on = actor, on
    return _written(case, row, "recognised", actor, on)


@transaction.atomic
def answer_claim(*, claim_id: uuid.UUID, told: str, actor: User, on: dt.date) -> ToleranceClaim:
    """反馈: he was told what was made of it."""
    case, row = _claim(claim_id, actor, ClaimState.RECOGNISED)
    if not told.strip():
        raise Invalid({"told": "请写明怎样反馈、本人意见。"})
    row.state, row.told, row.told_on = ClaimState.ANSWERED, told.strip(), on
    notices.finish_tasks(about=row, step="tolerance_claim", by=actor)
    return _written(case, row, "answered", actor, on)
