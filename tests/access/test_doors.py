"""Who sees what: a stranger's address is 404, recusal takes effect at once, lists cost the same for 3 rows and 100."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Clue, Decision, Evidence, ExternalDecision
from cases.services import recusal
from followup.models import (
    AppointmentCheck,
    Blockage,
    EducationUnit,
    ExecutionItem,
    RecommendationLetter,
    ReformItem,
    VisitPlan,
    WarningEducation,
)
from followup.services import checks
from review.models import PreReview
from wenze.crypto.models import DataKey
from wenze.deadlines import clock
from wenze.demo.stories import Story
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.notices.models import Notice, Task

STRANGERS = ("inspector3", "superior", "county", "hr", "unit", "pcommittee", "sysadmin", "secadmin", "auditadmin")
READERS = ("inspector", "inspector2", "head", "deputy", "principal")
PROCESS = ("conduct", "casemgmt", "trial")


@pytest.fixture
def case(story):
    return story.run("heard")


def addresses(case):
    evidence = Evidence.objects.filter(case=case).first()
    document = OfficialDocument.objects.filter(case_id=case.pk, kind="D10").first()
    clue = Clue.objects.get(case=case)
    return {
        "case": f"/cases/{case.pk}/panel/facts/",
        "evidence": f"/cases/{case.pk}/evidence/{evidence.pk}/file/",
        "document": f"/documents/{document.pk}/",
        "clue": f"/clues/{clue.pk}/",
        "form": f"/cases/{case.pk}/facts/",
    }


@pytest.mark.parametrize("username", STRANGERS)
def test_to_a_stranger_the_case_and_all_that_hangs_on_it_does_not_exist(client, case, world, username):
    client.force_login(world.users[username])
    for name, url in addresses(case).items():
        assert client.get(url).status_code == 404, (username, name)
    assert not Case.objects.visible_to(world.users[username]).exists()
    assert not Evidence.objects.visible_to(world.users[username]).exists()


@pytest.mark.parametrize("username", READERS)
def test_the_team_its_head_and_its_leaders_read_the_case(client, case, world, username):
    client.force_login(world.users[username])
    for name, url in addresses(case).items():
        if name == "clue" and username == "inspector2":
            continue
        assert client.get(url).status_code == 200, (username, name)


@pytest.mark.parametrize("username", PROCESS)
def test_process_offices_see_how_the_case_stands_and_its_content_only_from_their_stage(client, story, world, username):
    case = story.run("heard")
    client.force_login(world.users[username])
    assert client.get(f"/cases/{case.pk}/panel/subjects/").status_code == 200
    assert client.get(f"/cases/{case.pk}/panel/facts/").status_code == 403
    assert client.get(addresses(case)["evidence"]).status_code == 404
    story.reported()
    assert client.get(f"/cases/{case.pk}/panel/facts/").status_code == 200


@pytest.mark.parametrize("username", ["principal", "deputy", "inspector2"])
def test_recusal_beats_every_role_at_once(client, case, world, username):
    user = world.users[username]
    client.force_login(user)
    assert client.get(f"/cases/{case.pk}/").status_code == 200
    recusal.recuse_from_case(
        case_id=case.pk, user=user, ground="declared", reason="近亲属", actor=user, on=clock.today()
    )
    for url in addresses(case).values():
        if "clues" not in url:
            assert client.get(url).status_code == 404


def test_a_visitor_is_sent_to_the_login(client, case):
    response = client.get(f"/cases/{case.pk}/")
    assert response.status_code == 302
    assert "/login/" in response.url


def test_an_unconfirmed_or_ended_role_shows_nothing(case, world):
    import datetime as dt

    user = world.head
    user.role_assignments.update(confirmed_at=None)
    user.__dict__.pop("_holdings", None)
    assert not Case.objects.visible_to(user).exists()
    user.role_assignments.update(confirmed_at=clock.now(), until_on=clock.today() - dt.timedelta(1))
    user.__dict__.pop("_holdings", None)
    assert not Case.objects.visible_to(user).exists()


@pytest.fixture
def key_case(story):
    """A key case on its way into execution: every list has a row."""
    story.is_key = True
    case = story.run("executing")
    story.reformed()
    story.recommended()
    world, cadre, today = story.world, story.world.chiefs["gov"], clock.today()
    ExternalDecision.objects.create(
        commission=world["DEMO"], cadre=cadre, decided_by="示例市委", decided_on=today, number="示例委〔2026〕1号", measures=["party_warning"],
        registered_by=world.casemgmt, registered_on=today,
    )  # fmt: skip
    checks.ask(
        organization=world["DEMO-ZZB"], purpose="promotion", on=today, asked=[cadre.name], reference="拟提拔", actor=world.hr, known_on=today
    )  # fmt: skip
    return case


MOST_QUERIES = 12
"""Of a list page, the session and the account included (issue: at most 12)."""


def again(row, **changes):
    """Another row like this one."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    made = type(row)(pk=uuid7(), **values | changes)
    made.save(force_insert=True)
    return made


def many(case, number):
    """So many more rows of everything that a list shows: clues, cases, items, visits, trackings, to-dos, messages."""
    clue = Clue.objects.filter(case=case).first()
    open_items = ExecutionItem.objects.filter(case=case, done_on__isnull=True)
    item = open_items.filter(measure__isnull=True).first()
    theirs = open_items.filter(responsible__code="DEMO-ZZB", due_on__isnull=False).exclude(pk=item.pk).first()
    check = AppointmentCheck.objects.get()
    elsewhere = ExternalDecision.objects.get()
    samples = [
        (RecommendationLetter.objects.get(), "case_id"),
        (VisitPlan.objects.first(), "case_id"),
        *(
            (task, "about_id")
            for task in [*Task.objects.filter(state="open")[:3], *Task.objects.filter(state="done")[:3]]
        ),
        *((notice, "") for notice in Notice.objects.all()[:3]),
        (PreReview.objects.first(), "case_id"),
    ]
    for serial in range(100, 100 + number):
        key = DataKey.objects.create_for(commission_id=case.commission_id, about=f"test:{serial}")
        other = again(case, year=2020, serial=serial, title=f"第{serial}件", data_key_id=key.pk)
        subject = again(case.subjects.get(kind="cadre"), case_id=other.pk)
        again(case.trackings.first(), case_id=other.pk, subject_id=subject.pk)
        decision = again(Decision.objects.filter(subject__case=case).first(), subject_id=subject.pk)
        again(item, case_id=other.pk, decision_id=decision.pk)
        again(theirs, case_id=other.pk, decision_id=decision.pk)
        again(check)
        again(elsewhere, number=f"示例委〔2026〕{serial}号")
        point = again(Blockage.objects.get(case=case), case_id=other.pk)
        again(ReformItem.objects.get(case=case), case_id=other.pk, blockage_id=point.pk)
        taught = again(WarningEducation.objects.get(case=case), case_id=other.pk)
        again(EducationUnit.objects.filter(case=case).first(), case_id=other.pk, education_id=taught.pk)
        key = DataKey.objects.create_for(commission_id=case.commission_id, about=f"test:clue:{serial}")
        again(clue, year=2020, serial=serial, data_key_id=key.pk, informant=b"")
        for row, matter in samples:
            changes = {matter: uuid7() if matter == "about_id" else other.pk} if matter else {}
            if isinstance(row, VisitPlan):
                changes["round"] = "extra"
            again(row, **changes)


LISTS = (
    "/cases/", "/clues/", "/", "/?tab=done", "/?tab=started", "/followup/", "/followup/?tab=visits", "/followup/?tab=tracking",
    "/followup/?tab=reform", "/followup/?tab=letters", "/followup/?tab=education", "/notices/", "/approvals/?state=complete", "/review/?state=given", "/search/?q=第1",
    "/followup/?done=1", "/cases/elsewhere/", "/cases/elsewhere/?q=单某某",
)  # fmt: skip
LISTS_OF = {
    **dict.fromkeys(("inspector", "head", "principal", "casemgmt"), LISTS),
    "hr": ("/hr/", "/hr/?q=单某某", "/", "/followup/", "/followup/?done=1", "/notices/", "/search/?q=问责"),
    "unit": tuple(f"/followup/?tab={tab}" for tab in ("items", "reform", "letters", "education")),
}


@pytest.mark.parametrize("username", LISTS_OF)
def test_every_list_takes_the_same_few_queries_for_three_rows_and_for_a_hundred(client, key_case, world, username):
    client.force_login(world.users[username])
    few = {url: queries_of(client, url) for url in LISTS_OF[username]}
    many(key_case, 100)
    lots = {url: queries_of(client, url) for url in LISTS_OF[username]}
    assert lots == few
    assert {url: number for url, number in lots.items() if number > MOST_QUERIES} == {}


def queries_of(client, url):
    """How many queries a page takes when it is opened again."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as told:
        client.get(url)
    return len(told)


def test_the_lists_of_hr_grow_with_the_rows_that_are_counted(client, key_case, world):
    client.force_login(world.hr)
    few = client.get("/hr/").context
    many(key_case, 15)
    lots = client.get("/hr/").context
    for name in ("items", "checks"):
        assert len(lots[name]) > len(few[name]) > 0, name
    assert len(lots["page"]) > len(few["page"]) > 0


@pytest.mark.parametrize(
    ("username", "model", "status"),
    [
        ("sysadmin", "people/user", 200), ("sysadmin", "people/roleassignment", 403), ("sysadmin", "audit/ledgerentry", 403),
        ("secadmin", "people/roleassignment", 200), ("secadmin", "people/user", 403), ("secadmin", "audit/ledgerentry", 403),
        ("auditadmin", "audit/ledgerentry", 200), ("auditadmin", "people/user", 403), ("auditadmin", "people/roleassignment", 403),
        ("principal", "people/user", 302), ("inspector", "audit/ledgerentry", 302),
    ],
)  # fmt: skip
def test_each_administrator_keeps_his_own_third_and_nobody_else_enters(client, world, username, model, status):
    client.force_login(world.users[username])
    assert client.get(f"/admin/{model}/").status_code == status


def test_two_stories_do_not_mix(world):
    import datetime as dt

    start = clock.today() - dt.timedelta(days=40)
    first = Story(world, "gov", "甲", start, start - dt.timedelta(9)).run("registered")
    second = Story(world, "edu", "乙", start, start - dt.timedelta(9)).run("registered")
    assert (first.serial, second.serial) == (1, 2)


def test_the_history_of_a_clue_says_nothing_of_the_case_that_came_of_it(client, case, world):
    client.force_login(world.conduct)
    page = client.get(f"/clues/{Clue.objects.get(case=case).pk}/").content.decode()
    assert "会商分办" in page
    for act in ("封存证据", "送交事实材料", "陈述事实"):
        assert act not in page
