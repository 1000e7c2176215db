"""What comes long after an ordinary decision: a period that ended on its day, a decision that was put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.services import redress
from followup.models import ReformItem, VisitPlan
from followup.services import care, reform, visits
from followup.services.visits import VisitRecord
from wenze.demo.stories import Story
from wenze.ids import uuid7
from wenze.notices.scan import scan_deadlines

if TYPE_CHECKING:
    from cases.models import Correction


class Afterwards(Story):
    """An ordinary story told on, after its case was closed."""

    def released(self) -> None:
        """He was visited twice, the sweep of the day told everybody, and his use was recommended (条例第二十二条)."""
        self.run("closed")
        for item in ReformItem.objects.filter(case=self.case):
            self.later(20)
            reform.report_item(
                item_id=item.pk, reported_on=self.day, text="制度已印发执行。", actor=self.world.inspector, on=self.day
            )
            reform.accept_item(
                item_id=item.pk, acceptance="实地核验，整改到位。", actor=self.world.casemgmt, on=self.day
            )
        last = None
        for plan in VisitPlan.objects.filter(case=self.case).order_by("due_on"):
            self.day = plan.due_on
            last = visits.hold_visit(
                plan_id=plan.pk, actor=self.world.inspector, on=self.day,
                record=VisitRecord(
                    held_on=self.day, place="某某局会议室", way="heart_talk", second_visitor="林样张", talk="认识到位，干劲恢复。",
                    mood="steady", conclusion="suggest_use", work="牵头建成预约系统，投诉降为零",
                ),
            )  # fmt: skip
        if last is None:
            return
        release = last.plan.tracking.release_date
        if release is None:
            return
        self.day = release
        scan_deadlines(self.day)
        self.later(1)
        care.ask_recommendation(visit_id=last.pk, actor=self.world.inspector, on=self.day)
        self.sign(last, care.RECOMMEND, self.world.head, self.world.deputy)

    def corrected(self) -> None:
        """Held to account who should not have been: revoked, his file put right, his name cleared (条例第二十一条)."""
        self.run("closed")
        world = self.world
        self.later(30)
        row: Correction = redress.propose_correction(
            case_id=self.case.pk, submission=uuid7(), subject_id=self.case.subjects.get(kind="cadre").pk, ground="not_due",
            found=redress.Finding(
                result="revoked", finding="事发时其在外挂职，不分管该项工作，不应当问责。", discussed_on=self.day, told_to="某某档案馆党组",
            ),
            clearing="全馆干部大会", actor=world.casemgmt, on=self.day,
        )  # fmt: skip
        redress.prepare_correction(correction_id=row.pk, actor=world.casemgmt, on=self.day)
        self.sign(row, "decide_correction", world.deputy, world.principal)
        self.later(2)
        redress.confirm_influence(row=row, actor=world.principal, on=self.day)
        self.later(3)
        self._complete(None)
