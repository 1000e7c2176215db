"""Who sees which clues and cases (design §4). Everything else of a case is seen through it.

An inspector: the cases of whose team he is a member or that he handles; clues he registered, handles or verifies.
A head and a leader in charge: those of their offices. The principal: those of the commission. The conduct office, case
supervision and the trial office: process data of all cases of the commission, content from the stage at which they
take part. The superior commission: only by a dated grant. Recusal beats everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from cases.enums import CaseState
from cases.models import (
    Campaign,
    Case,
    CaseContent,
    CaseGrant,
    Clue,
    ExternalDecision,
    Precedent,
    Recusal,
    TeamMember,
    Verification,
)
from responsibility.models import Problem
from responsibility.papers import letters_of
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.documents.models import OfficialDocument
from wenze.registry import Registry
from wenze.terms.models import Clock
from wenze.workflow.models import Approval, OffSystemApproval

AFTER_REPORT = (
    CaseState.REPORTED,
    CaseState.JOINTLY_REVIEWED,
    CaseState.ADJUDICATED,
    CaseState.PRE_REVIEWED,
    CaseState.DELIBERATED,
    CaseState.DECIDED,
    CaseState.EXECUTING,
    CaseState.CLOSED,
    CaseState.ENDED,
)
READERS = (
    Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL, Role.SUPERIOR,
)  # fmt: skip


policy.protects(Clue, Case)
policy.exempt("cases.Recusal", "回避是判断谁看得见的依据本身；页面上随案件、线索列出")
policy.exempt("cases.CaseGrant", "授权是判断谁看得见的依据本身，只在权限策略中查询")


@policy.allows(Clue, Role.INSPECTOR)
def clues_of_an_inspector(holding: Holding) -> Q:
    verified = Verification.members.through.objects.filter(user_id=holding.user.pk).values("verification__clue_id")
    own = Clue.objects.filter(commission_id=holding.user.commission_id).order_by()
    return Q(
        pk__in=own.filter(registered_by=holding.user)
        .values("pk")
        .union(own.filter(handler=holding.user).values("pk"), verified)
    )


@policy.allows(Clue, Role.HEAD, Role.LEADER)
def clues_of_their_offices(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id, office_id__in=holding.organizations)


@policy.allows(Clue, Role.CONDUCT, Role.CASEMGMT, Role.PRINCIPAL)
def clues_of_the_commission(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id)


def _on_the_team(holding: Holding) -> Q:
    today = clock.today()
    member = TeamMember.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), user=holding.user)
    own = Case.objects.filter(commission_id=holding.user.commission_id, handler=holding.user)
    granted = CaseGrant.objects.filter(_in_force(today), user=holding.user).order_by()
    return Q(
        pk__in=own.order_by()
        .values("pk")
        .union(member.order_by().values("case_id"), granted.values("content_object_id"))
    )


def _in_force(today: Any) -> Q:
    return Q(from_on__lte=today, until_on__gte=today, confirmed_by__isnull=False)


def _granted(holding: Holding) -> Q:
    """The superior commission: by a dated grant for its purpose, and not a day longer."""
    rows = CaseGrant.objects.filter(_in_force(clock.today()), user=holding.user)
    return Q(pk__in=rows.order_by().values("content_object_id"))


def _of_their_offices(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id, office_id__in=holding.organizations)


def _of_the_commission(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id)


policy.allows(Case, Role.INSPECTOR)(_on_the_team)
policy.allows(CaseContent, Role.INSPECTOR)(_on_the_team)
policy.allows(Case, Role.SUPERIOR)(_granted)
policy.allows(CaseContent, Role.SUPERIOR)(_granted)
policy.allows(Case, Role.HEAD, Role.LEADER)(_of_their_offices)
policy.allows(CaseContent, Role.HEAD, Role.LEADER)(_of_their_offices)
policy.allows(Case, Role.PRINCIPAL, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL)(_of_the_commission)
policy.allows(CaseContent, Role.PRINCIPAL)(_of_the_commission)


@policy.allows(CaseContent, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL)
def content_from_the_report_on(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id, state__in=AFTER_REPORT)


@policy.denies(Clue)
def clues_he_is_recused_from(user: Any) -> Q:
    own = Recusal.objects.filter(user=user)
    return Q(pk__in=own.filter(clue__isnull=False).values("clue_id")) | Q(
        case_id__in=own.filter(case__isnull=False).values("case_id")
    )


def _recused_cases(user: Any) -> Q:
    return Q(pk__in=Recusal.objects.filter(user=user, case__isnull=False).values("case_id"))


policy.denies(Case)(_recused_cases)
policy.denies(CaseContent)(_recused_cases)


PAPERS: Registry[Callable[[Holding], Q]] = Registry("papers of other rooms")
"""Papers that hang on a row of a higher room instead of a case, and who reads them there."""


policy.allows(Clock, Role.INSPECTOR)(lambda holding: Q(handler=holding.user))
policy.allows(Clock, Role.HEAD, Role.LEADER)(_of_their_offices)
policy.allows(Clock, Role.PRINCIPAL, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL)(_of_the_commission)


@policy.denies(Clock)
def clocks_of_what_he_is_recused_from(user: Any) -> Q:
    own = Recusal.objects.filter(user=user)
    return Q(case_id__in=own.filter(case__isnull=False).values("case_id")) | Q(
        about_id__in=own.filter(clue__isnull=False).values("clue_id")
    )


@policy.allows(Approval, *READERS)
def approvals_of_what_he_reads(holding: Holding) -> Q:
    """A signing page shows the dossier, so it is content: process offices read it from their stage on."""
    cases = CaseContent.objects.visible_to(holding.user).values("pk")
    return Q(case_id__in=cases) | Q(about_id__in=Clue.objects.visible_to(holding.user).values("pk"))


@policy.allows(OfficialDocument, *READERS)
def documents_of_what_he_reads(holding: Holding) -> Q:
    """Those of what he reads; the superior commission keeps its own opinion after its look at the case has ended."""
    contents = CaseContent.objects.visible_to(holding.user).values("pk")
    read = Q(case_id__in=contents) | Q(about_id__in=Clue.objects.visible_to(holding.user).values("pk"))
    read |= letters_of(Problem.objects.visible_to(holding.user))
    for more in PAPERS:
        read |= more(holding)
    if holding.role != Role.SUPERIOR:
        return read
    return read | Q(commission_id__in=holding.organizations, kind="D14")


@policy.allows(OfficialDocument, Role.PARTY_COMMITTEE)
def requests_for_approval(holding: Holding) -> Q:
    rows = OffSystemApproval.objects.filter(authority_id__in=holding.organizations)
    return Q(pk__in=rows.values("request_id"))


@policy.allows(OffSystemApproval, Role.PARTY_COMMITTEE)
def requests_addressed_to_the_committee(holding: Holding) -> Q:
    return Q(authority_id__in=holding.organizations)


@policy.allows(OffSystemApproval, *READERS)
def instructions_on_what_he_sees(holding: Holding) -> Q:
    return Q(case_id__in=Case.objects.visible_to(holding.user).values("pk"))


@policy.allows(ExternalDecision, Role.CASEMGMT, Role.PRINCIPAL)
def decisions_that_nobody_asked_for(holding: Holding) -> Q:
    return Q(case__isnull=True, commission_id=holding.user.commission_id)


policy.allows(
    Campaign, Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL
)(_of_the_commission)


@policy.allows(Precedent, *(role for role in READERS if role != Role.SUPERIOR))
def precedents_released(holding: Holding) -> Q:
    """Recognised exemptions are for everybody inside the commission; they name nobody."""
    return Q(commission_id=holding.user.commission_id, released_on__isnull=False)
