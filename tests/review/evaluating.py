"""An evaluation of a case as rows, for those who only need that there is one."""

import datetime as dt

from review.models import Defect, Evaluation, Evaluator, Finding
from wenze.crypto.models import DataKey
from wenze.ids import uuid7


def an_evaluation(case, world, **more):
    """An open evaluation of the case by the trial office, with one finding and its line in the defect book."""
    own = uuid7()
    row = Evaluation.objects.create(
        pk=own, commission=case.commission, evaluated=case.commission, case=case, case_number=case.number, case_title=case.title,
        office=case.office, unit_name=case.office.name, kind="daily", edition="2019年版", opened_by=world.users["trial3"],
        opened_on=dt.date(2026, 9, 1),
        data_key=DataKey.objects.create_for(commission_id=case.commission_id, about=f"review.Evaluation:{own}"), **more,
    )  # fmt: skip
    Evaluator.objects.create(evaluation=row, user=world.users["trial3"], is_leader=True)
    finding = Finding.objects.create(
        evaluation=row, source="rule", code="DC24", phase="DC", indicator="DC5", points=3, article="《中国共产党问责条例》第十一条",
        text="报告写成以后才见面", set_aside_by=world.users["trial3"],
    )  # fmt: skip
    Defect.objects.create(
        commission=case.commission, finding=finding, office=case.office, unit_name=case.office.name, code="DC24", phase="DC",
        name="报告写成以后才见面", recorded_on=dt.date(2026, 9, 1),
    )  # fmt: skip
    return row
