"""The documents of deliberation and decision (law.md §9: D18-D25, D31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.enums import CircumstanceKind, Outcome
from cases.papers.words import day, form, measures_in_words
from wenze.documents.paper import Paper, heading, pairs, paragraphs, table
from wenze.law import cite, measure_name, situation_cited
from wenze.workflow import offsystem

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case, Decision, Deliberation, Subject


def minutes(case: Case, meeting: Deliberation, *, on: dt.date) -> Paper:
    """D18 集体研究会议纪要."""
    rows = [
        ("案号", case.number), ("时间", day(meeting.held_on)), ("地点", meeting.place), ("议题", meeting.agenda),
        ("主持", meeting.chair), ("记录", meeting.recorder),
        ("到会", f"应到{meeting.expected}人，实到{len(meeting.present)}人：{'、'.join(meeting.present)}"),
        ("回避", "、".join(meeting.recused)),
    ]  # fmt: skip
    views = [[v.speaker, "同意" if v.agrees else "不同意", v.view] for v in meeting.views.all()]
    outcomes = [
        [s.name, p.get_outcome_display(), measures_in_words(p.measures) or "—", p.reason]
        for s in case.subjects.select_related("cadre", "organization", "proposal")
        if (p := getattr(s, "proposal", None))
    ]
    blocks = [
        pairs(rows), heading("一、各人意见"), table(["发言人", "态度", "意见"], views),
        heading("二、对各对象的意见"), table(["对象", "结果", "措施", "理由"], outcomes),
        heading("三、结论"), *paragraphs(meeting.conclusion),
    ]  # fmt: skip
    return form(case.commission, f"{case.number}集体研究会议纪要", blocks, on)


def _person(subject: Subject) -> str:
    if subject.cadre is None:
        return f"{subject.name}。"
    cadre = subject.cadre
    born = f"，{cadre.born_on.year}年{cadre.born_on.month}月出生" if cadre.born_on else ""
    gender = f"，{cadre.gender}" if cadre.gender else ""
    return f"{cadre.name}{gender}{born}，{cadre.get_party_membership_display()}，行为时任{subject.post_at_the_time}。"


def _committee(case: Case, subject: Subject) -> str:
    """The approval of the same-level Party committee, where one was given for this subject (条例第十二条)."""
    given = [row for row in offsystem.in_force(case, "approve_by_committee") if str(subject.pk) in row.covers]
    return f"报经{given[0].authority.short_name or given[0].authority.name}批准，" if given else ""


def decision(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D19 问责决定书: facts, responsibility, grounds, circumstances, measure, period, appeal (law.md §9)."""
    subject = made.subject
    own = list(made.measures.filter(proposed_only=False))
    names = "、".join(measure_name(m.code) for m in own)
    facts = [item.fact.text for item in subject.attributions.select_related("fact", "event")]
    kinds = "、".join(dict.fromkeys(item.get_tier_display() for item in subject.attributions.all()))
    circumstances = [
        f"{c.get_kind_display()}：{c.text}"
        for c in subject.circumstances.exclude(kind=CircumstanceKind.OBJECTIVE)
        if c.adopted
    ]
    hearing = getattr(subject, "hearing", None)
    periods = [
        f"{measure_name(m.code)}的影响期自{day(m.decided_on)}起，至{day(m.last_restricted_day)}止。"
        for m in own
        if m.last_restricted_day
    ]
    blocks = [
        *paragraphs(_person(subject)),
        heading("一、主要事实"),
        *paragraphs("\n".join(dict.fromkeys(facts))),
        heading("二、责任认定和依据"),
        *paragraphs(f"{subject.name}对上述问题负有{kinds}，其行为属于{situation_cited(case.situation)}所列情形。"),
        *paragraphs("\n".join(circumstances)),
    ]
    if hearing is not None and hearing.met_on:
        blocks += paragraphs(
            f"上述事实有证据证明。{day(hearing.met_on)}，调查组将事实材料与{subject.name}见面，听取了陈述和申辩"
            f"（签署意见：{hearing.get_opinion_display()}）。"
        )
    blocks += [
        heading("三、处理决定"),
        *paragraphs(
            f"依据{cite('TL', 6)}、{cite('TL', 8)}、{cite('TL', 12)}，经{case.commission.short_name}常委会集体研究，"
            f"{_committee(case, subject)}决定给予{subject.name}{names}处理。本决定自{day(on)}起生效。"
        ),
        *paragraphs("\n".join(periods)),
        *paragraphs(
            "如对本决定不服，可以自收到本决定之日起一个月内，向作出决定的党组织提出书面申诉。申诉期间，不停止本决定的执行。"
        ),
    ]
    title = f"关于对{subject.name}{'同志' if subject.cadre else ''}予以{names}问责的决定"
    unit = subject.post.organization.name if subject.post else subject.name
    return form(
        case.commission, title, blocks, on, addressee=subject.name, copies=f"{unit}，组织部门，本机关案件监督管理室",
        printed_by=case.commission.short_name,
    )  # fmt: skip


def admonishment(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D22 诫勉书."""
    subject = made.subject
    measure = made.measures.filter(code="admonishment").first()
    until = day(measure.last_restricted_day) if measure else ""
    body = [
        *paragraphs(f"因{subject.act}，决定对你予以诫勉。"),
        *paragraphs("希望你认真检视，深刻反思，切实整改，正确履行职责，并在规定期限内提交书面检讨。"),
        *paragraphs(f"诫勉影响期至{until}止。"),
    ]
    return form(case.commission, "诫勉书", body, on, addressee=subject.name)


def circular(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D23 通报."""
    subject = made.subject
    body = [
        *paragraphs(
            f"{subject.name}{'（' + subject.post_at_the_time + '）' if subject.post_at_the_time else ''}{subject.act}。"
        ),
        *paragraphs(f"依据{cite('TL', 8)}，决定予以通报。各单位要引以为戒，举一反三，切实履行责任。"),
    ]
    return form(case.commission, f"关于对{subject.name}问责情况的通报", body, on, addressee="有关单位")


def proposal_letter(case: Case, made: Decision, names: str, authority: str, *, on: dt.date) -> Paper:
    """D24 组织处理建议函."""
    subject = made.subject
    posts = getattr(getattr(subject, "proposal", None), "removed_posts", "")
    body = [
        *paragraphs(f"经调查，{subject.name}（{subject.post_at_the_time}）{subject.act}。{made.reason}"),
        *paragraphs(
            f"依据{cite('TL', 12, 3)}，建议对{subject.name}予以{names}。" + (f"所免职务：{posts}。" if posts else "")
        ),
        *paragraphs("请按干部管理权限研究决定，并将结果书面反馈我委。"),
    ]
    return form(case.commission, f"关于建议对{subject.name}予以{names}的函", body, on, addressee=authority)


def referral_letter(case: Case, made: Decision, authority: str, *, on: dt.date) -> Paper:
    """D25 移送（通报）函 of a subject whose matter another procedure must take up (条例第十五条)."""
    subject = made.subject
    body = [
        *paragraphs(f"我委在办理“{case.title}”（{case.number}）中发现，{subject.name}{subject.act}。{made.reason}"),
        *paragraphs(f"依据{cite('TL', 15)}，现将有关情况通报你单位，请及时处理并反馈结果。"),
    ]
    return form(case.commission, f"关于移送{subject.name}有关问题的函", body, on, addressee=authority)


def no_accountability(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D31 不予（免予）问责决定书 (条例第十七条)."""
    subject = made.subject
    word = Outcome(made.outcome).label
    blocks = [
        *paragraphs(_person(subject)),
        *paragraphs(made.reason),
        *paragraphs(f"依据{cite('TL', 17)}，经集体研究，决定对{subject.name}{word}。本决定自{day(on)}起生效。"),
    ]
    return form(case.commission, f"关于对{subject.name}{word}的决定", blocks, on, addressee=subject.name)
