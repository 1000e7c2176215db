"""The proposed outcomes of a case beside the ruler: one line a subject, as every screen, the signing page and the gate read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cases.enums import Outcome
from review.enums import Position
from review.models.ruler import Comparison
from review.ruler import ladder
from review.ruler.alike import Profile, profiles_of
from wenze.law import severity
from wenze.workflow.dossier import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cases.models import Case, Subject
    from review.ruler.ladder import Reading


@dataclass(frozen=True)
class Proposed:
    """An outcome that is to be compared: the proposal as it stands, or another that is only tried."""

    subject: Subject
    profile: Profile
    outcome: str
    measures: tuple[str, ...]
    referred: bool = False

    @property
    def heaviest(self) -> tuple[int, str] | None:
        return severity.heaviest(self.outcome, self.measures, referred=self.referred)

    @property
    def severity(self) -> int:
        """Only where there is something to compare."""
        found = self.heaviest
        return found[0] if found else 0

    @property
    def is_comparable(self) -> bool:
        return self.heaviest is not None

    @property
    def words(self) -> str:
        told = [
            ("建议" if code.startswith(severity.PROPOSE) else "") + severity.outcome_name(code)
            for code in self.measures
        ]
        told += ["转立案"] if self.referred else []
        return "、".join(told) or str(Outcome(self.outcome).label)

    @property
    def fingerprint(self) -> str:
        """Of what is proposed and of what was found about him: either one changed needs a new look."""
        return digest(
            {
                "subject": str(self.subject.pk), "outcome": self.outcome, "measures": sorted(self.measures),
                "referred": self.referred, "profile": self.profile.values(),
            }
        )  # fmt: skip


def proposed_of(case: Case, subjects: Iterable[Subject] | None = None) -> list[Proposed]:
    """What is proposed for each subject with whom the case goes on; who has no proposal yet is left out."""
    rows = ladder.subject_rows(case) if subjects is None else list(subjects)
    profiles = profiles_of(case, rows)
    return [
        Proposed(row, profiles[row.pk], proposal.outcome, tuple(proposal.measures), proposal.refer_to_id is not None)
        for row in rows
        if (proposal := getattr(row, "proposal", None)) is not None
    ]


def tried(case: Case, subject: Subject, outcome: str, measures: Sequence[str], *, referred: bool = False) -> Proposed:
    """Another outcome for a subject, to be looked at before the sitting settles it."""
    return Proposed(subject, profiles_of(case, [subject])[subject.pk], outcome, tuple(measures), referred)


def looks_at(items: Iterable[Proposed]) -> dict[str, Comparison]:
    """By fingerprint: the look that counts, the newest with a reason where one was written."""
    wanted = [item.fingerprint for item in items]
    found: dict[str, Comparison] = {}
    rows = Comparison.objects.filter(fingerprint__in=wanted).select_related("seen_by").order_by("seen_at", "pk")
    for row in rows:
        kept = found.get(row.fingerprint)
        if kept is None or row.reason or not kept.reason:
            found[row.fingerprint] = row
    return found


@dataclass(frozen=True)
class Line:
    """A subject on the overview: what is proposed, the ruler now, and the look that was kept."""

    item: Proposed
    reading: Reading
    look: Comparison | None

    @property
    def subject(self) -> Subject:
        return self.item.subject

    @property
    def position(self) -> Position:
        return self.reading.position(self.item.severity)

    @property
    def is_outside(self) -> bool:
        return self.position in (Position.LIGHTER, Position.HEAVIER)

    @property
    def chip(self) -> str:
        return {"inside": "ok", "no_band": ""}.get(self.position, "late")


def lines_of(case: Case) -> list[Line]:
    """Every comparable proposal of the case with the ruler beside it; subjects alike in everything are read once."""
    items = [item for item in proposed_of(case) if item.is_comparable]
    scope, looks = ladder.scope_of(case.commission), looks_at(items)
    apart = ladder.own_rows(case.pk)
    readings: dict[Profile, Reading] = {}
    for item in items:
        if item.profile not in readings:
            readings[item.profile] = ladder.read(item.profile, scope, apart=apart)
    return [Line(item, readings[item.profile], looks.get(item.fingerprint)) for item in items]


def wanting(case: Case) -> list[str]:
    """What the gate says: who was not compared yet, and whose outlier has no written reason."""
    items = [item for item in proposed_of(case) if item.is_comparable]
    looks = looks_at(items)
    told = []
    for item in items:
        look = looks.get(item.fingerprint)
        if look is None:
            told.append(f"{item.subject.name}拟{item.words}，尚未作类案比较")
        elif look.is_outside and not look.reason.strip():
            told.append(f"{item.subject.name}拟{item.words}，{look.get_position_display()}，没有书面理由")
    return told


__all__ = ["Line", "Proposed", "lines_of", "looks_at", "proposed_of", "tried", "wanting"]
