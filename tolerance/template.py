"""The template of the lists (law.md §6) as rows: written after every migration, never written over."""

from __future__ import annotations

import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tolerance.enums import ItemKind
from wenze.law import cite

DATA = Path(__file__).parent / "data" / "lists.yaml"


@lru_cache(maxsize=1)
def editions() -> list[dict[str, Any]]:
    """The editions as the file tells them."""
    found: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))["editions"]
    return found


def _key(*parts: object) -> uuid.UUID:
    """The same key on every installation, so that a filing carried elsewhere finds its item."""
    return uuid.uuid5(uuid.NAMESPACE_OID, "wenze.tolerance." + ".".join(map(str, parts)))


def _article(code: str) -> str:
    """``TL.17.1`` as people cite it."""
    if not code:
        return ""
    regulation, article, *item = code.split(".")
    cited = str(cite(regulation, int(article)))
    return cited + (f"第一款第{'一二三'[int(item[0]) - 1]}项" if item else "第二款")


def write(sender: Any, using: str, **kwargs: Any) -> None:
    """After ``migrate`` (and after a test has emptied its tables): every edition that is not there yet."""
    from tolerance.models import ListEdition, ToleranceItem  # noqa: PLC0415 -- asked when the apps are ready

    for told in editions():
        since = told["in_force_from"]
        edition, made = ListEdition.objects.using(using).get_or_create(
            pk=_key(since), defaults={"title": told["title"], "basis": told["basis"], "in_force_from": since}
        )
        if not made:
            continue
        ToleranceItem.objects.using(using).bulk_create(
            ToleranceItem(
                pk=_key(since, row["code"]), edition=edition, kind=kind, code=row["code"], position=position, text=row["text"],
                article=_article(row.get("article", "")), distinction=row.get("distinction", ""), questions="\n".join(row["questions"]),
            )
            for kind in ItemKind
            for position, row in enumerate(told[kind.value], 1)
        )  # fmt: skip
