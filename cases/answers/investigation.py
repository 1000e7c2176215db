"""Answers to the gates of the investigation and its report (条例第十、十一条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import chain, composing, gates, outcomes, selectors, tolerance
from cases.enums import SignedOpinion
from cases.history import organizations_of_case, served_there
from cases.models import Attribution, Case, DefencePoint, Report, Subject
from cases.models.hearing import part_name
from tolerance.enums import ClaimState
from wenze.documents import services as documents
from wenze.workflow import approvals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wenze.workflow.procedure import Occasion


@gates.ALL_INITIATED.answered_by
def batch_awaits_approval(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in case.subjects.awaiting_initiation().select_related("cadre", "organization"):
        yield f"{subject.name}的补充启动尚未批准"


@gates.TEAM_OF_TWO.answered_by
def team_incomplete(case: Case, occasion: Occasion) -> Iterator[str]:
    team = list(case.team.filter(until_on__isnull=True).select_related("user"))
    if len(team) < 2:  # noqa: PLR2004 -- 两人以上
        yield f"现有{len(team)}人"
    if not any(member.is_leader for member in team):
        yield "没有组长"
    recused = set(case.recusals.values_list("user_id", flat=True))
    for member in team:
        if not member.statement.strip():
            yield f"{member.user}没有作回避声明"
        if member.user_id in recused:
            yield f"{member.user}应当回避"
    if served := served_there((member.user for member in team), organizations_of_case(case)):
        yield served


@gates.PLAN_APPROVED.answered_by
def plan_not_approved(case: Case, occasion: Occasion) -> Iterator[str]:
    plan = getattr(case, "plan", None)
    if plan is None:
        yield "尚未拟调查方案"
    elif plan.approved_on is None:
        yield "方案尚待分管领导批准"


def _subjects(case: Case) -> list[Subject]:
    return list(
        case.subjects.investigated().select_related(
            "cadre", "organization", "post", "case", "hearing", "tolerance_claim"
        )
    )


@gates.FACT_STATEMENT_ISSUED.answered_by
def fact_statement_not_issued(case: Case, occasion: Occasion) -> Iterator[str]:
    issued = documents.subjects_with("D09", about=case)
    for subject in _subjects(case):
        if subject.pk not in issued:
            yield f"{subject.name}尚未送事实材料"
    late = composing.unshown_to(case)
    for subject in _subjects(case):
        if lines := late.get(subject.pk):
            yield f"送{subject.name}的事实材料之后又有{len(lines)}项认定（{lines[0][:20]}…），须另送其核对并再次见面"


@gates.HEARD.answered_by
def subjects_not_heard(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in _subjects(case):
        hearing = getattr(subject, "hearing", None)
        if hearing is None or hearing.met_on is None:
            yield f"{subject.name}尚未见面"
        elif not hearing.statement.strip():
            yield f"{subject.name}的陈述没有记录"


@gates.OPINION_SIGNED.answered_by
def opinion_not_signed(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in _subjects(case):
        hearing = getattr(subject, "hearing", None)
        if hearing is None or not hearing.opinion:
            yield f"{subject.name}尚未签署意见"
        elif hearing.opinion == SignedOpinion.REFUSED and not hearing.refusal_explanation.strip():
            yield f"{subject.name}拒签，调查组尚未注明"


@gates.DEFENCE_ANSWERED.answered_by
def defence_not_answered(case: Case, occasion: Occasion) -> Iterator[str]:
    points = DefencePoint.objects.filter(hearing__subject__case=case).select_related(
        "hearing__subject__cadre", "hearing__subject__organization"
    )
    for point in points:
        if point.adopted is None:
            yield f"{point.hearing.subject.name}的第{point.position}点申辩没有答复"
        elif not point.adopted and not point.answer.strip():
            yield f"{point.hearing.subject.name}的第{point.position}点申辩不采纳而无理由"
    for subject in _subjects(case):
        hearing = getattr(subject, "hearing", None)
        if hearing is not None and hearing.opinion == SignedOpinion.DISPUTED and not hearing.points.exists():
            yield f"{subject.name}有异议，申辩要点没有记录"


@gates.FOUR_FACTS_STAND.answered_by
def facts_missing(case: Case, occasion: Occasion) -> list[str]:
    return [f"没有{kind}" for kind in selectors.fact_kinds_missing(case)]


@gates.FACTS_ON_EVIDENCE.answered_by
def facts_bare(case: Case, occasion: Occasion) -> list[str]:
    bare = [f"“{fact.text[:20]}”没有证据" for fact in selectors.facts_without_evidence(case)]
    return bare + [f"情节“{row.text[:20]}”没有证据" for row in selectors.circumstances_without_evidence(case)]


@gates.RESPONSIBILITY_ATTRIBUTED.answered_by
def subjects_without_attribution(case: Case, occasion: Occasion) -> list[str]:
    bare = (
        case.subjects.investigated()
        .exclude(attributions__in=Attribution.objects.standing())
        .select_related("cadre", "organization")
    )
    return [f"{subject.name}没有责任认定" for subject in bare]


@gates.CHAIN_CLOSED.answered_by
def chain_broken(case: Case, occasion: Occasion) -> list[str]:
    return [item.text for item in chain.open_breaks_of(case) if item.gate == gates.CHAIN_CLOSED.code]


@gates.TOLERANCE_ANSWERED.answered_by
def filings_unanswered(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in _subjects(case):
        for filing in tolerance.unanswered_of(subject):
            yield f"{subject.name}的备案{filing.number or filing.title}没有书面答复"
        claim = getattr(subject, "tolerance_claim", None)
        if claim is not None and claim.state != ClaimState.ANSWERED:
            yield f"{subject.name}的容错申请{claim.get_state_display()}，尚未反馈"


@gates.TOLERANCE_WEIGHED.answered_by
def tolerance_not_weighed(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in _subjects(case):
        yield from tolerance.weighing_gaps(subject)


@gates.PROPOSALS_LAWFUL.answered_by
def proposals_missing_or_unlawful(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in case.subjects.investigated().select_related(*outcomes.READ):
        yield from outcomes.faults_in(subject, getattr(subject, "proposal", None), on=occasion.on)


def _report(case: Case) -> Report | None:
    """The report that stands: the last version, unless a later step returned it."""
    last: Report | None = case.reports.order_by("-version").first()
    return last if last is not None and last.returned_on is None else None


@gates.REPORT_COMPLETE.answered_by
def report_parts_missing(case: Case, occasion: Occasion) -> Iterator[str]:
    report = _report(case)
    if report is None:
        last = case.reports.order_by("-version").first()
        yield f"第{last.version}版已于{last.returned_on:%Y-%m-%d}被退回，须写新一版" if last else "尚无调查报告"
        return
    for part in Report.PARTS:
        if not getattr(report, part).strip():
            yield f"缺“{part_name(part)}”"


UNSETTLED = (
    batch_awaits_approval, fact_statement_not_issued, subjects_not_heard, opinion_not_signed, defence_not_answered,
    facts_missing, facts_bare, subjects_without_attribution, chain_broken, filings_unanswered, tolerance_not_weighed,
    proposals_missing_or_unlawful,
)  # fmt: skip
"""Where one of these still has something to say, what the report is to say is not settled either."""


@gates.REPORT_CURRENT.answered_by
def report_behind_its_data(case: Case, occasion: Occasion) -> Iterator[str]:
    """Told once the findings are settled: before, each gap is named by its own gate, and closing it changes them again."""
    report = _report(case)
    moved = composing.moved_since(report) if report is not None else []
    if moved and not any(any(True for _ in question(case, occasion)) for question in UNSETTLED):
        yield f"第{report.version if report else 1}版写成后，{'、'.join(moved)}所据的内容有变动，须写新一版并重新签名"


@gates.DISCUSSED_COLLECTIVELY.answered_by
def not_discussed(case: Case, occasion: Occasion) -> Iterator[str]:
    report = _report(case)
    if report is None or report.discussed_on is None or not report.discussion.strip():
        yield "没有集体讨论记录"


@gates.REPORT_SIGNED.answered_by
def report_not_signed(case: Case, occasion: Occasion) -> Iterator[str]:
    report = _report(case)
    if report is None or report.signed_on is None:
        yield "组长和有关人员尚未签名"
        return
    signed = set(report.signed_by.split("、"))
    members = case.team.filter(until_on__isnull=True).order_by("pk").values_list("user__name", flat=True)
    if unsigned := [name for name in members if name not in signed]:
        yield f"{'、'.join(unsigned)}后来进组，尚未签名"


@gates.REPORT_APPROVED.answered_by
def report_not_approved(case: Case, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(case, "approve_report") is None:
        yield "尚未签完"
