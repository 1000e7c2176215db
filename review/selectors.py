"""Which triggers fire on a case, and on whom (law.md §7.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cases.enums import SignedOpinion
from tolerance import selectors as tolerance
from wenze.law import data, measures
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization

if TYPE_CHECKING:
    from cases.models import Case
    from review.models import JointReview, PreReview, PreReviewChange


LIGHT = ("accountability", "first_form")
"""Measures below 组织处理: they alone do not escalate a case."""


@dataclass(frozen=True)
class Fired:
    """A trigger, on whom it fired, and whether it makes the case a key case (联审) as well."""

    code: str
    text: str
    on: str
    key_case: bool = True


def fired_on(case: Case) -> list[Fired]:
    """Every trigger of 提级预审 that fires on the case as it stands now."""
    told = data.review_settings()
    subjects = list(case.subjects.pursued().select_related("cadre", "organization", "post", "hearing", "proposal"))
    found: list[Fired] = []
    key = [s.name for s in subjects if s.post is not None and s.post.is_key]
    if key:
        found.append(Fired("key_post", "①重要岗位", "、".join(key)))
    if case.field in told["key_fields"]:
        found.append(Fired("key_field", "②重点领域", "本案"))
    if case.public_attention:
        found.append(Fired("public_attention", "③社会关注度高", "本案"))
    if case.is_sensitive:
        found.append(Fired("sensitive", "④敏感问题", "本案"))
    if case.situation == "S11":
        found.append(Fired("catch_all", "⑤拟用兜底情形", "本案"))
    heavy = [
        s.name
        for s in subjects
        if (p := getattr(s, "proposal", None)) is not None
        and any(measures()[code.removeprefix("propose:")].kind not in LIGHT for code in p.measures)
    ]
    if heavy and told["organizational_and_above"]:
        found.append(Fired("heavy_measure", "⑥拟给组织处理以上", "、".join(heavy)))
    cadres = [s.name for s in subjects if s.cadre_id]
    if len(cadres) >= told["many_subjects"]:
        found.append(Fired("many_subjects", f"⑦一次问责{len(cadres)}人", "、".join(cadres)))
    filed = [
        s.name
        for s in subjects
        if tolerance.filings_of(cadre_id=s.cadre_id, organization_id=s.organization_id).exists()
    ]
    if filed:
        found.append(Fired("tolerance", "⑧有容错备案", "、".join(filed), key_case=False))
    objecting = [
        s.name
        for s in subjects
        if (h := getattr(s, "hearing", None)) is not None
        and h.opinion in (SignedOpinion.DISPUTED, SignedOpinion.REFUSED)
    ]
    if objecting and told.get("objection", True):
        found.append(Fired("objection", "⑨对象有重大异议", "、".join(objecting), key_case=False))
    if case.superior_order:
        found.append(Fired("superior_order", "⑩上级交办督办", case.superior_order))
    return found


def proposes_sanction(case: Case) -> bool:
    """Whether a discipline or administrative sanction is proposed for somebody."""
    return any(
        measures()[code.removeprefix("propose:")].kind in ("discipline", "administrative")
        for subject in case.subjects.pursued().select_related("proposal")
        if (p := getattr(subject, "proposal", None)) is not None
        for code in p.measures
    )


def report_version(case: Case) -> int:
    """The version of the report that the reviews look at; a new report needs new reviews."""
    latest = case.reports.order_by("-version").values_list("version", flat=True).first()
    return int(latest or 0)


def joint_review_of(case: Case) -> JointReview | None:
    """The latest joint review of the report as it stands."""
    found: JointReview | None = (
        case.joint_reviews.filter(report_version=report_version(case)).order_by("-round").first()
    )
    return found


def pre_review_of(case: Case) -> PreReview | None:
    """The latest pre-review of the report as it stands."""
    found: PreReview | None = case.pre_reviews.filter(report_version=report_version(case)).order_by("-round").first()
    return found


def standing_request(case: Case) -> PreReview | None:
    """A request that the superior has not yet answered."""
    row = pre_review_of(case)
    return row if row is not None and row.given_on is None else None


def needs_pre_review(case: Case) -> bool:
    """A trigger fired, and the superior has not yet answered on this report."""
    row = pre_review_of(case)
    return bool(fired_on(case)) and (row is None or row.given_on is None)


def unfollowed(case: Case) -> list[PreReviewChange]:
    """The superior's changes that the commission's outcomes do not follow."""
    row = pre_review_of(case)
    if row is None or row.given_on is None:
        return []
    differing = []
    for change in row.changes.select_related("subject__cadre", "subject__organization", "subject__proposal"):
        proposal = getattr(change.subject, "proposal", None)
        same = proposal is not None and (proposal.outcome, sorted(proposal.measures)) == (
            change.outcome,
            sorted(change.measures),
        )
        if not same:
            differing.append(change)
    return differing


def superior_of(commission: Organization) -> Organization | None:
    """The commission one level up: that of the Party committee which leads our own Party committee."""
    above = commission.directly_led_by.directly_led_by if commission.directly_led_by else None
    if above is None:
        return None
    return Organization.objects.filter(kind=OrganizationKind.COMMISSION, directly_led_by=above).first()
