"""A canary in everything that HR must not read: one mark a column, so that a leak names where it came from.

Planted is every text of every model that reaches a case, but for what is named here with its reason: a column that is
added tomorrow is planted without anybody thinking of it.
"""

import re
from collections import Counter
from functools import cache

from django.db import models

from cases import composing
from cases.models import Hearing, Report
from followup.models import RecommendationLetter
from followup.personnel import SENT_TO_HR
from tolerance.models import Filing
from wenze.access import checks, policy
from wenze.access.roles import Role
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import SealedFile
from wenze.documents.models import DocumentState, OfficialDocument
from wenze.notices.models import Notice
from wenze.people.enums import OrganizationKind
from wenze.people.models import User
from wenze.search import services as search

WORD = "金丝雀"
MARK = re.compile(r"QZ(\d{3})ZQ")
IN_A_FILE = "QZ000ZQ"
"""In the bytes of every file that is handed in."""

APART = {"audit.LedgerEntry", "search.SearchEntry", "documents.OfficialDocument"}
"""Only grows; is rebuilt from the other rows; is planted by its kind (``_papers``)."""
CODES = {
    "procedure", "situation", "code", "about_label", "kind", "step", "rule", "term", "url", "article", "measure", "dossier_hash",
    "content_type", "plain_sha256", "cipher_sha256", "consequence", "circumstance", "fingerprint", "content_hash", "edition", "panel",
}  # fmt: skip
"""Columns that hold a code of the program, not words."""
ON_RECORD = {
    "cases.ExternalDecision": {"decided_by", "approved_by", "number", "ended_by"},
    "followup.NameClearing": {"concern", "words", "scope", "cleared_how"},
    "cases.Measure": {"decided_by_name", "reference", "restriction", "ended_by"},
    "tolerance.Filing": {"number"},  # unique: two that have none cannot both be given the mark
}
"""Which body decided what, under which number: the decision as it is on record is what HR is told (design §4); so is
the letter that clears a name, which is addressed to HR (law.md §6.1)."""
EXTRA = (SealedFile, Notice, Filing)
"""Hold words of a case and reach none by a key."""


def _offices():
    return User.objects.filter(role_assignments__role=Role.HR)


OTHERS = {
    "followup.ExecutionItem": lambda rows: rows.exclude(responsible__kind=OrganizationKind.HR),
    "followup.PostFormality": lambda rows: rows.exclude(item__responsible__kind=OrganizationKind.HR),
    "followup.RecommendationLetter": lambda rows: rows.exclude(to_organization__kind=OrganizationKind.HR),
    "notices.Task": lambda rows: rows.exclude(recipient__in=_offices()),
    "notices.Notice": lambda rows: rows.exclude(recipient__in=_offices()),
}
"""HR's own rows of these are left as they are: what HR wrote itself, what it was asked, told, and sent."""


def _planted_models():
    reached = checks.models_that_reach(set(policy.PROTECTED)) | set(EXTRA)
    return sorted((m for m in reached if not m._meta.proxy and m._meta.label not in APART), key=lambda m: m._meta.label)


def _columns():
    """Every column that is planted, in a fixed order."""
    for model in _planted_models():
        left = CODES | ON_RECORD.get(model._meta.label, set())
        for field in model._meta.local_concrete_fields:
            is_words = isinstance(field, models.CharField | models.TextField | SealedTextField)
            if is_words and not field.choices and field.name not in left:
                yield model, field


@cache
def marks():
    """The mark of every column; of official papers one a kind, ``other`` for those that are void."""
    names = [f"{model._meta.label}.{field.name}" for model, field in _columns()]
    names += [f"documents.OfficialDocument:{kind}" for kind in _kinds()]
    return {name: f"QZ{number:03d}ZQ" for number, name in enumerate(names, 1)}


def _kinds():
    from wenze.documents.kinds import KINDS

    return [*sorted(KINDS.keys()), "void"]


@cache
def _columns_by_mark():
    return {mark: name for name, mark in marks().items()} | {IN_A_FILE: "the bytes of a file"}


def names_in(text):
    """The columns whose marks stand in a text, however its lines are broken."""
    return {_columns_by_mark()[found.group()] for found in MARK.finditer(re.sub(r"\s+", "", text))}


def plant(*, blanks=False):
    """Write the marks into what stands there now, and where asked into what is empty; returns how often each was written."""
    planted, own = Counter(), marks()
    for model, field in _columns():
        name = f"{model._meta.label}.{field.name}"
        rows = OTHERS.get(model._meta.label, lambda every: every)(model._base_manager.all())
        for row in rows:
            old = getattr(row, field.name)
            if own[name] not in old and (old or blanks) and getattr(row, "sealing_key_id", True):
                text = f"{WORD}{own[name]}"
                room = getattr(field, "max_length", None)
                kept = old[: room - len(text)] if room else old
                setattr(row, field.name, kept + text if room is None or room >= len(text) else old)
                row.save(update_fields=[field.name])
            planted[name] += own[name] in getattr(row, field.name)
    shown_as_planted()
    return planted


def shown_as_planted():
    """The marks are in what was found, shown and written: the story does not stop to show them to anybody anew."""
    for hearing in Hearing.objects.select_related("subject__case"):
        found = composing.findings_of(hearing.subject.case).get(hearing.subject_id, [])
        hearing.shown = composing.marks_shown(found)
        hearing.save(update_fields=["shown"])
    for report in Report.objects.filter(returned_on__isnull=True).select_related("case"):
        report.composed = composing.marks_of(report.case)
        report.save(update_fields=["composed"])


def plant_papers():
    """The marks into every paper that HR must not read: of other kinds than those sent to it, or void."""
    planted, own = Counter(), marks()
    letters = RecommendationLetter.objects.filter(to_organization__kind=OrganizationKind.HR, document__isnull=False)
    for row in OfficialDocument.objects.exclude(kind="RYJC").exclude(pk__in=letters.values("document_id")):
        is_void = row.state == DocumentState.VOID
        if row.kind in SENT_TO_HR and not is_void:
            continue
        name = f"documents.OfficialDocument:{'void' if is_void else row.kind}"
        context = row.context
        context["title"] += f"{WORD}{own[name]}"
        context["blocks"].append({"kind": "p", "text": f"{WORD}{own[name]}", "rows": [], "widths": []})
        row.freeze(context, key_id=row.key_id)
        row.title = (row.title[:180] + f"{WORD}{own[name]}")[:200]
        row.save()
        planted[name] += 1
    return planted


def reindexed():
    """The search entries anew, from what now stands in the rows."""
    return search.rebuild()
