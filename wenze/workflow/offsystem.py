"""Approvals by an authority that never logs in (条例 9、12): request, enter the instruction, a second person checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.people.models import User
from wenze.workflow.dossier import digest, dossier
from wenze.workflow.models import OffSystemApproval, OffSystemResult

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.core.files.uploadedfile import UploadedFile

    from wenze.documents.models import OfficialDocument
    from wenze.people.models import Organization


def request(
    *,
    about: Any,
    step: str,
    authority: Organization,
    covers: list[str],
    document: OfficialDocument,
    actor: User,
    on: dt.date,
) -> OffSystemApproval:
    """Record that a request (D04) went out; the Party committee's office gets it as a to-do, if it has accounts."""
    shown = dossier(about, step)
    with transaction.atomic():
        row = OffSystemApproval.objects.create(
            commission_id=about.commission_id,
            about_label=about._meta.label,
            about_id=about.pk,
            case_id=getattr(about, "ledger_case_id", None),
            step=step,
            authority=authority,
            covers=covers,
            request=document,
            requested_by=actor,
            requested_on=on,
            dossier=shown,
            dossier_hash=digest(shown),
        )
        _record(row, "offsystem.request", actor)
        for clerk in clerks_of(row):
            _todo(row, clerk, "enter_instruction", f"录入批示：{document.title}", actor)
    return row


def clerks_of(row: OffSystemApproval) -> list[User]:
    """The accounts of the authority's office: any of them enters, another checks."""
    today = clock.today()
    return list(
        User.objects.filter(
            is_active=True,
            role_assignments__role=Role.PARTY_COMMITTEE,
            role_assignments__organization_id=row.authority_id,
            role_assignments__from_on__lte=today,
            role_assignments__confirmed_at__isnull=False,
        ).distinct()
    )


def may_enter(row: OffSystemApproval, user: User) -> bool:
    """A clerk of the authority; or case supervision of the commission, where the authority has no accounts."""
    if clerks_of(row):
        return user.holds(Role.PARTY_COMMITTEE, row.authority_id)
    return user.holds(Role.CASEMGMT) and user.commission_id == row.commission_id


def enter(
    *,
    approval_id: uuid.UUID,
    result: str,
    approver_name: str,
    by_meeting: bool,
    approved_on: dt.date,
    instruction: str,
    scan: UploadedFile[Any] | None,
    key: Any,
    actor: User,
    on: dt.date,
) -> OffSystemApproval:
    """Enter what the instruction says, with its scan. Entering again before the check replaces it; after it: ``Stale``."""
    with transaction.atomic():
        row = OffSystemApproval.objects.select_for_update().get(pk=approval_id)
        if row.checked_by_id is not None:
            raise Stale("该批示已经核对，不能再改。")
        if not may_enter(row, actor):
            raise NotYours("批示由批准机关的办公室或者案件监督管理室录入。")
        wrong: dict[str, str] = {}
        if not approver_name.strip():
            wrong["approver_name"] = "请填写批准人姓名。"
        if approved_on > on:
            wrong["approved_on"] = "批准日不能晚于今日。"
        if approved_on < row.requested_on:
            wrong["approved_on"] = f"批准日不能早于请示日（{row.requested_on.isoformat()}）。"
        if scan is None and row.scan_id is None:
            wrong["scan"] = "请附批件扫描件（PDF 或图片）。"
        if wrong:
            raise Invalid(wrong)
        row.result = OffSystemResult(result)
        row.approver_name, row.by_meeting = approver_name.strip(), by_meeting
        row.approved_on, row.instruction = approved_on, instruction.strip()
        if scan is not None:
            row.scan = files.seal(
                scan,
                key=key,
                name=scan.name or "批件",
                commission_id=row.commission_id,
                content_type=scan.content_type or "",
            )
        row.entered_by = actor
        row.save()
        _record(row, "offsystem.enter", actor, result=row.result, approved_on=approved_on.isoformat())
        notices.finish_tasks(about=row, step="enter_instruction", by=actor)
        for clerk in clerks_of(row):
            if clerk.pk != actor.pk:
                _todo(row, clerk, "check_instruction", f"核对批示：{row.request.title}", actor)
    return row


def check(*, approval_id: uuid.UUID, actor: User, on: dt.date) -> OffSystemApproval:
    """A second person has compared the entry with the scan. Raises ``NotYours`` for the one who entered it."""
    with transaction.atomic():
        row = OffSystemApproval.objects.select_for_update().get(pk=approval_id)
        if row.checked_by_id is not None:
            if row.checked_by_id == actor.pk:
                return row
            raise Stale("该批示已由他人核对。")
        if row.entered_by_id is None:
            raise Invalid({"result": "批示尚未录入。"})
        if row.entered_by_id == actor.pk:
            raise NotYours("录入人不能核对自己录入的批示，请另一人核对。")
        if not may_enter(row, actor):
            raise NotYours("批示由批准机关的办公室或者案件监督管理室核对。")
        row.checked_by, row.checked_at = actor, clock.now()
        row.save(update_fields=["checked_by", "checked_at"])
        _record(row, "offsystem.check", actor, result=row.result, on=on.isoformat())
        notices.finish_tasks(about=row, step="check_instruction", by=actor)
        notices.notify(
            user=row.requested_by,
            text=f"{row.authority}对“{row.request.title}”的批示已录入并核对：{row.get_result_display()}。",
            url=row.request.get_absolute_url(),
            kind="offsystem",
        )
    return row


def waiting_for(about: Any, step: str) -> OffSystemApproval | None:
    """The request that went out on exactly what the matter still says and whose answer is not checked yet."""
    now = digest(dossier(about, step))
    rows = OffSystemApproval.objects.filter(about_id=about.pk, step=step, checked_by__isnull=True, dossier_hash=now)
    return rows.order_by("-pk").first()


def in_force(about: Any, step: str) -> list[OffSystemApproval]:
    """The checked approvals of a step that say yes, on what the matter still says.

    The authority's last word counts: what it declined after it had approved, for one of the same subjects, is not approved.
    """
    now = digest(dossier(about, step))
    standing: list[OffSystemApproval] = []
    for row in OffSystemApproval.objects.filter(about_id=about.pk, step=step, checked_by__isnull=False).order_by("pk"):
        standing = [older for older in standing if not set(older.covers) & set(row.covers)]
        if row.result == OffSystemResult.APPROVED and row.dossier_hash == now:
            standing.append(row)
    return standing


def _todo(row: OffSystemApproval, clerk: User, step: str, title: str, actor: User) -> None:
    notices.open_task(
        commission_id=row.commission_id,
        recipient=clerk,
        title=title,
        url=row.get_absolute_url(),
        about=row,
        case_id=row.case_id,
        step=step,
        started_by=actor,
    )


def _record(row: OffSystemApproval, action: str, actor: User, **detail: str) -> None:
    ledger.record(
        action,
        actor=actor,
        commission_id=row.commission_id,
        about=row,
        case_id=row.case_id,
        detail={"step": row.step, "authority": row.authority.name, "hash": row.dossier_hash, **detail},
    )
