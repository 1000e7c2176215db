"""问题清单: registered with its term, reported by the unit, accepted by another, and what becomes of it when it is not (机制3)."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases.models import Clue, Evidence, Fact, KnownProblem, TrailEvent
from cases.services import chain
from cases.services import problems as in_cases
from responsibility.models import Problem, ProblemList, RemedialAction
from responsibility.rows import PROBLEM_COLUMNS
from responsibility.services import problems
from tests.responsibility.telling import ON, large, listed, reported, row, written_off
from wenze.errors import Invalid, NotYours, Stale
from wenze.ids import uuid7
from wenze.notices import outbox
from wenze.notices.models import Notice, Reminder, Task
from wenze.notices.scan import scan_deadlines
from wenze.terms.models import Clock

LATE = dt.date(2026, 7, 1)


def page_of(client, problem):
    return client.get(problem.get_absolute_url()).content.decode()


# --- the term -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("found", "term", "due"),
    [
        (dt.date(2024, 7, 5), {"months": 3}, dt.date(2024, 10, 8)),  # 10-05 lies in the holiday
        (dt.date(2024, 8, 14), {"months": 1}, dt.date(2024, 9, 14)),  # a Saturday that is worked
        (dt.date(2025, 6, 27), {}, dt.date(2025, 9, 28)),  # T28, three months; a Sunday that is worked
        (dt.date(2025, 8, 31), {"months": 1}, dt.date(2025, 9, 30)),  # no 31st of September
        (dt.date(2026, 3, 12), {"due_on": dt.date(2026, 4, 5)}, dt.date(2026, 4, 7)),  # its own day, a holiday
        (dt.date(2026, 3, 12), {"due_on": dt.date(2026, 3, 31)}, dt.date(2026, 3, 31)),
    ],
)
def test_its_term_is_its_own_or_three_months_and_ends_on_a_working_day(world, found, term, due):
    (problem,) = listed(world, row(world, **term), found_on=found)
    assert problem.due_on == due
    assert Clock.objects.get(about_id=problem.pk).due_on == due


def test_before_its_day_the_unit_and_the_one_who_presses_are_reminded_and_nobody_once_it_was_reported(world):
    first, second = listed(world, row(world), row(world, number="2"))
    reported(world, second, ON)
    day = dt.date(2026, 6, 11)  # one working day before 2026-06-12
    for _ in range(2):
        scan_deadlines(day)
    outbox.drain(100)
    told = Reminder.objects.filter(clock__about_label="responsibility.Problem")
    assert {(each.clock.about_id, each.recipient.username) for each in told} == {
        (first.pk, "unit"), (first.pk, "conduct"),
    }  # fmt: skip
    assert Notice.objects.filter(recipient=world.unit, kind="reminder", url=first.get_absolute_url()).count() == 1


# --- the way of one problem -----------------------------------------------------------------------------------------
def test_the_unit_reports_on_its_page_another_accepts_and_it_is_written_off(client, world):
    (problem,) = listed(world)
    assert Task.objects.filter(about_id=problem.pk, recipient=world.unit, state="open").exists()
    client.force_login(world.unit)
    assert "反馈整改情况" in page_of(client, problem)
    from wenze.demo.stories import upload

    typed = {"reported_on": "2026-03-20", "text": "已整改", "uploads": upload("凭证.pdf")}
    assert client.post(problem.get_absolute_url(), typed).status_code == 302
    action = RemedialAction.objects.get(problem=problem)
    proof = client.get(f"/lists/problems/proofs/{action.pk}/")
    assert proof.content.startswith(b"%PDF-")
    client.force_login(world.casemgmt)
    assert "验收销号" in page_of(client, problem)
    assert client.post(problem.get_absolute_url(), {"acceptance": ""}).status_code == 422
    assert client.post(problem.get_absolute_url(), {"acceptance": "属实"}).status_code == 302
    problem.refresh_from_db()
    assert problem.state == "written_off"
    assert not Task.objects.filter(about_id=problem.pk, state="open").exists()
    assert Clock.objects.get(about_id=problem.pk).state == "met"


def test_nobody_accepts_what_he_reported_and_the_database_says_so_too(world):
    (problem,) = listed(world)
    action = reported(world, problem, ON, actor=world.conduct)
    assert action.on_behalf
    with pytest.raises(NotYours, match="另一人"):
        problems.accept(problem_id=problem.pk, acceptance="属实", actor=world.conduct, on=ON)
    action.answered_by, action.accepted_on = world.conduct, ON
    with pytest.raises(IntegrityError), transaction.atomic():
        action.save()
    problems.accept(problem_id=problem.pk, acceptance="属实", actor=world.casemgmt, on=ON)


def test_a_late_report_needs_its_reason_and_a_return_runs_to_the_same_day(world):
    (problem,) = listed(world)
    with pytest.raises(Invalid, match="已逾期"):
        reported(world, problem, LATE)
    reported(world, problem, ON)
    problems.send_back(problem_id=problem.pk, reason="没有凭证", actor=world.casemgmt, on=ON)
    problem.refresh_from_db()
    clock = Clock.objects.get(about_id=problem.pk, state="running")
    assert (problem.state, clock.due_on) == ("returned", dt.date(2026, 6, 12))
    assert reported(world, problem, LATE, late_reason="台账重做").is_late
    with pytest.raises(Stale):
        reported(world, problem, LATE, late_reason="再报")


def test_what_was_put_right_in_appearance_only_opens_again_with_a_new_term(world):
    (problem,) = listed(world)
    written_off(world, problem, dt.date(2026, 3, 31))
    look = {
        "problem_id": problem.pk, "looked_on": dt.date(2026, 5, 19), "finding": "制度没有执行", "holds": False,
        "actor": world.inspector, "on": dt.date(2026, 5, 19),
    }  # fmt: skip
    with pytest.raises(Invalid, match="另一人"):
        problems.look_back(second_looker=world.inspector.name, submission=uuid7(), **look)
    key = uuid7()
    problems.look_back(second_looker="林样张", submission=key, **look)
    problems.look_back(second_looker="林样张", submission=key, **look)
    problem.refresh_from_db()
    assert problem.state == "false"
    assert problem.due_on == dt.date(2026, 8, 19)
    assert problem.checks.count() == 1
    assert problem.may_become_clue(dt.date(2026, 5, 19))


def test_supervised_handling_sends_a_letter_of_its_own_that_the_unit_reads_and_has_its_own_day(client, world):
    (problem,) = listed(world)
    made = problems.supervise(
        problem_id=problem.pk,
        requirement="逐件销号",
        due_on=dt.date(2026, 4, 4),
        submission=uuid7(),
        actor=world.conduct,
        on=ON,
    )
    assert made.due_on == dt.date(2026, 4, 7), "the holiday of 清明"
    assert Clock.objects.get(about_id=problem.pk, rule="supervised_handling").due_on == made.due_on
    for username, status in (("unit", 200), ("inspector3", 200), ("hr", 404), ("county", 404)):
        client.force_login(world.users[username])
        assert client.get(made.document.get_absolute_url()).status_code == status, username
    client.force_login(world.unit)
    assert "督办要求" in page_of(client, problem)
    reported(world, problem, ON)
    assert not Clock.objects.filter(about_id=problem.pk, state="running").exists()


# --- who sees it ----------------------------------------------------------------------------------------------------
def test_a_unit_sees_its_own_problems_and_neither_the_paper_nor_anothers(client, world):
    own, others = listed(world, row(world), row(world, "edu", "2"))
    client.force_login(world.unit)
    assert [each.pk for each in client.get("/lists/problems/").context["page"]] == [own.pk]
    assert client.get(others.get_absolute_url()).status_code == 404
    assert client.get(own.problem_list.get_absolute_url()).status_code == 404
    assert client.get("/lists/problems/new/").status_code == 404
    assert client.post(f"/lists/problems/{own.pk}/clue/").status_code == 404
    assert len(load_workbook_rows(client.get("/lists/problems/export/"))) == 2


def load_workbook_rows(answer):
    from io import BytesIO

    return list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))


def test_the_register_is_filtered_by_state_source_and_unit_in_its_address(client, world, settings):
    settings.WENZE_TODAY = LATE
    late, waiting = listed(world, row(world), row(world, "edu", "2"))
    (done,) = listed(world, row(world, "water"), source="audit")
    reported(world, waiting, ON, actor=world.conduct)
    reported(world, done, ON, actor=world.conduct)
    problems.accept(problem_id=done.pk, acceptance="属实", actor=world.casemgmt, on=ON)
    client.force_login(world.inspector3)

    def shown(**asked):
        return {each.pk for each in client.get("/lists/problems/", asked).context["page"]}

    assert shown() == {late.pk, waiting.pk}
    assert shown(show="late") == {late.pk}
    assert shown(show="written_off") == {done.pk}
    assert shown(show="all", source="audit") == {done.pk}
    assert shown(show="all", q="教育局") == {waiting.pk}
    assert shown(show="nonsense", source="nonsense") == {late.pk, waiting.pk, done.pk}
    assert "逾期 12 个工作日" in client.get("/lists/problems/", {"show": "late"}).content.decode()


def test_the_register_costs_the_same_queries_for_one_problem_and_for_many(client, world):
    client.force_login(world.conduct)
    listed(world)
    client.get("/lists/problems/")
    with CaptureQueriesContext(connection) as few:
        client.get("/lists/problems/")
    listed(world, *(row(world, number=str(number)) for number in range(15)))
    with CaptureQueriesContext(connection) as many:
        assert len(client.get("/lists/problems/").context["page"]) == 16
    assert len(many) == len(few)


# --- the file -------------------------------------------------------------------------------------------------------
HEAD = {"source": "audit", "source_document": "审计报告", "found_by": "市审计局", "found_on": "2026-03-02"}
GOOD = ["1", "某某教育局党组", "曾甲一", "", "账目不清", "清理", "2", ""]


def test_a_list_comes_from_a_file_with_every_owner_and_term(client, world):
    client.force_login(world.conduct)
    table = [
        GOOD,
        ["2", "某某水务局党组", "", "党组书记", "超期", "限期办结", "", "2026-05-01"],
        ["3", *GOOD[1:6], "", ""],
    ]
    assert client.post("/lists/problems/new/", {**HEAD, "workbook": large(table)}).status_code == 302
    rows = list(Problem.objects.order_by("number").values_list("owner__name", "owner_title", "due_on"))
    assert rows == [
        ("曾甲一", "", dt.date(2026, 5, 6)),  # 05-02 lies in the holiday
        (None, "党组书记", dt.date(2026, 5, 6)),  # 05-01 too
        ("曾甲一", "", dt.date(2026, 6, 2)),
    ]
    out = load_workbook_rows(client.get("/lists/problems/export/", {"show": "all"}))
    assert out[0][: len(PROBLEM_COLUMNS)] == PROBLEM_COLUMNS


FAULTS = [
    (1, "没有的单位", "责任单位"), (2, "没有的人", "责任人"), (4, "", "问题"), (5, "", "整改措施"), (6, "两个月", "期限（月）"),
    (6, "61", "期限（月）"), (7, "2026-02-30", "到期日"), (7, "2026-03-01", "到期日"),
]  # fmt: skip


def test_a_file_with_faults_writes_nothing_and_names_each_by_row_and_cell(client, world):
    client.force_login(world.conduct)
    table = []
    for number, (place, wrong, _) in enumerate(FAULTS, 1):
        cells = [str(number), *GOOD[1:]]
        cells[6] = "" if place == 7 else "2"
        cells[place] = wrong
        table.append(cells)
    answer = client.post("/lists/problems/new/", {**HEAD, "workbook": large(table)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"有{len(FAULTS)}处错误" in page
    for number, (_, _, column) in enumerate(FAULTS, 2):
        assert f"第{number}行“{column}”" in page
    assert not ProblemList.objects.exists()


# --- what becomes of it ---------------------------------------------------------------------------------------------
def test_one_press_makes_an_overdue_problem_a_clue_and_a_second_press_finds_it(client, world, settings):
    settings.WENZE_TODAY = dt.date(2026, 6, 12)
    (problem,) = listed(world)
    client.force_login(world.conduct)
    assert "转为线索" not in page_of(client, problem), "its day is still today"
    assert client.post(f"/lists/problems/{problem.pk}/clue/").status_code == 409
    settings.WENZE_TODAY = dt.date(2026, 6, 15)
    assert "转为线索" in page_of(client, problem)
    first = client.post(f"/lists/problems/{problem.pk}/clue/")
    assert client.post(f"/lists/problems/{problem.pk}/clue/").headers["Location"] == first.headers["Location"]
    clue = Clue.objects.get(problem=problem)
    assert first.headers["Location"] == clue.get_absolute_url()
    assert (clue.source, clue.received_on) == ("problem_list", dt.date(2026, 6, 15))
    assert problem.reference in clue.source_detail
    assert problem.text in clue.summary
    whom = {(each.organization_id, each.cadre_id) for each in clue.respondents.all()}
    assert whom == {(problem.organization_id, None), (None, problem.owner_id)}
    assert clue.number in page_of(client, problem)
    assert problem.get_absolute_url() in client.get(clue.get_absolute_url()).content.decode()


def test_whoever_may_not_see_the_clue_is_told_no_number_and_the_unit_nothing(client, world, settings):
    settings.WENZE_TODAY = LATE
    (problem,) = listed(world)
    problems.hand_on(problem_id=problem.pk, actor=world.conduct, on=LATE)
    clue = Clue.objects.get(problem=problem)
    client.force_login(world.inspector3)
    page = page_of(client, problem)
    assert "已转为问责线索" in page
    assert clue.number not in page
    answer = client.post(f"/lists/problems/{problem.pk}/clue/", follow=True)
    assert clue.number not in answer.content.decode()
    assert Clue.objects.filter(problem=problem).count() == 1
    client.force_login(world.unit)
    assert "线索" not in page_of(client, problem)


def test_the_database_keeps_one_clue_a_problem(world):
    (problem,) = listed(world)
    problems.hand_on(problem_id=problem.pk, actor=world.conduct, on=LATE)
    other = Clue.objects.get(problem=problem)
    other.pk, other.serial = uuid7(), 99
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)


# --- what the duty-holder knew --------------------------------------------------------------------------------------
@pytest.fixture
def known(story):
    """A case under investigation, and a problem of its subject's unit that was named before the act."""
    case = story.run("investigating")
    subject = case.subjects.get(kind="cadre")
    before = subject.act_on - dt.timedelta(days=40)
    (problem,) = listed(story.world, row(story.world, months=1), found_on=before, on=story.day)
    return case, subject, problem


def test_a_problem_known_before_the_act_and_not_put_right_is_offered_and_no_other(client, story, known):
    case, subject, problem = known
    world = story.world
    (after,) = listed(
        world, row(world, text="行为以后才指出的问题"), found_on=subject.act_on + dt.timedelta(days=1), on=story.day
    )
    (done,) = listed(
        world, row(world, text="行为以前已销号的问题"), found_on=subject.act_on - dt.timedelta(days=30), on=story.day
    )
    Problem.objects.filter(pk=done.pk).update(state="written_off", written_off_on=subject.act_on)
    (others,) = listed(
        world, row(world, "edu", text="别的单位的问题"), found_on=subject.act_on - dt.timedelta(days=30), on=story.day
    )
    client.force_login(world.inspector)
    page = client.get(f"/cases/{case.pk}/panel/responsibility/").content.decode()
    assert problem.text in page
    for never in (after, done, others):
        assert never.text not in page
    refused = client.post(f"/cases/{case.pk}/subjects/{subject.pk}/known/{others.pk}/")
    assert refused.status_code == 422


@pytest.mark.article("TL", 10)
def test_one_press_makes_it_evidence_an_event_and_a_fact_and_the_chain_and_the_report_say_so(client, story, known):
    case, subject, problem = known
    client.force_login(story.world.inspector)
    url = f"/cases/{case.pk}/subjects/{subject.pk}/known/{problem.pk}/"
    for _ in range(2):
        assert client.post(url).status_code == 302
    told = KnownProblem.objects.get(subject=subject)
    assert Evidence.objects.filter(case=case, title__contains=problem.text).count() == 1
    assert TrailEvent.objects.get(pk=told.event_id).on == problem.found_on
    assert list(told.fact.evidence.all()) == [told.evidence]
    assert f"逾期{(subject.act_on - problem.due_on).days}天未销号" in told.fact.text
    assert "已入案" in client.get(f"/cases/{case.pk}/panel/responsibility/").content.decode()
    assert told.fact.text in client.get(f"/cases/{case.pk}/panel/chain/").content.decode()
    from cases import composing
    from wenze.crypto import files

    assert told.fact.text in composing.compose_report(case)["facts"]
    assert problem.measure in files.unseal(told.evidence.file).decode()


def test_what_was_taken_back_can_be_taken_in_again(story, known):
    case, subject, problem = known
    world = story.world
    press = {
        "case_id": case.pk,
        "subject_id": subject.pk,
        "problem_id": problem.pk,
        "actor": world.inspector,
        "on": story.day,
    }
    first = in_cases.take_known(**press)
    chain.withdraw_link(
        case_id=case.pk, kind="fact", link_id=first.fact_id, reason="另行陈述", actor=world.inspector, on=story.day
    )
    again = in_cases.take_known(**press)
    assert again.pk == first.pk
    assert Fact.objects.get(pk=again.fact_id).withdrawn_on is None
    assert again.evidence_id == first.evidence_id, "the extract still stands"


def test_who_is_not_of_the_team_takes_nothing_in(client, story, known):
    case, subject, problem = known
    client.force_login(story.world.inspector3)
    assert client.post(f"/cases/{case.pk}/subjects/{subject.pk}/known/{problem.pk}/").status_code == 404
    client.force_login(story.world.head)
    assert client.post(f"/cases/{case.pk}/subjects/{subject.pk}/known/{problem.pk}/").status_code == 403
    assert not KnownProblem.objects.exists()
