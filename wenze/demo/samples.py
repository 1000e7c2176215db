"""Two samples: a stratified one with a paper case, an on-site re-check and an order put right; a risk-weighted one under way."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from review.enums import LoanState
from review.models import SampleLoan
from review.services import recheck, sample_work, sampling
from wenze.audit import anchors, sealer
from wenze.demo.stories import upload
from wenze.ids import uuid7

if TYPE_CHECKING:
    from review.models import Sample, SampleMember
    from wenze.demo.world import World
    from wenze.people.models import User

LOOKED_BACK = 420
"""Days: the cases of so long are in the frame."""


class Samples:
    """The conduct office samples; people from other offices look; the handling office lends its files and puts right."""

    def __init__(self, world: World, today: dt.date) -> None:
        self.world, self.today = world, today

    def run(self) -> None:
        first = self._drawn(self.today - dt.timedelta(days=30), "stratified", 60, "年度问责案件质量抽查", paper=True)
        self._looked_at(first, self.today - dt.timedelta(days=28))
        second = self._drawn(self.today - dt.timedelta(days=4), "risk", 20, "申诉、容错和多人问责案件抽查")
        self._asked_for(second, self.today - dt.timedelta(days=3))

    def _drawn(self, day: dt.date, method: str, percent: int, title: str, *, paper: bool = False) -> Sample:
        """Frozen and promised; published outside, as the sealer does; then drawn."""
        actor = self.world.conduct
        with transaction.atomic():
            row = sampling.plan(
                submission=uuid7(), actor=actor, on=day,
                planned=sampling.Planned(
                    title=title, scope="own", period_by="decided", since_on=day - dt.timedelta(days=LOOKED_BACK), until_on=day,
                    method=method, percent=percent, reason="看程序是否合规、处理是否恰当、执行是否到位。",
                ),
            )  # fmt: skip
            if paper:
                self._paper(row, actor, day)
            sampling.freeze(sample_id=row.pk, actor=actor, on=day)
            sampling.commit(sample_id=row.pk, actor=actor, on=day)
        while sealer.seal_pending():
            pass
        anchors.publish()
        return sampling.draw(sample_id=row.pk, actor=actor, on=day)

    def _paper(self, row: Sample, actor: User, day: dt.date) -> None:
        """The only case of a resident office, so it is drawn whatever the seed (每单位至少一件)."""
        decided = day - dt.timedelta(days=200)
        typed = sampling.Paper(
            "示例驻纪问〔2026〕2号", "某某教育局后勤管理失察问题（线下案卷）", self.world["DEMO-PZ2"], "accountability", "closed",
            decided, decided + dt.timedelta(days=60),
        )  # fmt: skip
        sampling.enter_paper(sample_id=row.pk, submission=uuid7(), paper=typed, actor=actor, on=day)

    def _reviewers(self) -> list[User]:
        return [self.world.users["trial3"], self.world.users["inspector3"]]

    @transaction.atomic
    def _asked_for(self, row: Sample, day: dt.date) -> None:
        """Assigned; the files were asked for and have not come."""
        actor = self.world.conduct
        sample_work.assign(sample_id=row.pk, reviewers=self._reviewers(), actor=actor, on=day)
        due = day + dt.timedelta(days=7)
        sample_work.ask_files(sample_id=row.pk, due_on=due, back_by=due + dt.timedelta(days=30), actor=actor, on=day)

    @transaction.atomic
    def _looked_at(self, row: Sample, day: dt.date) -> None:
        """The files came, two went to see, an order was given, answered and accepted, the files went back."""
        world, actor = self.world, self.world.conduct
        self._asked_for(row, day)
        day += dt.timedelta(days=3)
        for loan in SampleLoan.objects.filter(sample=row).select_related("holder"):
            own = world.head if sample_work.answers_for(world.head, loan.holder) else world.casemgmt
            sample_work.hand_over(
                loan_id=loan.pk, handed_over_by="内勤某某", received_by="收某某", volumes=loan.members.count(), pages=loan.members.count() * 86,
                actor=own, on=day,
            )  # fmt: skip
        member = row.members.exclude(drawn_as="").filter(unit=world["DEMO-JD"]).order_by("position").first()
        if member is not None:
            self._put_right(member, day)
        day += dt.timedelta(days=20)
        for loan in SampleLoan.objects.filter(sample=row, state=LoanState.HELD):
            sample_work.give_back(
                loan_id=loan.pk, returned_to="内勤某某", returned_pages=loan.pages or 0, actor=actor, on=day
            )

    def _put_right(self, member: SampleMember, day: dt.date) -> None:
        world, actor = self.world, self.world.conduct
        one, other = world.users["trial3"], world.users["inspector3"]
        planned = recheck.plan_recheck(
            member_id=member.pk, submission=uuid7(), checker=one, second_checker=other, due_on=day + dt.timedelta(days=4),
            place="某某局会议室", to_check="定性是否准确、处理是否恰当、执行是否到位；查看窗口整改情况。", actor=actor, on=day,
        )  # fmt: skip
        day += dt.timedelta(days=4)
        checked = recheck.record_recheck(
            recheck_id=planned.pk, uploads=[upload("现场照片.pdf")], actor=one, on=day,
            found=recheck.Found(
                held_on=day, talks="与单位办公室负责人、两名窗口人员谈话，均称决定已在全局大会宣布。", characterisation="holds",
                handling="holds", execution="flawed", findings="决定已经宣布，但送达回证缺被问责人所在支部的签收。",
                conclusion="定性准确、处理恰当；执行手续有瑕疵，应当补正。",
            ),
        )  # fmt: skip
        ordered = recheck.order(
            member_id=member.pk, submission=uuid7(), to_organization=member.unit, recheck=checked,
            text="补齐送达回证的签收，归入案卷。", due_on=day + dt.timedelta(days=20), actor=actor, on=day,
        )  # fmt: skip
        day += dt.timedelta(days=6)
        recheck.answer(
            order_id=ordered.pk, answer="签收已补齐，已归卷。", proof=upload("送达回证.pdf"), actor=world.head, on=day
        )
        recheck.accept(
            order_id=ordered.pk, acceptance="查看原件，已补齐。", actor=world.casemgmt, on=day + dt.timedelta(days=2)
        )
