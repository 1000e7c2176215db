"""The system checks that keep the house: a model that reaches a case is scoped, a named question is answered."""

import pytest

from cases.models import Case, Fact, FactEvidence
from wenze.access import checks, policy
from wenze.registry import Registry
from wenze.workflow.procedure import GATES


def test_every_model_that_reaches_a_case_is_scoped_or_says_why_not():
    assert checks.what_reaches_a_case_is_scoped(None) == []


@pytest.mark.parametrize("label", ["cases.Recusal", "notices.Task", "search.SearchEntry"])
def test_a_model_without_visible_to_and_without_a_reason_is_named(monkeypatch, label):
    kept = {key: entry for key, entry in policy.EXEMPT._entries.items() if key != label}
    monkeypatch.setattr(policy.EXEMPT, "_entries", kept)
    assert [error.msg.split()[0] for error in checks.what_reaches_a_case_is_scoped(None)] == [label]


def test_a_grandchild_of_a_case_counts_as_reaching_it():
    reached = checks.models_that_reach({Case})
    assert {Fact, FactEvidence} <= reached


def test_a_gate_that_nobody_answers_is_named(monkeypatch):
    monkeypatch.setattr(GATES, "_expected", GATES._expected | {"a_new_gate"})
    assert any("a_new_gate" in error.msg for error in checks.named_questions_are_answered(None))


def test_a_second_answer_is_refused():
    register = Registry("of this test")
    register.register("one", 1)
    with pytest.raises(ValueError, match="twice"):
        register.register("one", 2)
    from wenze import registry

    registry.ALL.remove(register)
