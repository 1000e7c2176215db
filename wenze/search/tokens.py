"""Words for the index, made here and in one way for PostgreSQL and SQLite (data.md §2).

A Chinese run becomes overlapping pairs and, at its end, the last character alone; a word of letters or
digits stays whole; a document number becomes its year and its bare number, so that every way of writing
it is one. Tokens are ASCII (``c`` and six hexadecimal digits a character), whatever the server's locale.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import TYPE_CHECKING

from pypinyin import Style, pinyin

from wenze.people.pinyin import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

RUN = re.compile(r"(?P<word>[0-9a-z]+)|(?P<han>[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)")
NUMBER = re.compile(r"[〔\[(【]\s*((?:19|20)\d\d)\s*[〕\])】]\s*[^\d\s〔\[(【]{0,8}?第?\s*0*(\d{1,6})\s*号")
SHORT = re.compile(r"\b((?:19|20)\d\d)\s*[-—/年]\s*0*(\d{1,6})号?(?![\d-])")
BARE = re.compile(r"(?:第|^)\s*0*(\d{1,6})\s*号$|^0+(\d{1,5})$")
LONGEST = 80
MOST_READINGS = 8


def plain(text: str) -> str:
    """Half-width, lower case, one form for each character."""
    return unicodedata.normalize("NFKC", text).casefold()


def _code(characters: str) -> str:
    return "c" + "".join(f"{ord(character):06x}" for character in characters)


def bigrams(text: str) -> list[str]:
    """The tokens of a text in their order."""
    cleaned = plain(text)
    found = [f"n{year}n{number}" for year, number in NUMBER.findall(cleaned)]
    found += [f"n{number}" for _, number in NUMBER.findall(cleaned)]
    for run in RUN.finditer(cleaned):
        if run["word"]:
            found.append(f"w{run['word']}")
        else:
            han = run["han"]
            found += [_code(han[at : at + 2]) for at in range(len(han) - 1)]
            found.append(_code(han[-1]))
    return found


def initials(name: str) -> set[str]:
    """The first letters of a name by all readings of its first character (单雄信 is sxx and dxx)."""
    han = "".join(run["han"] for run in RUN.finditer(plain(name)) if run["han"])
    if not han:
        return set()
    readings = [
        sorted({each[0] for each in letters if each and each[0].isascii()})
        for letters in pinyin(han[:1], style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
        + pinyin(han[1:], style=Style.FIRST_LETTER, errors="ignore")
    ]
    if not all(readings):
        return set()
    found = {"".join(letters) for letters in list(product(*readings))[:MOST_READINGS]}
    if han[0] in SURNAMES:
        found |= {SURNAMES[han[0]][0] + letters[1:] for letters in found}
    return found


def document(texts: Iterable[str], names: Iterable[str]) -> str:
    """What is written into the index for one record."""
    found = [token for text in texts if text for token in bigrams(text)]
    for name in names:
        found += bigrams(name)
        found += [f"i{letters}" for letters in sorted(initials(name))]
    return " ".join(found)


Term = tuple[tuple[str, ...], bool]  # the tokens of a phrase, and whether the last is only a beginning


def query(text: str) -> list[list[Term]]:
    """What was typed, as conditions that must all hold, each a list of alternatives."""
    cleaned = plain(text.strip()[:LONGEST])
    found: list[list[Term]] = []
    for pattern in (NUMBER, SHORT):
        found += [[((f"n{match[1]}n{match[2]}",), False)] for match in pattern.finditer(cleaned)]
        cleaned = pattern.sub(" ", cleaned)
    for part in cleaned.split():
        bare = BARE.search(part)
        if bare:
            found.append([((f"n{bare[1] or bare[2]}",), False)])
            continue
        for run in RUN.finditer(part):
            if run["word"]:
                word = run["word"]
                alternatives: list[Term] = [((f"w{word}",), True)]
                if word.isalpha():
                    alternatives.append(((f"i{word}",), True))
                found.append(alternatives)
            elif len(run["han"]) == 1:
                found.append([((_code(run["han"]),), True)])
            else:
                han = run["han"]
                found.append([(tuple(_code(han[at : at + 2]) for at in range(len(han) - 1)), False)])
    return found


def for_postgresql(conditions: list[list[Term]]) -> str:
    """``to_tsquery`` text: phrases by ``<->``, beginnings by ``:*``."""
    return " & ".join(
        "(" + " | ".join("(" + " <-> ".join(words) + (":*)" if prefix else ")") for words, prefix in alternatives) + ")"
        for alternatives in conditions
    )


def for_sqlite(conditions: list[list[Term]]) -> str:
    """FTS5 text: phrases in quotes, beginnings by ``*``."""
    return " AND ".join(
        "(" + " OR ".join('"' + " ".join(words) + ('"*' if prefix else '"') for words, prefix in alternatives) + ")"
        for alternatives in conditions
    )
