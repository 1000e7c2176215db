"""A large file comes in by stages that its page shows: all of it or nothing, every fault by row and cell, no bomb unpacked."""

import datetime as dt
import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from responsibility.models import Duty, DutyList, ImportJob
from tests.responsibility.test_duty_lists import typed
from tests.responsibility.test_rows import HEAD, workbook
from wenze.notices import outbox

TABLE = [[str(n), "班子成员", "", f"第{n}项职责，按季度检查并逐件销号", "", "监督责任"] for n in range(1, 5001)]
WRONG = (
    (0, "", "条号"),
    (1, "班长", "责任主体"),
    (2, "不存在的职务", "职务"),
    (3, "", "职责"),
    (4, "超" * 201, "量化要求"),
    (5, "全部责任", "责任类别"),
)


@pytest.fixture(scope="module")
def whole():
    return workbook([HEAD, *TABLE]).read()


@pytest.fixture(scope="module")
def planted():
    """The same sheet with thirty errors, five of each kind; where they stand, as the sheet counts."""
    table, found = [list(cells) for cells in TABLE], set()
    for step in range(30):
        place, wrong, column = WRONG[step % 6]
        table[100 * step + 50][place] = wrong
        found.add((100 * step + 52, column))
    return workbook([HEAD, *table]).read(), found


def post(client, content, name="清单.xlsx"):
    return client.post("/lists/duties/new/", typed(workbook=SimpleUploadedFile(name, content)))


def told(client, job):
    return client.get(job.get_absolute_url()).content.decode()


def test_five_thousand_duties_come_in_within_twenty_seconds_and_the_page_says_how_far_they_are(client, world, whole):
    client.force_login(world.unit)
    began = time.perf_counter()
    answer = post(client, whole)
    job = ImportJob.objects.get()
    assert answer.headers["Location"] == job.get_absolute_url()
    assert 'hx-trigger="every 2s"' in told(client, job)
    seen = []
    while outbox.drain(1):
        job.refresh_from_db()
        seen.append((job.state, job.checked))
        if not job.is_over:
            assert not Duty.objects.filter(duty_list__year=2027).exists(), "nothing is written before all of it holds"
    assert time.perf_counter() - began < 20
    assert [checked for state, checked in seen if state == "checking"] == [0, 1000, 2000, 3000, 4000]
    assert seen[-1] == ("done", 5000)
    made = DutyList.objects.get(year=2027)
    assert made.duties.count() == 5000
    page = told(client, job)
    assert 'hx-trigger="every 2s"' not in page
    assert made.get_absolute_url() in page


def test_the_same_sheet_with_thirty_planted_errors_names_exactly_those_and_writes_nothing(client, world, planted):
    content, wanted = planted
    client.force_login(world.unit)
    post(client, content)
    while outbox.drain(1):
        pass
    job = ImportJob.objects.get()
    assert job.state == "faulty"
    assert {(row, column) for row, column, _ in job.faults} == wanted
    assert len(job.faults) == 30
    assert "发现30处错误" in told(client, job)
    assert not DutyList.objects.filter(year=2027).exists()


def test_a_job_is_nobody_elses_and_carried_on_twice_it_writes_once(client, world, whole):
    client.force_login(world.unit)
    post(client, whole)
    job = ImportJob.objects.get()
    while outbox.drain(1):
        pass
    outbox.enqueue("list_import", {"job": str(job.pk)})
    outbox.drain(1)
    assert DutyList.objects.filter(year=2027).count() == 1
    client.force_login(world.conduct)
    assert client.get(job.get_absolute_url()).status_code == 404


def test_what_may_no_longer_be_written_when_its_turn_comes_ends_with_the_reason(client, world, whole):
    client.force_login(world.unit)
    post(client, whole)
    world.unit.is_active = False
    world.unit.save(update_fields=["is_active"])
    while outbox.drain(1):
        pass
    job = ImportJob.objects.get()
    assert (job.state, job.reason) == ("failed", "导入人的账号已停用。")
    assert not DutyList.objects.filter(year=2027).exists()


@pytest.mark.parametrize("size", [60_000_000, 4_000_000_000], ids=["tight", "beyond all bounds"])
def test_a_bomb_is_refused_by_the_archives_own_table_and_no_job_is_begun(client, world, size, monkeypatch):
    from wenze.pages import spreadsheet

    monkeypatch.setattr(spreadsheet, "load_workbook", lambda *_, **__: pytest.fail("it was parsed"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    content = bytearray(packed.getvalue())
    if size != 60_000_000:  # the central directory claims more than there is
        at = content.rindex(b"PK\x01\x02")
        content[at + 24 : at + 28] = size.to_bytes(4, "little")
    client.force_login(world.unit)
    answer = post(client, bytes(content))
    assert answer.status_code == 422
    assert "内部结构异常" in answer.content.decode()
    assert not ImportJob.objects.exists()


# --- row by row, without a file --------------------------------------------------------------------------------------
@pytest.fixture
def empty(client, world):
    """A draft without a row, begun on screen."""
    client.force_login(world.unit)
    told_so = typed()
    del told_so["workbook"]
    assert client.post("/lists/duties/new/", told_so).status_code == 302
    return DutyList.objects.get(year=2027)


ROW = {"group": "principal", "text": "逐件督办", "quantity": "逐件", "responsibility": "leadership"}


def numbers(draft):
    return list(draft.duties.order_by("position").values_list("number", flat=True))


def test_a_draft_is_written_row_by_row_changed_ordered_and_thinned_without_a_file(client, empty):
    for number in ("1", "2", "3"):
        assert client.post(f"/lists/duties/{empty.pk}/add/", {**ROW, "number": number}).status_code == 302
    assert client.post(f"/lists/duties/{empty.pk}/add/", {**ROW, "number": "3"}).status_code == 422
    last = empty.duties.get(number="3")
    client.post(f"/lists/duties/row/{last.pk}/press/up/")
    assert numbers(empty) == ["1", "3", "2"]
    client.post(f"/lists/duties/row/{last.pk}/", {**ROW, "number": "3", "text": "每周督办"})
    last.refresh_from_db()
    assert last.text == "每周督办"
    client.post(f"/lists/duties/row/{empty.duties.get(number='1').pk}/press/remove/")
    client.post(f"/lists/duties/row/{last.pk}/press/up/")
    assert numbers(empty) == ["3", "2"]
    assert "每周督办" in client.get(empty.get_absolute_url()).content.decode()


def test_a_page_older_than_the_row_writes_nothing(client, empty):
    client.post(f"/lists/duties/{empty.pk}/add/", {**ROW, "number": "1"})
    duty = empty.duties.get()
    url = f"/lists/duties/row/{duty.pk}/"
    seen = client.get(url).context["form"]["seen"].value()
    client.post(url, {**ROW, "number": "1", "text": "他人的改动"})
    late = client.post(url, {**ROW, "number": "1", "text": "我的改动", "seen": seen})
    assert late.status_code == 409
    duty.refresh_from_db()
    assert duty.text == "他人的改动"


def test_what_was_put_forward_is_not_changed_row_by_row_either(client, world, empty):
    client.post(f"/lists/duties/{empty.pk}/add/", {**ROW, "number": "1"})
    duty = empty.duties.get()
    client.post(f"/lists/duties/{empty.pk}/press/submit/")
    assert client.get(f"/lists/duties/row/{duty.pk}/").status_code == 404
    assert client.post(f"/lists/duties/row/{duty.pk}/", {**ROW, "number": "1"}).status_code == 409
    assert client.post(f"/lists/duties/{empty.pk}/add/", {**ROW, "number": "2"}).status_code == 409
    assert client.post(f"/lists/duties/row/{duty.pk}/press/remove/").status_code == 409


def test_a_colleague_of_the_unit_sees_and_mends_its_draft_and_nobody_of_another_unit_or_of_the_commission(
    client, world, empty
):
    from wenze.access.roles import Role
    from wenze.deadlines import clock
    from wenze.people.models import RoleAssignment, User

    def account(username, code):
        user = User.objects.create(username=username, name=username, organization=world[code], commission=world["DEMO"])
        RoleAssignment.objects.create(
            user=user, role=Role.UNIT, organization=world[code], from_on=dt.date(2020, 1, 1), confirmed_at=clock.now()
        )
        return user

    for user, status in (
        (account("colleague", "P-gov"), 200),
        (account("stranger", "P-edu"), 404),
        (world.conduct, 404),
    ):
        client.force_login(user)
        assert client.get(empty.get_absolute_url()).status_code == status, user
    client.force_login(User.objects.get(username="colleague"))
    assert client.post(f"/lists/duties/{empty.pk}/add/", {**ROW, "number": "1"}).status_code == 302
