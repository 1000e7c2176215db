"""Who sees the reviews: with the case; a pre-review for good by the commission that was asked.

An evaluation: the trial office, case supervision and the principal of the commission that evaluates; its team; the
handling office and the leaders of the commission whose case it is from the feedback on. The defect book is free of
persons: the commission that keeps it, and each office its own lines once they were told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.models import Recusal
from cases.rules import PAPERS
from review import sampling_rules  # noqa: F401 -- the rules of samples, found with these
from review.models import Defect, Evaluation, Evaluator, PreReview
from wenze.access import policy
from wenze.access.roles import Role

if TYPE_CHECKING:
    from wenze.access.policy import Holding


@policy.allows(PreReview, Role.SUPERIOR)
def what_his_commission_was_asked(holding: Holding) -> Q:
    return Q(reviewing_id__in=holding.organizations)


@policy.allows(Evaluation, Role.TRIAL, Role.CASEMGMT, Role.PRINCIPAL)
def evaluations_by_and_of_the_commission(holding: Holding) -> Q:
    """Theirs, those of their cases once they were told the result, and what they are asked to hand over for."""
    mine = Q(commission_id=holding.user.commission_id) | _on_the_team(holding)
    told = Q(evaluated_id=holding.user.commission_id)
    return mine | (told if holding.role == Role.CASEMGMT else told & Q(fed_back_on__isnull=False))


@policy.allows(Evaluation, Role.SUPERIOR)
def evaluations_by_the_superior(holding: Holding) -> Q:
    return Q(commission_id__in=holding.organizations)


@policy.allows(Evaluation, Role.HEAD, Role.LEADER)
def evaluations_of_their_offices(holding: Holding) -> Q:
    return _on_the_team(holding) | Q(office_id__in=holding.organizations, fed_back_on__isnull=False)


@policy.allows(Evaluation, Role.INSPECTOR, Role.CONDUCT)
def evaluations_of_his_cases(holding: Holding) -> Q:
    return _on_the_team(holding) | Q(case__handler=holding.user, fed_back_on__isnull=False)


def _on_the_team(holding: Holding) -> Q:
    return Q(pk__in=Evaluator.objects.filter(user=holding.user).values("evaluation_id"))


@policy.denies(Evaluation)
def evaluations_of_cases_he_is_recused_from(user: Any) -> Q:
    own = Recusal.objects.filter(user=user, case__isnull=False)
    return Q(case__isnull=False, case_id__in=own.values("case_id"))


@policy.allows(Defect, Role.TRIAL, Role.CASEMGMT, Role.PRINCIPAL, Role.SUPERIOR)
def defects_of_the_commission(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id)


@policy.allows(Defect, Role.HEAD, Role.LEADER)
def defects_told_to_their_offices(holding: Holding) -> Q:
    return Q(office_id__in=holding.organizations, fed_back_on__isnull=False)


@PAPERS.entry("evaluation")
def papers_of_evaluations(holding: Holding) -> Q:
    """D43, D44 and D45 with the evaluation."""
    return Q(about_label="review.Evaluation", about_id__in=Evaluation.objects.visible_to(holding.user).values("pk"))
