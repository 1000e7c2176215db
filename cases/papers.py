"""What each document of a case says (law.md §9), composed from the data and frozen when it is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.enums import CircumstanceKind, Exit, Outcome, SubjectKind
from cases.models.hearing import part_name
from wenze.documents.paper import Block, Paper, heading, pairs, paragraphs, table
from wenze.law import cite, measure_name, situation_cited, situation_name
from wenze.workflow import offsystem

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case, Clue, Decision, Deliberation, Hearing, Report, Subject
    from wenze.people.models import Organization


def day(value: dt.date | None) -> str:
    """2026年11月24日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "（无）"


def measures_in_words(codes: list[str]) -> str:
    """Measures in one line; a proposed one says so."""
    return "、".join(
        f"建议{measure_name(code.removeprefix('propose:'))}" if code.startswith("propose:") else measure_name(code)
        for code in codes
    )


def _form(organ: Organization, title: str, blocks: list[Block], on: dt.date, **more: Any) -> Paper:
    return Paper(organ=organ.name, title=title, blocks=blocks, date=day(on), **more)


def registration(clue: Clue, *, on: dt.date) -> Paper:
    """D01 问责线索登记表."""
    rows: list[tuple[str, Any]] = [
        ("线索编号", clue.number), ("线索名称", clue.title), ("来源", f"{clue.get_source_display()} {clue.source_detail}".strip()),
        ("来文字号", clue.source_reference), ("收到日", day(clue.received_on)), ("须回复日", day(clue.reply_due_on)),
    ]  # fmt: skip
    if clue.is_classified:
        rows += [
            ("涉密件编号", clue.classified_number), ("密级", clue.get_classified_level_display()), ("保管人", clue.custodian),
            ("说明", "涉密件，内容不在本系统。"),
        ]  # fmt: skip
    else:
        respondents = "\n".join(
            f"{row}{'：' + row.allegation if row.allegation else ''}"
            for row in clue.respondents.select_related("cadre", "organization")
        )
        rows += [("被反映对象", respondents), ("问题摘要", clue.summary)]
    signs = [["登记人", clue.registered_by.name, day(clue.registered_on)], ["室负责人", "", ""]]
    return _form(clue.commission, "问责线索登记表", [pairs(rows)], on, signatures=signs)


def assignment(clue: Clue, signatures: list[list[str]], *, on: dt.date) -> Paper:
    """D02 问责分办意见表."""
    rows = [
        ("线索编号", clue.number), ("线索名称", clue.title), ("会商意见", clue.consultation), ("拟承办室", clue.office),
        ("拟承办人", clue.handler),
    ]  # fmt: skip
    return _form(clue.commission, "问责分办意见表", [pairs(rows)], on, signatures=signatures)


def first_form(clue: Clue, *, on: dt.date) -> Paper:
    """D32 第一种形态处理表."""
    rows = [
        [str(row.respondent), measure_name(row.measure), row.rectification, day(row.due_on)]
        for row in clue.first_forms.select_related("respondent__cadre", "respondent__organization")
    ]
    title = "作风效能处理表" if clue.exit == Exit.STYLE_HANDLING else "第一种形态处理表"
    blocks = [
        pairs([("线索编号", clue.number), ("线索名称", clue.title), ("理由", clue.exit_reason)]),
        table(["对象", "措施", "整改要求", "期限"], rows),
        *paragraphs("本处理达不到问责标准，不计入问责数。"),
    ]
    return _form(clue.commission, title, blocks, on)


def referral(clue: Clue, *, on: dt.date) -> Paper:
    """D25 移送（通报）函 of a clue."""
    row = clue.referrals.order_by("-sent_on").first()
    body = paragraphs(
        f"我委收到“{clue.title}”问题线索（{clue.number}）。经研判，{clue.exit_reason}，现移送你单位依规依纪依法办理。"
    )
    if row is not None and row.filed_number:
        body += paragraphs(
            f"该对象已由你单位立案审查（{row.filed_number}），依据{cite('TL', 9, 3)}不再另行启动问责调查。"
        )
    if row is not None and row.reply_due_on:
        body += paragraphs(f"请于{day(row.reply_due_on)}前书面反馈办理结果。")
    return _form(clue.commission, f"关于移送“{clue.title}”问题线索的函", body, on, addressee=row.to_name if row else "")


def _subject_rows(case: Case) -> list[list[Any]]:
    return [
        [s.name, s.post_at_the_time or "—", day(s.act_on), s.act, s.get_tier_display()]
        for s in case.subjects.select_related("cadre", "organization")
    ]


def initiation(case: Case, *, on: dt.date) -> Paper:
    """D03 启动问责调查审批表."""
    clue = case.clues.select_related("threshold").first()
    threshold = getattr(clue, "threshold", None)
    rows = [
        ("案号", case.number), ("案件名称", case.title), ("轨道", case.get_track_display()), ("问责情形", situation_name(case.situation)),
        ("线索", clue), ("行为依据", threshold.act_basis if threshold else ""),
        ("后果依据", threshold.consequence_basis if threshold else ""), ("要情", case.brief),
    ]  # fmt: skip
    blocks = [
        pairs(rows),
        table(["对象", "行为时单位及职务", "行为日", "失职失责行为", "拟认定责任"], _subject_rows(case)),
    ]
    signs = [
        ["承办人", case.handler.name, day(on)],
        ["承办室负责人", "", ""],
        ["分管领导", "", ""],
        ["主要负责人", "", ""],
    ]
    return _form(case.commission, "启动问责调查审批表", blocks, on, signatures=signs)


def investigation_plan(case: Case, *, on: dt.date) -> Paper:
    """D05 调查组成立暨调查方案."""
    plan = getattr(case, "plan", None)
    team = "、".join(str(member) for member in case.team.filter(until_on__isnull=True).select_related("user"))
    rows = [("案号", case.number), ("案件名称", case.title), ("调查组", team or "批准后组成")]
    if plan is not None:
        rows += [("范围和内容", plan.scope), ("步骤和时间", plan.steps), ("安全保密", plan.safety)]
    return _form(case.commission, "调查组成立暨调查方案", [pairs(rows)], on)


def notification(case: Case, subject: Subject, *, on: dt.date) -> Paper:
    """D06 问责调查通知书."""
    body = [
        *paragraphs(
            f"经批准，现就“{case.title}”对你{'组织' if subject.kind == SubjectKind.ORGANIZATION else ''}启动问责调查（{case.number}）。"
        ),
        *paragraphs("请如实说明情况，提供有关材料。你有陈述和申辩的权利；不得隐匿、伪造证据，不得干扰调查。"),
        *paragraphs(f"依据：{cite('TL', 9)}、{cite('TL', 10)}。"),
    ]
    return _form(case.commission, "问责调查通知书", body, on, addressee=subject.name)


def request_for_approval(
    case: Case, step: str, subjects: list[Subject], authority: Organization, *, on: dt.date
) -> Paper:
    """D04 请示 to the same-level Party committee, for initiation or for decision."""
    names = "、".join(subject.name for subject in subjects)
    if step == "approve_initiation":
        title, article = f"关于对{names}启动问责调查的请示", cite("TL", 9, 1)
        what = [f"拟对{s.name}（{s.post_at_the_time or '党组织'}）启动问责调查：{s.act}" for s in subjects]
    else:
        title, article = f"关于对{names}作出问责处理的请示", cite("TL", 12)
        what = [
            f"拟对{s.name}：{s.proposal.get_outcome_display()}"
            + (f"，{measures_in_words(s.proposal.measures)}" if s.proposal.measures else "")
            + f"。{s.proposal.reason}"
            for s in subjects
        ]
    body = [
        *paragraphs(f"现将“{case.title}”（{case.number}）有关情况请示如下。"),
        heading("一、主要情况"),
        *paragraphs(case.brief),
        heading("二、请示事项"),
        *paragraphs("\n".join(what)),
        *paragraphs(f"依据{article}，现报请批准。"),
        *paragraphs("妥否，请批示。"),
    ]
    return _form(case.commission, title, body, on, addressee=authority.name)


def catalogue(case: Case, *, on: dt.date) -> Paper:
    """D08 证据目录和责任链条表."""
    evidence = [
        [f"证{e.serial}", e.title, e.get_kind_display(), e.source, f"{e.taker.name}、{e.second_taker_name}",
         "已撤回" if e.withdrawn_on else e.file.plain_sha256[:12]]
        for e in case.evidence.select_related("taker", "file")
    ]  # fmt: skip
    chain = [
        [s.name, str(a.duty) if a.duty else f"清单外：{a.outside_list}", f"{day(a.event.on)} {a.event.text}",
         a.get_power_display(), a.get_tier_display()]
        for s in case.subjects.select_related("cadre", "organization")
        for a in s.attributions.select_related("duty", "event")
    ]  # fmt: skip
    blocks = [
        pairs([("案号", case.number), ("案件名称", case.title)]),
        heading("一、证据目录"),
        table(["证据号", "名称", "种类", "来源", "取证人", "指纹"], evidence),
        heading("二、责任链条"),
        table(["对象", "职责", "行为", "责任", "层次"], chain),
    ]
    return _form(case.commission, "证据目录和责任链条表", blocks, on, signed_by="调查组")


def fact_statement(case: Case, hearing: Hearing, *, on: dt.date) -> Paper:
    """D09 问责事实材料: facts only, no word of a measure."""
    return _form(
        case.commission,
        f"关于{hearing.subject.name}有关问题的事实材料",
        paragraphs(hearing.fact_statement),
        on,
        signed_by="调查组",
    )


def hearing_record(case: Case, hearing: Hearing, *, on: dt.date) -> Paper:
    """D10 见面笔录及签署意见."""
    heard_by = f"{hearing.heard_by.name if hearing.heard_by else ''}、{hearing.second_name}"
    rows = [
        ("案号", case.number), ("对象", hearing.subject.name), ("时间", day(hearing.met_on)), ("地点", hearing.place),
        ("见面人", heard_by), ("陈述", hearing.statement),
        ("申辩要点", "\n".join(f"{p.position}. {p.text}" for p in hearing.points.all())),
        ("签署意见", hearing.get_opinion_display()), ("拒签说明", hearing.refusal_explanation),
    ]  # fmt: skip
    signs = [["对象签名", "", ""], ["见面人签名", "", ""]]
    return _form(case.commission, "事实材料见面笔录及签署意见", [pairs(rows)], on, signatures=signs, signed_by="调查组")


def defence_answers(case: Case, hearing: Hearing, *, on: dt.date) -> Paper:
    """D11 申辩核实及采纳说明."""
    rows = [[str(p.position), p.text, "采纳" if p.adopted else "不采纳", p.answer] for p in hearing.points.all()]
    blocks: list[Block] = [pairs([("案号", case.number), ("对象", hearing.subject.name)])]
    blocks += (
        [table(["序号", "申辩要点", "是否采纳", "核实情况和理由"], rows)] if rows else paragraphs("对象没有提出申辩。")
    )
    return _form(case.commission, "申辩核实及采纳说明", blocks, on, signed_by="调查组")


def report(case: Case, row: Report, *, on: dt.date) -> Paper:
    """D12 调查报告 with its seven parts."""
    blocks: list[Block] = []
    for part in row.PARTS:
        blocks.append(heading(part_name(part)))
        blocks += paragraphs(getattr(row, part))
    signs = [
        ["集体讨论", f"{row.discussed_by}：{row.discussion}", day(row.discussed_on)],
        ["签名", row.signed_by, day(row.signed_on)],
    ]
    return _form(case.commission, f"关于{case.title}的调查报告", blocks, on, signatures=signs, signed_by="调查组")


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
    return _form(case.commission, f"{case.number}集体研究会议纪要", blocks, on)


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
    return _form(
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
    return _form(case.commission, "诫勉书", body, on, addressee=subject.name)


def circular(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D23 通报."""
    subject = made.subject
    body = [
        *paragraphs(
            f"{subject.name}{'（' + subject.post_at_the_time + '）' if subject.post_at_the_time else ''}{subject.act}。"
        ),
        *paragraphs(f"依据{cite('TL', 8)}，决定予以通报。各单位要引以为戒，举一反三，切实履行责任。"),
    ]
    return _form(case.commission, f"关于对{subject.name}问责情况的通报", body, on, addressee="有关单位")


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
    return _form(case.commission, f"关于建议对{subject.name}予以{names}的函", body, on, addressee=authority)


def referral_letter(case: Case, made: Decision, authority: str, *, on: dt.date) -> Paper:
    """D25 移送（通报）函 of a subject whose matter another procedure must take up (条例第十五条)."""
    subject = made.subject
    body = [
        *paragraphs(f"我委在办理“{case.title}”（{case.number}）中发现，{subject.name}{subject.act}。{made.reason}"),
        *paragraphs(f"依据{cite('TL', 15)}，现将有关情况通报你单位，请及时处理并反馈结果。"),
    ]
    return _form(case.commission, f"关于移送{subject.name}有关问题的函", body, on, addressee=authority)


def no_accountability(case: Case, made: Decision, *, on: dt.date) -> Paper:
    """D31 不予（免予）问责决定书 (条例第十七条)."""
    subject = made.subject
    word = Outcome(made.outcome).label
    blocks = [
        *paragraphs(_person(subject)),
        *paragraphs(made.reason),
        *paragraphs(f"依据{cite('TL', 17)}，经集体研究，决定对{subject.name}{word}。本决定自{day(on)}起生效。"),
    ]
    return _form(case.commission, f"关于对{subject.name}{word}的决定", blocks, on, addressee=subject.name)
