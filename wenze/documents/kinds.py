"""The kinds of official documents (law.md §9): what each is called, how it looks, which numbers it takes, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from wenze.registry import Registry


@dataclass(frozen=True)
class DocumentKind:
    """``style``: ``red`` a document with red head, ``form`` an internal form. ``series``: its run of numbers, if any.

    ``is_sealed``: it quotes what is sealed elsewhere (talks, statements, unseen opinions), so its content is sealed too.
    """

    code: str
    title: str
    style: str
    series: str = ""
    agency_suffix: str = ""
    retention: str = "永久"
    is_sealed: bool = False


KINDS: Registry[DocumentKind] = Registry("document kinds")


def _kind(code: str, title: str, style: str, series: str = "", suffix: str = "", retention: str = "永久",
    *, is_sealed: bool = False,
) -> None:  # fmt: skip
    KINDS.register(code, DocumentKind(code, title, style, series, suffix, retention, is_sealed))


_kind("D01", "问责线索登记表", "form", retention="30年")
_kind("D02", "问责分办意见表", "form", retention="30年")
_kind("D03", "启动问责调查审批表", "form")
_kind("D04", "请示", "red", "request", "纪请")
_kind("D05", "调查组成立暨调查方案", "form")
_kind("D06", "问责调查通知书", "red", "notice", "纪问通")
_kind("D07", "谈话笔录", "form", is_sealed=True)
_kind("D08", "证据目录和责任链条表", "form")
_kind("D09", "问责事实材料", "form")
_kind("D10", "见面笔录及签署意见", "form", is_sealed=True)
_kind("D11", "申辩核实及采纳说明", "form", is_sealed=True)
_kind("D12", "调查报告", "form")
_kind("D13", "提请提级预审的请示", "red", "request", "纪请")
_kind("D14", "提级预审意见书", "red", "pre_review", "纪预审")
_kind("D15", "联审会议纪要", "form", is_sealed=True)
_kind("D16", "审理意见", "form")
_kind("D17", "容错核查表", "form")
_kind("D18", "集体研究会议纪要", "form")
_kind("D19", "问责决定书", "red", "decision", "纪问")
_kind("D20", "监察问责决定书", "red", "supervisory_decision", "监问")
_kind("D21", "监察问责建议书", "red", "supervisory_proposal", "监建")
_kind("D22", "诫勉书", "red", "admonishment", "纪诫")
_kind("D23", "通报", "red", "circular", "纪通")
_kind("D24", "组织处理建议函", "red", "proposal", "纪建")
_kind("D25", "移送（通报）函", "red", "referral", "纪移")
_kind("D26", "送达回证", "form")
_kind("D27", "宣布记录", "form")
_kind("D30", "归档移交清单", "form")
_kind("D31", "不予问责决定书", "red", "not_accountable", "纪不问")
_kind("D31E", "免予问责决定书", "red", "exemption", "纪免问")
_kind("D31C", "澄清正名函", "red", "name_clearing", "纪正")
_kind("D31R", "纠错通知书", "red", "rectification", "纪纠")
_kind("D32", "第一种形态处理表", "form", "first_form", "纪一", retention="30年")
_kind("D34", "申诉受理通知书", "red", "appeal_acceptance", "纪申受", retention="30年")
_kind("D35", "申诉处理决定书", "red", "appeal", "纪申")
_kind("D36", "复审决定书", "red", "supervisory_review", "监复")
_kind("D37", "纠正决定书", "red", "correction", "纪更")
_kind("D38", "容错免责备案表", "form", retention="30年")
_kind("D39", "容错备案登记回执", "red", "filing_receipt", "容备回", retention="30年")
_kind("D40", "纪检监察建议书", "red", "recommendation", "纪监建", retention="30年")
_kind("D42", "销号验收表", "form", retention="30年")
_kind("D43", "案件质量评查表", "form", retention="30年")
_kind("D44", "案件质量评查反馈", "red", "evaluation", "纪评", retention="30年")
_kind("D45", "评查整改报告", "form", retention="30年")
_kind("D46", "回访记录表", "form", retention="30年", is_sealed=True)
_kind("D47", "影响期满通知", "red", "release", "纪满", retention="30年")
_kind("D48", "使用建议函", "red", "use_recommendation", "纪荐", retention="30年")
_kind("RYJC", "任用检查回复", "form", retention="10年")
_kind("DJH", "调卷函", "red", "sample_loan", "纪调", retention="10年")
_kind("ZLJZ", "责令纠正通知书", "red", "sample_order", "纪责", retention="30年")
