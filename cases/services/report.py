"""The proposed outcomes and the report with its seven parts (条例第十、十一条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases import outcomes
from cases.models import Case, Proposal, Report
from cases.services.initiation import request_signatures
from cases.services.investigation import record, working_case
from cases.services.moving import require_seat, take_case_step
from wenze.errors import Invalid
from wenze.law import cite
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


def compose_report(case: Case) -> dict[str, str]:
    """The seven parts of 条例第十一条 composed from the data; the team edits them before it signs."""
    subjects = list(case.subjects.pursued().select_related(*outcomes.READ, "hearing"))
    people = []
    for subject in subjects:
        if subject.cadre:
            born = f"，{subject.cadre.born_on:%Y年%-m月}出生" if subject.cadre.born_on else ""
            people.append(
                f"{subject.name}，{subject.cadre.gender}{born}，{subject.cadre.get_party_membership_display()}，"
                f"行为时任{subject.post_at_the_time}。"
            )
        else:
            people.append(f"{subject.name}。")
    facts = [
        f"{fact.get_kind_display()}：{fact.text}（{'、'.join(f'证{piece.serial}' for piece in fact.evidence.all()) or '无证据'}）"
        for fact in case.facts.standing().prefetch_related("evidence")
    ]
    facts += [
        f"{subject.name}：{item.duty.text if item.duty else item.outside_list}；{item.reasoning}，负{item.get_tier_display()}"
        f"（{item.get_power_display()}、{item.get_liability_display()}、{item.get_failure_display()}）。"
        for subject in subjects
        for item in subject.attributions.standing().select_related("duty")
    ]
    attitude = []
    for subject in subjects:
        hearing = getattr(subject, "hearing", None)
        if hearing is not None and hearing.met_on:
            answers = [
                f"第{p.position}点{'采纳' if p.adopted else '不采纳'}（{p.answer}）" for p in hearing.points.all()
            ]
            attitude.append(
                f"{hearing.met_on:%Y年%-m月%-d日}与{subject.name}见面，签署意见：{hearing.get_opinion_display()}。"
                + "".join(answers)
            )
    opinions = [
        f"{subject.name}：{proposal.get_outcome_display()}{'（' + '、'.join(told) + '）' if (told := outcomes.in_words(proposal)) else ''}。{proposal.reason}"
        for subject in subjects
        if (proposal := getattr(subject, "proposal", None))
    ]
    team = "、".join(str(member) for member in case.team.filter(until_on__isnull=True).select_related("user"))
    return {
        "respondents": "\n".join(people),
        "basis": f"根据{cite('TL', 9)}，经本机关主要负责人于{case.approved_on:%Y年%-m月%-d日}批准启动调查。"
        if case.approved_on
        else "",
        "course": f"调查组由{team}组成，调取证据{case.evidence.filter(withdrawn_on__isnull=True).count()}件。",
        "facts": "\n".join(facts),
        "attitude": "\n".join(attitude),
        "opinion": "\n".join(opinions),
        "legal_basis": f"{cite('TL', 6)}、{cite('TL', 7)}、{cite('TL', 8)}。",
    }


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
    )
    record(case, "report.written", report, actor, version=report.version)
    return report


@transaction.atomic
def sign_report(*, case_id: uuid.UUID, signed_by: str, actor: User, on: dt.date) -> Report:
    """The leader and those concerned have signed the report on paper (组长及有关人员签名)."""
    case = working_case(case_id, actor)
    require_seat(case, actor, "team_leader")
    report: Report | None = case.reports.order_by("-version").first()
    if report is None:
        raise Invalid({"signed_by": "尚无调查报告。"})
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
    return request_signatures(case, "approve_report", f"调查报告：{case}", actor=actor, on=on)


def report_on_signature(approval: Approval, case: Case, actor: User, on: dt.date) -> None:
    """The leader in charge has signed: the case is reported."""
    take_case_step(case_id=case.pk, code="approve_report", actor=actor, on=on, approval=approval)


approvals.COMPLETIONS.register("cases.Case:approve_report", report_on_signature)
