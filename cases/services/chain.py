"""Links of the chain that are taken back, causes that are found, breaks that are explained (条例第十条, mechanism 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases import chain
from cases.enums import FactKind
from cases.models import Attribution, BreakExplanation, CauseFinding, Fact, TrailEvent
from cases.services.investigation import record, reindex_content, working_case
from wenze.errors import Invalid, Stale

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from typing import Any

    from cases.models import Subject
    from wenze.people.models import User

LINKS: dict[str, Any] = {"fact": Fact, "event": TrailEvent, "attribution": Attribution}


@transaction.atomic
def withdraw_link(*, case_id: uuid.UUID, kind: str, link_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Any:
    """Take back a fact, an event or an attribution with its reason; what rested on it becomes a break.

    Raises ``Invalid`` without a reason, ``Stale`` where it was taken back already.
    """
    case = working_case(case_id, actor)
    path = "subject__case" if kind == "attribution" else "case"
    row = LINKS[kind].objects.select_for_update(of=("self",)).get(pk=link_id, **{path: case})
    if row.withdrawn_on is not None:
        raise Stale("已经撤回。")
    if not reason.strip():
        raise Invalid({"reason": "请写明撤回的理由。"})
    row.withdrawn_on, row.withdrawn_reason = on, reason.strip()
    row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    record(case, f"{kind}.withdrawn", row, actor, reason=reason.strip())
    if kind == "fact":
        reindex_content(case)
    return row


@transaction.atomic
def find_cause(
    *, case_id: uuid.UUID, fact: Fact, subject: Subject, question: str, answer: str, is_causal: bool, actor: User
) -> CauseFinding:
    """Answer 反事实之问 for one subject: without his failure, would the result have come all the same?"""
    case = working_case(case_id, actor)
    wrong: dict[str, str] = {}
    if fact.kind != FactKind.CAUSE or {fact.case_id, subject.case_id} != {case.pk}:
        wrong["fact"] = "须是本案的因果事实和对象。"
    if not question.strip():
        wrong["question"] = "请写明所问。"
    if not answer.strip():
        wrong["answer"] = "请写明回答。"
    if wrong:
        raise Invalid(wrong)
    row, _ = CauseFinding.objects.update_or_create(
        fact=fact, subject=subject,
        defaults={"question": question.strip(), "answer": answer.strip(), "is_causal": is_causal},
    )  # fmt: skip
    record(case, "cause.found", row, actor, subject=subject.name, is_causal=is_causal)
    return row


@transaction.atomic
def explain_break(*, case_id: uuid.UUID, code: str, reason: str, actor: User, on: dt.date) -> BreakExplanation:
    """Explain a break in writing instead of closing it; the report's signers see it and answer for it."""
    case = working_case(case_id, actor)
    found = {item.code: item for item in chain.breaks_of(case)}
    if code not in found:
        raise Invalid({"code": "该断点已不存在，请刷新页面。"})
    if not found[code].may_be_explained:
        raise Invalid({"reason": f"“{found[code].text}”不能以说明代替，须补齐。"})
    if not reason.strip():
        raise Invalid({"reason": "请写明理由。"})
    row, _ = BreakExplanation.objects.update_or_create(
        case=case, code=code, defaults={"reason": reason.strip(), "explained_by": actor, "explained_on": on}
    )
    record(case, "break.explained", row, actor, code=code)
    return row
