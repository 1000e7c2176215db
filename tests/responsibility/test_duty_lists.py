"""责任清单: drafted by the unit, reviewed by another, published; the past stays as it was (条例第十六条)."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Attribution
from cases.services import investigation
from responsibility import selectors
from responsibility.models import Duty, DutyList
from responsibility.rows import COLUMNS, Row
from responsibility.services import duties
from tests.responsibility.test_rows import GOOD, HEAD, csv_of, workbook
from wenze.errors import Invalid, NotYours, Stale
from wenze.ids import uuid7
from wenze.notices.models import Task
from wenze.people.models import Appointment

NEXT = dt.date(2027, 1, 1)


def head(world, **changes):
    told = {
        "organization": world.organizations["P-gov"] if "P-gov" in world.organizations else world["P-gov"], "year": 2027,
        "source": "division", "source_document": "2027年分工文件", "in_force_from": NEXT,
    }  # fmt: skip
    return duties.Head(**{**told, **changes})


def row(number="1", text="逐件督办"):
    return Row(number, "principal", text, "leadership", "逐件")


def drafted(world, **changes):
    return duties.draft(
        submission=uuid7(),
        head=head(world, **changes),
        rows=[row()],
        actor=world.users["unit"],
        on=dt.date(2026, 11, 25),
    )


def published(world, **changes):
    made = drafted(world, **changes)
    duties.submit(list_id=made.pk, actor=world.users["unit"], on=dt.date(2026, 11, 25))
    return duties.publish(list_id=made.pk, actor=world.conduct, on=dt.date(2026, 11, 26))


def typed(**changes):
    return {
        "year": 2027, "source": "division", "source_document": "分工文件", "in_force_from": "2027-01-01",
        "workbook": workbook([HEAD, GOOD]), **changes,
    }  # fmt: skip


def test_a_unit_drafts_its_list_the_conduct_office_publishes_it_and_the_old_one_ends_the_day_before(client, world):
    client.force_login(world.users["unit"])
    answer = client.post("/lists/duties/new/", typed())
    made = DutyList.objects.get(year=2027)
    assert answer.status_code == 302
    assert (made.state, made.version, made.duties.count()) == ("draft", 1, 1)
    page = f"/lists/duties/{made.pk}/"
    assert "提请审核" in client.get(page).content.decode()
    client.force_login(world.conduct)
    assert client.get(page).status_code == 404, "a draft is its unit's and its drafter's"
    client.force_login(world.users["unit"])
    assert client.post(f"{page}press/submit/").status_code == 302
    assert client.post(f"{page}press/publish/").status_code == 403
    assert client.post(f"{page}rows/", {"workbook": workbook([HEAD, GOOD])}).status_code == 409
    client.force_login(world.conduct)
    assert "与上一份相比" in client.get(page).content.decode()
    assert client.post(f"{page}press/publish/").status_code == 302
    made.refresh_from_db()
    earlier = DutyList.objects.get(organization=made.organization, year=2026)
    assert (made.state, earlier.state, earlier.in_force_until) == ("published", "superseded", dt.date(2026, 12, 31))
    assert not Task.objects.filter(about_id=made.pk, state="open").exists()


def test_a_file_with_faults_writes_nothing_and_names_each_by_row_and_cell(client, world):
    client.force_login(world.users["unit"])
    bad = [HEAD, GOOD, ["2", "班长", "", "", "", "领导责任"]]
    answer = client.post("/lists/duties/new/", typed(workbook=workbook(bad)))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "第3行“责任主体”" in page
    assert "第3行“职责”" in page
    assert 'value="分工文件"' in page, "what was typed stays"
    assert not DutyList.objects.filter(year=2027).exists()
    assert client.post("/lists/duties/new/", typed(workbook=csv_of([HEAD, GOOD], "gb18030"))).status_code == 302


def test_pressed_twice_it_is_one_list_and_two_drafts_are_two_versions(world):
    unit, on, key = world.users["unit"], dt.date(2026, 11, 25), uuid7()
    first = duties.draft(submission=key, head=head(world), rows=[row()], actor=unit, on=on)
    assert duties.draft(submission=key, head=head(world), rows=[row()], actor=unit, on=on) == first
    assert drafted(world).version == 2


def test_it_is_sent_back_with_its_reason_mended_and_put_forward_again(client, world):
    made = drafted(world)
    duties.submit(list_id=made.pk, actor=world.users["unit"], on=dt.date(2026, 11, 25))
    client.force_login(world.conduct)
    assert client.post(f"/lists/duties/{made.pk}/return/", {"reason": ""}).status_code == 422
    assert client.post(f"/lists/duties/{made.pk}/return/", {"reason": "第1条没有量化"}).status_code == 302
    client.force_login(world.users["unit"])
    assert "第1条没有量化" in client.get(f"/lists/duties/{made.pk}/").content.decode()
    with pytest.raises(Stale):
        duties.discard(list_id=made.pk, actor=world.users["unit"])
    duties.rewrite(list_id=made.pk, rows=[row(text="每周督办，逐件销号")], actor=world.users["unit"])
    duties.submit(list_id=made.pk, actor=world.users["unit"], on=dt.date(2026, 11, 26))
    assert Task.objects.filter(about_id=made.pk, recipient=world.conduct, state="open").count() == 1


def test_nobody_reviews_what_he_drafted(world):
    made = duties.draft(
        submission=uuid7(), head=head(world), rows=[row()], actor=world.conduct, on=dt.date(2026, 11, 25)
    )
    with pytest.raises(Invalid, match="没有可审核"):
        duties.submit(list_id=made.pk, actor=world.conduct, on=dt.date(2026, 11, 25))
    DutyList.objects.filter(pk=made.pk).update(state="submitted")
    with pytest.raises(NotYours, match="自己起草"):
        duties.publish(list_id=made.pk, actor=world.conduct, on=dt.date(2026, 11, 25))


def test_a_unit_drafts_for_itself_alone(world):
    other = world.organizations["P-edu"] if "P-edu" in world.organizations else world["P-edu"]
    with pytest.raises(NotYours):
        drafted(world, organization=other)


def test_another_commission_sees_nothing_of_them(client, world):
    client.force_login(world.county)
    assert len(client.get("/lists/duties/").context["page"]) == 0
    assert client.get(f"/lists/duties/{DutyList.objects.first().pk}/").status_code == 404


@pytest.mark.parametrize("username", ["hr", "pcommittee", "superior", "sysadmin"])
def test_to_others_the_lists_do_not_exist(client, world, username):
    made = DutyList.objects.first()
    client.force_login(world.users[username])
    for url in (
        "/lists/duties/",
        "/lists/duties/person/",
        "/lists/duties/new/",
        f"/lists/duties/{made.pk}/",
        f"/lists/duties/{made.pk}/export/",
    ):
        assert client.get(url).status_code == 404, url


def test_what_is_exported_is_read_in_again_as_it_was(client, world):
    made = published(world)
    client.force_login(world.users["unit"])
    answer = client.get(f"/lists/duties/{made.pk}/export/")
    from io import BytesIO

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [[cell.value or "" for cell in line] for line in sheet.iter_rows()] == [
        list(COLUMNS),
        ["1", "主要负责人", "", "逐件督办", "逐件", "领导责任"],
    ]


def test_differences_against_the_list_before_are_told_by_number(world):
    made = published(world)
    before = selectors.predecessor_of(made)
    told = {(each.number, each.kind) for each in selectors.differences(before, made)}
    assert told == {("1", "changed"), ("2", "gone"), ("3", "gone")}


# --- who was responsible on that day ---------------------------------------------------------------------------------
@pytest.mark.article("TL", 16)
def test_a_days_duties_are_those_of_the_post_and_the_list_of_that_day_and_a_gap_is_a_gap(world):
    published(world)
    chief = world.chiefs["gov"]
    that_day, later, before = (
        selectors.duties_on(chief, day) for day in (dt.date(2026, 5, 6), dt.date(2027, 5, 6), dt.date(2023, 5, 6))
    )
    assert [duty.text for duty in that_day[0].duties] == ["对群众投诉集中的问题直接督办，逐件销号"]
    assert [duty.text for duty in later[0].duties] == ["逐件督办"]
    assert before[0].is_gap


def test_the_course_of_a_person_costs_the_same_queries_for_one_list_and_for_many(world):
    chief = world.chiefs["gov"]
    with CaptureQueriesContext(connection) as few:
        selectors.course_of(chief)
    for year in range(2028, 2040):
        published(world, year=year, in_force_from=dt.date(year, 1, 1))
    with CaptureQueriesContext(connection) as lots:
        assert len(selectors.course_of(chief)) > 10
    assert len(lots) == len(few) <= 4


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
TODAY = dt.date(2026, 11, 25)


@pytest.mark.article("TL", 16)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["division", "list", "ends"]), st.integers(0, 400), WORDS), max_size=5))
def test_changing_todays_division_of_work_leaves_an_old_case_and_what_he_answered_for_then_untouched(story, changes):
    if story.case is None:
        story.run("heard")
    case, chief, then = story.case, story.world.chiefs["gov"], story.act_on
    with transaction.atomic():
        answered, attributed = _answered_for(chief, then), _attributed(case)
        assert answered
        assert attributed
        day = TODAY
        for kind, ahead, words in changes:
            day += dt.timedelta(days=ahead + 1)
            _change(story.world, chief, kind, day, words)
        assert _answered_for(chief, then) == answered
        assert _attributed(case) == attributed
        transaction.set_rollback(True)


def _answered_for(chief, day):
    return [
        (each.post.pk, each.division, each.duty_list.pk, [(duty.pk, duty.text) for duty in each.duties])
        for each in selectors.duties_on(chief, day)
    ]


def _attributed(case):
    """What the case says of duties, and which duties its form would still take for the day of the act."""
    rows = Attribution.objects.filter(subject__case=case).select_related("duty", "event").order_by("pk")
    return [
        (row.pk, row.duty.text, Duty.objects.in_force_on(row.event.on).filter(pk=row.duty_id).exists()) for row in rows
    ]


def _change(world, chief, kind, day, words):
    """Today's or a later change: another division of work, another list, the end of a post."""
    held = Appointment.objects.filter(cadre=chief, until_on=None).first()
    if kind == "list":
        made = duties.draft(
            submission=uuid7(),
            head=head(world, year=day.year, in_force_from=day),
            rows=[row(text=words)],
            actor=world.unit,
            on=TODAY,
        )
        duties.submit(list_id=made.pk, actor=world.unit, on=TODAY)
        duties.publish(list_id=made.pk, actor=world.conduct, on=TODAY)
    elif held is not None:
        held.until_on = day - dt.timedelta(days=1)
        held.save()
        if kind == "division":
            Appointment.objects.create(cadre=chief, post=held.post, from_on=day, division_of_work=words)


def test_days_without_any_post_are_a_stretch_of_their_own(client, world):
    chief = world.chiefs["gov"]
    held = Appointment.objects.get(cadre=chief, until_on=None)
    held.until_on = dt.date(2026, 6, 30)
    held.save()
    Appointment.objects.create(cadre=chief, post=held.post, from_on=dt.date(2026, 9, 1))
    (gap,) = [each for each in selectors.course_of(chief) if each.is_without_post]
    assert (gap.since, gap.until) == (dt.date(2026, 7, 1), dt.date(2026, 8, 31))
    assert selectors.duties_on(chief, dt.date(2026, 7, 15)) == []
    client.force_login(world.inspector)
    page = client.get("/lists/duties/person/", {"cadre": chief.pk, "on": "2026-07-15"}).content.decode()
    assert "当日没有任职登记" in page


@pytest.mark.article("TL", 6)
def test_responsibility_points_at_a_duty_of_the_day_of_the_act_or_says_where_else_it_comes_from(story):
    case = story.run("heard")
    later = published(story.world)
    found = (
        Attribution.objects.filter(subject__case=case, subject__kind="cadre").select_related("event", "fact").first()
    )
    told = {
        "case_id": case.pk, "subject": found.subject, "event": found.event, "fact": found.fact, "power": "supervision", "tier": "MAIN",
        "liability": "leadership", "failure": "weak", "reasoning": "应当督办", "actor": story.world.inspector,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        investigation.attribute(duty=later.duties.get(), **told)
    assert "不在施行期内" in refused.value.fields["duty"]
    investigation.attribute(outside_list="三定规定第四条", **told)


def test_the_persons_page_shows_the_day_and_the_gaps(client, world):
    client.force_login(world.inspector)
    chief = world.chiefs["gov"]
    page = client.get("/lists/duties/person/", {"cadre": chief.pk, "on": "2026-05-06"}).content.decode()
    assert "直接督办" in page
    assert "空档" in page
    for junk in ({"cadre": chief.pk, "on": "昨天"}, {}):
        assert client.get("/lists/duties/person/", junk).status_code == 200
    assert client.get("/lists/duties/person/", {"cadre": "x"}).status_code == 404


def test_a_unit_has_one_published_list_however_the_presses_fall(world):
    first, second = drafted(world), drafted(world, in_force_from=dt.date(2027, 7, 1))
    for made in (first, second):
        duties.submit(list_id=made.pk, actor=world.users["unit"], on=dt.date(2026, 11, 25))
        duties.publish(list_id=made.pk, actor=world.conduct, on=dt.date(2026, 11, 26))
    own = DutyList.objects.filter(organization=first.organization)
    assert own.filter(state="published").get() == second
    third = drafted(world)
    duties.submit(list_id=third.pk, actor=world.users["unit"], on=dt.date(2026, 11, 26))
    with pytest.raises(Invalid, match="之后"):
        duties.publish(list_id=third.pk, actor=world.conduct, on=dt.date(2026, 11, 26))
    with pytest.raises(Stale):
        duties.publish(list_id=second.pk, actor=world.conduct, on=dt.date(2026, 11, 26))
    assert own.in_force_on(dt.date(2027, 3, 1)).get() == first
