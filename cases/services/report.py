"""The proposed outcomes and the report with its seven parts (条例第十、十一条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases import composing, outcomes
from cases.models import Case, Proposal, Report
from cases.services.initiation import request_signatures
from cases.services.investigation import record, working_case
from cases.services.moving import require_seat, take_case_step
from wenze.errors import Invalid, Stale
from wenze.workflow import approvals

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Mapping

    from wenze.people.models import User
    from wenze.workflow.models import Approval


@transaction.atomic
def propose(
    *, case_id: uuid.UUID, subject_id: uuid.UUID, outcome: str, actor: User, on: dt.date, **more: Any
) -> Proposal:
    """Draft the outcome proposed for a subject; ``more`` are the fields of ``outcomes.Draft``.

    Raises ``Invalid`` with every measure that is unlawful for him and all that is still to be filled in.
    """
    case = working_case(case_id, actor)
    subject = case.subjects.pursued().select_related(*outcomes.READ).get(pk=subject_id)
    draft = outcomes.Draft(outcome=outcome, **more)
    if wrong := outcomes.wrong_in(subject, draft, on=on):
        raise Invalid(wrong)
    row = outcomes.write(subject, draft, actor=actor, on=on)
    record(case, "outcome.proposed", row, actor, subject=subject.name, outcome=outcome, measures=list(draft.measures))
    return row


@transaction.atomic
def write_report(
    *,
    case_id: uuid.UUID,
    parts: Mapping[str, str],
    discussed_on: dt.date | None,
    discussed_by: str,
    discussion: str,
    actor: User,
    on: dt.date,
) -> Report:
    """Write a new version of the report; earlier versions stay, so that differences can be shown."""
    case = working_case(case_id, actor)
    if discussed_on is not None and discussed_on > on:
        raise Invalid({"discussed_on": "集体讨论日不能晚于今日。"})
    last = case.reports.aggregate(last=Max("version"))["last"] or 0
    report = Report.objects.create(
        case=case,
        version=last + 1,
        **{part: parts.get(part, "").strip() for part in Report.PARTS},
        discussed_on=discussed_on,
        discussed_by=discussed_by.strip(),
        discussion=discussion.strip(),
        written_by=actor,
        written_on=on,
        composed=composing.marks_of(case),
    )
    record(case, "report.written", report, actor, version=report.version)
    return report


@transaction.atomic
def sign_report(*, case_id: uuid.UUID, signed_by: str, actor: User, on: dt.date, version: int | None = None) -> Report:
    """The leader and those concerned have signed the report on paper (组长及有关人员签名).

    ``version`` is the one that the page showed. Raises ``Stale`` where another was written since, ``Invalid`` where what
    the report says of the case is no longer so.
    """
    case = working_case(case_id, actor)
    require_seat(case, actor, "team_leader")
    report: Report | None = case.reports.order_by("-version").first()
    if report is None or report.returned_on is not None:
        raise Invalid(
            {"signed_by": "尚无调查报告。" if report is None else f"第{report.version}版已被退回，请先写新一版。"}
        )
    if version is not None and version != report.version:
        raise Stale(f"您打开的是第{version}版，报告已有第{report.version}版，请核对后再签名。")
    if moved := composing.moved_since(report):
        raise Invalid({"signed_by": f"报告写成后，{'、'.join(moved)}所据的内容有变动，请先写新一版再签名。"})
    names = {name.strip() for name in signed_by.replace("，", "、").replace(",", "、").split("、") if name.strip()}
    absent = [
        m.user.name for m in case.team.filter(until_on__isnull=True).select_related("user") if m.user.name not in names
    ]
    if absent:
        raise Invalid({"signed_by": f"还缺{'、'.join(absent)}的签名。"})
    known = set(case.team.values_list("user__name", flat=True))
    if strangers := sorted(names - known):
        raise Invalid({"signed_by": f"{'、'.join(strangers)}不是本案调查组人员。"})
    report.signed_by, report.signed_on = "、".join(sorted(names)), on
    report.save(update_fields=["signed_by", "signed_on"])
    record(case, "report.signed", report, actor, names=sorted(names))
    return report


@transaction.atomic
def submit_report(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Put the report before its chain: team leader, head, leader in charge. ``Refused`` names all that is missing."""
    case = working_case(case_id, actor)
    if case.suspensions.filter(approved_on__isnull=False, resumed_on__isnull=True).exists():
        raise Stale("调查期限已经中止，请先恢复，再报审批。")
    return request_signatures(case, "approve_report", f"调查报告：{case}", actor=actor, on=on)


def report_on_signature(approval: Approval, case: Case, actor: User, on: dt.date) -> None:
    """The leader in charge has signed: the case is reported."""
    take_case_step(case_id=case.pk, code="approve_report", actor=actor, on=on, approval=approval)


approvals.COMPLETIONS.register("cases.Case:approve_report", report_on_signature)
