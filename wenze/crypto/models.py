"""Data keys and sealed files."""

from __future__ import annotations

import os
import uuid
from typing import Any

from django.db import models

from wenze.crypto import keys
from wenze.crypto.fields import SealedTextField
from wenze.deadlines import clock
from wenze.ids import uuid7


class DataKeyManager(models.Manager["DataKey"]):
    def create_for(self, *, commission_id: uuid.UUID, about: str) -> DataKey:
        """A new key for one matter; destroying the row is what makes its content unreadable for good."""
        return self.create(
            commission_id=commission_id,
            about=about,
            wrapped=keys.wrap(os.urandom(keys.KEY_BYTES), about),
            kek_id=keys.kek_id(),
        )

    def for_people(self, commission_id: uuid.UUID) -> DataKey:
        """The key of the personal data that a commission keeps outside its cases (ID numbers); made on first use."""
        about = f"people:{commission_id}"
        found = self.filter(commission_id=commission_id, about=about).order_by("pk").first()
        return found or self.create_for(commission_id=commission_id, about=about)


class DataKey(models.Model):
    """The key of one case (or one registered matter), wrapped by the key-encryption key."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission_id = models.UUIDField("所属纪委监委", editable=False)
    about = models.CharField("所属事项", max_length=120, editable=False)
    wrapped = models.BinaryField("封装的密钥", editable=False)
    kek_id = models.CharField("密钥加密密钥", max_length=16, editable=False)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    objects = DataKeyManager()

    class Meta:
        verbose_name = verbose_name_plural = "数据密钥"
        indexes = (models.Index(fields=("commission_id", "about"), name="data_key_about"),)

    def __str__(self) -> str:
        return self.about

    def open(self) -> bytes:
        """The key itself. Raises ``keys.Tampered``."""
        return keys.unwrap(bytes(self.wrapped), self.about)


class SealedFile(models.Model):
    """A file as it was received: addressed by the hash of its ciphertext, sealed by the hash of its plain text."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission_id = models.UUIDField("所属纪委监委", editable=False)
    key = models.ForeignKey(DataKey, verbose_name="数据密钥", on_delete=models.PROTECT, related_name="files")
    name = SealedTextField("文件名")
    content_type = models.CharField("类型", max_length=80, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）", editable=False)
    plain_sha256 = models.CharField("原文指纹", max_length=64, editable=False)
    cipher_sha256 = models.CharField("密文指纹", max_length=64, editable=False)
    sealed_at = models.DateTimeField("封存时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "封存文件"
        indexes = (models.Index(fields=("commission_id", "plain_sha256"), name="sealed_file_plain"),)

    def __str__(self) -> str:
        return self.plain_sha256[:12]

    @property
    def sealing_key_id(self) -> Any:
        return self.key_id

    @property
    def path(self) -> str:
        """Where the ciphertext lies, relative to the storage."""
        return f"sealed/{self.cipher_sha256[:2]}/{self.cipher_sha256}"
