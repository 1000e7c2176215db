"""Recommendation letters: drafted, signed by leader and principal, issued (D40), received, answered within their term (T27)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from cases.models import Case
from cases.papers import day
from cases.services.investigation import record
from cases.services.moving import locked_case, press_once, require_seat
from followup import papers
from followup.enums import LetterKind
from followup.models import RecommendationLetter
from followup.services.reform import decided_case
from followup.services.units import CREATES, ask, ask_unit, require_reporter
from wenze.access.roles import Role
from wenze.documents import services as documents
from wenze.errors import Invalid, Stale, wanting
from wenze.law import data
from wenze.notices import services as notices
from wenze.people.enums import OrganizationKind as Kind
from wenze.terms import services as terms
from wenze.workflow import approvals

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import Organization, User
    from wenze.workflow.models import Approval

STEP = "issue_letter"
RULE = "T27"
PARTY_ONLY = (Kind.PARTY_COMMITTEE, Kind.PARTY_GROUP, Kind.PARTY_BRANCH)
"""Party organisations that are no unit of supervised persons: what they get is 纪律检查建议."""
WITHOUT_PARTY = (Kind.ADMINISTRATIVE, Kind.ENTERPRISE)


@dataclass(frozen=True)
class LetterDraft:
    """What the handler writes down."""

    kind: str
    to_organization: Organization
    problems: str
    causes: str
    advice: str
    reply_days: int


def default_days() -> int:
    """The reply term of local practice, where the letter sets no other."""
    return int(data.review_settings()["recommendation_reply_days"])


def most_days() -> int:
    return int(data.review_settings()["recommendation_reply_days_most"])


def _wrong_in(draft: LetterDraft) -> dict[str, str]:
    wrong = wanting(problems=(draft.problems, "存在问题"), causes=(draft.causes, "原因"), advice=(draft.advice, "建议"))
    if not 1 <= draft.reply_days <= most_days():
        wrong["reply_days"] = f"回复时限应在1日至{most_days()}日之间。"
    addressee = Kind(draft.to_organization.kind)
    if draft.kind == LetterKind.SUPERVISION and addressee in PARTY_ONLY:
        wrong["kind"] = "监察建议发给监察对象所在单位；对党组织应发纪律检查建议。"
    if draft.kind == LetterKind.DISCIPLINE and addressee in WITHOUT_PARTY:
        wrong["kind"] = "纪律检查建议发给党组织；对行政、企事业单位应发监察建议。"
    return wrong


@press_once(RecommendationLetter, "drafted_by")
def draft_letter(
    *, case_id: uuid.UUID, draft: LetterDraft, submission: uuid.UUID, actor: User, on: dt.date
) -> RecommendationLetter:
    """Write a letter. Raises ``Invalid`` for a kind that its addressee cannot be sent, ``NotYours``."""
    case = decided_case(case_id, actor, *CREATES)
    if wrong := _wrong_in(draft):
        raise Invalid(wrong)
    letter = RecommendationLetter(pk=submission, case=case, drafted_by=actor, drafted_on=on)
    _write(letter, draft)
    letter.save(force_insert=True)
    record(case, "letter.drafted", letter, actor, title=str(letter))
    return letter


def _write(letter: RecommendationLetter, draft: LetterDraft) -> None:
    letter.kind, letter.to_organization, letter.reply_days = draft.kind, draft.to_organization, draft.reply_days
    letter.problems, letter.causes, letter.advice = draft.problems.strip(), draft.causes.strip(), draft.advice.strip()


def _locked(letter_id: uuid.UUID, actor: User) -> RecommendationLetter:
    seen = RecommendationLetter.objects.visible_to(actor).get(pk=letter_id)
    locked: RecommendationLetter = RecommendationLetter.objects.select_for_update().get(pk=seen.pk)
    return locked


def _draft(letter_id: uuid.UUID, actor: User) -> RecommendationLetter:
    """A letter that is not yet issued, in the hands of who may write it."""
    seen = RecommendationLetter.objects.visible_to(actor).get(pk=letter_id)
    require_seat(locked_case(seen.case_id, actor), actor, *CREATES)
    letter = _locked(letter_id, actor)
    if letter.issued_on is not None:
        raise Stale("建议书已经发出，不能再改。")
    return letter


@transaction.atomic
def amend_letter(*, letter_id: uuid.UUID, draft: LetterDraft, actor: User) -> RecommendationLetter:
    """Change a draft; what was signed of another text falls, because a signature is on its content."""
    letter = _draft(letter_id, actor)
    if wrong := _wrong_in(draft):
        raise Invalid(wrong)
    _write(letter, draft)
    letter.save()
    record(letter.case, "letter.amended", letter, actor, title=str(letter))
    return letter


@transaction.atomic
def ask_signatures(*, letter_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Put the letter before the leader in charge and the principal."""
    letter = _draft(letter_id, actor)
    return approvals.request(
        about=letter, step=STEP, title=f"{letter}：{letter.case.title}"[:200], chain=(Role.LEADER, Role.PRINCIPAL), actor=actor, on=on
    )  # fmt: skip


def issue_on_signature(approval: Approval, letter: RecommendationLetter, actor: User, on: dt.date) -> None:
    """The principal has signed: D40 with its number; the handler registers its receipt."""
    case: Case = Case.objects.select_related("commission").get(pk=letter.case_id)
    letter.issued_on = on
    letter.document = documents.issue(
        "D40", commission=case.commission, about=case, case_id=case.pk, paper=papers.recommendation_letter(letter, on=on), on=on,
        actor=actor,
    )  # fmt: skip
    letter.save(update_fields=["issued_on", "document"])
    ask([letter.handler], letter, step="letter_receipt", title=f"登记{letter}的收到日", due_on=None, actor=actor)
    record(case, "letter.issued", letter, actor, title=str(letter), number=letter.document.number)


approvals.COMPLETIONS.register(f"followup.RecommendationLetter:{STEP}", issue_on_signature)


@transaction.atomic
def receive_letter(*, letter_id: uuid.UUID, received_on: dt.date, actor: User, on: dt.date) -> RecommendationLetter:
    """The addressee has it: from that day its own reply term runs."""
    letter = _locked(letter_id, actor)
    require_reporter(letter, letter.to_organization, actor)
    if letter.issued_on is None:
        raise Stale("建议书尚未发出。")
    if letter.received_on is not None:
        raise Stale("收到日已经登记。")
    if not letter.issued_on <= received_on <= on:
        raise Invalid({"received_on": "收到日应在发出日之后、今日之前。"})
    clock = terms.start(
        rule=RULE,
        about=letter,
        on=received_on,
        actor=actor,
        amount=letter.reply_days,
        unit="CD",
        title=f"{letter}的回复",
    )
    letter.received_on, letter.reply_due_on = received_on, clock.due_on
    letter.save(update_fields=["received_on", "reply_due_on"])
    notices.finish_tasks(about=letter, step="letter_receipt", by=actor)
    ask_unit(
        letter, letter.to_organization, step="letter_reply", title=f"请回复{letter.get_kind_display()}", due_on=clock.due_on, actor=actor
    )  # fmt: skip
    record(letter.case, "letter.received", letter, actor, title=str(letter), on=received_on.isoformat())
    return letter


@transaction.atomic
def reply_to_letter(
    *, letter_id: uuid.UUID, replied_on: dt.date, reply: str, adopted: bool, actor: User, on: dt.date, not_adopted_reason: str = ""
) -> RecommendationLetter:  # fmt: skip
    """The addressee answers: adopted, or why not (监察法第七十一条 where it is a 监察建议)."""
    letter = _locked(letter_id, actor)
    require_reporter(letter, letter.to_organization, actor)
    if letter.received_on is None:
        raise Stale("尚未登记收到日，请先登记。")
    if letter.replied_on is not None:
        raise Stale("回复已经登记。")
    wrong = wanting(reply=(reply, "回复内容"))
    if not letter.received_on <= replied_on <= on:
        wrong["replied_on"] = f"回复日应在{day(letter.received_on)}之后、今日之前。"
    if not adopted and not not_adopted_reason.strip():
        wrong["not_adopted_reason"] = "不采纳的，须写明理由。"
    if wrong:
        raise Invalid(wrong)
    letter.replied_on, letter.reply, letter.adopted, letter.replied_by = replied_on, reply.strip(), adopted, actor
    letter.not_adopted_reason = "" if adopted else not_adopted_reason.strip()
    letter.save()
    terms.meet(rule=RULE, about=letter, on=replied_on, actor=actor)
    notices.finish_tasks(about=letter, step="letter_reply", by=actor)
    if letter.handler.pk != actor.pk:
        notices.notify(user=letter.handler, text=f"{letter}已回复。", url=letter.get_absolute_url(), kind="reform")
    record(
        letter.case, "letter.replied", letter, actor, title=str(letter), opinion="采纳" if adopted else "不采纳",
        reason=letter.not_adopted_reason, late=letter.is_late,
    )  # fmt: skip
    return letter
