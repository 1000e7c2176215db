"""答复包: the answers of an organisation on another network, each taken by the same service as on the screen.

A line is taken or refused by itself, with its reason in the receipt; one that was done before is said to be. What a
line may answer is only what was addressed to the organisation whose key signed the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from followup.forms import ItemForm, PostForm
from followup.models import ExecutionItem, PostFormality
from followup.services import checks, execution
from wenze.errors import Invalid, Stale, WenzeError
from wenze.exchange import payload
from wenze.exchange.enums import PackageKind, Result
from wenze.exchange.errors import Unacceptable
from wenze.exchange.registry import HANDLERS, Carried, Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from wenze.pages.forms import Form

UNKNOWN = "没有交给贵单位的这一事项。"
TYPED = ("done_on", "proof", "way", "recipient", "witness", "attended", "late_reason", "body")
MOST_CHECKS = 20


@HANDLERS.entry(PackageKind.ANSWERS)
def take_answers(carried: Carried) -> list[Line]:
    """Every answer, then every question about appointments. Raises ``Unacceptable`` where the file cannot be read."""
    told = carried.opened.payload()
    lines = [_post_answered(row, carried) for row in payload.rows_of(told, "posts")]
    lines += [_item_answered(row, carried) for row in payload.rows_of(told, "answers")]
    asked = payload.rows_of(told, "checks")
    if len(asked) > MOST_CHECKS:
        raise Unacceptable("payload", f"一个交换包里最多提出{MOST_CHECKS}次任用检查。")
    lines += [_asked(row, carried) for row in asked]
    if not lines:
        raise Unacceptable("payload", "交换包里没有答复。")
    return lines


@HANDLERS.entry(PackageKind.ITEMS)
def items_arrived(carried: Carried) -> list[Line]:
    """On the other side: what we were asked to do has arrived; the receipt says so."""
    told = carried.opened.payload()
    rows = [*payload.rows_of(told, "items"), *payload.rows_of(told, "papers")]
    return [
        Line(payload.text_of(row, "title", most=240), Result.TAKEN, reference=payload.text_of(row, "id"))
        for row in rows
    ]


def _tried(line: Callable[[str, str], Line], act: Callable[[], Any]) -> Line:
    """The line of an act that stands alone: what is refused leaves nothing behind."""
    try:
        with transaction.atomic():
            act()
    except (ExecutionItem.DoesNotExist, PostFormality.DoesNotExist):
        return line(Result.REFUSED, UNKNOWN)
    except Stale as refusal:
        return line(Result.ALREADY, str(refusal))
    except WenzeError as refusal:
        return line(Result.REFUSED, str(refusal))
    return line(Result.TAKEN, "")


def _values(form: Form) -> dict[str, Any]:
    """What the screen's own form makes of the answer. Raises ``Invalid``, each fault with the field's name."""
    if not form.is_valid():
        raise Invalid({
            name: f"{form.fields[name].label if name in form.fields else ''}：{' '.join(map(str, errors))}"
            for name, errors in form.errors.items()
        })  # fmt: skip
    return form.values()


def _typed(row: dict[str, Any]) -> dict[str, str]:
    return {name: payload.text_of(row, name) for name in TYPED}


def _item_answered(row: dict[str, Any], carried: Carried) -> Line:
    reference = payload.text_of(row, "item", most=80)
    wanted = ExecutionItem.objects.visible_to(carried.actor).filter(responsible=carried.row.partner)
    item = wanted.filter(pk=payload.id_of(row, "item")).select_related("decision__subject__cadre").first()
    if item is None:
        return Line(reference or "（没有写明事项）", Result.REFUSED, UNKNOWN, reference)

    def line(result: str, reason: str) -> Line:
        return Line(str(item), result, reason, reference, item._meta.label, item.pk)

    def act() -> None:
        if item.done_on is not None or item.void_on is not None:
            raise Stale("该事项已经办结或者取消。")
        form = ItemForm(_typed(row), _scan(row, carried), kind=item.kind)
        execution.complete_item(
            item_id=item.pk, **_values(form), actor=carried.actor, on=carried.on, witness_of=carried.witness
        )

    return _tried(line, act)


def _scan(row: dict[str, Any], carried: Carried) -> dict[str, Any]:
    """The scan that the answer names, under the name that the partner gave it. Raises ``Invalid`` where it is not there."""
    path = payload.text_of(row, "file", most=80)
    if not path:
        return {}
    if path not in carried.opened.files or not path.startswith("files/"):
        raise Invalid({"proof_file": f"交换包里没有所附的文件 {path}。"})
    name = payload.text_of(row, "file_name", most=200).replace("/", "_").replace("\\", "_") or path.rpartition("/")[2]
    return {"proof_file": SimpleUploadedFile(name, carried.opened.files[path])}


def _post_answered(row: dict[str, Any], carried: Carried) -> Line:
    reference = payload.text_of(row, "post", most=80)
    wanted = PostFormality.objects.visible_to(carried.actor).filter(item__responsible=carried.row.partner)
    post = wanted.filter(pk=payload.id_of(row, "post")).select_related("item__decision__subject__cadre").first()
    if post is None:
        return Line(reference or "（没有写明职务）", Result.REFUSED, UNKNOWN, reference)

    def line(result: str, reason: str) -> Line:
        return Line(f"{post.item}（{post}）", result, reason, reference, post._meta.label, post.pk)

    def act() -> None:
        values = _values(PostForm(_typed(row)))
        execution.complete_post(
            post_id=post.pk, **values, actor=carried.actor, on=carried.on, witness_of=carried.witness
        )

    return _tried(line, act)


def _asked(row: dict[str, Any], carried: Carried) -> Line:
    """任用检查 by package: the answer stands in the reply (PDF) of the next package, not on the carrier's screen."""
    reference = payload.text_of(row, "reference", most=200)
    names = list(dict.fromkeys(payload.names_of(row, "asked")))

    def line(result: str, reason: str) -> Line:
        told = reason or "回复（PDF）随下一个交办包发出。"
        return Line(f"任用检查（{len(names)}人）：{reference}", result, told, payload.text_of(row, "id", most=80))

    def act() -> None:
        day = payload.day_of(row, "on")
        if day is None:
            raise Invalid({"on": "请写明任用日期。"})
        checks.ask_carried(
            organization=carried.row.partner, purpose=payload.text_of(row, "purpose"), on=day, asked=[n for n in names if n],
            reference=reference, actor=carried.actor, known_on=carried.on, witness_of=carried.witness,
        )  # fmt: skip

    return _tried(line, act)
