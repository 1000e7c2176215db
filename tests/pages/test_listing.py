"""Lists: the same number of queries at any length, every row once, filters kept in the address."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from wenze.pages import listing
from wenze.people.models import Organization

pytestmark = pytest.mark.django_db
ORDER = ("-level", "code", "-pk")


def make(number):
    for at in range(number):
        Organization.objects.create(
            code=f"u{at:04}", name=f"单位{at}", kind="other", level="city" if at % 3 else "town"
        )


def ask(address, size=7):
    return listing.page(RequestFactory().get(f"/x/{address}"), Organization.objects.all(), order=ORDER, size=size)


@pytest.mark.parametrize("number", [3, 100])
def test_a_page_asks_two_queries_at_any_length(number, django_assert_num_queries):
    make(number)
    with django_assert_num_queries(2):
        assert ask("").count == str(number)


def test_walking_forth_and_back_shows_every_row_once_and_keeps_the_filter():
    make(30)
    wanted = [row.pk for row in Organization.objects.order_by(*ORDER)]
    page, seen = ask("?state=open"), []
    while True:
        seen += [row.pk for row in page]
        if not page.next:
            break
        assert "state=open" in page.next
        page = ask(page.next)
    assert seen == wanted
    back = [row.pk for row in page]
    while page.previous:
        page = ask(page.previous)
        back = [row.pk for row in page] + back
    assert back == wanted
    assert page.next


@pytest.mark.parametrize("place", ["x", "%%%", "bnVsbA", "WzEsMl0", "W251bGwsMSwyXQ"])
def test_a_place_changed_by_hand_shows_the_first_page(place):
    make(3)
    assert len(ask(f"?after={place}")) == 3


def test_a_long_list_is_counted_up_to_a_thousand(monkeypatch):
    make(12)
    assert listing.capped(Organization.objects.all(), 10) == "10+"
    assert listing.capped(Organization.objects.all(), 12) == "12"
    assert ask("?count=exactly").count == "12"
