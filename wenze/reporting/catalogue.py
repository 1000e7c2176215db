"""The figures of the yearly table, each with its definition (law.md §1.3, §5; spec: twelve exits of one case)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from cases.enums import DecisionStanding, Outcome, SubjectKind, Tier, Track
from tolerance.enums import FilingEffect, FilingState
from wenze.law import data, measures, situations
from wenze.people.enums import PostRank
from wenze.reporting.figures import Figure, Part
from wenze.reporting.sources import names_any
from wenze.terms.models import ClockState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ORGANIZATION = Q(kind=SubjectKind.ORGANIZATION)
PERSON = Q(kind=SubjectKind.CADRE)
HELD = Q(outcome__in=(Outcome.ACCOUNTABLE, Outcome.ORDERED), form__gte=0)
"""Called to account by 条例第八条: decided so, and a measure of his stands, here or with the body that was asked."""
BELOW_THRESHOLD = Q(outcome=Outcome.FIRST_FORM)
FORMS = ((1, "第一种形态"), (2, "第二种形态"), (3, "第三种形态"), (4, "第四种形态"))
RESULTS = tuple(outcome for outcome in Outcome if outcome not in (Outcome.ACCOUNTABLE, Outcome.ORDERED))
FREE = Q(effective_on__isnull=False)
"""Another body's decision whose day is known."""
ELSEWHERE = FREE & names_any("measures", [code for code, row in measures().items() if row.kind != "first_form"])
"""One that calls to account: a first form of another body's is none."""
IN_CLUES = Q(is_style_handling=False)


def _below() -> Q:
    """属地、基层一线: by the level or kind of the unit, or by the rank at the time (a setting)."""
    told: dict[str, Any] = data.statistics_settings()["grassroots"]
    units = Q()
    for path in ("post__organization", "organization"):
        units |= Q(**{f"{path}__level__in": told["levels"]}) | Q(**{f"{path}__kind__in": told["kinds"]})
    return units | Q(post__rank__lte=told["rank_up_to"])


BELOW = _below()


def _pair(code: str, title: str, definition: str, condition: Q, source: str = "respondents") -> Iterator[Figure]:
    """人次 and 人 of one condition."""
    parts = (Part(source, condition),)
    yield Figure(f"{code}.times", f"{title}（人次）", definition, parts, "人次")
    yield Figure(f"{code}.persons", f"{title}（人）", f"{definition}同一干部只计一人。", parts, "人", persons=True)


def _respondents(code: str, title: str, definition: str, condition: Q, unit: str = "个") -> Figure:
    return Figure(code, title, definition, (Part("respondents", condition),), unit)


def _totals() -> Iterator[Figure]:
    yield Figure("intake.clues", "受理线索", "期内收到的问责线索，按收到日。", (Part("clues"),), "条")
    yield Figure("intake.cases", "提请启动的案件", "期内提请启动的案件，含不予启动的。", (Part("cases"),), "件")
    yield _respondents(
        "all",
        "有结果的对象",
        "期内作出决定（由其他机关决定的，以回复到齐之日）的全部对象，含不予、免予和并入立案的。",
        Q(),
    )
    yield _respondents(
        "held.organizations",
        "被问责党组织",
        "结果为问责，现有有效的处理措施（本机关的，或者其他机关依建议、责成作出的）。",
        HELD & ORGANIZATION,
    )
    yield from _pair(
        "held",
        "被问责干部",
        "结果为问责，现有有效的处理措施（本机关的，或者其他机关依建议、责成作出的）。",
        HELD & PERSON,
    )
    for track in Track:
        yield _respondents(
            f"track.{track.value}",
            f"{track.label}的对象",
            f"按条例第八条（监察法）问责，轨道为{track.label}的党组织和干部。",
            HELD & Q(track=track),
        )
    for outcome in RESULTS:
        yield _respondents(
            f"outcome.{outcome.value}",
            outcome.label,
            f"结果为“{outcome.label}”的对象，不计入问责数。",
            Q(outcome=outcome),
        )
    yield _respondents("proposed", "建议、责成尚无决定", "结果为问责或者责成，措施只是建议或者责成，其他机关还没有作出有效的决定；作出后计入。", Q(
        outcome__in=(Outcome.ACCOUNTABLE, Outcome.ORDERED), form__lt=0) & ~Q(decision__standing=DecisionStanding.REVOKED))  # fmt: skip
    yield _respondents(
        "revoked",
        "已撤销",
        "期内的决定，后经申诉、纠正撤销，不计入问责数。",
        Q(decision__standing=DecisionStanding.REVOKED),
    )
    yield _respondents(
        "changed",
        "已变更",
        "期内的决定，后经申诉、纠正变更，按变更后的措施计入原决定的年份。",
        Q(decision__standing=DecisionStanding.CHANGED),
    )
    yield from _pair(
        "elsewhere",
        "其他机关作出的问责（登记）",
        "未经本机关建议、由其他机关自行作出并登记的有效决定，按其决定日。",
        ELSEWHERE & Q(cadre__isnull=False),
        "elsewhere",
    )
    yield Figure(
        "elsewhere.organizations",
        "其他机关问责的党组织（登记）",
        "同上，对象是党组织。",
        (Part("elsewhere", ELSEWHERE & Q(organization__isnull=False)),),
    )
    yield Figure(
        "elsewhere.undated",
        "其他机关的决定，日期不详",
        "登记时不知决定日的，不计入任何一年，查明后计入。",
        (Part("elsewhere", Q(effective_on__isnull=True)),),
        "件",
    )
    yield Figure(
        "clue.first_form",
        "线索阶段第一种形态",
        "研判时达不到门槛，作第一种形态处理的对象，按研判日，不计入条例第八条的问责数。",
        (Part("first_forms", IN_CLUES),),
    )
    yield Figure(
        "clue.style", "作风效能处理", "研判时作风效能处理的对象，两种口径都不计入。", (Part("first_forms", ~IN_CLUES),)
    )
    yield Figure(
        "clue.transferred",
        "移送追责",
        "直接责任者等移送有权机关追究的线索件次，不是问责对象，不计入。",
        (Part("transferred"),),
        "件",
    )
    held = (Part("respondents", HELD & PERSON), Part("elsewhere", ELSEWHERE))
    yield Figure(
        "total.article8",
        "条例第八条口径（人）",
        "被问责干部与登记的其他机关问责的干部，同一干部只计一人。",
        held,
        "人",
        persons=True,
    )
    below = (Part("respondents", BELOW_THRESHOLD & PERSON), Part("first_forms", IN_CLUES))
    yield Figure(
        "total.published",
        "公布口径（人）",
        "条例第八条口径之外，另含第一种形态处理的干部（书面检查、约谈、批评教育、通报批评等，不计入条例第八条的问责数），同一干部只计一人。",
        held + below,
        "人",
        persons=True,
    )
    yield Figure(
        "total.first_form",
        "其中第一种形态（人）",
        "公布口径比条例第八条口径多出的来源：对象和线索阶段作第一种形态处理的干部。",
        below,
        "人",
        persons=True,
    )


def _forms() -> Iterator[Figure]:
    told = "每个对象按其有效措施中最重的一项归入一种形态，只计一次；通报、诫勉属第一种形态的手段。"
    for place, name in FORMS:
        parts: tuple[Part, ...] = (Part("respondents", Q(form=place) & PERSON), Part("elsewhere", FREE & Q(form=place)))
        if place == 1:
            parts = (
                Part("respondents", PERSON & (Q(form=1) | BELOW_THRESHOLD & Q(form__lt=1))),
                parts[1],
                Part("first_forms", IN_CLUES),
            )
        yield Figure(f"form.{place}", name, told, parts, "人", persons=True)
        yield Figure(
            f"form.{place}.accountable",
            f"{name}：其中问责",
            f"{told}只数按条例第八条问责的。",
            (Part("respondents", HELD & PERSON & Q(form=place)),),
            "人次",
        )


def _breakdowns() -> Iterator[Figure]:
    for rank in PostRank:
        yield from _pair(f"rank.{rank.value}", rank.label, "行为时职务的职务层次。", HELD & PERSON & Q(post__rank=rank))
    yield from _pair("rank.unknown", "职务层次不详", "没有登记行为时职务。", HELD & PERSON & Q(post__isnull=True))
    for each in situations():
        of = Q(situation=each.code) | Q(situation="", case__situation=each.code)
        yield _respondents(
            f"situation.{each.code}.organizations",
            f"{each.code} {each.name}（党组织）",
            "条例第七条的情形：对象自己的，没有写明的随案件。",
            HELD & ORGANIZATION & of,
        )
        yield from _pair(
            f"situation.{each.code}",
            f"{each.code} {each.name}",
            "条例第七条的情形：对象自己的，没有写明的随案件。",
            HELD & PERSON & of,
        )
    for tier in Tier:
        yield _respondents(
            f"tier.{tier.value}.organizations",
            f"{tier.label}（党组织）",
            "条例第六条的责任。",
            HELD & ORGANIZATION & Q(tier=tier),
        )
        yield from _pair(f"tier.{tier.value}", tier.label, "条例第六条的责任。", HELD & PERSON & Q(tier=tier))
    yield _respondents(
        "below",
        "属地、基层一线的对象",
        "单位属乡镇级、基层党组织，或者行为时职务不高于乡科级正职（本级设置）。",
        HELD & BELOW,
    )
    yield _respondents("held", "被问责对象", "党组织和干部合计，人次。", HELD)


def _methods() -> Iterator[Figure]:
    told = "有效的措施，一人几项的各计一次；第一种形态的措施不在其列。"
    of = "decision__subject__"
    for code, row in measures().items():
        if row.kind == "first_form":
            continue
        here = Q(code=code, decision__outcome=Outcome.ACCOUNTABLE)
        yield Figure(
            f"method.{code}.organizations",
            f"{row.name}（党组织）",
            told,
            (Part("measures", here & Q(**{f"{of}kind": SubjectKind.ORGANIZATION})),),
        )
        yield from _pair(f"method.{code}", row.name, told, here & Q(**{f"{of}kind": SubjectKind.CADRE}), "measures")
        named = names_any("measures", [code])
        yield Figure(
            f"method.{code}.answered",
            f"{row.name}（其他机关依建议、责成、移送作出）",
            told,
            (Part("answered", named),),
            "件",
        )
        yield Figure(
            f"method.{code}.elsewhere",
            f"{row.name}（其他机关自行作出）",
            told,
            (Part("elsewhere", FREE & named),),
            "件",
        )


def _tolerance() -> Iterator[Figure]:
    yield Figure("filing.all", "事前备案", "期内报送的容错备案。", (Part("filings"),), "件")
    yield Figure(
        "filing.registered",
        "已登记备案",
        "期内报送、已经登记的（含其后到期的）。",
        (Part("filings", Q(registered_on__isnull=False)),),
        "件",
    )
    yield Figure(
        "filing.refused", "不予备案", "期内报送、不予备案的。", (Part("filings", Q(state=FilingState.REFUSED)),), "件"
    )
    yield Figure("answer.all", "案件中答复", "期内案件对备案的书面答复，一个对象一份。", (Part("answers"),), "份")
    for effect in FilingEffect:
        yield Figure(
            f"answer.{effect.value}",
            f"答复：{effect.label}",
            "期内案件对备案的书面答复的结论。",
            (Part("answers", Q(effect=effect)),),
            "份",
        )


@lru_cache(maxsize=1)
def yearly() -> dict[str, Figure]:
    """Every figure of the yearly table that is known beforehand; terms and units follow from the rows."""
    found: dict[str, Figure] = {}
    for figures in (_totals(), _forms(), _breakdowns(), _methods(), _tolerance()):
        for figure in figures:
            if figure.code in found:
                raise ValueError(f"two figures are called {figure.code}")
            found[figure.code] = figure
    return found


KEPT = {
    "all": ("到期", "期内到期的期限，已取消的除外。", Q()),
    "met": ("按期", "办结日不晚于到期日。", Q(state=ClockState.MET, met_on__lte=F("due_on"))),
    "late": ("逾期办结", "办结日晚于到期日。", Q(state=ClockState.MET, met_on__gt=F("due_on"))),
    "open": ("未办结", "还在走或者中止的，逾期与否看各件的灯。", Q(state__in=(ClockState.RUNNING, ClockState.SUSPENDED))),
}  # fmt: skip
"""How a term stands."""


def term_figure(rule: str, kept: str, name: str = "") -> Figure:
    """A term by its T-code and how it stands; without a code all of them together."""
    title, definition, condition = KEPT[kept]
    of = Q(rule=rule) if rule else Q()
    return Figure(
        f"term.{rule or 'T'}.{kept}",
        f"{rule} {name}：{title}" if rule else f"全部期限：{title}",
        definition,
        (Part("terms", of & condition),),
        "项",
    )


def unit_condition(unit_id: Any) -> Q:
    return Q(post__organization=unit_id) | Q(organization=unit_id)


def unit_figures(unit_id: Any, name: str) -> Iterator[Figure]:
    """Those of a unit that were called to account: itself, and its cadres with the post at the time of the act."""
    told = "行为时任职的单位（党组织是其本身）。"
    yield _respondents(
        f"unit.{unit_id}.organizations", f"{name}（党组织）", told, HELD & ORGANIZATION & Q(organization=unit_id)
    )
    yield from _pair(f"unit.{unit_id}", name, told, HELD & PERSON & Q(post__organization=unit_id))


def codes(figures: Iterable[Figure]) -> list[str]:
    return [figure.code for figure in figures]
