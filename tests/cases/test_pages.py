"""Every page of the workspace opens for those who work in it, at every stage."""

import pytest

from cases.views.facts import act_name
from wenze.audit.models import LedgerEntry
from wenze.people.models.organization import joined

FORMS = (
    "team", "plan", "facts", "trail", "attributions", "circumstances", "evidence", "report", "deliberation", "amend", "recuse",
    "declare",
)  # fmt: skip


@pytest.mark.parametrize("stage", ["initiating", "heard", "decided", "visited"])
def test_every_form_and_panel_of_a_case_opens(client, story, stage):
    case = story.run(stage)
    client.force_login(story.world.inspector)
    for name in FORMS:
        assert client.get(f"/cases/{case.pk}/{name}/").status_code == 200, name
    for panel in client.get(f"/cases/{case.pk}/").context["panels"]:
        assert client.get(f"/cases/{case.pk}/panel/{panel['code']}/").status_code == 200, panel["code"]


def test_the_application_form_opens_filled_from_the_clue(client, story):
    story.run("assessed")
    client.force_login(story.world.inspector)
    page = client.get(f"/clues/{story.clue.pk}/initiate/")
    assert page.status_code == 200
    assert story.title in page.content.decode()


@pytest.mark.parametrize(
    "url", ["/", "/clues/", "/cases/", "/approvals/", "/followup/", "/procedure/", "/notices/", "/search/?q=某某"]
)
def test_the_common_pages_open_for_every_account(client, world, url):
    for user in world.users.values():
        client.force_login(user)
        assert client.get(url).status_code == 200, (user.username, url)


def test_a_classified_matter_is_only_a_stub(client, world):
    from django.utils import timezone

    client.force_login(world.conduct)
    typed = {
        "title": "涉密件一件", "source": "supervision", "received_on": timezone.localdate().isoformat(), "is_classified": "on",
        "classified_number": "密〔2026〕1", "classified_level": "secret", "custodian": "保管员", "submission": "018f0000-0000-7000-8000-000000000001",
    }  # fmt: skip
    refused = client.post("/clues/register/", {**typed, "summary": "不该有的内容"})
    assert refused.status_code == 422
    assert "不该有的内容" in refused.content.decode()
    assert client.post("/clues/register/", typed).status_code == 302
    from cases.models import Clue

    assert Clue.objects.get().summary == ""


def test_a_second_click_registers_one_clue(client, world):
    from django.utils import timezone

    from cases.models import Clue

    client.force_login(world.conduct)
    typed = {
        "title": "两次点击", "source": "supervision", "received_on": timezone.localdate().isoformat(), "summary": "某某",
        "submission": "018f0000-0000-7000-8000-000000000002",
    }  # fmt: skip
    first, second = client.post("/clues/register/", typed), client.post("/clues/register/", typed)
    assert first.url == second.url
    assert Clue.objects.count() == 1


def test_every_act_of_a_whole_case_has_its_chinese_name_in_the_history(story):
    story.run("visited")
    matters = {story.case.pk, story.clue.pk}
    told = {act_name(row) for row in LedgerEntry.objects.all() if {row.case_id, row.about_id} & matters}
    assert len(told) > 30
    assert [name for name in told if name.isascii()] == []


@pytest.mark.parametrize(
    ("organization", "post", "written"),
    [
        ("中共示例市某某局党组", "党组书记、局长", "中共示例市某某局党组书记、局长"),
        ("示例市某某局", "副局长", "示例市某某局副局长"),
        ("示例市委", "委员", "示例市委委员"),
    ],
)
def test_a_post_is_written_with_a_shared_word_once(organization, post, written):
    assert joined(organization, post) == written
