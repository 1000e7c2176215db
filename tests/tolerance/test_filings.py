"""容错备案: filed by the unit, looked at by another, registered with a receipt; every version stands as it was (law.md §6.1)."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.tolerance.filed import LATER, ON, drafted, registered, submitted, whole
from tolerance.authority import receiver_of
from tolerance.models import Filing, FilingVersion, ResidentScope
from tolerance.services import drafting, expiry, handling
from tolerance.services.drafting import Content
from wenze.demo import filings
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.ids import uuid7
from wenze.law import data
from wenze.notices.models import Notice, Task
from wenze.people.models import Cadre
from wenze.terms.models import Clock

DAY = dt.timedelta(days=1)


def codes(refusal):
    return set(refusal.value.codes)


def paper_of(row, kind):
    document = OfficialDocument.objects.get(about_id=row.pk, kind=kind, state="issued")
    return document, "".join(str(document.context).split())


# --- what must be written --------------------------------------------------------------------------------------------
def test_an_empty_draft_is_kept_and_what_it_lacks_is_named_all_at_once(world):
    row = drafting.begin(
        submission=uuid7(), organization=world["P-gov"], content=Content({"title": "试点"}), actor=world.unit, on=ON
    )
    with pytest.raises(Refused) as refusal:
        drafting.submit(filing_id=row.pk, actor=world.unit, on=ON)
    written = {
        "responsible", "background", "gap", "practice", "risks", "loss_ceiling", "starts_on", "ends_on", "meeting", "met_on",
        "minutes", "legality", "expert", "signed_by", "no_private_gain", "item", "file_minutes", "file_scan",
    }  # fmt: skip
    assert written <= codes(refusal)
    assert len([code for code in codes(refusal) if code.startswith("check_")]) == 9
    assert len([code for code in codes(refusal) if code.endswith("_facts")]) == 3
    assert Filing.objects.get(pk=row.pk).state == "draft"


def test_each_field_of_the_law_is_asked_for_by_name(world):
    row = drafted(world)
    for name in (
        "background",
        "gap",
        "practice",
        "risks",
        "meeting",
        "minutes",
        "legality",
        "expert",
        "signed_by",
        "prejudgement",
    ):
        FilingVersion.objects.filter(filing=row).update(**{name: ""})
        with pytest.raises(Refused) as refusal:
            drafting.submit(filing_id=row.pk, actor=world.unit, on=ON)
        assert codes(refusal) == {name}
        FilingVersion.objects.filter(filing=row).update(**{name: "写了"})


def test_a_hit_of_the_negative_list_cannot_be_handed_in_or_by_setting_only_be_refused(world, monkeypatch):
    row = drafted(world)
    version = row.current
    answers = {**version.self_check, "N03.1": "yes"}
    drafting.save(filing_id=row.pk, content=Content({"title": "试点", "self_check": answers}), actor=world.unit, on=ON)
    with pytest.raises(Refused) as refusal:
        drafting.submit(filing_id=row.pk, actor=world.unit, on=ON)
    assert codes(refusal) == {"hit_N03.1"}
    monkeypatch.setattr(data, "tolerance_settings", lambda: {**SETTINGS, "negative_hit": "veto"})
    drafting.submit(filing_id=row.pk, actor=world.unit, on=ON)
    with pytest.raises(Refused) as refusal:
        handling.register(filing_id=row.pk, opinion="可", actor=world.conduct, on=LATER)
    assert codes(refusal) == {"negative_hit"}
    assert handling.refuse(filing_id=row.pk, reason="命中负面清单", actor=world.conduct, on=LATER).state == "refused"


SETTINGS = data.tolerance_settings()


# --- to whom ---------------------------------------------------------------------------------------------------------
def test_it_goes_to_the_commission_of_the_committee_that_manages_him_with_the_reason(world):
    found = receiver_of(world.deputies["gov"], world["P-gov"])
    assert (found.body, found.commission, found.copy_to) == (world["DEMO"], world["DEMO"], world["DEMO-ZZB"])
    assert "由示例市委管理" in found.reason
    county = Cadre.objects.create(commission=world["DEMO"], name="县管干部", managed_by=world["DEMO-X-PC"])
    assert receiver_of(county, world["P-gov"]).body == world["DEMO-X"]
    group = Cadre.objects.create(commission=world["DEMO"], name="局管干部", managed_by=world["P-gov"])
    assert receiver_of(group, world["P-edu"]).body == world["DEMO"], "the committee that leads the managing group"


def test_a_resident_office_comes_first_where_the_organisation_has_one(world):
    ResidentScope.objects.create(commission=world["DEMO"], office=world["DEMO-PZ2"], organization=world["P-edu"])
    found = receiver_of(world.chiefs["edu"], world["P-edu"])
    assert (found.body, found.commission) == (world["DEMO-PZ2"], world["DEMO"])
    assert "派驻" in found.reason


def test_nobody_can_choose_the_body(world):
    row = drafted(world)
    with pytest.raises(TypeError):
        drafting.save(filing_id=row.pk, content=whole(world), body=world["DEMO-X"], actor=world.unit, on=ON)
    assert Filing.objects.get(pk=row.pk).body == world["DEMO"]


# --- the way of a filing ---------------------------------------------------------------------------------------------
def test_it_is_filed_supplemented_registered_and_its_receipt_says_what_it_is_not(world):
    row = submitted(world)
    assert (row.state, row.filed_on, row.number) == ("submitted", ON, "")
    assert Task.objects.get(about_id=row.pk, state="open").recipient == world.conduct
    assert Clock.objects.get(about_id=row.pk, rule="filing_review").due_on == dt.date(2026, 6, 8), "five working days"
    handling.ask_supplement(filing_id=row.pk, note="写明停止条件", actor=world.conduct, on=ON + DAY)
    row.refresh_from_db()
    assert (row.state, row.supplement_due_on) == ("supplement", dt.date(2026, 6, 9))
    assert Task.objects.get(about_id=row.pk, state="open").recipient == world.unit
    drafting.begin_version(filing_id=row.pk, kind="supplement", actor=world.unit, on=ON + DAY)
    drafting.save(
        filing_id=row.pk, content=Content({"title": "试点", "risks": "超期三件停止"}), actor=world.unit, on=ON + DAY
    )
    drafting.submit(filing_id=row.pk, actor=world.unit, on=ON + 2 * DAY)
    row = handling.register(filing_id=row.pk, opinion="材料齐全", actor=world.conduct, on=LATER)
    assert (row.state, row.registered_on, row.filed_on) == ("registered", LATER, ON)
    assert row.number == f"示例容备〔2026〕{row.serial}号"
    first, second = row.versions.order_by("version")
    assert (first.state, first.risks, second.risks) == (
        "superseded",
        "补件超期的逐件提醒；超期三件以上的，当日停止试行。",
        "超期三件停止",
    )
    assert row.valid_until == ON + dt.timedelta(200), "as long as the undertaking"
    document, text = paper_of(row, "D39")
    assert "备案不是批准，也不是免责决定" in text
    assert second.digest in text
    assert document.number.startswith("示例容备回〔2026〕")
    assert "超期三件停止" in paper_of(row, "D38")[1]
    assert not Task.objects.filter(about_id=row.pk, state="open").exists()


def test_validity_is_twelve_months_at_most_and_can_be_renewed_once(world):
    row = registered(world, dt.date(2024, 3, 11), dt.date(2024, 3, 22), ends_on=dt.date(2026, 12, 31))
    assert (row.valid_from, row.valid_until) == (dt.date(2024, 3, 22), dt.date(2025, 3, 21))
    renew = {"filing_id": row.pk, "kind": "renewal", "actor": world.unit, "reason": "再评估一年"}
    with pytest.raises(Invalid):
        drafting.begin_version(**renew, until=dt.date(2026, 3, 22), on=dt.date(2025, 3, 14))
    row = filings.renewed(world, row, dt.date(2025, 3, 14), dt.date(2026, 3, 21))
    assert (row.valid_from, row.valid_until, row.renewals) == (dt.date(2024, 3, 22), dt.date(2026, 3, 21), 1)
    with pytest.raises(Stale, match="已经续过"):
        drafting.begin_version(**renew, until=dt.date(2026, 9, 1), on=dt.date(2025, 6, 2))


def test_a_change_is_a_new_version_and_until_it_is_registered_the_old_one_stands(world):
    row = registered(world)
    drafting.begin_version(filing_id=row.pk, kind="change", reason="窗口增加", actor=world.unit, on=LATER + DAY)
    drafting.save(
        filing_id=row.pk,
        content=Content({"title": "五个窗口的试点", "practice": "五个窗口"}),
        actor=world.unit,
        on=LATER,
    )
    drafting.submit(filing_id=row.pk, actor=world.unit, on=LATER + DAY)
    row.refresh_from_db()
    assert (row.state, row.title, row.current.version) == ("registered", "容缺受理试点", 1)
    row = handling.register(filing_id=row.pk, opinion="可", actor=world.conduct, on=LATER + 2 * DAY)
    assert (row.title, row.current.version, row.registered_on) == ("五个窗口的试点", 2, LATER)
    assert row.versions.get(version=1).practice.startswith("选两个窗口")
    drafting.begin_version(filing_id=row.pk, kind="change", reason="再增加", actor=world.unit, on=LATER + 3 * DAY)
    drafting.submit(filing_id=row.pk, actor=world.unit, on=LATER + 3 * DAY)
    handling.refuse(filing_id=row.pk, reason="无依据", actor=world.conduct, on=LATER + 4 * DAY)
    row.refresh_from_db()
    assert (row.state, row.current.version) == ("registered", 2), "a refused change leaves what was registered"


def test_what_comes_when_the_act_has_begun_is_an_explanation_and_its_receipt_says_so(world):
    row = submitted(world, starts_on=ON)
    assert row.is_explanation
    with pytest.raises(Refused) as refusal:
        handling.register(filing_id=row.pk, opinion="可", actor=world.conduct, on=LATER)
    assert codes(refusal) == {"in_advance"}
    row = handling.keep_as_explanation(filing_id=row.pk, opinion="已经实施", actor=world.conduct, on=LATER)
    assert (row.state, row.registered_on, row.valid_until) == ("explanation", None, None)
    assert "不是事前备案，只收存为说明材料" in paper_of(row, "D39")[1]
    before = submitted(world, starts_on=ON + DAY)
    assert not before.is_explanation
    with pytest.raises(Stale):
        handling.keep_as_explanation(filing_id=before.pk, opinion="收存", actor=world.conduct, on=LATER)


def test_who_filed_does_not_register_and_the_database_holds_it_too(world):
    row = filings.submitted(
        world, world["P-edu"], world.deputies["edu"], ON, title="试点", starts_on=LATER, ends_on=LATER + DAY
    )
    assert (row.filed_by, row.on_behalf) == (world.conduct, True)
    assert Task.objects.get(about_id=row.pk, state="open").recipient == world.casemgmt
    with pytest.raises(NotYours, match="报送人不能受理"):
        handling.register(filing_id=row.pk, opinion="可", actor=world.conduct, on=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(pk=row.pk).update(registered_by=world.conduct)
    assert handling.register(filing_id=row.pk, opinion="可", actor=world.casemgmt, on=LATER).state == "registered"


def test_it_expires_the_day_after_its_last_day_and_who_filed_is_told(world):
    row = registered(world)
    last = row.valid_until
    assert Clock.objects.get(about_id=row.pk, rule="filing_expiry", state="running").handler == world.unit
    assert (row.is_in_effect_on(last), row.is_in_effect_on(last + DAY)) == (True, False)
    expiry.expire_due(last)
    assert Filing.objects.get(pk=row.pk).state == "registered"
    assert (expiry.expire_due(last + DAY), expiry.expire_due(last + DAY)) == (1, 0)
    assert Filing.objects.get(pk=row.pk).state == "expired"
    assert Notice.objects.filter(recipient=world.unit, text__contains="到期").count() == 1
    assert Filing.objects.in_effect_on(LATER).filter(pk=row.pk).exists(), "it was in effect then"


def test_it_is_withdrawn_or_lapses_and_stays_on_record(world):
    waiting, standing, false = submitted(world), registered(world), registered(world)
    drafting.withdraw(filing_id=waiting.pk, reason="不做了", actor=world.unit, on=LATER)
    drafting.withdraw(filing_id=standing.pk, reason="停止试点", actor=world.unit, on=LATER + DAY)
    handling.lapse(filing_id=false.pk, reason="材料不实", actor=world.conduct, on=LATER + DAY)
    states = [Filing.objects.get(pk=row.pk).state for row in (waiting, standing, false)]
    assert states == ["withdrawn", "lapsed", "lapsed"]
    assert FilingVersion.objects.submitted().count() == 3
    assert not Filing.objects.get(pk=false.pk).is_in_effect_on(LATER + DAY)
    assert not Clock.objects.filter(about_id__in=[waiting.pk, standing.pk, false.pk], state="running").exists()
    for press in (drafting.withdraw, handling.lapse):
        actor = world.unit if press is drafting.withdraw else world.conduct
        with pytest.raises(Stale):
            press(filing_id=standing.pk, reason="再来", actor=actor, on=LATER + 2 * DAY)


def test_what_was_submitted_is_never_written_again_and_one_is_open_at_a_time(world):
    row = submitted(world)
    with pytest.raises(Stale):
        drafting.save(filing_id=row.pk, content=whole(world, practice="另一种做法"), actor=world.unit, on=ON)
    with pytest.raises(Stale):
        drafting.submit(filing_id=row.pk, actor=world.unit, on=ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingVersion.objects.create(filing=row, version=2)


def test_of_two_who_decide_at_once_the_second_finds_it_decided_and_no_number_is_lost(world):
    first, second = submitted(world), submitted(world)
    decided = handling.register(filing_id=first.pk, opinion="可", actor=world.conduct, on=LATER)
    for press, word in ((handling.register, "opinion"), (handling.refuse, "reason"), (handling.ask_supplement, "note")):
        with pytest.raises(Stale):
            press(filing_id=first.pk, **{word: "再按"}, actor=world.casemgmt, on=LATER)
    with pytest.raises(Invalid):
        handling.register(filing_id=second.pk, opinion=" ", actor=world.conduct, on=LATER)
    assert (
        handling.register(filing_id=second.pk, opinion="可", actor=world.conduct, on=LATER).serial == decided.serial + 1
    )


def test_pressed_twice_it_is_one_filing_and_another_units_cannot_be_filed(world):
    key = uuid7()
    first, again = (
        drafting.begin(submission=key, organization=world["P-gov"], content=whole(world), actor=world.unit, on=ON)
        for _ in range(2)
    )
    assert first == again
    with pytest.raises(NotYours):
        drafting.begin(
            submission=uuid7(), organization=world["P-edu"], content=Content({"title": "试"}), actor=world.unit, on=ON
        )


def test_a_responsible_of_another_body_needs_another_filing(world):
    row = registered(world)
    drafting.begin_version(filing_id=row.pk, kind="change", reason="换人", actor=world.unit, on=LATER + DAY)
    county = Cadre.objects.create(commission=world["DEMO"], name="县管干部", managed_by=world["DEMO-X-PC"])
    drafting.save(filing_id=row.pk, content=Content({"title": "试点"}, [county]), actor=world.unit, on=LATER + DAY)
    with pytest.raises(Invalid, match="另行报送"):
        drafting.submit(filing_id=row.pk, actor=world.unit, on=LATER + DAY)


# --- the pages -------------------------------------------------------------------------------------------------------
@pytest.mark.once
@pytest.mark.parametrize("username", ["hr", "pcommittee", "superior", "county", "sysadmin"])
def test_to_others_a_filing_does_not_exist(client, world, username):
    row = registered(world)
    client.force_login(world.users[username])
    for tail in ("", "edit/", "receipt/", "form/", "proof/", "step/register/", "step/discard/"):
        assert client.get(f"/tolerance/{row.pk}/{tail}").status_code == 404, tail
    assert client.get(f"/tolerance/files/{row.current.files.first().pk}/").status_code == 404


def test_a_draft_is_its_units_and_a_submitted_filing_is_read_by_the_commission(client, world):
    draft, sent = drafted(world), submitted(world)
    for username in ("conduct", "casemgmt", "inspector", "head", "trial", "deputy", "principal"):
        client.force_login(world.users[username])
        assert client.get(f"/tolerance/{draft.pk}/").status_code == 404, username
        assert client.get(f"/tolerance/{sent.pk}/").status_code == 200, username
        assert len(client.get("/tolerance/").context["page"]) == 1
    assert client.post(f"/tolerance/{sent.pk}/step/register/", {"opinion": "可"}).status_code == 403, (
        "not his to register"
    )
    client.force_login(world.unit)
    assert len(client.get("/tolerance/").context["page"]) == 2


@pytest.mark.once
def test_the_form_comes_back_as_it_was_filled_and_bad_input_is_said_beside_its_field(client, world):
    client.force_login(world.unit)
    typed = {
        "title": "试点", "gap": "没有规定", "loss_ceiling": "很多", "starts_on": "2026-02-30", "item": "不是一项", "secrecy": "top",
        "responsible": "谁", "public_level": "9", "check_N01.1": "maybe", "drop": "x", "submission": "不是编号",
    }  # fmt: skip
    answer = client.post("/tolerance/new/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "没有规定" in page
    assert 'value="很多"' in page
    assert not Filing.objects.exists()
    answer = client.post("/tolerance/new/", {"title": "试点", "secrecy": "internal", "gap": "没有规定"})
    assert answer.status_code == 302
    row = Filing.objects.get()
    page = client.get(f"/tolerance/{row.pk}/edit/")
    assert "没有规定" in page.content.decode()
    assert "还差" in page.content.decode()
    for bad in ("2026-13-01", "0001-01-01", "9999-12-31"):
        assert (
            client.post(f"/tolerance/{row.pk}/edit/", {"title": "试", "secrecy": "internal", "met_on": bad}).status_code
            == 422
        )
    answer = client.post(
        f"/tolerance/{row.pk}/edit/", {"title": "试点", "secrecy": "internal", "act": "submit", "risks": "停"}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.current.risks) == ("draft", "停"), "not handed in, and yet kept"


def test_two_who_write_one_draft_do_not_write_over_each_other(client, world):
    row = drafted(world)
    client.force_login(world.unit)
    seen = client.get(f"/tolerance/{row.pk}/edit/").context["form"]["seen"].value()
    drafting.save(filing_id=row.pk, content=Content({"title": "另一人所写"}), actor=world.unit, on=ON)
    answer = client.post(
        f"/tolerance/{row.pk}/edit/", {"title": "我所写", "secrecy": "internal", "seen": seen, "risks": "我的"}
    )
    assert answer.status_code == 409
    assert 'value="我所写"' in answer.content.decode()
    assert Filing.objects.get(pk=row.pk).title == "另一人所写"


def test_the_register_costs_the_same_queries_for_one_filing_and_for_many(client, world):
    first = submitted(world)
    client.force_login(world.conduct)
    client.get("/tolerance/")
    with CaptureQueriesContext(connection) as few:
        client.get("/tolerance/")
    rows = [
        Filing(
            commission=first.commission, body=first.body, organization=first.organization, title=f"试点{number}", filed_by=world.unit,
            filed_on=ON, responsible=first.responsible, state="submitted", current=first.current,
        )
        for number in range(15)
    ]  # fmt: skip
    Filing.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as lots:
        assert len(client.get("/tolerance/").context["page"]) == 16
    assert len(lots) == len(few)


@pytest.mark.once
def test_an_edition_in_force_is_only_read_and_the_next_one_binds_from_its_day(client, world):
    from tolerance.models import ListEdition, ToleranceItem

    template = ListEdition.objects.in_force(world["DEMO"].pk, ON)
    client.force_login(world.sysadmin)
    page = f"/admin/tolerance/listedition/{template.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"title": "改写"}).status_code == 403
    own = ListEdition.objects.create(
        commission=world["DEMO"], title="本级清单", basis="示例办法", in_force_from=dt.date(2026, 7, 1)
    )
    ToleranceItem.objects.create(
        edition=own, kind="positive", code="P01", text="示例条目", distinction="E17-1", questions="为何\n怎样"
    )
    assert ListEdition.objects.in_force(world["DEMO"].pk, dt.date(2026, 6, 30)) == template
    assert ListEdition.objects.in_force(world["DEMO"].pk, dt.date(2026, 7, 1)) == own
    assert ListEdition.objects.in_force(world["DEMO-X"].pk, dt.date(2026, 7, 1)) == template
    assert own.items.get().asked == [("P01.1", "为何"), ("P01.2", "怎样")]
