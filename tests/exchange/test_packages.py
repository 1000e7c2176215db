"""A package is taken in whole as it was signed, by whom it was sent to, once; or not at all, with the reason."""

import json
import random
import re
import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.partner import names_in, payload_of, resigned, told_anew, trusted
from wenze.audit.models import LedgerEntry
from wenze.crypto.models import SealedFile
from wenze.deadlines import clock
from wenze.demo.stories import PDF
from wenze.errors import NotYours
from wenze.exchange import archive, services, signing
from wenze.exchange.errors import Unacceptable
from wenze.exchange.models import ExchangeLine, ExchangePackage, PartnerKey, SigningKey

SEED = 20261125
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def hr(world):
    return trusted(world, "DEMO-ZZB")


@pytest.fixture
def take(world):
    return lambda content, user=None: services.take_in(content=content, actor=user or world.casemgmt, on=clock.today())


def an_answer(partner, **more):
    """An answer to what nobody asked: the package holds, its one line is refused."""
    return partner.answers(answers=[{"item": "x", "done_on": "2026-11-01", "proof": "已办", **more}])


def written():
    return [model.objects.count() for model in (ExchangePackage, ExchangeLine, SealedFile)]


def refused(take, content, code):
    before = written()
    with pytest.raises(Unacceptable) as refusal:
        take(content)
    assert refusal.value.code == code, refusal.value
    assert CHINESE.search(str(refusal.value))
    assert written() == before
    entry = LedgerEntry.objects.filter(action="exchange.refused").order_by("-pk").first()
    assert entry.detail["code"] == code
    assert entry.result == "refused"
    return str(refusal.value)


# --- once -------------------------------------------------------------------------------------------------------------
def test_a_package_that_holds_is_answered_with_a_receipt_that_we_signed_and_that_tells_each_line(world, hr, take):
    row = take(an_answer(hr))
    content = services.content_of(row.receipt)
    opened = archive.opened(content)
    key = SigningKey.objects.get(organization=world["DEMO"])
    assert signing.holds(key.public_key, opened.signature, opened.signed)
    assert (opened.manifest.sender, opened.manifest.receiver, opened.manifest.kind) == ("DEMO", "DEMO-ZZB", "receipt")
    told = payload_of(content)
    assert told["package"] == str(row.package_id)
    assert told["digest"] == row.digest
    assert told["by"] == world.casemgmt.name
    assert [(line["result"], line["reference"]) for line in told["lines"]] == [("refused", "x")]
    assert LedgerEntry.objects.get(action="exchange.taken").detail["digest"] == row.digest


def test_the_same_package_again_gives_the_same_receipt_and_writes_nothing(world, hr, take):
    content = an_answer(hr)
    first = take(content)
    before, entries = written(), LedgerEntry.objects.count()
    again = take(content)
    assert again.pk == first.pk
    assert services.content_of(again.receipt) == services.content_of(first.receipt)
    assert (written(), LedgerEntry.objects.count()) == (before, entries)


def test_what_was_taken_once_is_answered_alike_after_the_key_was_revoked(world, hr, take):
    content = an_answer(hr)
    first = take(content)
    PartnerKey.objects.update(revoked_on=clock.today())
    assert take(content).pk == first.pk


def test_the_same_number_of_a_package_with_other_content_is_refused(hr, take):
    content = an_answer(hr)
    take(content)
    number = json.loads(archive.opened(content).signed)["package"]
    other = resigned(hr, an_answer(hr), lambda told: told.update(package=number))
    assert "内容与这一份不同" in refused(take, other, "other_content")


def test_a_number_in_the_run_is_used_once_and_the_receipt_names_the_numbers_that_never_came(hr, take):
    hr.sent = 2
    row = take(an_answer(hr))
    assert payload_of(services.content_of(row.receipt))["missing_before"] == [1, 2]
    hr.sent = 2
    refused(take, an_answer(hr), "sequence")


# --- whole ------------------------------------------------------------------------------------------------------------
def test_each_of_a_hundred_changed_bytes_is_refused_with_its_reason_and_nothing_is_written(hr, take):
    rng = random.Random(SEED)
    content = hr.answers(
        answers=[{"item": "x", "done_on": "2026-11-01", "proof": "已办", "file": "files/001.pdf"}],
        attachments={"files/001.pdf": PDF},
    )
    places = [*rng.sample(range(len(content)), 60), *rng.sample(range(len(content) - 300, len(content)), 40)]
    for at in places:
        changed = content[:at] + bytes([content[at] ^ rng.randrange(1, 256)]) + content[at + 1 :]
        before = written()
        with pytest.raises(Unacceptable) as refusal:
            take(changed)
        assert CHINESE.search(str(refusal.value)), f"seed {SEED}, byte {at}"
        assert written() == before, f"seed {SEED}, byte {at}"
    assert take(content).lines.count() == 1


@pytest.mark.parametrize(
    "change", [lambda c: c + b"\0", lambda c: c[:-1], lambda c: b"\0" + c, lambda c: c[: len(c) // 2], lambda c: b""]
)
def test_bytes_added_or_cut_off_are_refused(hr, take, change):
    refused(take, change(an_answer(hr)), "structure")


def test_a_file_changed_under_a_manifest_made_anew_meets_the_signature(hr, take):
    refused(take, told_anew(an_answer(hr), "answers.json", b'{"answers": []}\n'), "signature")


def test_a_signed_manifest_over_other_bytes_is_refused_by_the_hash(hr, take):
    def change(told):
        told["files"][0]["sha256"] = "0" * 64

    refused(take, resigned(hr, an_answer(hr), change), "hash")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": 2}, "version"), ({"version": True}, "version"), ({"version": "9" * 10_000}, "version"), ({"format": "zip"}, "format"),
        ({"kind": "decisions"}, "manifest"), ({"package": "1"}, "manifest"), ({"sequence": -1}, "manifest"),
        ({"created_on": "昨天"}, "manifest"), ({"files": None}, "manifest"), ({"to": "../DEMO"}, "manifest"), ({"key": "A"}, "manifest"),
        ({"kind": "receipt"}, "names"),
    ],
)  # fmt: skip
def test_a_manifest_of_another_shape_is_refused_though_it_is_signed(hr, take, change, code):
    refused(take, resigned(hr, an_answer(hr), lambda told: told.update(change)), code)


# --- from whom, to whom -----------------------------------------------------------------------------------------------
def test_a_package_for_another_receiver_is_not_ours_to_take(hr, take):
    for receiver in ("DEMO-X", "U-gov", "NOBODY"):
        content = hr.answers(receiver=receiver, answers=[])
        assert receiver in refused(take, content, "receiver")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"revoked_on": "2026-11-02"}, "revoked_key"), ({"confirmed_by": None, "confirmed_at": None}, "unknown_key"),
        ({"until_on": "2026-01-02"}, "unknown_key"), ({"from_on": "2199-01-01"}, "unknown_key"),
    ],
)  # fmt: skip
def test_a_key_that_is_not_trusted_today_signs_nothing(world, take, changes, code):
    refused(take, an_answer(trusted(world, "DEMO-ZZB", **changes)), code)


def test_a_key_signs_for_its_own_organisation_only(world, hr, take):
    other = trusted(world, "P-gov")
    content = resigned(other, an_answer(other), lambda told: told.update({"from": "DEMO-ZZB"}))
    refused(take, content, "unknown_key")
    stolen = resigned(other, an_answer(other), lambda told: told.update({"from": "DEMO-ZZB", "key": hr.fingerprint}))
    refused(take, stolen, "signature")


def test_nobody_but_case_supervision_of_the_receiver_takes_a_package_in(world, hr, take):
    content = an_answer(hr)
    for username in ("inspector", "principal", "hr", "unit", "sysadmin", "secadmin", "superior"):
        with pytest.raises(NotYours):
            take(content, world.users[username])
    assert written() == [0, 0, 0]


# --- names and sizes --------------------------------------------------------------------------------------------------
def zipped(entries, method=zipfile.ZIP_STORED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archived:
        for name, content in entries:
            archived.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "files/../../x.pdf",
        "C:\\x.pdf",
        "files\\x.pdf",
        "files/x.pdf/",
        "证据.pdf",
        "files/.pdf",
        "x.json",
    ],
)
def test_a_name_that_leads_elsewhere_or_is_unknown_is_refused(hr, take, name):
    opened = archive.opened(an_answer(hr))
    entries = [
        ("manifest.json", opened.signed),
        ("manifest.sig", opened.signature),
        *opened.files.items(),
        (name, b"x"),
    ]
    refused(take, zipped(entries), "names")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(hr, take):
    opened = archive.opened(an_answer(hr))
    entries = [
        ("manifest.json", opened.signed),
        ("manifest.sig", opened.signature),
        *opened.files.items(),
        *opened.files.items(),
    ]
    refused(take, zipped(entries), "duplicate")


def test_a_file_that_the_manifest_does_not_name_is_refused_and_one_that_is_missing_too(hr, take):
    opened = archive.opened(an_answer(hr))
    more = [
        ("manifest.json", opened.signed),
        ("manifest.sig", opened.signature),
        *sorted({**opened.files, "files/a.pdf": b"x"}.items()),
    ]
    assert "多出 files/a.pdf" in refused(take, archive.packed(more), "names")
    refused(take, archive.packed([("manifest.json", opened.signed), *opened.files.items()]), "names")
    refused(take, archive.packed([("manifest.json", opened.signed), ("manifest.sig", opened.signature)]), "names")


def test_a_bomb_is_refused_before_anything_is_unpacked(hr, take):
    bomb = zipped([("answers.json", bytes(80 * 1024 * 1024))], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 200_000
    refused(take, bomb, "packed")
    lying = bytearray(archive.packed([("answers.json", b"{}")]))
    at = lying.index(b"PK\x01\x02")
    struct.pack_into("<II", lying, at + 20, 2**31, 2**31)
    refused(take, bytes(lying), "size")
    many = archive.packed([(f"files/{n}.pdf", b"") for n in range(archive.MOST_FILES + 3)])
    refused(take, many, "size")
    refused(take, bytes(archive.LARGEST + 1), "size")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{", '{"answers": 5}', '{"answers": [5]}', '{"answers": [{"item": "\\u0000"}]}', '{"answers": []}'],
)
def test_content_that_cannot_be_read_is_refused_though_it_is_signed(hr, take, text):
    files = {"answers.json": text.encode()}
    manifest = hr.manifest("answers", files)
    refused(take, archive.written(manifest, hr.sign(manifest.encoded()), files), "payload")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    files=st.dictionaries(
        st.from_regex(r"files/[a-z0-9]{1,8}\.[a-z]{1,4}", fullmatch=True), st.binary(max_size=200), max_size=5
    ),
    junk=st.binary(max_size=60),
)
def test_what_is_written_is_read_again_and_no_junk_is_taken_for_a_package(files, junk):
    files["answers.json"] = b"{}"
    private = signing.new_private()
    from tests.exchange.partner import Partner

    partner = Partner(type("Unit", (), {"code": "U-1"})(), private)
    manifest = partner.manifest("answers", files)
    content = archive.written(manifest, partner.sign(manifest.encoded()), files)
    opened = archive.opened(content)
    opened.check_files()
    assert dict(opened.files) == files
    assert opened.manifest == manifest
    assert signing.holds(partner.public, opened.signature, opened.signed)
    assert names_in(content)[:2] == ["manifest.json", "manifest.sig"]
    for wrong in (junk, archive.HEADER + junk, content + junk + b"x"):
        with pytest.raises(Unacceptable):
            archive.opened(wrong)


# --- keys -------------------------------------------------------------------------------------------------------------
def test_our_private_key_is_never_stored_plain_and_a_changed_one_does_not_sign(world):
    from wenze.crypto.keys import Tampered

    key = services.own_key(world["DEMO"], actor=world.casemgmt, on=clock.today())
    assert services.own_key(world["DEMO"], actor=world.casemgmt, on=clock.today()) == key
    assert signing.holds(key.public_key, key.sign(b"x"), b"x")
    key.public_key = signing.public_of(signing.new_private())
    with pytest.raises(Tampered):
        key.sign(b"x")


def test_a_retired_key_is_followed_by_a_new_one(world):
    first = services.own_key(world["DEMO"], actor=world.casemgmt, on=clock.today())
    services.retire_key(key=first, actor=world.secadmin, on=clock.today())
    second = services.own_key(world["DEMO"], actor=world.casemgmt, on=clock.today())
    assert second.public_key != first.public_key
    assert LedgerEntry.objects.filter(action="exchange.key").count() == 2


def test_a_partner_s_key_is_registered_by_one_security_administrator_confirmed_by_another_and_revoked(client, world):
    public = signing.public_of(signing.new_private())
    form = {
        "organization": str(world["DEMO-ZZB"].pk),
        "public_key": " ".join([public[:32], public[32:]]),
        "from_on": "2026-01-01",
    }
    client.force_login(world.secadmin)
    assert client.post("/admin/exchange/partnerkey/add/", form | {"public_key": "00"}).status_code == 200
    assert client.post("/admin/exchange/partnerkey/add/", form).status_code == 302
    key = PartnerKey.objects.get()
    assert (key.public_key, key.registered_by, key.commission) == (public, world.secadmin, world["DEMO"])
    listed = client.get("/admin/exchange/partnerkey/").content.decode()
    assert signing.spaced(key.fingerprint) in listed

    def press(action):
        client.post("/admin/exchange/partnerkey/", {"action": action, "_selected_action": [str(key.pk)]})
        return list(PartnerKey.objects.trusted_on(clock.today()))

    assert press("confirm") == []
    client.force_login(world.secadmin2)
    assert press("confirm") == [key]
    assert press("revoke") == []
    actions = (
        LedgerEntry.objects.filter(about_label="exchange.PartnerKey").order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == ["admin.add", "exchange.key_confirmed", "exchange.key_revoked"]
