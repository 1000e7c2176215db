"""Filings as the tests make them: through the use-cases, with everything that law.md §6.1 asks for."""

import datetime as dt

from wenze.demo import filings

ON = dt.date(2026, 6, 1)
"""A Monday."""
LATER = dt.date(2026, 6, 8)


def whole(world, on=ON, **more):
    told = {"title": "容缺受理试点", "starts_on": on + dt.timedelta(20), "ends_on": on + dt.timedelta(200), **more}
    return filings.told(world["P-gov"], world.deputies["gov"], on, **told)


def drafted(world, on=ON, **more):
    told = {"title": "容缺受理试点", "starts_on": on + dt.timedelta(20), "ends_on": on + dt.timedelta(200), **more}
    return filings.drafted(world, world["P-gov"], world.deputies["gov"], on, **told)


def submitted(world, on=ON, **more):
    from tolerance.services import drafting

    row = drafted(world, on, **more)
    return drafting.submit(filing_id=row.pk, actor=row.filed_by, on=on, at=filings.at(on))


def registered(world, on=ON, registered_on=LATER, **more):
    return filings.accepted(world, submitted(world, on, **more), registered_on)
