"""Acting as case supervision and as the office on the other network."""

from followup.exchange import outbound
from wenze.deadlines import clock
from wenze.exchange import services
from wenze.ids import uuid7

HR, UNIT = "DEMO-ZZB", "P-gov"


def export(world, code, actor=None):
    return outbound.export(partner=world[code], submission=uuid7(), actor=actor or world.casemgmt, on=clock.today())


def content_of(row):
    return services.content_of(row.content)


def take(world, content, actor=None):
    return services.take_in(content=content, actor=actor or world.casemgmt, on=clock.today())


def answer_to(told, **more):
    """What an office writes to an item, as its kind asks."""
    wanted = {"recipient": "收件人", "way": "direct", "late_reason": "等候会议"}
    asked = {name: wanted[name] for name in told["needs"] if name in wanted}
    return {"item": told["id"], "done_on": clock.today().isoformat(), "proof": "已按要求办结。", **asked, **more}
