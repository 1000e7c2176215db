"""Who had a hand in a case and may not evaluate it: handled, investigated, approved, adjudicated, decided, or must stand aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.history import organizations_of_case, served_there
from cases.models import Case, Clue, Evidence, Hearing, Recusal, TeamMember, Verification
from review.models import Adjudication, JointSeat, PreReview
from wenze.people.models import User
from wenze.workflow.models import Signature

if TYPE_CHECKING:
    from collections.abc import Iterable


def involved_in(case: Case) -> dict[Any, str]:
    """Account → what he did in the case; the first word that fits."""
    found: dict[Any, str] = {}

    def say(word: str, people: Iterable[Any]) -> None:
        for pk in people:
            if pk is not None:
                found.setdefault(pk, word)

    clues = Clue.objects.filter(case=case)
    say("应当回避", Recusal.objects.filter(Q(case=case) | Q(clue__in=clues)).values_list("user_id", flat=True))
    say("是本案承办人", [case.handler_id])
    say("参加过本案调查", TeamMember.objects.filter(case=case).values_list("user_id", flat=True))
    say("承办过本案线索", clues.values_list("handler_id", flat=True))
    say("参加过本案初核", Verification.objects.filter(clue__in=clues).values_list("members", flat=True))
    say("参加过本案取证", Evidence.objects.filter(case=case).values_list("taker_id", flat=True))
    say("参加过本案取证", Evidence.objects.filter(case=case).values_list("second_taker_id", flat=True))
    say("参加过本案见面", Hearing.objects.filter(subject__case=case).values_list("heard_by_id", flat=True))
    say("审理过本案", Adjudication.objects.filter(case=case).values_list("adjudicators", flat=True))
    say("参加过本案联审", JointSeat.objects.filter(joint_review__case=case).values_list("user_id", flat=True))
    say("预审过本案", PreReview.objects.filter(case=case).values_list("given_by_id", flat=True))
    signed = Signature.objects.filter(
        Q(approval__case_id=case.pk) | Q(approval__about_id__in=[case.pk, *clues.values_list("pk", flat=True)])
    )
    say("签批过本案", signed.values_list("signer_id", flat=True))
    say("签批过本案", signed.values_list("on_behalf_of_id", flat=True))
    present = {name for names in case.deliberations.values_list("present", flat=True) for name in names}
    sat = User.objects.filter(name__in=present, commission_id=case.commission_id)
    say("参加过本案集体研究", sat.values_list("pk", flat=True))
    return found


def unfit(case: Case, people: Iterable[User]) -> dict[Any, str]:
    """Those of them who may not evaluate the case, each with the reason."""
    told = involved_in(case)
    everyone = list(people)
    wrong = {each.pk: f"{each}{told[each.pk]}，不得评查本案" for each in everyone if each.pk in told}
    organizations = organizations_of_case(case)
    for each in everyone:
        if each.pk not in wrong and (served := served_there([each], organizations)):
            wrong[each.pk] = served
    return wrong
