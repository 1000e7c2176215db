"""任用检查: what HR is told of a cadre for a purpose, and what it is never told (条例第二十二条; 任用条例第二十四条)."""

import datetime as dt
from io import BytesIO

import pymupdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from cases.models import ExternalDecision
from followup.models import AppointmentCheck
from followup.services import checks
from wenze.audit.models import LedgerEntry
from wenze.deadlines import clock
from wenze.documents import render
from wenze.errors import Invalid, NotYours
from wenze.law.standing import Sanction, Standing
from wenze.people import idcard
from wenze.people.models import Cadre

D = dt.date.fromisoformat


def answer(*sanctions, purpose="promotion", on="2026-12-01", known="2026-12-01", **more):
    rows = tuple(Sanction(measure, D(day) if day else None, by="某委") for measure, day in sanctions)
    return checks.answer_for(Standing(rows, D(known)), purpose=purpose, on=D(on), **more)


# --- the purposes -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("purpose", "measure", "on", "verdict"),
    [
        ("promotion", "admonishment", "2026-12-01", "restricted"),
        ("promotion", "admonishment", "2026-12-15", "clear"),
        ("transfer", "admonishment", "2026-12-01", "noted"),
        ("transfer", "removal", "2027-06-14", "restricted"),
        ("transfer", "removal", "2027-06-15", "noted"),
        ("promotion", "removal", "2027-06-15", "restricted"),
        ("transfer", "party_removal", "2026-12-01", "restricted"),
        ("honours", "admonishment", "2026-12-01", "restricted"),
        ("honours", "circulation", "2026-12-01", "noted"),
        ("honours", "circulation", "2027-01-01", "clear"),
        ("assessment", "admonishment", "2026-12-31", "noted"),
        ("assessment", "admonishment", "2027-12-31", "clear"),
        ("assessment", "admin_demerit", "2027-12-31", "noted"),
        ("assessment", "admin_demerit", "2028-12-31", "clear"),
    ],
)
def test_a_measure_bars_what_the_table_says_and_nothing_else(purpose, measure, on, verdict):
    told = answer((measure, "2026-06-15"), purpose=purpose, on=on, known="2026-07-01")
    assert told.verdict == verdict, told.told


def test_an_admonished_cadre_is_not_graded_excellent_in_its_year():
    told = answer(("admonishment", "2026-06-15"), purpose="assessment", on="2026-12-31")
    assert any("不得确定为优秀等次" in line for line in told.told)


def test_a_decision_without_a_day_is_never_clear():
    told = answer(("party_warning", None))
    assert told.verdict == "unknown"
    assert "请向某委查明" in told.told[0]


def test_an_expelled_person_is_never_said_to_be_released():
    told = answer(("party_expulsion", "2020-01-20"), on="2026-12-01")
    assert "党籍已开除" in told.told
    assert told.verdict == "noted"


def test_an_open_appeal_is_said_not_to_stop_the_execution():
    assert "申诉办理中，不停止原决定的执行" in answer(("admonishment", "2026-06-15"), under_appeal=True).told


def test_whoever_is_not_restricted_is_left_to_the_judgement_of_hr():
    told = answer()
    assert told.verdict == "clear"
    assert told.told == [checks.CLEAR]


# --- who is asked about -----------------------------------------------------------------------------------------------
@pytest.fixture
def ask(world):
    def asked(*names, user=None, **more):
        hr = user or world.hr
        today = clock.today()
        return checks.ask(
            organization=hr.organization, purpose="promotion", on=today, asked=list(names), reference="拟提拔", actor=hr, known_on=today,
            **more,
        )  # fmt: skip

    return asked


def register(world, cadre, day, measure="party_warning"):
    return ExternalDecision.objects.create(
        commission=world["DEMO"], cadre=cadre, decided_by="示例市委", decided_on=day, number="示例委〔2026〕1号", measures=[measure],
        registered_by=world.casemgmt, registered_on=clock.today(),
    )  # fmt: skip


def test_a_cadre_is_found_by_name_and_by_id_number_and_what_another_body_decided_counts(world, ask):
    cadre = world.chiefs["gov"]
    register(world, cadre, clock.today())
    number = cadre.id_number
    check = ask(cadre.name, number, number.lower(), world.chiefs["edu"].name)
    assert [row.verdict for row in check.answers.all()] == ["restricted", "restricted", "restricted", "clear"]
    assert number not in "".join(row.typed for row in check.answers.all())
    assert idcard.masked(number) in check.answers.all()[1].typed


def test_two_of_one_name_are_told_apart_by_id_number_only(world, ask):
    first = world.chiefs["gov"]
    second = Cadre(commission=world["DEMO"], name=first.name, managed_by=first.managed_by)
    second.set_id_number("990000200002290028")
    second.save()
    assert [row.verdict for row in ask(first.name, "990000200002290028").answers.all()] == ["ambiguous", "clear"]


def test_of_a_cadre_whom_another_body_manages_hr_learns_nothing(world, ask):
    other = Cadre.objects.create(commission=world["DEMO"], name="王外管", managed_by=world["DEMO-X-PC"])
    register(world, other, clock.today())
    line = ask("王外管").answers.get()
    assert (line.verdict, line.cadre) == ("not_found", None)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ([], "asked"),
        (["990000199001010010"], "asked"),
        (["990000199013010017"], "asked"),
        (["某" * 61], "asked"),
        ([f"某{n}" for n in range(checks.MOST + 1)], "asked"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_and_nothing_is_written(world, ask, asked, field):
    with pytest.raises(Invalid) as refusal:
        ask(*asked)
    assert field in refusal.value.fields
    assert not AppointmentCheck.objects.exists()


def test_nobody_but_hr_asks(world, ask):
    for username in ("inspector", "principal", "unit", "sysadmin"):
        with pytest.raises(NotYours):
            ask("某某", user=world.users[username])


def test_every_question_is_on_the_ledger_with_its_purpose_and_without_a_number(world, ask):
    number = world.chiefs["gov"].id_number
    ask(number)
    entry = LedgerEntry.objects.get(action="hr.check")
    assert entry.detail["purpose"] == "promotion"
    assert entry.detail["cadres"] == [str(world.chiefs["gov"].pk)]
    assert number not in str(entry.detail)


def test_the_reply_is_a_paper_that_names_no_case_and_no_number(world, ask):
    register(world, world.chiefs["gov"], clock.today())
    check = ask(world.chiefs["gov"].name, world.chiefs["edu"].id_number)
    text = "".join(page.get_text() for page in pymupdf.open(stream=render.pdf(check.document), filetype="pdf"))
    flat = text.replace("\n", "")
    assert "任用检查回复" in flat
    assert "在影响期内，受限" in flat
    assert world.chiefs["edu"].id_number not in flat


def test_asking_about_a_hundred_costs_no_more_queries_than_about_three(world, ask):
    names = [cadre.name for cadre in [*world.chiefs.values(), *world.deputies.values()]]
    ask(*names[:3])
    with CaptureQueriesContext(connection) as few:
        ask(*names[:3])
    with CaptureQueriesContext(connection) as lots:
        ask(*names[:18])
    assert len(lots) == len(few)


# --- the pages --------------------------------------------------------------------------------------------------------
def typed(**changes):
    return {"purpose": "promotion", "on": clock.today().isoformat(), "reference": "拟提拔", "asked": "", **changes}


def test_names_are_typed_pasted_or_taken_from_a_workbook(client, world):
    client.force_login(world.hr)
    book, out = Workbook(), BytesIO()
    for value in ("姓名", world.chiefs["water"].name, int(world.chiefs["edu"].id_number[:17] + "0") // 10, "=1+1"):
        book.active.append([value])
    book.save(out)
    upload = SimpleUploadedFile("名单.xlsx", out.getvalue())
    answer = client.post(
        "/hr/check/", typed(asked=f"{world.chiefs['gov'].name}、 {world.chiefs['edu'].name}\n", workbook=upload)
    )
    assert answer.status_code == 422  # the number that Excel shortened is none
    assert world.chiefs["gov"].name in answer.content.decode()
    book, out = Workbook(), BytesIO()
    book.active.append(["姓名", "备注"])
    book.active.append([world.chiefs["water"].name, "甲"])
    book.save(out)
    upload = SimpleUploadedFile("名单.xlsx", out.getvalue())
    answer = client.post(
        "/hr/check/", typed(asked=f"{world.chiefs['gov'].name}、 {world.chiefs['edu'].name}\n", workbook=upload)
    )
    check = AppointmentCheck.objects.get()
    assert answer.status_code == 302
    assert [row.typed for row in check.answers.all()] == [world.chiefs[code].name for code in ("gov", "edu", "water")]
    page = client.get(answer.url).content.decode()
    assert "无在影响期的处理" in page
    assert client.get(check.document.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("content", [b"not a workbook", b"PK\x03\x04broken", b""], ids=["text", "broken", "empty"])
def test_a_file_that_is_no_workbook_is_told_so_and_what_was_typed_stays(client, world, content):
    client.force_login(world.hr)
    upload = SimpleUploadedFile("名单.xlsx", content)
    answer = client.post("/hr/check/", typed(asked="某某", workbook=upload))
    assert answer.status_code == 422
    assert "某某" in answer.content.decode()
    assert not AppointmentCheck.objects.exists()


def test_hr_writes_its_own_judgement_with_its_reason_once(client, world, ask):
    line = ask(world.chiefs["gov"].name).answers.get()
    client.force_login(world.hr)
    url = f"/hr/answers/{line.pk}/"
    assert client.post(url, {"judgement": "suitable", "reason": ""}).status_code == 422
    assert client.post(url, {"judgement": "suitable", "reason": "连续两年考核优秀"}).status_code == 302
    line.refresh_from_db()
    assert (line.judgement, line.judged_by) == ("suitable", world.hr)
    assert client.post(url, {"judgement": "unsuitable", "reason": "另有考虑"}).status_code == 409


def test_of_a_restricted_cadre_hr_is_not_asked_to_judge(client, world, ask):
    register(world, world.chiefs["gov"], clock.today())
    line = ask(world.chiefs["gov"].name).answers.get()
    client.force_login(world.hr)
    assert client.post(f"/hr/answers/{line.pk}/", {"judgement": "suitable", "reason": "能干"}).status_code == 422


@pytest.mark.parametrize("username", ["inspector", "casemgmt", "principal", "unit", "superior", "sysadmin"])
def test_to_everybody_else_the_place_of_hr_does_not_exist(client, world, ask, username):
    check = ask(world.chiefs["gov"].name)
    client.force_login(world.users[username])
    for url in ("/hr/", "/hr/check/", f"/hr/cadres/{world.chiefs['gov'].pk}/", f"/hr/checks/{check.pk}/"):
        assert client.get(url).status_code == 404, url
    assert client.get(check.document.get_absolute_url()).status_code == 404


# --- ID numbers -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("number", "right"), [("990000199001010017", True), ("990000200002290028", True), ("990000199001010018", False),
    ("99000019900101001", False), ("99000020010229002X", False), ("990000199001010 017", True)])  # fmt: skip
def test_an_id_number_is_right_by_its_check_character_and_its_birthday(number, right):
    if right:
        assert idcard.normal(number) == number.replace(" ", "")
    else:
        with pytest.raises(Invalid):
            idcard.normal(number)


def test_an_id_number_is_sealed_in_the_table_and_found_by_its_fingerprint(world):
    cadre = world.chiefs["gov"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM people_cadre")
        stored = b"".join(bytes(value) for (value,) in cursor.fetchall())
    assert cadre.id_number.encode() not in stored
    assert Cadre.objects.get(id_number_index=cadre.id_number_index) == cadre
