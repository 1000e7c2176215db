"""A matter as a template: its rows with gaps where another matter says something of its own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models

from cases import composing
from cases.models import Case, Clue, Hearing, Report
from wenze.audit import ledger
from wenze.audit.models import LedgerEntry
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import DataKey
from wenze.demo.bulk import spelling, texts
from wenze.demo.bulk.reading import ID, columns_of, model_of
from wenze.demo.bulk.texts import Text, gap
from wenze.documents.kinds import KINDS
from wenze.documents.models import OfficialDocument
from wenze.documents.services import canonical
from wenze.search import tokens
from wenze.search.models import SearchEntry
from wenze.search.registry import INDEXES
from wenze.workflow.models import Approval, OffSystemApproval

if TYPE_CHECKING:
    from collections.abc import Callable

    from wenze.demo.bulk.texts import Filling, Recipe

LEDGER = LedgerEntry._meta.label
STAND_IN = 900_001
"""Where words are made for the index before the number is known, this number stands for it (plus its place)."""


class Template:
    """Rows with gaps, and how what follows from the rest is worked out."""

    def __init__(
        self, rows: dict[str, list[Any]], *, own: str, above: dict[uuid.UUID, str], words: dict[str, str]
    ) -> None:
        self.recipes: dict[str, Recipe] = {}
        self.found_by: dict[str, tuple[list[str], list[str]]] = {}
        self.numbers: dict[str, tuple[uuid.UUID, str, int]] = {}
        self.padded: set[str] = set()
        self.entries: list[tuple[Text, Text, Text]] = []
        self.words = words
        self.documents = len(rows.get(OfficialDocument._meta.label, []))
        self._instead: dict[tuple[str, Any, str], str] = {}
        self._ids = dict(above)
        every = [row for label in sorted(rows) for row in rows[label] if isinstance(row.pk, uuid.UUID)]
        self._ids |= {row.pk: f"{gap(own)}{place:04x}" for place, row in enumerate(every)}
        self._raw_keys: dict[Any, bytes] = {row.pk: row.open() for row in rows.get(DataKey._meta.label, [])}
        self._number(rows)
        self._recognise(rows)
        self.tables = {
            label: self._table(label, rows[label]) for label in sorted(rows) if label != LEDGER and rows[label]
        }
        for entry in rows.get(LEDGER, []):
            self._entry(entry)

    # --- what is known again ------------------------------------------------------------------------------------------
    def _number(self, rows: dict[str, list[Any]]) -> None:
        """The numbers that the matter took; each telling takes its own of the same series."""
        for label, series in ((Clue._meta.label, "clue"), (Case._meta.label, "case")):
            for row in rows.get(label, []):
                key = series
                self.numbers[key] = (row.commission_id, series, row.year)
                self.padded.add(key)
                self.words[row.number] = row.number.replace(f"{row.serial:04d}", gap(f"{key}:4"))
                self._instead[label, row.pk, "serial"] = gap(key)
        for place, row in enumerate(rows.get(OfficialDocument._meta.label, [])):
            self.words[row.verification_code] = gap(f"code{place}")
            if row.serial is None:
                continue
            key = f"document{place}"
            self.numbers[key] = (row.commission_id, f"document:{KINDS[row.kind].series}", row.year)
            self.words[row.number] = row.number.removesuffix(f"{row.serial}号") + gap(key) + "号"
            self._instead[row._meta.label, row.pk, "serial"] = gap(key)

    def _recognise(self, rows: dict[str, list[Any]]) -> None:
        """The fingerprints that will be worked out anew, wherever they stand; the longest words first."""
        self._order = sorted(self.words, key=len, reverse=True)
        for model in (Approval, OffSystemApproval):
            for row in rows.get(model._meta.label, []):
                if row.dossier_hash:
                    self._fingerprint(row.dossier_hash, canonical(row.dossier).decode())
        for row in rows.get(OfficialDocument._meta.label, []):
            self._fingerprint(row.context_hash, canonical(row.context).decode())
        for case in rows.get(Case._meta.label, []):
            told = [line for lines in composing.findings_of(case).values() for line in lines]
            told += composing.compose_report(case).values()
            marks = {composing.mark(line): line for line in told}
            kept = {mark for row in rows.get(Hearing._meta.label, []) for mark in row.shown}
            kept |= {mark for row in rows.get(Report._meta.label, []) for mark in row.composed.values()}
            for mark in kept & marks.keys():
                self._fingerprint(mark, marks[mark], 16)

    def _fingerprint(self, old: str, text: str, length: int = 64) -> None:
        if old not in self.recipes:
            self.words[old] = gap(old)
            self.recipes[old] = texts.fingerprint(self.said(text), length)
            self._order = sorted(self.words, key=len, reverse=True)

    def said(self, text: str) -> str:
        """A text of the matter, with its gaps."""
        for word in self._order:
            if word in text:
                text = text.replace(word, self.words[word])
        return ID.sub(lambda found: self._ids.get(uuid.UUID(found[0]), found[0]), text)

    # --- rows -----------------------------------------------------------------------------------------------------------
    def _table(self, label: str, rows: list[Any]) -> tuple[str, list[str], Text]:
        columns = columns_of(model_of(label))
        told = "".join(spelling.row(self._value(label, row, column) for column in columns) for row in rows)
        return model_of(label)._meta.db_table, [column.column for column in columns], Text(told)

    def _value(self, label: str, row: Any, column: Any) -> str:
        name = column.attname
        if (label, row.pk, name) in self._instead:
            return self._instead[label, row.pk, name]
        if isinstance(column, SealedTextField):
            return self._sealed(row, column)
        value = row.__dict__[name]
        if label == DataKey._meta.label and name == "wrapped":
            return self._gap_of_bytes(f"key:{row.pk}", texts.wrap(self._raw_keys[row.pk], self.said(row.about)))
        if label == SearchEntry._meta.label and name in {"tokens", "initials"}:
            return self._found_by(row, name) or spelling.spelled(value)
        if isinstance(value, memoryview):
            value = bytes(value)
        if isinstance(value, uuid.UUID):
            return self._id(value)
        if isinstance(column, models.JSONField):
            return spelling.spelled(texts.replaced(value, self.said), is_json=True)
        return spelling.spelled(self.said(value) if isinstance(value, str) else value)

    def _id(self, value: uuid.UUID) -> str:
        known = self._ids.get(value)
        if known is None:
            return spelling.spelled(value)
        return known if spelling.copies() else "'" + known.replace("\ue001", ":x\ue001") + "'"

    def _sealed(self, row: Any, column: Any) -> str:
        if not row.__dict__[column.attname]:
            return spelling.spelled(b"")
        bound = f"{row._meta.label}|{row.pk}|{column.attname}"
        raw = self._raw_keys.get(row.sealing_key_id) or DataKey.objects.get(pk=row.sealing_key_id).open()
        recipe = texts.seal(raw, self.said(getattr(row, column.attname)), self.said(bound))
        return self._gap_of_bytes(f"seal:{row.pk}:{column.attname}", recipe)

    def _gap_of_bytes(self, key: str, recipe: Recipe) -> str:
        self.recipes[key] = recipe
        return spelling.bytes_with(gap(key))

    def _found_by(self, row: Any, column: str) -> str:
        """The words of the index are made from the record's texts, as ``wenze.search.services.reindex`` makes them."""
        index = INDEXES.get(row.kind)
        obj = index.model._default_manager.filter(pk=row.object_id).first() if index else None
        if index is None or obj is None:
            return ""
        key = f"{column}:{row.kind}:{row.object_id}"
        said = [index.title(obj), index.subtitle(obj), *index.texts(obj)] if column == "tokens" else []
        self.found_by[key] = (
            [self.said(text) for text in said if text],
            [self.said(name) for name in index.names(obj) if name],
        )
        return gap(key) if spelling.copies() else f"'{gap(key)}'"

    def _entry(self, entry: LedgerEntry) -> None:
        """An entry of the ledger: its canonical text (``ledger.content``), and the row but for number and fingerprints."""
        said = self.said(ledger.content(entry).decode())
        columns = [column for column in columns_of(LedgerEntry) if column.attname not in {"content_hash", "mac"}]
        told = [self._value(LEDGER, entry, column) for column in columns]
        self.entries.append((Text(said), Text(spelling.row(told)), Text(self._commission(entry))))

    def _commission(self, entry: LedgerEntry) -> str:
        return str(entry.commission_id)

    # --- per block ------------------------------------------------------------------------------------------------------
    def indexed(self, names: Callable[[], Filling]) -> dict[str, Recipe]:
        """The words of the index for one block's names; only the numbers are left open."""
        filling = names()
        stands = {key: STAND_IN + place for place, key in enumerate(self.numbers)}
        for key, number in stands.items():
            filling[key] = filling[f"{key}:4"] = str(number)
        for key in self.recipes:
            filling.setdefault(key, "")
        found: dict[str, Recipe] = {}
        for key, (said, named) in self.found_by.items():
            people = [Text(name).told(filling) for name in named]
            if key.startswith("tokens"):
                told = tokens.document([Text(text).told(filling) for text in said], people)
                for name, number in stands.items():
                    if str(number) in told:
                        word = gap(f"{name}:4") if name in self.padded else gap(name)
                        told = told.replace(f"w{number}", f"w{word}").replace(str(number), gap(name))
            else:
                told = " ".join(sorted({each for name in people for each in tokens.initials(name)}))[:400]
            found[key] = Text(told).told
        return found
