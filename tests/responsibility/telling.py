"""Problem lists and imports for the tests of this room and of those that walk all addresses."""

import datetime as dt

from responsibility.models import ImportJob
from responsibility.rows import PROBLEM_COLUMNS, ProblemRow
from responsibility.services import imports, problems
from tests.responsibility.test_rows import workbook
from wenze.demo.stories import upload
from wenze.ids import uuid7

FOUND = dt.date(2026, 3, 12)
ON = dt.date(2026, 3, 20)


def row(world, code="gov", number="1", **changes):
    told = {
        "number": number, "organization": world[f"P-{code}"], "owner": world.chiefs[code], "text": "投诉办件超期不督办",
        "measure": "建立逐日提醒、直接督办的制度",
    }  # fmt: skip
    return ProblemRow(**{**told, **changes})


def listed(world, *rows, found_on=FOUND, on=ON, source="inspection_tour"):
    """A paper of a source, registered by the conduct office; its problems in the order of their numbers."""
    head = problems.ListHead(source, "2026年第一轮巡察反馈意见", "市委第二巡察组", found_on)
    made = problems.register_list(submission=uuid7(), head=head, rows=rows or [row(world)], actor=world.conduct, on=on)
    return list(made.problems.order_by("number"))


def reported(world, problem, on, **changes):
    told = {
        "reported_on": on,
        "text": "已建立制度，逐件销号",
        "uploads": upload("凭证.pdf"),
        "on": on,
        "actor": world.unit,
    }
    return problems.report(problem_id=problem.pk, **{**told, **changes})


def written_off(world, problem, on):
    reported(world, problem, on)
    return problems.accept(problem_id=problem.pk, acceptance="查验属实", actor=world.casemgmt, on=on)


def large(rows, name="问题清单.xlsx"):
    return workbook([list(PROBLEM_COLUMNS), *rows], name)


def lists_of(world, day):
    """One row of every kind: a problem with a report and its proof, and a job that brings a file in."""
    (problem,) = listed(world, found_on=day - dt.timedelta(days=30), on=day)
    reported(world, problem, day)
    head = problems.ListHead("audit", "审计报告", "审计局", day)
    target = imports.problem_list(submission=uuid7(), head=head)
    content = large([["1", "某某教育局党组", "", "局长", "账目不清", "清理", "", ""]])
    return imports._begin(content.read(), content, target, world.conduct), ImportJob
