"""Sealed values are really ciphertext, open only where they belong, and break when a bit is changed."""

import io

import pytest
from django.db import connection

from cases.models import Verification
from wenze.crypto import files, keys
from wenze.crypto.models import DataKey, SealedFile
from wenze.errors import Invalid


def test_a_sealed_column_holds_no_plain_text(story):
    story.run("verified")
    with connection.cursor() as cursor:
        cursor.execute("SELECT findings FROM cases_verification")
        raw = bytes(cursor.fetchone()[0])
    assert raw
    assert "台账".encode() not in raw
    assert "台账" in Verification.objects.get().findings


def test_ciphertext_moved_to_another_column_or_row_does_not_open(story):
    story.run("verified")
    row = Verification.objects.get()
    key = DataKey.objects.get(pk=row.sealing_key_id).open()
    raw = bytes(row.__dict__["findings"])
    with pytest.raises(keys.Tampered):
        keys.unseal(key, raw, "cases.Verification|another|findings")


@pytest.mark.parametrize("place", [0, 1, 5, 20, -1])
def test_one_changed_byte_is_refused(place):
    key = b"k" * 32
    sealed = bytearray(keys.seal(key, "事实".encode(), "here"))
    sealed[place] ^= 1
    with pytest.raises(keys.Tampered):
        keys.unseal(key, bytes(sealed), "here")


def test_a_stored_file_is_encrypted_and_a_damaged_one_is_named(story, settings):
    from pathlib import Path

    story.run("heard")
    row = SealedFile.objects.first()
    stored = Path(settings.MEDIA_ROOT) / row.path
    assert not stored.read_bytes().startswith(b"%PDF")
    assert files.unseal(row).startswith(b"%PDF")
    broken = bytearray(stored.read_bytes())
    broken[40] ^= 1
    stored.chmod(0o644)
    stored.write_bytes(bytes(broken))
    with pytest.raises(keys.Tampered):
        files.unseal(row)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("空.pdf", b"", "空文件"),
        ("图片.pdf", b"\x89PNG\r\n\x1a\n0000", "不符"),
        ("断.pdf", b"%PDF-1.4 no end", "不完整"),
        ("坏.docx", b"PK\x03\x04broken", "已损坏"),
        ("宏.exe", b"MZ", "不收"),
        ("密.txt", "机密★20年 某某".encode(), "国家秘密"),
    ],
    ids=["空", "改名", "截断", "损坏", "类型", "涉密"],
)
def test_a_damaged_empty_or_disguised_upload_is_refused_with_the_reason(name, content, word):
    with pytest.raises(Invalid, match=word):
        files.examine(io.BytesIO(content).read(), name)
