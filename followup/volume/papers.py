"""The catalogue on paper (卷内目录, after GB/T 9705) and the metadata of the volume (DA/T 46-2009)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from cases.papers.words import day
from wenze.documents.paper import Block, Paper, heading, pairs, paragraphs, table

if TYPE_CHECKING:
    import datetime as dt

    from followup.volume.extract import Extract

HOW_TO_CHECK = (
    "解开本卷，在文件夹里运行 python3 -I verify.py；或者对未解开的压缩包运行 python3 -I verify.py 案卷.zip。"
    "程序只需 Python 3.8 以上，逐一核对全部文件、目录和台账摘录，有不符的指出文件。"
    "清单（manifest.json）的指纹记在制发机关台账，可据以核对整卷。"
)


def catalogue(told: dict[str, Any], *, on: dt.date) -> Paper:
    """The catalogue, from what ``目录.json`` says."""
    case = told["case"]
    blocks = [
        pairs([
            ("案号", case["number"]), ("题名", case["title"]), ("立卷单位", case["commission"]), ("承办室", case["office"]),
            ("启动日", case["approved_on"]), ("决定日", case["decided_on"]), ("结案日", case["closed_on"]),
            ("状态", case["state"]), ("保管期限", case["retention"]),
            ("卷内", f"文书{len(told['documents'])}件，证据{len(told['evidence'])}件，其他材料{len(told['others'])}件"),
        ]),
        *_listed("一、对象和结果", {"序号": 7, "对象": 18, "行为时单位及职务": 22, "责任": 12, "结果": 10, "措施": 17, "结果日": 14}, [
            [row["position"], row["name"], row["post"], row["tier"], row["outcome"], row["measures"], _eight(row["decided_on"])]
            for row in told["subjects"]
        ]),
        *_listed("二、文书", {"顺序号": 8, "文号": 20, "责任者": 16, "题名": 28, "日期": 13, "页数": 7, "备注": 8}, [
            [row["no"], row["number"] or row["kind"], row["responsible"], _titled(row), _eight(row["issued_on"]), row["pages"], _remark(row)]
            for row in told["documents"]
        ]),
        *_listed("三、证据", {"证据号": 8, "名称": 18, "种类": 9, "来源": 15, "取证人、取证日": 16, "SHA-256": 24, "备注": 10}, [
            [row["serial"], row["title"], row["kind"], row["source"], f"{row['takers']}\n{_eight(row['taken_on'])}", row["sha256"], _remark(row)]
            for row in told["evidence"]
        ]),
        *_listed("四、其他材料", {"顺序号": 8, "材料": 22, "原文件名": 22, "封存日": 14, "SHA-256": 34}, [
            [row["no"], row["kind"], row["original_name"], _eight(row["sealed_at"][:10]), row["sha256"]] for row in told["others"]
        ]),
        heading("五、核对"),
        *paragraphs(HOW_TO_CHECK),
    ]  # fmt: skip
    return Paper(organ=case["commission"], title="问责案件卷内目录", blocks=blocks, date=day(on))


def _listed(title: str, columns: dict[str, int], rows: list[list[Any]]) -> list[Block]:
    return [heading(title), table(list(columns), rows, list(columns.values())) if rows else paragraphs("（无）")[0]]


def _eight(iso_day: str) -> str:
    """20261124, as a catalogue writes days."""
    return iso_day.replace("-", "")


def _titled(row: dict[str, Any]) -> str:
    title = row["title"].replace("\n", "")
    return f"{title}（{row['subject']}）" if row["subject"] else title


def _remark(row: dict[str, Any]) -> str:
    if row.get("void_reason"):
        return f"作废：{row['void_reason']}"
    if row.get("withdrawn_on"):
        return f"{row['withdrawn_on']}撤回：{row['withdrawn_reason']}"
    return ""


def metadata(told: dict[str, Any], extract: Extract, *, checks: list[tuple[str, str, str]], system: str) -> bytes:
    """The elements of DA/T 46-2009 that the case can fill, by their Chinese names; the order of the standard."""
    case = told["case"]
    papers = [*told["documents"], *told["evidence"], *told["others"]]
    root = ET.Element(
        "电子文件元数据", {"方案": "DA/T 46-2009", "说明": "只列本系统掌握的元素；全宗号、目录号、案卷号由档案室补充"}
    )
    _put(root, "聚合层次", "案卷")
    _put(_put(root, "来源"), "立档单位名称", case["commission"])
    _put(root, "电子文件号", case["id"])
    place = _put(root, "档号")
    _all(
        place,
        [("年度", case["year"]), ("保管期限", case["retention"]), ("机构或问题", case["office"])],
    )
    said = _put(root, "内容描述")
    _all(
        said,
        [
            ("题名", case["title"]),
            *[("人名", row["name"]) for row in told["subjects"] if row["is_person"]],
            ("文件编号", case["number"]),
        ],
    )
    _all(
        said,
        [
            ("责任者", case["commission"]),
            ("日期", case["closed_on"] or told["made_on"]),
            ("文种", "问责案卷"),
            ("密级", "内部"),
        ],
    )
    look = _put(root, "形式特征")
    _all(
        look,
        [
            ("文件组合类型", "组合文件"),
            ("件数", len(papers)),
            ("页数", sum(row["pages"] for row in told["documents"])),
            ("语种", "汉语"),
        ],
    )
    _all(_put(root, "电子属性"), [("格式信息", "、".join(_formats(papers))), ("信息系统描述", system)])
    for row in papers:
        _paper(_put(root, "文件"), row)
    for row in told["people"]:
        _all(
            _put(root, "机构人员"),
            [("机构人员类型", row["kind"]), ("机构人员名称", row["name"]), ("个人职位", row["post"])],
        )
    for act, at, actor in extract.steps:
        _all(_put(root, "业务"), [("业务行为", act), ("行为时间", at), ("机构人员名称", actor)])
    found = _put(root, "四性检测")
    for name, result, text in checks:
        _all(_put(found, "检测"), [("项目", name), ("结果", result), ("说明", text)])
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _paper(at: ET.Element, row: dict[str, Any]) -> None:
    _all(at, [
        ("聚合层次", "文件"), ("题名", row.get("title") or row["kind"]), ("文件编号", row.get("number", "")),
        ("日期", row.get("issued_on") or row.get("taken_on") or row["sealed_at"][:10]), ("文种", row.get("kind_title") or row["kind"]),
        ("页数", row.get("pages", "")), ("格式信息", row["path"].rpartition(".")[2].upper()),
        ("计算机文件名", row["path"]), ("计算机文件大小", row["size"]), ("附注", f"SHA-256 {row['sha256']}"),
    ])  # fmt: skip


def _formats(papers: list[dict[str, Any]]) -> list[str]:
    return sorted({row["path"].rpartition(".")[2].upper() for row in papers})


def _put(at: ET.Element, name: str, text: Any = None) -> ET.Element:
    made = ET.SubElement(at, name)
    if text is not None:
        made.text = "".join(c for c in str(text) if c >= " " or c in "\n\t")
    return made


def _all(at: ET.Element, elements: list[tuple[str, Any]]) -> None:
    for name, value in elements:
        if value not in (None, ""):
            _put(at, name, value)
