"""Which triggers fire on a case, and on whom (law.md §7.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cases.enums import Outcome, SignedOpinion
from cases.models import Proposal
from cases.papers.words import measures_in_words
from review.enums import PreReviewOpinion
from tolerance import selectors as tolerance
from wenze.law import data, measures
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from cases.models import Case, Subject
    from review.models import Adjudication, JointReview, PreReview


BINDING = (PreReviewOpinion.APPROVE, PreReviewOpinion.MODIFY, PreReviewOpinion.REJECT)
"""Opinions that say what is to become of the subjects."""

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
    subjects = list(case.subjects.pursued().select_related("cadre", "organization", "post", "hearing", "proposal"))
    return fired_among(
        case,
        subjects,
        lambda s: tolerance.filings_of(cadre_id=s.cadre_id, organization_id=s.organization_id).exists(),
    )


def fired_among(case: Case, subjects: Sequence[Subject], has_filing: Callable[[Subject], bool]) -> list[Fired]:
    """The same over subjects that were read already, with their hearing, post and proposal."""
    told = data.review_settings()
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
    filed = [s.name for s in subjects if has_filing(s) or hasattr(s, "tolerance_claim")]
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


def sanction_among(proposals: Iterable[Proposal]) -> bool:
    """Whether one of them proposes a discipline or administrative sanction."""
    return any(
        measures()[code.removeprefix("propose:")].kind in ("discipline", "administrative")
        for proposal in proposals
        for code in proposal.measures
    )


def proposes_sanction(case: Case) -> bool:
    """Whether a discipline or administrative sanction is proposed for somebody."""
    return sanction_among(Proposal.objects.filter(subject__in=case.subjects.pursued()))


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


def adjudication_of(case: Case) -> Adjudication | None:
    """The latest adjudication of the report as it stands."""
    found: Adjudication | None = (
        case.adjudications.filter(report_version=report_version(case)).order_by("-round").first()
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


@dataclass(frozen=True)
class Unfollowed:
    """A subject on whom the commission's outcome differs from what the superior wants."""

    subject: Subject
    outcome: str
    measures: list[str]
    reason: str

    @property
    def wanted(self) -> str:
        """What the superior wants, in words."""
        told = f"（{measures_in_words(self.measures)}）" if self.measures else ""
        return f"{Outcome(self.outcome).label}{told}"


def outcomes_now(case: Case) -> dict[str, list[Any]]:
    """What is proposed for every subject, by its key: the outcome and its measures in a fixed order."""
    rows = Proposal.objects.filter(subject__in=case.subjects.pursued()).order_by("subject_id")
    return {str(row.subject_id): [row.outcome, sorted(row.measures)] for row in rows}


def departing_of(row: PreReview) -> list[tuple[str, str]]:
    """What the commission wants to do instead, as it was put before the superior: name and outcome in words."""
    subjects = row.case.subjects.filter(pk__in=row.departing).select_related("cadre", "organization").order_by("pk")
    return [
        (each.name, Unfollowed(each, outcome, told, "").wanted)
        for each in subjects
        for outcome, told in [row.departing[str(each.pk)]]
    ]


def unfollowed(case: Case) -> list[Unfollowed]:
    """Where the outcomes differ from the superior's opinion: from its change, or, where it changed nothing, from what was sent."""
    row = pre_review_of(case)
    if row is None or row.given_on is None or row.opinion not in BINDING:
        return []
    now = outcomes_now(case)
    changes = {str(change.subject_id): change for change in row.changes.all()}
    differing = []
    for subject in case.subjects.pursued().select_related("cadre", "organization"):
        key = str(subject.pk)
        if change := changes.get(key):
            wanted, reason = [change.outcome, sorted(change.measures)], change.reason
        elif key in row.sent:
            wanted, reason = row.sent[key], "上级没有变更"
        else:
            continue
        if now.get(key) != wanted and not (row.consented_on and row.departing.get(key) == now.get(key)):
            differing.append(Unfollowed(subject, wanted[0], wanted[1], reason))
    return differing


def superior_of(commission: Organization) -> Organization | None:
    """The commission one level up: that of the Party committee which leads our own Party committee."""
    above = commission.directly_led_by.directly_led_by if commission.directly_led_by else None
    if above is None:
        return None
    return Organization.objects.filter(kind=OrganizationKind.COMMISSION, directly_led_by=above).first()
