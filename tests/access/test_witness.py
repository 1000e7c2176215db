"""Refusals and denials stand on the ledger, in a transaction of their own (design §7)."""

import pytest

from wenze.audit.models import LedgerEntry


def last(action):
    return LedgerEntry.objects.filter(action=action).order_by("-pk").first()


@pytest.mark.parametrize("username", ["county", "inspector3", "hr", "auditadmin"])
def test_a_strangers_look_at_a_case_is_a_404_to_him_and_an_entry_to_the_auditor(client, story, world, username):
    case = story.run("initiating")
    client.force_login(world.users[username])
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    entry = last("denied")
    assert (entry.actor_id, entry.about_id, entry.result) == (str(world.users[username].pk), case.pk, "denied")


def test_a_step_that_lacks_something_is_an_entry_that_names_what(client, story, world):
    case = story.run("initiating")
    client.force_login(world.inspector)
    client.post(f"/cases/{case.pk}/step/approve_initiation/")
    entry = last("refused")
    assert entry.detail["codes"] == ["committee_approved_initiation"]
    assert entry.about_id == case.pk
    assert "被退回" in client.get(f"/cases/{case.pk}/panel/history/").content.decode()


def test_a_refusal_shown_beside_its_form_is_an_entry_too(client, story, world):
    story.run("assessed")
    client.force_login(world.inspector)
    answer = client.post(f"/clues/{story.clue.pk}/initiate/", {
        "title": "甲", "brief": "要情", "organization_1": world["P-gov"].pk, "act_on_1": story.act_on, "act_1": "未研究", "tier_1": "FULL",
    })  # fmt: skip
    assert answer.status_code == 422
    assert last("refused").detail["codes"] == ["organization_with_leaders"]


def test_an_act_that_is_anothers_is_an_entry(client, story, world):
    case = story.run("heard")
    client.force_login(world.head)
    assert client.post(f"/cases/{case.pk}/step/approve_report/").status_code == 403
    assert last("refused").detail["status"] == 403


def test_a_mistyped_field_is_nobodys_business(client, story, world):
    client.force_login(world.conduct)
    assert client.post("/clues/register/", {"title": ""}).status_code == 422
    assert last("refused") is None


def test_a_strangers_attempt_is_not_told_on_the_page_of_the_case(client, story, world):
    case = story.run("initiating")
    client.force_login(world.county)
    client.get(f"/cases/{case.pk}/")
    client.force_login(world.inspector)
    assert "项县级" not in client.get(f"/cases/{case.pk}/panel/history/").content.decode()
