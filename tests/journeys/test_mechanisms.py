"""The 22 mechanisms of the mission, each walked to on screen with the demonstration's data."""

import re

import pytest

from tests.mechanisms import MECHANISMS

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("journey-mechanisms")]


def test_none_of_the_twenty_two_is_left_out():
    assert [each.number for each in MECHANISMS] == list(range(1, 23))


@pytest.fixture(scope="module")
def twelve(office):
    page = office.page("principal")
    page.goto("/cases/?q=旧砖厂")
    return page.locator("main tbody tr", has_text="旧砖厂").first.locator("a[href^='/cases/']").get_attribute("href")


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda each: each.name)
def test_the_mechanism_works_on_screen_with_data(office, twelve, mechanism):
    for look in mechanism.looks:
        page = office.page(look.who)
        assert page.goto(look.start.replace("{twelve}", twelve)).ok
        if look.follow:
            found = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
            onward = [href for href in found if re.fullmatch(look.follow, href)]
            assert onward, (look.start, "leads nowhere of the shape", look.follow)
            assert page.goto(onward[0]).ok
        words = page.locator("main").inner_text()
        assert [word for word in look.sees if word not in words] == [], page.url
