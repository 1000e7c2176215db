"""Search: found by any writing, shown only to whom it is visible."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q

from wenze.access import policy
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.people.models import Cadre, Organization, User
from wenze.people.models.user import RoleAssignment
from wenze.search import selectors, services, tokens
from wenze.search.models import SearchEntry
from wenze.search.registry import INDEXES, Index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(monkeypatch):
    """Cadres are indexed, and an inspector sees those of his own commission."""
    index = Index(Cadre, texts=lambda c: ["〔2026〕问字第0017号", "示例镇违规占用耕地"], title=lambda c: c.name,
                  url=lambda c: f"/x/{c.pk}/", names=lambda c: [c.name])  # fmt: skip
    monkeypatch.setattr(INDEXES, "_entries", {"people.Cadre": (0, index)})
    rules = {"people.Cadre:inspector": (0, lambda h: Q(commission_id__in=h.organizations))}
    monkeypatch.setattr(policy.RULES, "_entries", rules)
    monkeypatch.setattr(policy.DENIALS, "_entries", {})


def commission(code):
    return Organization.objects.create(code=code, name=f"{code}纪委", kind="commission", level="city")


def person(at, name):
    found = Cadre.objects.create(commission=at, name=name, managed_by=at)
    with transaction.atomic():
        services.reindex(found)
    return found


def inspector(at, username):
    user = User.objects.create_user(username, "x", name=username, organization=at, commission=at)
    RoleAssignment.objects.create(
        user=user, role=Role.INSPECTOR, organization=at, from_on=clock.today(), confirmed_at=clock.now()
    )
    return user


@pytest.mark.parametrize(
    "q",
    [
        "2026-0017",
        "〔2026〕问字第0017号",
        "[2026]问字第17号",
        "（2026）0017号",
        "17号",
        "0017",
        "占用耕地",
        "耕",
        "冯涛",
        "ft",
        "FT",
        "冯涛 耕地",
    ],
)
def test_a_record_is_found_by_any_way_of_writing_it(q):
    at = commission("A")
    person(at, "冯涛")
    assert [hit.title for hit in selectors.search(inspector(at, "u"), q).hits] == ["冯涛"]


@pytest.mark.parametrize("q", ["", "  ", "2026-0018", "18号", "占耕", "地占", "刘海", "'\"&|!*:()", "tf"])
def test_what_does_not_match_is_not_found_and_no_sign_breaks_the_question(q):
    at = commission("A")
    person(at, "冯涛")
    assert selectors.search(inspector(at, "u"), q).hits == ()


@pytest.mark.parametrize(
    ("name", "letters"), [("单雄信", "sxx"), ("仇和", "qh"), ("曾国藩", "zgf"), ("解缙", "xj"), ("重庆", "cq")]
)
def test_surnames_are_found_by_their_reading_as_surnames(name, letters):
    assert letters in tokens.initials(name)


def test_rare_characters_are_found_like_any_other():
    at = commission("A")
    person(at, "𠮷䶮㼆")
    assert selectors.search(inspector(at, "u"), "𠮷䶮").count == "1"


def test_neither_hits_nor_counts_tell_of_rows_that_the_user_may_not_see():
    here, there = commission("A"), commission("B")
    person(here, "冯涛")
    person(there, "冯涛")
    found = selectors.search(inspector(here, "u"), "冯涛")
    assert found.count == "1"
    assert [kind.count for kind in found.kinds] == ["1"]
    assert len(found.hits) == 1


def test_the_index_follows_the_record_and_an_undone_write_leaves_no_trace():
    at = commission("A")
    row = person(at, "冯涛")
    user = inspector(at, "u")
    row.name = "刘海"
    services.reindex(row)
    assert selectors.search(user, "冯涛").count == "0"
    assert selectors.search(user, "lh").count == "1"
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        row.name = "孙健"
        services.reindex(row)
        _ = 1 / 0
    assert selectors.search(user, "孙健").count == "0"
    services.forget(row)
    assert selectors.search(user, "lh").count == "0"


def test_many_hits_take_the_other_road_with_the_same_answer(monkeypatch):
    at = commission("A")
    for number in range(5):
        person(at, f"冯涛{number}")
    person(commission("B"), "冯涛")
    user = inspector(at, "u")
    monkeypatch.setattr(selectors, "FETCHED", 3)
    assert selectors.search(user, "冯涛").count == "5"


def test_as_many_queries_for_three_records_as_for_a_hundred(django_assert_num_queries):
    at = commission("A")
    user = inspector(at, "u")
    user.holdings()
    for number in range(3):
        person(at, f"冯涛{number}")
    with django_assert_num_queries(3):
        selectors.search(user, "冯涛")
    for number in range(97):
        person(at, f"冯涛{number}")
    with django_assert_num_queries(3):
        assert selectors.search(user, "冯涛").count == "100"


def test_the_whole_index_can_be_written_anew(capsys):
    at = commission("A")
    person(at, "冯涛")
    SearchEntry.objects.all().delete()
    call_command("reindex")
    assert "1 条" in capsys.readouterr().out
    assert selectors.search(inspector(at, "u"), "冯涛").count == "1"


def test_the_page_lists_what_was_found(client):
    at = commission("A")
    person(at, "冯涛")
    client.force_login(inspector(at, "u"))
    page = client.get("/search/", {"q": "2026-0017"}).content.decode()
    assert "冯涛" in page
    assert "没有找到" in client.get("/search/", {"q": "不存在的人"}).content.decode()
