"""Many decided cases, cheaply, and a sample taken through its acts."""

import datetime as dt
import os

from cases.models import Case
from review import papers_of_samples as papers
from review.models import CorrectionOrder, OnSiteRecheck, RecheckFile, Sample, SampleLoan, SampleMember
from review.services import sampling
from wenze.audit import anchors, sealer
from wenze.crypto import files, keys
from wenze.crypto.models import DataKey
from wenze.demo.stories import upload
from wenze.documents import services as documents
from wenze.ids import uuid7

SINCE, UNTIL, ON = dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1)


def decided(world, number, *, office="DEMO-JD", commission="DEMO", first=1, **more):
    """So many cases of an office, decided in the first half of 2026, with nothing in them."""
    data_keys = DataKey.objects.bulk_create(
        DataKey(commission_id=world[commission].pk, about=f"t{n}", wrapped=os.urandom(8), kek_id=keys.kek_id()) for n in range(number)
    )  # fmt: skip
    return Case.objects.bulk_create(
        Case(
            commission=world[commission], year=2026, serial=9000 + first + n, title=f"某某{office}第{n}件", track="party",
            procedure="party-2019", state=("closed", "executing", "decided")[n % 3], situation="S04", office=world[office],
            handler=world.inspector, data_key=data_keys[n], applied_on=SINCE, decided_on=SINCE + dt.timedelta(days=n), **more,
        )
        for n in range(number)
    )  # fmt: skip


def publish():
    """What the sealer does every second."""
    while sealer.seal_pending():
        pass
    anchors.publish()


def planned(world, actor=None, **changes):
    told = {
        "title": "上半年问责案件抽查", "scope": "own", "period_by": "decided", "since_on": SINCE, "until_on": UNTIL, "method": "random",
        "percent": 10, **changes,
    }  # fmt: skip
    return sampling.plan(submission=uuid7(), planned=sampling.Planned(**told), actor=actor or world.conduct, on=ON)


def promised(world, actor=None, **changes):
    row = planned(world, actor, **changes)
    who = actor or world.conduct
    sampling.freeze(sample_id=row.pk, actor=who, on=ON)
    return sampling.commit(sample_id=row.pk, actor=who, on=ON)


def drawn(world, actor=None, **changes):
    row = promised(world, actor, **changes)
    publish()
    return sampling.draw(sample_id=row.pk, actor=actor or world.conduct, on=ON)


def fresh(row):
    return Sample.objects.get(pk=row.pk)


def a_sample(case, world):
    """A drawn sample of the case as rows, with one of everything that hangs on it, for those who only need that there is one."""
    key = DataKey.objects.create_for(commission_id=case.commission_id, about=f"review.Sample:{case.pk}")
    row = Sample(
        commission=case.commission, year=2026, serial=901, title="抽查", since_on=SINCE, until_on=UNTIL, method="all", state="drawn",
        data_key=key, planned_by=world.conduct, planned_on=ON,
    )  # fmt: skip
    row.save()
    loan = SampleLoan(sample=row, holder=case.office, asked_by=world.conduct, asked_on=ON, due_on=ON, back_by=ON)
    member = SampleMember(
        sample=row, position=1, key="x", case=case, number=case.number, title=case.title, unit=case.office, unit_name="室",
        measure="none", stage="closed", drawn_as="all", reviewer=world.trial, loan=loan,
    )  # fmt: skip
    check = OnSiteRecheck(
        member=member, checker=world.trial, second_checker=world.users["trial2"], planned_by=world.conduct, planned_on=ON,
        due_on=ON, place="某某局", to_check="三项",
    )  # fmt: skip
    check.talks = "谈话"
    order = CorrectionOrder(
        member=member, to_organization=case.office, text="纠正", due_on=ON, ordered_by=world.conduct, ordered_on=ON
    )
    for each in (loan, member, check, order):
        each.save(force_insert=True)
    sealed = files.seal(upload("照片.pdf"), key=key, name="照片.pdf", commission_id=case.commission_id)
    RecheckFile.objects.create(recheck=check, file=sealed)
    for about, kind, paper in (
        (loan, papers.LOAN, papers.loan(loan, [member], on=ON)),
        (order, papers.ORDER, papers.order(order, on=ON)),
    ):
        about.document = documents.issue(
            kind, commission=case.commission, about=about, case_id=None, paper=paper, on=ON, actor=world.conduct
        )
        about.save()
    return row
