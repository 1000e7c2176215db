"""The panels of this room, in the order of the work."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.db.models import Prefetch

from cases import composing, outcomes, selectors
from cases.answers.initiation import missing_in_batch
from cases.chain import breaks_of
from cases.drawing import picture
from cases.enums import CaseState, FactKind, Power
from cases.known import known_to
from cases.models import Case, CaseContent, InterimMeasure
from cases.panels import PANELS, Panel
from cases.services.interim import BEFORE_DECISION
from cases.services.redress import AFTER_DECISION
from cases.versions import changes_between
from cases.views.facts import history_of
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.documents.models import OfficialDocument
from wenze.law import measure_name
from wenze.terms.selectors import clocks_of_case
from wenze.workflow import seats
from wenze.workflow.models import Approval, OffSystemApproval
from wenze.workflow.procedure import Occasion


def _subjects(case: Case) -> Any:
    return case.subjects.select_related("cadre", "organization", "post")


def subjects(case: Case, user: Any) -> dict[str, Any]:
    investigating = case.state == CaseState.INVESTIGATING
    now = Occasion(user, clock.today())
    works = seats.sits(user, "handler", case) or seats.sits(user, "team_leader", case)
    return {
        "subjects": _subjects(case)
        .select_related("filed_review_at", "supplement")
        .prefetch_related(Prefetch("interim_measures", InterimMeasure.objects.visible_to(user))),
        "may_tell_interim": case.state in BEFORE_DECISION and (works or seats.sits(user, Role.CASEMGMT, case)),
        "clues": case.clues.all(),
        "batches": [
            {"row": row, "missing": [] if row.approved_on else missing_in_batch(row, now, signing=True)}
            for row in case.supplements.prefetch_related("subjects__cadre", "subjects__organization")
            if row.subjects.all()  # an empty one was taken back
        ],
        "may_change": investigating and works,
        "suspended": case.suspensions.filter(approved_on__isnull=False, resumed_on__isnull=True).first(),
    }


def facts(case: Case, user: Any) -> dict[str, Any]:
    rows = list(
        case.facts.standing().prefetch_related(
            "evidence", "findings__subject__cadre", "findings__subject__organization"
        )
    )
    groups = [
        {"kind": kind, "label": kind.label, "facts": [row for row in rows if row.kind == kind]} for kind in FactKind
    ]
    bare = {row.pk for row in selectors.facts_without_evidence(case)}
    single = {row.pk for row in selectors.facts_on_one_piece(case)}
    return {"groups": groups, "bare": bare, "single": single}


def evidence(case: Case, user: Any) -> dict[str, Any]:
    return {
        "evidence": case.evidence.select_related("taker", "file").prefetch_related("facts"),
        "talks": case.talks.select_related("talker", "evidence"),
    }


def responsibility(case: Case, user: Any) -> dict[str, Any]:
    attributions = [
        item
        for subject in _subjects(case).prefetch_related(
            "attributions__duty", "attributions__event", "attributions__fact"
        )
        for item in subject.attributions.all()
        if item.withdrawn_on is None
    ]
    return {
        "known": known_to(case, user),
        "trail": case.trail.standing().prefetch_related("evidence"),
        "lanes": [
            {"label": power.label, "items": [item for item in attributions if item.power == power]} for power in Power
        ],
        "attributions": attributions,
        "breaks": breaks_of(case),
        "explained": {row.code: row for row in case.break_explanations.select_related("explained_by")},
        "circumstances": [
            item
            for subject in _subjects(case).prefetch_related("circumstances")
            for item in subject.circumstances.all()
        ],
    }


def chain(case: Case, user: Any) -> dict[str, Any]:
    return {**picture(case), "breaks": breaks_of(case)}


def hearing(case: Case, user: Any) -> dict[str, Any]:
    subjects = list(_subjects(case).investigated().select_related("hearing").prefetch_related("hearing__points"))
    late = composing.unshown_to(case) if case.state == CaseState.INVESTIGATING else {}
    for subject in subjects:
        subject.unshown = late.get(subject.pk, [])
    return {"subjects": subjects}


def proposal(case: Case, user: Any) -> dict[str, Any]:
    rows = []
    for subject in case.subjects.pursued().select_related(*outcomes.READ):
        drafted = getattr(subject, "proposal", None)
        rows.append(
            {"subject": subject, "proposal": drafted, "measures": outcomes.in_words(drafted) if drafted else []}
        )
    return {"rows": rows}


def report(case: Case, user: Any) -> dict[str, Any]:
    versions = list(case.reports.select_related("written_by"))
    latest = versions[0] if versions else None
    parts = (
        [(latest._meta.get_field(part).verbose_name, getattr(latest, part)) for part in latest.PARTS] if latest else []
    )
    pairs = [
        {"before": before, "after": after, "changes": changes_between(before, after)}
        for after, before in pairwise(versions)
    ]
    working = latest is not None and case.state == CaseState.INVESTIGATING
    moved = composing.moved_since(latest) if latest is not None and working else []
    return {"versions": versions, "latest": latest, "parts": parts, "pairs": pairs, "moved": moved}


def team(case: Case, user: Any) -> dict[str, Any]:
    return {
        "members": case.team.select_related("user"),
        "plan": getattr(case, "plan", None),
        "recusals": case.recusals.select_related("user", "decided_by"),
        "may_appoint": case.state != CaseState.CLOSED and seats.sits(user, Role.HEAD, case),
        "on_team": case.team.filter(user=user, until_on__isnull=True).first(),
    }


def deliberation(case: Case, user: Any) -> dict[str, Any]:
    return {"meetings": case.deliberations.prefetch_related("views")}


def decision(case: Case, user: Any) -> dict[str, Any]:
    rows = []
    sent = case.dispatches.select_related("subject__cadre", "subject__organization", "to_organization", "document")
    for subject in (
        case.subjects.pursued()
        .select_related("cadre", "organization", "decision__document")
        .prefetch_related("decision__measures")
    ):
        made = getattr(subject, "decision", None)
        measures = (
            [
                {"name": ("建议" if m.proposed_only else "") + measure_name(m.code.removeprefix("propose:")), "row": m}
                for m in made.measures.all()
            ]
            if made
            else []
        )
        rows.append({"subject": subject, "decision": made, "measures": measures})
    return {"rows": rows, "dispatches": sent.prefetch_related("decisions")}


def redress(case: Case, user: Any) -> dict[str, Any]:
    related = ("decision__subject__cadre", "decision__subject__organization", "document")
    return {
        "appeals": case.appeals.select_related(*related),
        "corrections": case.corrections.select_related(*related),
        "may_file": case.state in AFTER_DECISION and seats.sits(user, Role.CASEMGMT, case),
        "decided": case.subjects.filter(decision__outcome="accountable").select_related("cadre", "organization"),
    }


def approvals(case: Case, user: Any) -> dict[str, Any]:
    return {
        "approvals": Approval.objects.visible_to(user).filter(case_id=case.pk).prefetch_related("signatures__signer"),
        "instructions": OffSystemApproval.objects.filter(case_id=case.pk).select_related("authority", "request"),
    }


def documents(case: Case, user: Any) -> dict[str, Any]:
    return {"documents": OfficialDocument.objects.filter(case_id=case.pk)}


def history(case: Case, user: Any) -> dict[str, Any]:
    reads = CaseContent.objects.visible_to(user).filter(pk=case.pk).exists()
    return {"history": history_of(case, with_words=reads), "all_clocks": clocks_of_case(case.pk)}


def _panel(code: str, title: str, context: Any, order: int, *, content: bool = False, count: Any = None) -> None:
    PANELS.register(
        code, Panel(code, title, f"cases/panels/{code}.html", context, content=content, count=count), order=order
    )


_panel("facts", "四个事实", facts, 10, content=True)
_panel("evidence", "证据", evidence, 20, content=True, count=lambda case: case.evidence.count())
_panel("responsibility", "责任认定", responsibility, 30, content=True)
_panel("chain", "链条图", chain, 35, content=True)
_panel("subjects", "对象", subjects, 40, count=lambda case: case.subjects.count())
_panel("team", "调查组", team, 50)
_panel("hearing", "见面", hearing, 70, content=True)
_panel("proposal", "拟处理", proposal, 80, content=True)
_panel("report", "报告", report, 90, content=True)
_panel("deliberation", "集体研究", deliberation, 110, content=True)
_panel("decision", "决定", decision, 120, content=True)
_panel(
    "redress",
    "申诉和纠正",
    redress,
    125,
    content=True,
    count=lambda case: case.appeals.count() + case.corrections.count(),
)
_panel("approvals", "审批", approvals, 140)
_panel("documents", "文书", documents, 150, content=True)
_panel("history", "记录", history, 160)
