"""A matter is found by any writing of its number, by its words and by initials, and only by whom it is visible to."""

import pytest

from wenze.documents.models import OfficialDocument
from wenze.search import selectors


def found(user, q):
    return {hit.kind for hit in selectors.search(user, q).hits}


@pytest.mark.parametrize("q", ["2026-0001", "〔2026〕问字第0001号", "1号", "窗口超时", "单某某", "smm", "dmm"])
def test_its_team_finds_a_case_by_number_words_names_and_initials(story, world, q):
    case = story.run("investigating")
    assert case.get_absolute_url() in {hit.url for hit in selectors.search(world.inspector, q).hits}


def test_what_a_fact_says_is_found_by_those_who_may_read_the_content_only(story, world):
    story.run("heard")
    assert found(world.inspector, "没有直接督办") == {"cases.CaseContent"}
    assert found(world.casemgmt, "没有直接督办") == set()
    assert "cases.Case" in found(world.casemgmt, "窗口超时")
    story.reported()
    assert found(world.casemgmt, "没有直接督办") == {"cases.CaseContent"}


@pytest.mark.parametrize("username", ["inspector3", "superior", "county", "hr", "unit", "sysadmin", "auditadmin"])
def test_a_stranger_finds_nothing_of_it(story, world, username):
    story.run("heard")
    assert selectors.search(world.users[username], "窗口超时").count == "0"


def test_a_document_is_found_by_its_number(story, world):
    story.run("decided")
    decision = OfficialDocument.objects.filter(kind="D19").first()
    assert decision.get_absolute_url() in {hit.url for hit in selectors.search(world.principal, decision.number).hits}
    assert selectors.search(world.inspector3, decision.number).count == "0"


def test_what_was_sealed_is_not_in_the_index(story, world):
    story.run("heard")
    assert found(world.inspector, "接受组织处理") == set()
