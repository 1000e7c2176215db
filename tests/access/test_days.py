"""A dated grant ends with its day, also for an account that stays in memory over midnight."""

import datetime as dt

from cases.models import Case
from cases.services.grants import open_grants


def test_a_grant_ends_with_its_last_day_for_the_same_account_instance(story, settings):
    case, reader = story.run("investigating"), story.world.inspector4
    (grant,) = open_grants(
        case=case, users=[reader], reason="抽查", granted_by=story.world.principal, confirmed_by=story.world.casemgmt,
        on=story.day,
    )  # fmt: skip
    settings.WENZE_TODAY = grant.until_on
    assert Case.objects.visible_to(reader).filter(pk=case.pk).exists()
    settings.WENZE_TODAY = grant.until_on + dt.timedelta(days=1)
    assert not Case.objects.visible_to(reader).filter(pk=case.pk).exists()
