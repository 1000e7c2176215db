"""What a reader of the statistics gets: the page, the workbook, the paper, the campaigns; and who gets nothing."""

import datetime as dt
import re
from io import BytesIO

import pymupdf
import pytest
from openpyxl import load_workbook

from cases.models import Campaign
from cases.services import campaigns
from tests.access.test_doors import STRANGERS
from tests.reporting.plain import Drawn
from wenze.audit.models import LedgerEntry
from wenze.errors import Invalid, NotYours
from wenze.ids import uuid7
from wenze.reporting.report import report_of
from wenze.reporting.scope import Scope, year_of

pytestmark = [pytest.mark.django_db]
ADDRESSES = (
    "/statistics/", "/statistics/figure/?figure=held.times", "/statistics/export/", "/statistics/campaigns/", "/statistics/campaigns/?as=xlsx",
)  # fmt: skip


def opened(world, name="=某某专项", by="conduct", **changed):
    told = campaigns.Told(name, "某文〔2026〕1号", dt.date(2026, 1, 1))
    return campaigns.open_campaign(
        submission=uuid7(),
        told=told.__class__(**{**told.__dict__, **changed}),
        actor=world.users[by],
        on=dt.date(2026, 1, 2),
    )


@pytest.mark.parametrize("username", [*STRANGERS, "inspector"])
def test_for_those_who_read_no_statistics_there_are_none(client, world, username):
    client.force_login(world.users[username])
    for address in ADDRESSES:
        assert client.get(address).status_code == 404, address


def test_a_reader_of_his_own_office_is_told_so(client, world):
    for username, words in (("head", "您看得见的案件"), ("principal", "本机关的全部案件")):
        client.force_login(world.users[username])
        assert words in client.get("/statistics/").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "year=0",
        "year=abc",
        "from=2026-13-01",
        "from=2026-05-01&until=2026-01-01",
        "unit=x",
        "track=y",
        "campaign=z",
        "until=0001-01-01",
    ],
)
def test_what_cannot_be_read_in_an_address_is_no_error_of_the_server(client, world, asked):
    client.force_login(world.principal)
    assert client.get(f"/statistics/figure/?figure=held.times&{asked}").status_code == 200


@pytest.mark.parametrize(
    "code", ["", "none", "term.T06.no", "term.X.met", "unit.x.times", "share.none.1", "share.office.x", "unit.."]
)
def test_a_code_that_is_no_figure_is_not_found(client, world, code):
    client.force_login(world.principal)
    assert client.get("/statistics/figure/", {"figure": code}).status_code == 404


def test_the_workbook_holds_the_numbers_of_the_page_as_numbers_and_is_an_entry_of_the_ledger(client, world):
    Drawn(world, 30)
    client.force_login(world.principal)
    answer = client.get("/statistics/export/?as=xlsx&year=2026")
    book = load_workbook(BytesIO(answer.content))
    for table in report_of(Scope(world.principal, *year_of(2026))).tables:
        sheet = [list(row) for row in book[re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31]].iter_rows(values_only=True)]
        assert sheet[0] == table.head
        for told, row in zip(table.rows, sheet[1:], strict=True):
            assert row[0] == told.label
            assert row[1:] == [cell.text if cell.number is None else cell.number for cell in told.cells]
    assert LedgerEntry.objects.get(action="statistics.exported").actor_id == str(world.principal.pk)


def test_a_name_that_begins_like_a_formula_stays_text_in_the_workbook(client, world):
    opened(world)
    client.force_login(world.principal)
    sheet = load_workbook(BytesIO(client.get("/statistics/campaigns/?as=xlsx").content)).worksheets[0]
    cell = sheet["B1"]
    assert (cell.value, cell.data_type) == ("=某某专项", "s")


def test_the_paper_lies_across_with_its_pages_numbered(client, world):
    Drawn(world, 30)
    client.force_login(world.principal)
    paper = pymupdf.open(stream=client.get("/statistics/export/?as=pdf&year=2026").content)
    assert paper.page_count > 1
    for number, page in enumerate(paper, 1):
        assert page.rect.width > page.rect.height
        assert f"— {number} / {paper.page_count} —" in page.get_text()
    assert "条例第八条口径" in paper[0].get_text()


def test_persons_are_listed_with_all_that_counts_them(client, world):
    drawn = Drawn(world, 60)
    client.force_login(world.principal)
    page = client.get("/statistics/figure/?figure=held.persons&year=2026").content.decode()
    held = {fact.cadre.pk for fact in drawn.of(2026) if fact.held}
    assert f"共 <b>{len(held)}</b> 人" in page


# --- campaigns ------------------------------------------------------------------------------------------------------
def test_a_campaign_is_opened_by_those_who_may_with_its_paper_and_once_by_name(world):
    opened(world)
    for wrong, changed in (("name", {"name": "=某某专项"}), ("basis", {"name": "乙", "basis": " "}),
                           ("until_on", {"name": "丙", "until_on": dt.date(2025, 1, 1)})):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            opened(world, **{"name": "x", **changed})
        assert wrong in refusal.value.fields
    with pytest.raises(NotYours):
        opened(world, name="丁", by="inspector")
    assert LedgerEntry.objects.filter(action="campaign.opened").count() == 1


def test_a_matter_is_put_under_a_campaign_by_its_office_and_the_ledger_says_so(client, story, world):
    clue = story.run("registered")
    campaign = opened(world, name="某某专项")
    client.force_login(world.conduct)
    answer = client.post(f"/clues/{clue.pk}/campaign/", {"campaign": campaign.pk})
    assert answer.status_code == 302
    entry = LedgerEntry.objects.get(action="campaign.assigned")
    assert entry.about_id == clue.pk
    story.clue.refresh_from_db()
    assert story.clue.campaign == campaign
    for stage in ("assigned", "verified", "assessed", "initiating"):
        getattr(story, stage)()
    assert story.case.campaign == campaign  # a case begins under its clue's campaign
    with pytest.raises(NotYours):
        campaigns.assign_case(case_id=story.case.pk, campaign=None, actor=world.trial)
    campaigns.assign_case(case_id=story.case.pk, campaign=None, actor=world.inspector)
    story.case.refresh_from_db()
    assert story.case.campaign is None


def test_campaigns_stand_side_by_side_each_number_with_its_list(client, world):
    both = [opened(world, name=name) for name in ("甲专项", "乙专项")]
    drawn = Drawn(world, 60, campaigns=both)
    client.force_login(world.principal)
    page = client.get("/statistics/campaigns/").content.decode()
    for campaign in both:
        number = sum(fact.campaign == campaign for fact in drawn.facts)
        assert number > 0
        link = re.search(rf'\?figure=all&amp;([^"]*campaign={campaign.pk})"[^>]*>{number}<', page)
        assert link, number
        listed = client.get("/statistics/figure/?figure=all&" + link.group(1).replace("&amp;", "&")).content.decode()
        assert f"共 <b>{number}</b>" in listed
    assert Campaign.objects.visible_to(world.county).count() == 0
