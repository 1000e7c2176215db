"""Sealed columns: plain text in the program, ciphertext in the database, decrypted on access only.

The model names its key by ``sealing_key_id``. A value is bound to the base model's label, the row's id and the
column: a history row (which keeps the original id) opens, ciphertext moved to another row does not.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from wenze.crypto import keys


class SealedValue:
    """The descriptor behind a sealed column."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        stored = instance.__dict__.get(self.field.attname)
        if not stored:
            return ""
        if isinstance(stored, str):  # assigned, not yet sealed (the key was not known at the time)
            return stored
        key = _key_of(instance)
        return keys.unseal(key, bytes(stored), _bound_to(instance, self.field)).decode()

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value or b""


def _original(instance: Any) -> Any:
    """The base model of a history row, else the model itself."""
    return getattr(instance, "instance_type", None) or type(instance)


def _bound_to(instance: Any, field: SealedTextField) -> str:
    return f"{_original(instance)._meta.concrete_model._meta.label}|{instance.id}|{field.attname}"


def _key_of(instance: Any) -> bytes:
    from wenze.crypto.models import DataKey  # noqa: PLC0415 -- models import this module

    key_id = instance.sealing_key_id
    if key_id is None:
        raise keys.Tampered("这条记录没有数据密钥。")
    return DataKey.objects.get(pk=key_id).open()


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that is never stored plain. ``""`` is stored as nothing at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, SealedValue(self))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, str):
            sealed = keys.seal(_key_of(model_instance), value.encode(), _bound_to(model_instance, self))
            model_instance.__dict__[self.attname] = sealed
            return sealed
        return value or b""

    def value_from_object(self, obj: Any) -> Any:
        return obj.__dict__.get(self.attname)


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """A keyed fingerprint of a sealed value, so that it can be found again without being read.

    Its value is set by the model (``blind_index("id_number", number)``); equal values give equal fingerprints.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)


def blind_index(purpose: str, value: str) -> str:
    """The fingerprint under which a sealed value is found; empty for an empty value."""
    return keys.mac(f"blind:{purpose}", value.strip().upper().encode()) if value.strip() else ""
