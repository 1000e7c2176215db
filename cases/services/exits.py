"""What the exits of 研判 ask for afterwards: answers, resumption, completion, replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.enums import Exit
from cases.models import Clue, FirstForm, Inquiry, Referral, ThresholdTest
from cases.services.moving import locked_clue, require_seat
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid, Stale
from wenze.notices import services as notices
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User


@transaction.atomic
def answer_inquiry(*, inquiry_id: uuid.UUID, answer: str, answered_on: dt.date, actor: User, on: dt.date) -> Clue:
    """The reply to a talk or a letter; when all have answered, the clue is assessed again."""
    inquiry = Inquiry.objects.visible_to(actor).get(pk=inquiry_id)
    clue = locked_clue(inquiry.clue_id, actor)
    require_seat(clue, actor, "handler")
    wrong = {}
    if not answer.strip():
        wrong["answer"] = "请录入答复。"
    if answered_on > on or answered_on < inquiry.asked_on:
        wrong["answered_on"] = "答复日应在发出日之后、今日之前。"
    if wrong:
        raise Invalid(wrong)
    inquiry.answer, inquiry.answered_on = answer.strip(), answered_on
    inquiry.save()
    terms.meet(rule="T02", about=inquiry, on=on, actor=actor)
    ledger.record("clue.inquiry_answered", actor=actor, commission_id=clue.commission_id, about=inquiry)
    if not clue.inquiries.filter(answered_on__isnull=True).exists():
        reopen_for_assessment(clue, actor=actor, on=on)
    return clue


def reopen_for_assessment(clue: Clue, *, actor: Any, on: dt.date) -> None:
    """A held clue, or one that was asked about, comes back to be assessed again."""
    clue.state, clue.exit = "verified", ""
    clue.save(update_fields=["state", "exit"])
    ThresholdTest.objects.filter(clue=clue).delete()
    ledger.record(
        "clue.reopened", actor=actor, commission_id=clue.commission_id, about=clue, detail={"on": on.isoformat()}
    )
    if clue.handler is not None:
        notices.open_task(
            commission_id=clue.commission_id,
            recipient=clue.handler,
            title=f"再次研判：{clue}",
            url=clue.get_absolute_url(),
            about=clue,
            step="assess_clue",
            started_by=actor,
        )


@transaction.atomic
def resume_held_clue(*, clue_id: uuid.UUID, actor: User, on: dt.date) -> Clue:
    """A held clue is taken up again, on its day or before."""
    clue = locked_clue(clue_id, actor)
    require_seat(clue, actor, "handler", Role.CONDUCT)
    if clue.state != "assessed" or clue.exit != Exit.HELD:
        raise Invalid({"clue": "只有暂存待查的线索可以再次研判。"})
    terms.meet(rule="hold", about=clue, on=on, actor=actor)
    reopen_for_assessment(clue, actor=actor, on=on)
    return clue


@transaction.atomic
def reply_to_superior(
    *, clue_id: uuid.UUID, replied_on: dt.date, reply_number: str, reply: str, actor: User, on: dt.date
) -> Clue:
    """The superior's order (上级交办督办) is answered; once, and whatever has become of the clue since."""
    clue = locked_clue(clue_id, actor)
    require_seat(clue, actor, "handler", Role.CASEMGMT)
    if clue.reply_due_on is None:
        raise Invalid({"reply": "该线索不是须回复的上级交办件。"})
    if clue.replied_on is not None:
        raise Stale(f"已于{clue.replied_on:%Y-%m-%d}回复。")
    wrong = {}
    if not reply.strip():
        wrong["reply"] = "请写明回复了什么。"
    if replied_on > on or replied_on < clue.received_on:
        wrong["replied_on"] = "回复日应在收到日之后、今日之前。"
    if wrong:
        raise Invalid(wrong)
    clue.replied_on, clue.reply_number, clue.reply = replied_on, reply_number.strip(), reply.strip()
    clue.save(update_fields=["replied_on", "reply_number", "reply"])
    terms.meet(rule="superior_reply", about=clue, on=replied_on, actor=actor)
    ledger.record(
        "clue.superior_replied", actor=actor, commission_id=clue.commission_id, about=clue, case_id=clue.case_id,
        detail={"number": clue.reply_number, "on": replied_on.isoformat()},
    )  # fmt: skip
    return clue


@transaction.atomic
def complete_first_form(
    *, first_form_id: uuid.UUID, done_on: dt.date, proof: str, actor: User, on: dt.date
) -> FirstForm:
    """The rectification of a first-form measure is done, with its proof in words."""
    row: FirstForm = FirstForm.objects.visible_to(actor).select_related("clue").get(pk=first_form_id)
    clue = locked_clue(row.clue_id, actor)
    require_seat(clue, actor, "handler")
    if not proof.strip():
        raise Invalid({"proof": "请写明完成情况。"})
    if done_on > on:
        raise Invalid({"done_on": "完成日不能晚于今日。"})
    row.done_on, row.proof = done_on, proof.strip()
    row.save(update_fields=["done_on", "proof"])
    terms.meet(rule="first_form", about=row, on=done_on, actor=actor)
    notices.finish_tasks(about=row, step="complete_first_form", by=actor)
    ledger.record("clue.first_form_done", actor=actor, commission_id=clue.commission_id, about=row)
    return row


@transaction.atomic
def record_referral_reply(
    *, referral_id: uuid.UUID, replied_on: dt.date, reply: str, actor: User, on: dt.date
) -> Referral:
    """What the other body answered."""
    row: Referral = Referral.objects.visible_to(actor).select_related("clue").get(pk=referral_id)
    clue = locked_clue(row.clue_id, actor)
    require_seat(clue, actor, "handler", Role.CASEMGMT)
    if not reply.strip():
        raise Invalid({"reply": "请录入反馈结果。"})
    if replied_on > on or replied_on < row.sent_on:
        raise Invalid({"replied_on": "反馈日应在送出日之后、今日之前。"})
    row.replied_on, row.reply = replied_on, reply.strip()
    row.save(update_fields=["replied_on", "reply"])
    terms.meet(rule="referral_reply", about=row, on=replied_on, actor=actor)
    ledger.record("clue.referral_replied", actor=actor, commission_id=clue.commission_id, about=row)
    return row
