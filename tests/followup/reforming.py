"""The acts of the reform, short, and what they leave on desks and clocks."""

import datetime as dt

from followup.models import RecommendationLetter
from followup.services import education, letters, reform
from wenze.ids import uuid7
from wenze.notices.models import Task
from wenze.terms.models import Clock


def report(item, actor, on, **more):
    return reform.report_item(
        item_id=item.pk,
        reported_on=more.pop("reported_on", on),
        text=more.pop("text", "制度已建立"),
        actor=actor,
        on=on,
        **more,
    )


def accept(item, actor, on):
    return reform.accept_item(item_id=item.pk, acceptance="到位", actor=actor, on=on)


def written_off(told, item):
    report(item, told.world.unit, told.day)
    return accept(item, told.world.casemgmt, told.day)


def open_tasks(row):
    return {(task.recipient.username, task.step) for task in Task.objects.filter(about_id=row.pk, state="open")}


def running(row, rule):
    return list(Clock.objects.filter(about_id=row.pk, rule=rule, state="running").values_list("due_on", flat=True))


def written(told, **changes):
    values = {
        "kind": "joint", "to_organization": told.world["P-gov"], "problems": "问题", "causes": "原因", "advice": "建议", "reply_days": 30,
    }  # fmt: skip
    return letters.draft_letter(
        case_id=told.case.pk,
        draft=letters.LetterDraft(**values | changes),
        submission=uuid7(),
        actor=told.world.inspector,
        on=told.day,
    )


def issued(told, **changes):
    letter = written(told, **changes)
    letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day)
    told.sign(letter, "issue_letter", told.world.deputy, told.world.principal)
    return RecommendationLetter.objects.get(pk=letter.pk)


def received(told, **changes):
    return letters.receive_letter(
        letter_id=issued(told, **changes).pk, received_on=told.day, actor=told.world.inspector, on=told.day
    )


def answer(letter, actor, on, **changes):
    values = {"replied_on": on, "reply": "已落实", "adopted": True} | changes
    return letters.reply_to_letter(letter_id=letter.pk, actor=actor, on=on, **values)


def taught(told, **changes):
    values = {
        "kind": "inference", "title": "自查", "text": "对照自查", "units": [told.world["P-gov"], told.world["P-edu"]],
        "due_on": told.day + dt.timedelta(30), "actor": told.world.casemgmt, "on": told.day,
    }  # fmt: skip
    return education.open_education(case_id=told.case.pk, submission=uuid7(), **values | changes)
