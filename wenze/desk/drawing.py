"""The procedure printed: rows for a table, boxes for a map, text for the command line — all from the table itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from wenze.workflow.procedure import Procedure
from wenze.workflow.seats import seat_name

BOX_W, BOX_H, GAP_X, GAP_Y, ACROSS = 148, 46, 28, 34, 5


@dataclass(frozen=True)
class Box:
    """A step of the map: its place in pixels."""

    code: str
    name: str
    x: int
    y: int
    conditional: bool
    arrow: str


def seats(names: tuple[str, ...]) -> str:
    return "、".join(seat_name(name) for name in names)


def rows_of(procedure: Procedure[Any]) -> list[dict[str, Any]]:
    """A row a step, in words."""
    return [
        {
            "code": step.code,
            "name": step.name,
            "from": "、".join(procedure.state_name(state) or "（新建）" for state in step.sources) or "（新建）",
            "to": procedure.state_name(step.target) if step.target is not None else "（不变）",
            "by": seats(step.by),
            "approval": " → ".join(seat_name(seat) for seat in step.approval),
            "gates": [(gate.text, gate.under.on_screen) for gate in step.gates],
            "documents": "、".join(step.documents),
            "starts": "、".join(str(start) for start in step.starts),
            "stops": "、".join(step.stops),
            "condition": step.only_if.text if step.only_if else "",
            "article": step.under.on_screen,
        }
        for step in procedure.steps
    ]


def process_map(procedure: Procedure[Any]) -> dict[str, Any]:
    """Boxes in rows of five, read as a line of text; a dashed box applies only where its trigger fired."""
    boxes = []
    for number, step in enumerate(procedure.steps):
        row, column = divmod(number, ACROSS)
        x, y = column * (BOX_W + GAP_X) + 4, row * (BOX_H + GAP_Y) + 4
        arrow = ""
        if number:
            arrow = (
                f"M{x - GAP_X} {y + BOX_H // 2}H{x - 4}"
                if column
                else f"M{(ACROSS - 1) * (BOX_W + GAP_X) + 4 + BOX_W // 2} {y - GAP_Y}V{y - GAP_Y // 2}H{x + BOX_W // 2}V{y - 3}"
            )
        boxes.append(Box(step.code, step.name, x, y, step.only_if is not None, arrow))
    rows = (len(boxes) + ACROSS - 1) // ACROSS
    return {"boxes": boxes, "width": ACROSS * (BOX_W + GAP_X) - GAP_X + 8, "height": rows * (BOX_H + GAP_Y) - GAP_Y + 8}


def as_markdown(procedure: Procedure[Any]) -> str:
    lines = [
        f"## {procedure.name}（{procedure.edition}）",
        "",
        "| 步骤 | 从 → 到 | 办理 | 签批 | 必须具备 | 文书 | 期限 | 依据 |",
        "| --- " * 8 + "|",
    ]
    for row in rows_of(procedure):
        gates = "；".join(f"{text}（{article}）" for text, article in row["gates"])
        term = "；".join(
            filter(None, (f"起 {row['starts']}" if row["starts"] else "", f"止 {row['stops']}" if row["stops"] else ""))
        )
        name = f"{row['name']} `{row['code']}`" + (f"（{row['condition']}）" if row["condition"] else "")
        lines.append(
            f"| {name} | {row['from']} → {row['to']} | {row['by']} | {row['approval']} | {gates} | {row['documents']} | {term} | {row['article']} |"
        )
    return "\n".join(lines)


def as_mermaid(procedure: Procedure[Any]) -> str:
    lines = ["stateDiagram-v2"]
    for step in procedure.steps:
        if step.target is None:
            continue
        lines.extend(f"    {source or '[*]'} --> {step.target}: {step.name}" for source in step.sources)
    return "\n".join(lines)


def as_json(procedure: Procedure[Any]) -> str:
    told = {"code": procedure.code, "edition": procedure.edition, "track": procedure.track, "steps": rows_of(procedure)}
    return json.dumps(told, ensure_ascii=False, indent=1)


FORMATS = {"md": as_markdown, "mermaid": as_mermaid, "json": as_json}
