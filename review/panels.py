"""The review panel of the case workspace, and the self-check (自查): what the rules of an evaluation say of it now."""

from __future__ import annotations

from typing import Any

from cases.beside import BESIDE, Beside
from cases.models import Case
from cases.panels import PANELS, Panel
from review import selectors
from review.enums import PreReviewOpinion
from review.evaluation import indicators
from review.evaluation.examining import examine
from review.models import Evaluation
from review.ruler import drawing, ladder
from review.ruler.proposed import proposed_of, tried
from review.services.evaluation import FINISHED
from review.services.joint import unfit_seats
from review.views.ruler import overview
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.workflow import seats
from wenze.workflow.models import Approval


def review(case: Case, user: Any) -> dict[str, Any]:
    rows = list(case.adjudications.prefetch_related("adjudicators"))
    current = selectors.adjudication_of(case)
    standing = current if current is not None and current.given_on is None else None
    adjudicates = case.state in ("reported", "jointly_reviewed") and seats.sits(user, Role.TRIAL, case)
    fired = selectors.fired_on(case)
    joint = selectors.joint_review_of(case)
    asked = selectors.pre_review_of(case)
    supervises = seats.sits(user, Role.CASEMGMT, case)
    signing = Approval.objects.filter(about_id=case.pk, step="request_pre_review", state="open").exists()
    return {
        "triggers": fired,
        "joint_reviews": case.joint_reviews.select_related("convened_by"),
        "may_convene": case.state == "reported"
        and any(each.key_case for each in fired)
        and seats.sits(user, Role.CONDUCT, case)
        and (joint is None or joint.concluded_on is not None or bool(not joint.is_open and unfit_seats(joint))),
        "adjudications": rows,
        "may_accept": adjudicates and standing is None,
        "may_give": adjudicates and standing is not None and any(p.pk == user.pk for p in standing.adjudicators.all()),
        "pre_reviews": case.pre_reviews.select_related("reviewing", "request", "answer"),
        "may_ask": supervises and case.state == "deliberated" and bool(fired) and asked is None and not signing,
        "waits_for_signature": signing,
        "may_receive": supervises and case.state == "deliberated" and asked is not None and asked.given_on is not None,
        "takes_over": asked is not None and asked.opinion == PreReviewOpinion.TAKE_OVER,
        "unfollowed": selectors.unfollowed(case),
        "may_depart": supervises
        and case.state in ("deliberated", "pre_reviewed")
        and asked is not None
        and (asked.departure_asked_on is None or asked.consented_on is not None),
    }


PANELS.register("review", Panel("review", "审核", "review/panel.html", review, content=True), order=100)


def ruler(case: Case, user: Any) -> dict[str, Any]:
    return overview(case, user)


def ruler_beside(case: Case, user: Any, subject: Any) -> dict[str, Any]:
    """The ruler beside a form: for one subject his picture, before there is a proposal too; else the lines of the case."""
    if subject is None:
        return overview(case, user)
    found = proposed_of(case, [subject])
    item = found[0] if found else tried(case, subject, "", ())
    reading = ladder.read(item.profile, ladder.scope_of(case.commission), apart=ladder.own_rows(case.pk))
    return {"reading": reading, "picture": drawing.of_reading(reading, item.heaviest), "subject": subject}


PANELS.register("ruler", Panel("ruler", "类案", "review/ruler/panel.html", ruler, content=True), order=85)
BESIDE.register("ruler", Beside(("proposal", "report", "deliberation"), "review/ruler/beside.html", ruler_beside))


def self_check(case: Case, user: Any) -> dict[str, Any]:
    """Everything that the automatic rules find now, by phase; it blocks nothing."""
    edition = indicators.edition_on(clock.today())
    found = examine([case.pk], on=clock.today())[case.pk]
    rows: list[dict[str, Any]] = [
        {"item": edition.rules[each.rule.code], "text": each.flaw.text, "url": case.panel_url(each.rule.panel)}
        for each in found
        if each.rule.code in edition.rules
    ]
    return {
        "phases": [
            {"name": phase.name, "rows": [row for row in rows if row["item"].indicator.phase == phase.code]}
            for phase in edition.phases
        ],
        "found": len(rows),
        "edition": edition,
        "evaluations": Evaluation.objects.visible_to(user).filter(case=case),
        "may_evaluate": case.state in FINISHED and user.holds(Role.TRIAL),
    }


PANELS.register(
    "self-check", Panel("self-check", "自查", "review/self_check.html", self_check, content=True), order=105
)
