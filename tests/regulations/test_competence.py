"""Who may start, who may decide (law.md §12.4; 条例第四、五、八、九、十二条)."""

import datetime as dt

import pytest

from wenze.law import competence, threshold

ON = dt.date(2026, 6, 1)
CDI = {"type": "discipline_commission", "level": "county"}
SC = {"type": "supervisory_commission", "level": "county"}


def judge(act, target, *, body=CDI, track="party", measures=(), approvals=("body_principal",), flags=()):
    return competence.judge(
        act=act, track=track, on=ON, body=body, object=target, measures=measures, approvals=approvals, flags=flags
    )


def cadre(relation="same_committee", **more):
    return {"type": "cadre", "relation": relation, "party_member": True, "principal": False, **more}


ORG = {"type": "organization", "relation": "same_committee"}


@pytest.mark.parametrize(
    ("name", "verdict", "found"),
    [
        ("L1", "needs_approval", lambda: judge("decide", cadre(), measures=["admonishment"])),
        ("L2", "allowed", lambda: judge("decide", cadre(), measures=["admonishment"], approvals=["same_committee"])),
        ("L3", "refused", lambda: judge("decide", cadre(), measures=["removal"], approvals=["same_committee"])),
        ("L5", "refused", lambda: judge("initiate", cadre(), body={"type": "government"})),
        ("L6", "refused", lambda: judge("initiate", cadre(), body={"type": "other"})),
        ("L7", "allowed", lambda: judge("decide", ORG, measures=["inspection"], approvals=["same_committee"])),
        ("L9", "refused", lambda: judge("decide", ORG, body=SC, track="supervisory", measures=["circulation"])),
        ("L10", "allowed", lambda: judge("decide", cadre(party_member=False), body=SC, track="supervisory", measures=["admonishment"])),
        ("L12", "refused", lambda: judge("decide", {"type": "non_leading", "relation": "own", "party_member": True}, measures=["circulation"])),
        ("L13", "refused", lambda: judge("decide", cadre(), body=SC, track="supervisory", measures=["removal"])),
        ("L14", "needs_approval", lambda: judge("initiate", cadre(principal=True))),
        ("L15", "allowed", lambda: judge("initiate", cadre(principal=True), approvals=["body_principal", "same_committee_principal"])),
        ("L17", "allowed", lambda: judge("initiate", cadre("lower"))),
        ("L18", "refused", lambda: judge("initiate", cadre(), flags=["already_filed"])),
        ("L19", "refused", lambda: judge("decide", cadre("own"), measures=["inspection"])),
        ("L20", "refused", lambda: judge("decide", {**ORG, "relation": "own"}, measures=["admonishment"])),
        ("L23", "refused", lambda: judge("decide", cadre("own"), measures=["admonishment"], flags=["not_met_on_facts"])),
        ("L26", "refused", lambda: judge("initiate", cadre("own"), flags=["no_consequence"])),
        ("L27", "warn", lambda: judge("initiate", cadre("own"), flags=["catch_all_only"])),
        ("L31", "allowed", lambda: judge("decide", cadre("own", retired=True), measures=["circulation"])),
        ("L32", "refused", lambda: judge("decide", cadre("own", retired=True), body=SC, track="supervisory", measures=["admin_demerit"])),
        ("probation", "refused", lambda: judge("decide", cadre("own", party_member="probationary"), measures=["propose:party_warning"])),
        ("lower", "refused", lambda: judge("decide", cadre("lower"), measures=["admonishment"])),
        ("taken_over", "allowed", lambda: judge("decide", cadre("lower"), measures=["admonishment"], flags=["taken_over"])),
        ("higher", "refused", lambda: judge("initiate", cadre("higher"))),
        ("first_form", "refused", lambda: judge("decide", cadre("own"), measures=["ff_talk"])),
    ],
)  # fmt: skip
def test_the_table_of_legality_gives_its_verdict(name, verdict, found):
    told = found()
    assert told.verdict == verdict, told
    assert told.basis
    assert told.reason or verdict == "allowed"


def test_of_several_measures_each_is_judged_and_the_refused_are_named():
    told = judge("decide", cadre("own"), measures=["circulation", "removal"])
    assert (told.verdict, told.refused_measures) == ("refused", ("removal",))


@pytest.mark.parametrize(
    ("situation", "act", "consequences", "verdict"),
    [
        ("S01", True, ["heavy_loss"], "first_form"),
        ("S01", True, ["heavy_loss", "adverse"], "start"),
        ("S04", True, ["adverse"], "start"),
        ("S05", True, ["adverse"], "first_form"),
        ("S09", True, ["heavy_loss"], "start"),
        ("S10", True, [], "first_form"),
        ("S11", True, [], "start_with_reason"),
        ("S09", False, ["heavy_loss"], "not_accountable"),
    ],
)
def test_the_threshold_is_act_and_consequence(situation, act, consequences, verdict):
    assert threshold.judge(situation=situation, act=act, consequences=consequences).verdict == verdict


def test_an_article_nobody_compared_with_the_text_is_marked_on_screen_and_prints_plain():
    from wenze.law import cite
    from wenze.law.citations import Citation

    unchecked, checked = Citation("TL", "9", 1), Citation("TL", "5")
    assert not unchecked.is_checked()
    assert unchecked.on_screen == "《中国共产党问责条例》第九条第一款〔待核〕"
    assert str(unchecked) == "《中国共产党问责条例》第九条第一款"
    assert checked.on_screen == str(checked)
    assert "待核" not in cite("LOCAL", "回避").on_screen
