"""A table that cannot be walked is an error at start, not in front of a leader."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from wenze.workflow.procedure import PROCEDURES


@register()
def procedures_can_be_walked(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every state named, every state reachable, every step with somebody to take it (``workflow.E002`` to ``E004``)."""
    found: list[CheckMessage] = []
    for procedure in PROCEDURES:
        known = {code for code, _ in procedure.states} | {""}
        reached = {""} | {step.target for step in procedure.steps if step.target is not None}
        for step in procedure.steps:
            if not step.by:
                found.append(Error(f"{procedure.name}：“{step.name}”没有办理人", id="workflow.E002"))
            unknown = [state for state in (*step.sources, step.target) if state is not None and state not in known]
            if unknown:
                found.append(Error(f"{procedure.name}：“{step.name}”用了没有列明的状态 {unknown}", id="workflow.E003"))
            if not set(step.sources) & reached:
                found.append(Error(f"{procedure.name}：“{step.name}”无从进入", id="workflow.E004"))
    return found
