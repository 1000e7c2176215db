"""``verify_rules`` answers what outsiders ask, in the shape of the contract."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

TERM = {"id": "t", "kind": "term", "rule": "T20", "from": "2026-01-31"}
EXAMPLES = [
    TERM | {"expect": {"nominal": "2026-02-28", "due": "2026-02-28", "provisional": False}},
    {"id": "t21", "kind": "term", "rule": "T06", "from": "2026-11-23", "expect": {"due": "2027-01-25", "provisional": True}},
    {"id": "w", "kind": "workdays", "from": "2025-12-31", "days": 3, "expect": {"due": "2026-01-06", "provisional": False}},
    {"id": "i52", "kind": "influence", "policy": "sum_remaining",
     "sanctions": [{"measure": "party_warning", "on": "2025-01-10"}, {"measure": "party_serious_warning", "on": "2025-07-10"}],
     "expect": {"last_restricted_day": "2027-07-09", "release_date": "2027-07-10"}},
    {"id": "i52max", "kind": "influence", "policy": "max",
     "sanctions": [{"measure": "party_warning", "on": "2025-01-10"}, {"measure": "party_serious_warning", "on": "2025-07-10"}],
     "expect": {"last_restricted_day": "2027-01-09", "release_date": "2027-01-10"}},
    {"id": "i45", "kind": "influence", "policy": "max", "sanctions": [{"measure": "removal", "on": "2026-04-10"}],
     "expect": {"release_date": "2028-04-10", "parts": [{"months": 12}, {"months": 24}]}},
    {"id": "none", "kind": "influence", "sanctions": [], "expect": {"last_restricted_day": None, "parts": []}},
    {"id": "L1", "kind": "competence", "act": "decide", "track": "party", "on": "2026-06-01",
     "body": {"type": "discipline_commission", "level": "county"},
     "object": {"type": "cadre", "relation": "same_committee", "party_member": True, "principal": False},
     "measures": ["admonishment"], "approvals": ["body_principal"], "flags": [],
     "expect": {"verdict": "needs_approval", "missing": ["same_committee"]}},
    {"id": "several", "kind": "competence", "act": "decide", "track": "party", "on": "2026-06-01",
     "body": {"type": "discipline_commission"},
     "object": {"type": "cadre", "relation": "same_committee", "party_member": True},
     "measures": ["admonishment", "removal", "inspection"], "approvals": ["same_committee"],
     "expect": {"verdict": "refused", "refused_measures": ["removal", "inspection"]}},
    {"id": "S01", "kind": "threshold", "situation": "S01", "act": True, "consequences": ["heavy_loss"],
     "expect": {"verdict": "first_form"}},
    {"id": "S11", "kind": "threshold", "situation": "S11", "act": True, "consequences": [],
     "expect": {"verdict": "start_with_reason"}},
    {"id": "no", "kind": "threshold", "situation": "S04", "act": False, "consequences": ["adverse"],
     "expect": {"verdict": "not_accountable"}},
]  # fmt: skip


def run(tmp_path, content):
    file = tmp_path / "examples.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    out = StringIO()
    try:
        call_command("verify_rules", str(file), stdout=out)
    except CommandError as error:
        return error.returncode, [json.loads(line) for line in out.getvalue().splitlines()], str(error)
    return 0, [json.loads(line) for line in out.getvalue().splitlines()], ""


def test_every_example_is_answered_in_order_and_agrees(tmp_path):
    code, answers, _ = run(tmp_path, EXAMPLES)
    assert [told["id"] for told in answers] == [example["id"] for example in EXAMPLES]
    assert [told["id"] for told in answers if not told["ok"]] == []
    assert code == 0


def test_each_kind_answers_with_the_keys_of_the_contract(tmp_path):
    _, answers, _ = run(tmp_path, [{k: v for k, v in example.items() if k != "expect"} for example in EXAMPLES])
    keys = {
        "term": {"nominal", "due", "provisional", "basis"}, "workdays": {"due", "provisional"},
        "influence": {"last_restricted_day", "release_date", "parts", "basis"}, "threshold": {"verdict", "basis"},
        "competence": {"verdict", "missing", "basis", "reason", "refused_measures"},
    }  # fmt: skip
    for told in answers:
        assert set(told) == {"id", "kind"} | keys[told["kind"]]
    part = next(told for told in answers if told["id"] == "i45")["parts"][0]
    assert set(part) == {"measure", "months", "last_restricted_day", "release_date", "restriction"}


def test_an_answer_that_is_not_as_expected_makes_the_command_fail(tmp_path):
    code, answers, said = run(tmp_path, [TERM | {"expect": {"due": "2026-03-02"}}])
    assert (code, answers[0]["ok"]) == (1, False)
    assert "t" in said


@pytest.mark.parametrize(
    "content",
    [
        "[", "{}", [{"kind": "term"}], [{"id": 1, "kind": "moon"}], [{"id": 1, "kind": "term", "rule": "T999", "from": "2026-01-01"}],
        [{"id": 1, "kind": "term", "rule": "T20", "from": "yesterday"}], [{"id": 1, "kind": "influence", "sanctions": [{"measure": "x", "on": "2026-01-01"}]}],
        [{"id": 1, "kind": "competence", "act": "decide"}], [3],
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_a_wrong_call(tmp_path, content):
    code, answers, said = run(tmp_path, content)
    assert code == 2
    assert answers == []
    assert said


def test_a_missing_file_is_a_wrong_call(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("verify_rules", str(tmp_path / "nowhere.json"))
    assert refused.value.returncode == 2
