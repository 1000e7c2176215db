"""What a case knows of tolerance: filings that it comes upon, answers, opinions, and what an exemption may rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.enums import SubjectKind
from cases.models import Case, DistinctionAssessment, Precedent, Subject, ToleranceSearch
from tolerance import selectors
from tolerance.enums import Assessor, FilingEffect
from tolerance.models import FilingAnswer
from tolerance.models.answer import WITH_EFFECT
from wenze.law import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tolerance.models import Filing, FilingVersion
    from tolerance.selectors import Match
    from wenze.people.models import User

FIELD_WORDS = {
    "production_safety": ("安全",), "ecology": ("生态", "环境", "固废"), "livelihood": ("民生", "群众"), "bidding": ("招标", "投标", "采购"),
    "style": ("作风", "窗口", "审批", "营商"),
}  # fmt: skip
"""By which words a filing is found to be of the case's field; only a hint beside the person, the unit and the period."""

CLAUSES = (
    ("practice", "做法"),
    ("conditions", "决策和审查条件"),
    ("risks", "风险点与预案"),
    ("loss", "损失上限"),
    ("period", "实施期"),
)
"""The clauses of a filing, in the order in which what was filed is set beside what was done."""
BY_LETTER = (Assessor.PERSONNEL, Assessor.AUTHORITY)
PAIR = (Assessor.HANDLING, Assessor.SECOND)


def filed_clauses(version: FilingVersion | None) -> dict[str, str]:
    """What a version says on each clause, in words; a clause on which it says nothing is not in it."""
    if version is None:
        return {}
    conditions = [
        f"{name}：{text}"
        for name, text in (
            ("决策", f"{version.meeting}{f'（{version.met_on:%Y-%m-%d}）' if version.met_on else ''}"),
            ("不同意见", version.dissent), ("合法性审查", version.legality), ("专家论证", version.expert),
        )
        if text.strip()
    ]  # fmt: skip
    span = (version.starts_on, version.ends_on)
    said = {
        "practice": version.practice,
        "conditions": "；".join(conditions),
        "risks": version.risks,
        "loss": f"{version.loss_ceiling}元" if version.loss_ceiling is not None else "",
        "period": " 至 ".join(f"{day:%Y-%m-%d}" for day in span if day is not None),
    }
    return {key: text for key, text in said.items() if text.strip()}


def matches_of(subject: Subject) -> list[Match]:
    """The filings that this subject's case comes upon."""
    unit = subject.organization_id or (subject.post.organization_id if subject.post else None)
    is_cadre = subject.kind == SubjectKind.CADRE and unit is not None
    answers = is_cadre and subject.case.subjects.filter(organization_id=str(unit)).exists()
    return selectors.matches(
        cadre_id=subject.cadre_id, organization_id=unit, act_on=subject.act_on,
        words=FIELD_WORDS.get(subject.case.field, ()), unit_answers=answers,
    )  # fmt: skip


def unanswered_of(subject: Subject) -> list[Filing]:
    """Filings that the case has to answer for this subject and has not."""
    answered = set(FilingAnswer.objects.filter(subject_id=subject.pk).values_list("filing_id", flat=True))
    return [match.filing for match in matches_of(subject) if match.must_answer and match.filing.pk not in answered]


def version_at(filing: Filing, subject: Subject) -> FilingVersion | None:
    """What stood filed on the day of the act; of a later filing, what it says now."""
    return selectors.version_on(filing, subject.act_on) or filing.current


def search_now(subjects: Iterable[Subject]) -> list[dict[str, Any]]:
    """What a search finds today, as it is kept with the initiation."""
    return [
        {
            "subject": str(subject.pk), "name": subject.name, "filing": str(match.filing.pk), "number": match.filing.number or "未编号",
            "title": match.filing.title, "filed_on": match.filing.filed_on.isoformat(), "in_advance": match.in_advance,
            "grounds": list(match.grounds), "must_answer": match.must_answer,
        }
        for subject in subjects
        for match in matches_of(subject)
    ]  # fmt: skip


def last_search(case: Case, supplement: Any = None) -> ToleranceSearch | None:
    """The search that stands for the first subjects, or for a later batch."""
    return case.tolerance_searches.filter(supplement=supplement).select_related("searched_by").last()


def search_gaps(case: Case, supplement: Any, subjects: Iterable[Subject]) -> Iterator[str]:
    """Why the search does not carry the initiation: not made, or something came since."""
    made = last_search(case, supplement)
    if made is None:
        yield "没有作容错检索"
        return
    kept = {(row["subject"], row["filing"]) for row in made.found}
    for row in search_now(subjects):
        if (row["subject"], row["filing"]) not in kept:
            yield f"检索以后又有{row['name']}的备案{row['number']}，须重新检索"


def found_in_words(found: Sequence[dict[str, Any]]) -> str:
    """The result of a search as papers and signing pages say it."""
    if not found:
        return "未检索到相关容错备案"
    return "\n".join(
        f"{row['name']}：{row['number']}《{row['title']}》，{row['filed_on']}报送"
        f"（{'事前备案' if row['in_advance'] else '不是事前备案，只作说明材料'}；匹配：{'、'.join(row['grounds'])}；"
        f"{'须书面答复' if row['must_answer'] else '供参考'}）"
        for row in found
    )


def standing_assessments(subject: Subject) -> list[DistinctionAssessment]:
    """The opinions that stand, in the order of the offices."""
    order = [*Assessor]
    rows = subject.assessments.filter(superseded_on__isnull=True).select_related("written_by", "organization", "scan")
    return sorted(rows, key=lambda row: order.index(Assessor(row.assessor)))


def is_blind() -> bool:
    return bool(data.review_settings()["tolerance_blind_second"])


def readable(rows: Sequence[DistinctionAssessment], user: User) -> list[DistinctionAssessment]:
    """Under blind assessment the two of the office see only their own until both are there; so does everybody else."""
    pair = {row.assessor for row in rows} & set(PAIR)
    if not is_blind() or len(pair) == len(PAIR):
        return list(rows)
    return [row for row in rows if row.assessor not in PAIR or row.written_by_id == user.pk]


def wanted_assessors() -> list[str]:
    """Whose opinions an exemption for tolerance needs here (本级制度)."""
    wanted = list(data.review_settings()["tolerance_opinions"])
    return [*wanted, Assessor.SECOND] if is_blind() else wanted


def disagreements(rows: Sequence[DistinctionAssessment]) -> list[str]:
    """Lines on which the opinions differ, each named with who says what: nothing is averaged."""
    told = []
    for name, display in (
        ("为公/为私", "get_motive_display"), ("有禁/无禁", "get_ban_display"), ("无意/有意", "get_intent_display"),
        ("意见", "get_effect_display"),
    ):  # fmt: skip
        said = [(row.get_assessor_display(), getattr(row, display)()) for row in rows]
        if len({word for _, word in said}) > 1:
            told.append(f"{name}：{'，'.join(f'{who}“{word}”' for who, word in said)}")
    return told


def conclusions_of(subject: Subject) -> list[str]:
    """What was concluded of this subject on filings and on his own application; proposals, all of them."""
    found = list(FilingAnswer.objects.filter(subject_id=subject.pk).values_list("effect", flat=True))
    claim = getattr(subject, "tolerance_claim", None)
    return [*found, claim.effect] if claim is not None and claim.effect else found


def weighing_gaps(subject: Subject) -> Iterator[str]:
    """Opinions on the three lines that are still wanting, where tolerance is to be given."""
    if not set(conclusions_of(subject)) & set(WITH_EFFECT):
        return
    have = {row.assessor for row in standing_assessments(subject)}
    for each in wanted_assessors():
        if each not in have:
            yield f"{subject.name}拟容错，没有{Assessor(each).label}的三个区分意见"


def may_be_exempted(subject: Subject) -> bool:
    """Whether the answer to a filing, or what became of his application, proposes the exemption."""
    return FilingEffect.EXEMPTED in conclusions_of(subject)


def precedents_like(case: Case, subject: Subject, user: User, *, most: int = 5) -> list[Precedent]:
    """Recognised exemptions like this one: the same line of 条例第十七条 first, then the same situation."""
    rows = Precedent.objects.visible_to(user).filter(released_on__isnull=False, commission_id=case.commission_id)
    lines = {row.distinction for row in readable(standing_assessments(subject), user) if row.distinction}
    alike = rows.filter(distinction__in=lines) if lines else rows.none()
    found = list(alike[:most])
    if len(found) < most:
        rest = rows.filter(situation=subject.situation_code).exclude(pk__in=[row.pk for row in found])
        found += list(rest[: most - len(found)])
    return found
