"""The pages of the reform: each act on its page, what was typed comes back, and what a unit sees of it."""

import datetime as dt

import pytest

from followup.models import (
    Blockage,
    EducationUnit,
    RecommendationLetter,
    ReformItem,
    ReformReport,
)
from tests.cases import scenes
from tests.followup.reforming import issued, report, taught, written, written_off
from wenze.demo.stories import upload
from wenze.documents.models import OfficialDocument

pytestmark = pytest.mark.django_db


# --- pages ----------------------------------------------------------------------------------------------------------
COMMISSION_ONLY = ("return/", "gap/", "look-back/")


def test_the_units_account_sees_its_rows_and_nothing_of_the_case(client, told, item):
    made, letter = taught(told), issued(told)
    draft = written(told)
    own = made.units.get(organization=told.world["P-gov"])
    client.force_login(told.world.unit)
    for row in (item, letter, own):
        page = client.get(row.get_absolute_url())
        assert page.status_code == 200
        assert told.case.number not in page.content.decode()
    assert client.get(letter.document.get_absolute_url()).status_code == 200
    hidden = [
        draft.get_absolute_url(), made.units.get(organization=told.world["P-edu"]).get_absolute_url(), told.case.panel_url("reform"),
        f"/followup/reform/letters/{letter.pk}/sign/", *(f"{item.get_absolute_url()}{tail}" for tail in COMMISSION_ONLY),
        OfficialDocument.objects.filter(case_id=told.case.pk, kind="D19").first().get_absolute_url(),
    ]  # fmt: skip
    for url in hidden:
        assert client.get(url).status_code == 404, url
    for tab, shown in (("reform", item.requirement), ("letters", "纪检监察建议（某某"), ("education", made.title)):
        page = client.get(f"/followup/?tab={tab}")
        assert [row.case_id for row in page.context["page"].items] == [told.case.pk], tab
        assert told.case.number not in page.content.decode()
        assert shown[:10] in page.content.decode()


def test_a_unit_that_is_not_named_sees_none_of_it(client, told, item):
    letter = issued(told)
    told.world.unit.role_assignments.update(organization=told.world["P-edu"])
    told.world.unit.__dict__.pop("_holdings", None)
    client.force_login(told.world.unit)
    for url in (item.get_absolute_url(), letter.get_absolute_url(), letter.document.get_absolute_url()):
        assert client.get(url).status_code == 404


def test_the_unit_reports_with_a_proof_on_its_page_and_case_supervision_accepts_there(client, told, item, settings):
    settings.WENZE_TODAY = told.day
    client.force_login(told.world.unit)
    url = item.get_absolute_url()
    typed = {"reported_on": told.day, "text": "", "uploads": upload("制度.pdf")}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"text"}
    assert client.post(url, typed | {"text": "已落实", "uploads": upload("制度.pdf")}).status_code == 302
    made = ReformReport.objects.get()
    answered = client.get(f"/followup/reform/reports/{made.pk}/file/")
    assert answered.content.startswith(b"%PDF")
    client.force_login(told.world.casemgmt)
    assert "验收销号" in client.get(url).content.decode()
    assert client.post(url, {"acceptance": "到位"}).status_code == 302
    assert ReformItem.objects.get().state == "written_off"


def test_every_act_is_done_on_its_page(client, told, item, settings):
    settings.WENZE_TODAY = told.day
    world, case = told.world, told.case
    client.force_login(world.inspector)
    unit = world["P-gov"].pk
    head = f"/followup/reform/cases/{case.pk}/"
    named = {
        "kind": "blockage",
        "deviation": "thinking",
        "link": "decision",
        "organization": unit,
        "text": "重审批轻监管",
    }
    assert client.post(f"{head}point/", named).status_code == 302
    new = Blockage.objects.get(text="重审批轻监管")
    listing = {"requirement": "立制度", "responsible": unit, "owner": "局长", "start_on": told.day}
    assert client.post(f"/followup/reform/points/{new.pk}/item/", listing).status_code == 302
    letter = {
        "kind": "joint",
        "to_organization": unit,
        "problems": "问题",
        "causes": "原因",
        "advice": "建议",
        "reply_days": 45,
    }
    assert client.post(f"{head}letter/", letter).status_code == 302
    made = RecommendationLetter.objects.get()
    page = made.get_absolute_url()
    seen = client.get(page).context["form"]["seen"].value()
    assert client.post(page, letter | {"advice": "另一建议", "seen": seen}).status_code == 302
    assert client.post(f"{page}sign/").status_code == 302
    assert scenes.sign(client, made, "issue_letter", world.deputy, world.principal).status_code == 302
    client.force_login(world.inspector)
    assert client.post(page, {"received_on": told.day}).status_code == 302
    client.force_login(world.unit)
    assert client.post(page, {"replied_on": told.day, "reply": "照办", "adopted": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.advice, made.adopted) == ("另一建议", True)
    client.force_login(world.casemgmt)
    typed = {
        "kind": "warning",
        "title": "警示教育",
        "text": "开展",
        "units": [unit],
        "due_on": told.day + dt.timedelta(9),
    }
    assert client.post(f"{head}education/", typed).status_code == 302
    client.force_login(world.unit)
    row = EducationUnit.objects.get()
    assert client.post(row.get_absolute_url(), {"done_on": told.day, "report": "已开展"}).status_code == 302
    report(item, world.unit, told.day)
    client.force_login(world.casemgmt)
    assert client.post(f"{item.get_absolute_url()}return/", {"reason": "再改"}).status_code == 302
    written_off(told, item)
    gap = {"rule": "制度", "before": "无", "after": "有", "in_force_on": told.day}
    assert client.post(f"{item.get_absolute_url()}gap/", gap).status_code == 302
    look = {"looked_on": told.day, "second_looker": "林样张", "finding": "又松了", "holds": "0"}
    assert client.post(f"{item.get_absolute_url()}look-back/", look).status_code == 302
    item.refresh_from_db()
    assert item.state == "open"
    panel = client.get(case.panel_url("reform")).content.decode()
    for words in ("重审批轻监管", "思想认识偏差", "回头看：不成立", "另一建议", "警示教育", "修订前"):
        assert words in panel, words


def test_a_refusal_keeps_what_was_typed(client, told, item):
    client.force_login(told.world.inspector)
    answered = client.post(
        f"/followup/reform/cases/{told.case.pk}/letter/",
        {"kind": "supervision_recommendation", "to_organization": told.world["P-gov"].pk, "problems": "写了很多", "causes": "原因",
         "advice": "建议", "reply_days": 90},
    )  # fmt: skip
    assert answered.status_code == 422
    assert set(answered.context["form"].errors) == {"kind", "reply_days"}
    assert answered.context["form"]["problems"].value() == "写了很多"
