"""The documents of deliberation and decision (law.md §9: D18-D25, D31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence, outcomes
from cases.enums import CircumstanceKind, DispatchKind, Outcome, SittingResult, Track
from cases.papers.words import day, form, measures_in_words
from wenze.documents.paper import Block, Paper, heading, pairs, paragraphs, table
from wenze.law import cite, measure_name, situation_cited
from wenze.law.remedies import remedy_of
from wenze.workflow import offsystem

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case, Decision, Deliberation, Dispatch, Subject


def minutes(case: Case, meeting: Deliberation, *, on: dt.date) -> Paper:
    """D18 集体研究会议纪要."""
    rows = [
        ("案号", case.number), ("时间", day(meeting.held_on)), ("地点", meeting.place), ("议题", meeting.agenda),
        ("主持", meeting.chair), ("记录", meeting.recorder),
        ("到会", f"应到{meeting.expected}人，实到{len(meeting.present)}人：{'、'.join(meeting.present)}"),
        ("回避", "、".join(meeting.recused)), ("结果", meeting.get_result_display()),
    ]  # fmt: skip
    views = [[v.speaker, "同意" if v.agrees else "不同意", v.view] for v in meeting.views.all()]
    settled = [
        [s.name, p.get_outcome_display(), "、".join(outcomes.in_words(p)) or "—", p.reason]
        for s in case.subjects.pursued().select_related(*outcomes.READ)
        if (p := getattr(s, "proposal", None))
    ]
    blocks = [pairs(rows), heading("一、各人意见"), table(["发言人", "态度", "意见"], views)]
    if meeting.result == SittingResult.SETTLED:
        blocks += [heading("二、对各对象的意见"), table(["对象", "结果", "措施", "理由"], settled), heading("三、结论")]
    else:
        blocks.append(heading("二、结论"))
    blocks += paragraphs(meeting.conclusion)
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


def _facts_and_ground(case: Case, made: Decision) -> list[Block]:
    """What a decision says before it decides: the person, the facts, the responsibility, the hearing."""
    subject = made.subject
    facts = [item.fact.text for item in subject.attributions.standing().select_related("fact", "event")]
    kinds = "、".join(dict.fromkeys(item.get_tier_display() for item in subject.attributions.standing()))
    circumstances = [
        f"{c.get_kind_display()}：{c.text}"
        for c in subject.circumstances.exclude(kind=CircumstanceKind.OBJECTIVE)
        if c.adopted
    ]
    ground = (
        "不履行或者不正确履行职责，造成严重后果或者恶劣影响，应予监察问责"
        if subject.track == Track.SUPERVISORY
        else f"其行为属于{situation_cited(subject.situation_code)}所列情形"
    )
    blocks = [
        *paragraphs(_person(subject)),
        heading("一、主要事实"),
        *paragraphs("\n".join(dict.fromkeys(facts))),
        heading("二、责任认定和依据"),
        *paragraphs(f"{subject.name}对上述问题负有{kinds}，{ground}。"),
        *paragraphs("\n".join(circumstances)),
    ]
    hearing = getattr(subject, "hearing", None)
    if hearing is not None and hearing.met_on:
        blocks += paragraphs(
            f"上述事实有证据证明。{day(hearing.met_on)}，调查组将事实材料与{subject.name}见面，听取了陈述和申辩"
            f"（签署意见：{hearing.get_opinion_display()}）。"
        )
    return blocks


def _own(made: Decision) -> tuple[str, list[Block]]:
    """The measures decided here in one line, and their periods to the day."""
    own = list(made.measures.own())
    periods = [
        f"{measure_name(m.code)}的影响期自{day(m.decided_on)}起，至{day(m.last_restricted_day)}止。"
        for m in own
        if m.last_restricted_day
    ]
    return "、".join(measure_name(m.code) for m in own), paragraphs("\n".join(periods))


def _copies(subject: Subject) -> str:
    unit = subject.post.organization.name if subject.post else subject.name
    return f"{unit}，组织部门，本机关案件监督管理室"


def decision(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D19 问责决定书: facts, responsibility, grounds, circumstances, measure, period, appeal (law.md §9)."""
    subject = made.subject
    names, periods = _own(made)
    blocks = [
        *_facts_and_ground(case, made),
        heading("三、处理决定"),
        *paragraphs(
            f"依据{cite('TL', 6)}、{cite('TL', 8)}、{cite('TL', 12)}，经{case.commission.short_name}常委会集体研究，"
            f"{_committee(case, subject)}决定给予{subject.name}{names}处理。本决定自{day(on)}起生效。"
        ),
        *periods,
        *paragraphs(remedy_of(subject.track).told),
    ]
    title = f"关于对{subject.name}{'同志' if subject.cadre else ''}予以{names}问责的决定"
    return form(
        case.commission, title, blocks, on, addressee=subject.name, copies=_copies(subject),
        printed_by=case.commission.short_name,
    )  # fmt: skip


def supervisory_decision(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D20 监察问责决定书, under the head of the supervisory commission, by the articles in force on its day."""
    subject = made.subject
    names, periods = _own(made)
    grounds = competence.grounds_of(subject, [m.code for m in made.measures.own()], on=on)
    blocks = [
        *_facts_and_ground(case, made),
        heading("三、处理决定"),
        *paragraphs(
            f"依据{'、'.join(grounds)}，经集体研究，{_committee(case, subject)}决定给予{subject.name}{names}。"
            f"本决定自{day(on)}起生效。"
        ),
        *periods,
        *paragraphs(remedy_of(subject.track).told),
    ]
    organ = case.commission.supervisory_name or case.commission.name
    return Paper(
        organ=organ, title=f"关于给予{subject.name}{names}的监察问责决定", blocks=blocks, date=day(on),
        addressee=subject.name, copies=_copies(subject), printed_by=organ,
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


def referral_letter(case: Case, made: Decision, dispatch: Dispatch, *, on: dt.date) -> Paper:
    """D25 移送（通报）函 of a subject whose matter another body must take up (条例第九、十五条)."""
    subject = made.subject
    asked = measures_in_words(dispatch.asked)
    article, wish = {
        DispatchKind.ORDERED: (cite("TL", 9, 2), f"责成你单位对{subject.name}予以{asked}，并报告办理结果"),
        DispatchKind.REFERRED: (
            cite("TL", 15),
            f"现移送你单位依规依纪依法立案审查{f'，建议给予{asked}' if asked else ''}，并反馈处理结果",
        ),
        DispatchKind.HANDED_OVER: (cite("TL", 15), "现将有关情况通报你单位，请及时处理并反馈结果"),
    }[DispatchKind(dispatch.kind)]
    body = [
        *paragraphs(f"我委在办理“{case.title}”（{case.number}）中发现，{subject.name}{subject.act}。{made.reason}"),
        *paragraphs(dispatch.matter_text if dispatch.kind == DispatchKind.ORDERED else ""),
        *paragraphs(f"依据{article}，{wish}。"),
    ]
    if dispatch.reply_due_on:
        body += paragraphs(
            f"请于{day(dispatch.reply_due_on)}前书面回复。与责成意见不一致的，须先书面说明理由并经我委同意。"
        )
    title = f"关于{'责成办理' if dispatch.kind == DispatchKind.ORDERED else '移送'}{subject.name}有关问题的函"
    return form(case.commission, title, body, on, addressee=dispatch.to_organization.name)


def departure_letter(case: Case, subject: Subject, dispatch: Dispatch, *, on: dt.date) -> Paper:
    """D25 to the body that already reviews the person (条例第九条第三款), or whose matter he is from now on."""
    if dispatch.kind == DispatchKind.JOINED:
        why = (
            f"该同志已由你单位立案审查（{subject.filed_review_number}）。依据{cite('TL', 9, 3)}，我委不再另行启动问责调查，"
            "现将有关材料移交，请一并审查处理，并反馈结果。"
        )
    else:
        why = f"{dispatch.matter_text.rstrip('。')}。我委不再就此作出处理，现将有关材料移交，请依规依纪依法办理，并反馈结果。"
    body = [
        *paragraphs(f"我委在办理“{case.title}”（{case.number}）中发现，{subject.name}{subject.act}。"),
        *paragraphs(why),
    ]
    return form(
        case.commission, f"关于移交{subject.name}有关问题材料的函", body, on, addressee=dispatch.to_organization.name
    )


def first_form_of_subject(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D32 第一种形态处理表 of a subject who did not reach the threshold of 条例第七条."""
    subject, proposal = made.subject, made.subject.proposal
    rows = [
        ("案号", case.number), ("对象", subject.name), ("行为时职务", subject.post_at_the_time or "—"), ("行为", subject.act),
        ("理由", made.reason), ("措施", measures_in_words(list(proposal.measures)) or "责令整改"),
        ("整改要求", proposal.requirement), ("整改期限", day(proposal.due_on)),
        ("说明", "本处理达不到问责标准，不计入问责数。"),
    ]  # fmt: skip
    return form(case.commission, "第一种形态处理表", [pairs(rows)], on)


def no_accountability(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D31 不予（免予）问责决定书 (条例第十七条), with the circumstance on which it rests."""
    subject = made.subject
    word = Outcome(made.outcome).label
    rested = [
        f"认定情形：{c.text}。" for c in subject.circumstances.filter(kind=CircumstanceKind.EXEMPTING, adopted=True)
    ]
    blocks = [
        *paragraphs(_person(subject)),
        *paragraphs("\n".join([*rested, made.reason])),
        *paragraphs(f"依据{cite('TL', 17)}，经集体研究，决定对{subject.name}{word}。本决定自{day(on)}起生效。"),
    ]
    return form(case.commission, f"关于对{subject.name}{word}的决定", blocks, on, addressee=subject.name)


def rectification_notice(case: Case, subject: Subject, text: str, due_on: dt.date, *, on: dt.date) -> Paper:
    """纠错通知书 after an exemption: exempted is not excused from putting it right."""
    body = [
        *paragraphs(f"经研究，决定对你免予问责（{case.number}）。免予问责不免除纠正错误的责任，现通知如下：{text}"),
        *paragraphs(f"请于{day(due_on)}前完成，并将纠正情况书面报告我委。"),
    ]
    return form(case.commission, f"关于{subject.name}纠正错误的通知", body, on, addressee=subject.name)
