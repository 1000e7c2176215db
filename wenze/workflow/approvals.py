"""Approvals bound to content: a signature is on the hash of exactly what was shown (design §2 “Approvals”).

Any later change of the matter voids the open approval and tells the signer what changed. Nobody signs what
he proposed or investigated; a second click signs once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

from wenze.audit import ledger
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.registry import Registry
from wenze.workflow import seats
from wenze.workflow.dossier import changes, digest, dossier
from wenze.workflow.models import Approval, ApprovalState, Delegation, Signature, Verdict

if TYPE_CHECKING:
    import datetime as dt

    from wenze.people.models import User

COMPLETIONS: Registry[Callable[[Approval, Any, Any, Any], None]] = Registry("approval completions")
"""``label:step`` → what follows when the last seat has signed: ``(approval, about, actor, on)``, in its transaction."""

RETURNS: Registry[Callable[[Approval, Any, Any, Any], None]] = Registry("approval returns")
"""``label:step`` → what follows when a seat returns it (beyond telling the requester)."""


def matter_of(label: str, pk: Any, *, lock: bool = False) -> Any:
    """The row of that model and key, locked if asked."""
    manager = apps.get_model(label)._base_manager
    return (manager.select_for_update() if lock else manager).get(pk=pk)


def matter(approval: Approval, *, lock: bool = False) -> Any:
    """The row that the approval is about, locked if asked."""
    return matter_of(approval.about_label, approval.about_id, lock=lock)


def request(*, about: Any, step: str, title: str, chain: tuple[str, ...], actor: User, on: dt.date) -> Approval:
    """Put a matter before its chain. One open approval a step; an older one that shows other content is voided."""
    shown = dossier(about, step)
    with transaction.atomic():
        type(about)._base_manager.select_for_update().get(pk=about.pk)
        standing = Approval.objects.filter(about_id=about.pk, step=step, state=ApprovalState.OPEN).first()
        if standing is not None:
            if standing.dossier_hash == digest(shown):
                return standing
            void(standing, reason="内容有变动，已重新提请", actor=actor)
        for seat in chain:
            _require_signer(seat, about)
        approval = Approval.objects.create(
            commission_id=about.commission_id,
            about_label=about._meta.label,
            about_id=about.pk,
            case_id=getattr(about, "ledger_case_id", None),
            step=step,
            title=title,
            chain=list(chain),
            dossier=shown,
            dossier_hash=digest(shown),
            requested_by=actor,
            requested_on=on,
        )
        _record(approval, "approval.request", actor)
        _ask_next(approval, about, actor)
    return approval


def why_not(approval: Approval, about: Any, user: User, *, on: dt.date) -> str:
    """Why this user may not sign now; empty where he may."""
    if approval.state != ApprovalState.OPEN:
        return f"该审批{approval.get_state_display()}。"
    if acting_for(approval, about, user, on=on) is None and not seats.sits(user, approval.seat, about):
        return f"现在轮到{seats.seat_name(approval.seat)}签署。"
    if user.pk == approval.requested_by_id and approval.seat not in seats.INVESTIGATING:
        return "提请人不能签批自己提请的事项。"
    return seats.conflict(user, about, approval.seat)


def acting_for(approval: Approval, about: Any, user: User, *, on: dt.date) -> User | None:
    """The absent holder of the seat for whom the user signs by a dated delegation; ``None`` where there is none."""
    if not approval.seat or seats.sits(user, approval.seat, about):
        return None
    holders = [holder.pk for holder in seats.fit_holders(approval.seat, about)]
    found = (
        Delegation.objects.filter(deputy=user, holder__in=holders, from_on__lte=on, until_on__gte=on)
        .select_related("holder")
        .first()
    )
    return found.holder if found else None


def differences(approval: Approval, about: Any) -> list[Any]:
    """What changed in the matter since it was put before the chain."""
    return changes(approval.dossier, dossier(about, approval.step))


def sign(*, approval_id: Any, shown_hash: str, verdict: str, opinion: str = "", actor: User, on: dt.date) -> Approval:
    """A seat answers. The last signature completes the approval and what follows from it, in one transaction.

    Raises ``Stale`` where the page or the matter has moved on (the approval is then void), ``NotYours`` where the
    seat is another's, ``Invalid`` where a return or a question lacks its words, ``Refused`` where the step that the
    last signature would take lacks something (nothing is then written).
    """
    approval = Approval.objects.get(pk=approval_id)
    if verdict != Verdict.SIGN and not opinion.strip():
        raise Invalid({"opinion": "退回或询问须写明意见。"})
    with transaction.atomic():
        about = matter(approval, lock=True)
        approval = Approval.objects.select_for_update().get(pk=approval_id)
        own = approval.signatures.filter(signer=actor, verdict=Verdict.SIGN).first()
        if own is not None and verdict == Verdict.SIGN and own.dossier_hash == shown_hash:
            return approval
        if reason := why_not(approval, about, actor, on=on):
            raise NotYours(reason) if approval.state == ApprovalState.OPEN else Stale(reason)
        if shown_hash != approval.dossier_hash:
            raise Stale
        moved = digest(dossier(about, approval.step)) != approval.dossier_hash
        if moved:
            void(approval, reason="提请之后内容有变动", actor=actor)
        else:
            _write(approval, about, verdict=verdict, opinion=opinion, actor=actor, on=on)
    if moved:
        raise Stale("提请之后内容有变动，原审批已失效，未签署。请承办人核对后重新提请。")
    return approval


def _write(approval: Approval, about: Any, *, verdict: str, opinion: str, actor: User, on: dt.date) -> None:
    behalf = acting_for(approval, about, actor, on=on)
    Signature.objects.create(
        approval=approval,
        position=approval.position,
        seat=approval.seat,
        signer=actor,
        on_behalf_of=behalf,
        verdict=verdict,
        opinion=opinion.strip(),
        dossier_hash=approval.dossier_hash,
        signed_on=on,
    )
    _record(approval, f"approval.{verdict}", actor, on_behalf_of=behalf.name if behalf else "")
    if verdict == Verdict.ASK:
        notices.notify(
            user=approval.requested_by,
            text=f"{actor}就“{approval.title}”询问：{opinion.strip()}"[:400],
            url=approval.get_absolute_url(),
            kind="question",
        )
        return
    notices.finish_tasks(about=about, step=f"sign:{approval.step}", by=actor)
    key = f"{approval.about_label}:{approval.step}"
    if verdict == Verdict.RETURN:
        approval.state = ApprovalState.RETURNED
        approval.save(update_fields=["state"])
        notices.notify(
            user=approval.requested_by,
            text=f"{actor}退回“{approval.title}”：{opinion.strip()}"[:400],
            url=about.get_absolute_url(),
            kind="returned",
        )
        follow = RETURNS.get(key)
        if follow:
            follow(approval, about, actor, on)
        return
    approval.position += 1
    if approval.position < len(approval.chain):
        approval.save(update_fields=["position"])
        _ask_next(approval, about, actor)
        return
    approval.state = ApprovalState.COMPLETE
    approval.completed_on = on
    approval.save(update_fields=["position", "state", "completed_on"])
    complete = COMPLETIONS.get(key)
    if complete:
        complete(approval, about, actor, on)


def void(approval: Approval, *, reason: str, actor: Any) -> None:
    """Take an open approval back; the seats' to-dos close with it."""
    approval.state = ApprovalState.VOID
    approval.void_reason = reason
    approval.save(update_fields=["state", "void_reason"])
    notices.finish_tasks(about=matter(approval), step=f"sign:{approval.step}", by=actor)
    _record(approval, "approval.void", actor, reason=reason)
    if getattr(actor, "pk", None) != approval.requested_by_id:
        notices.notify(
            user=approval.requested_by,
            text=f"“{approval.title}”的审批已失效：{reason}",
            url=approval.get_absolute_url(),
            kind="void",
        )


def completed(about: Any, step: str) -> Approval | None:
    """The latest completed approval of a step whose content is still what the matter says; else ``None``."""
    found = Approval.objects.filter(about_id=about.pk, step=step, state=ApprovalState.COMPLETE).first()
    if found is None or found.dossier_hash != digest(dossier(about, step)):
        return None
    return found


def is_signed(about: Any, step: str) -> bool:
    """Whether the step's last approval was signed to its end, whatever the matter says since."""
    last = Approval.objects.filter(about_id=about.pk, step=step).first()
    return last is not None and last.state == ApprovalState.COMPLETE


def waiting(about: Any, *steps: str) -> list[Approval]:
    """The approvals of these steps that still wait for a seat."""
    return list(Approval.objects.filter(about_id=about.pk, step__in=steps, state=ApprovalState.OPEN))


def _require_signer(seat: str, about: Any) -> None:
    if seats.fit_holders(seat, about):
        return
    if seats.holders(seat, about):
        raise Invalid({"chain": f"{seats.seat_name(seat)}都须回避，没有可签批的人，请先指定他人行使该职责。"})
    raise Invalid({"chain": f"没有可签批的{seats.seat_name(seat)}，请系统管理员先设定。"})


def _ask_next(approval: Approval, about: Any, actor: User) -> None:
    _require_signer(approval.seat, about)
    for holder in seats.fit_holders(approval.seat, about):
        notices.open_task(
            commission_id=approval.commission_id,
            recipient=holder,
            title=f"请签批：{approval.title}",
            url=approval.get_absolute_url(),
            about=about,
            case_id=approval.case_id,
            step=f"sign:{approval.step}",
            started_by=actor,
        )


def _record(approval: Approval, action: str, actor: Any, **detail: str) -> None:
    ledger.record(
        action,
        actor=actor,
        commission_id=approval.commission_id,
        about=approval,
        case_id=approval.case_id,
        detail={"step": approval.step, "seat": approval.seat, "hash": approval.dossier_hash, **detail},
    )


__all__ = [
    "COMPLETIONS",
    "RETURNS",
    "completed",
    "differences",
    "is_signed",
    "request",
    "sign",
    "void",
    "waiting",
    "why_not",
]
