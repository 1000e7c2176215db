"""联审会商 of a key case: the offices write unseen, meet, revise, conclude; their differences stay by name (law.md §7.2)."""

import pytest

from cases import composing
from cases.models import Case
from cases.services import report
from review.models import JointOpinion, JointReview
from review.services import joint
from tests.told import Told
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.terms.models import Clock


@pytest.fixture
def key(world):
    import datetime as dt

    from wenze.deadlines import clock

    start = clock.today() - dt.timedelta(days=90)
    return Told(world, "gov", "审批系统停摆问题", start, start - dt.timedelta(days=30), is_key=True)


def people(world, **other):
    return {
        "conduct": world.conduct,
        "casemgmt": world.casemgmt,
        "trial": world.trial2,
        "handling": world.inspector4,
        **other,
    }


def convene(story, **other):
    return joint.convene(
        case_id=story.case.pk, people=people(story.world, **other), papers_complete_on=story.day, actor=story.world.conduct,
        on=story.day,
    )  # fmt: skip


def write(row, user, story, choice="agree", reason="同意报送"):
    return joint.give(joint_id=row.pk, choice=choice, reason=reason, actor=user, on=story.day)


def everybody_writes(row, story, but=()):
    for name in ("conduct", "casemgmt", "trial2", "inspector4"):
        if name not in but:
            write(row, story.world.users[name], story)


def test_a_case_that_is_no_key_case_is_not_convened(story):
    story.run("reported")
    with pytest.raises(Invalid, match="没有命中"):
        convene(story)


@pytest.mark.parametrize(
    ("office", "name"), [("handling", "inspector2"), ("trial", "casemgmt"), ("handling", "inspector3")]
)
def test_nobody_of_the_team_and_nobody_of_another_office_takes_a_seat(key, office, name):
    key.run("reported")
    with pytest.raises(Invalid):
        convene(key, **{office: key.world.users[name]})
    assert not JointReview.objects.exists()


def test_the_term_runs_five_working_days_from_the_day_the_papers_are_complete(key):
    key.run("reported")
    convene(key)
    from wenze.deadlines import workdays

    assert Clock.objects.get(rule="T12", state="running").due_on == workdays.add(key.day, 5)


def test_until_the_meeting_opens_each_reads_only_his_own_words(client, key):
    key.run("reported")
    row = convene(key)
    write(row, key.world.trial2, key, "object", "诫勉偏重")
    write(row, key.world.conduct, key, reason="链条完整")
    client.force_login(key.world.conduct)
    page = client.get(f"/review/joint/{row.pk}/").content.decode()
    assert "链条完整" in page
    assert "诫勉偏重" not in page
    assert "已写下，未公开" in page
    assert {o.seat.user for o in JointOpinion.objects.visible_to(key.world.principal)} == set()


def test_the_meeting_opens_only_when_every_office_has_written_and_names_the_silent(client, key):
    key.run("reported")
    row = convene(key)
    everybody_writes(row, key, but=("trial2",))
    client.force_login(key.world.conduct)
    refused = client.post(f"/review/joint/{row.pk}/open/", {"held_on": key.day, "place": "会议室"})
    assert [gap.code for gap in refused.context["missing"]] == ["joint_trial"]
    write(row, key.world.trial2, key)
    assert client.post(f"/review/joint/{row.pk}/open/", {"held_on": key.day, "place": "会议室"}).status_code == 302


def test_a_revision_after_the_meeting_opened_keeps_both_and_the_minutes_show_both(key):
    key.run("reported")
    row = convene(key)
    everybody_writes(row, key, but=("trial2",))
    write(row, key.world.trial2, key, "object", "诫勉偏重")
    joint.open_meeting(joint_id=row.pk, held_on=key.day, place="会议室", actor=key.world.conduct, on=key.day)
    write(row, key.world.trial2, key, "amend", "建议通报")
    case = joint.conclude(joint_id=row.pk, conclusion="报送审理", sent_back=False, actor=key.world.conduct, on=key.day)
    row.refresh_from_db()
    assert [o.choice for o in JointOpinion.objects.filter(seat__office="trial").order_by("version")] == [
        "object",
        "amend",
    ]
    assert row.divergence == "案件审理室修改：建议通报"
    assert case.state == "jointly_reviewed"
    said = str(OfficialDocument.objects.get(kind="D15").context)
    assert "诫勉偏重" in said
    assert "建议通报" in said
    with pytest.raises(Stale):
        write(row, key.world.trial2, key)


def test_a_joint_review_may_send_the_case_back_and_a_new_report_needs_a_new_one(key):
    key.run("reported")
    row = convene(key)
    everybody_writes(row, key)
    joint.open_meeting(joint_id=row.pk, held_on=key.day, place="会议室", actor=key.world.conduct, on=key.day)
    case = joint.conclude(joint_id=row.pk, conclusion="补证", sent_back=True, actor=key.world.conduct, on=key.day)
    assert case.state == "investigating"
    world = key.world
    report.write_report(
        case_id=case.pk, parts=composing.compose_report(case), discussed_on=key.day, discussed_by="二人", discussion="同意",
        actor=world.inspector, on=key.day,
    )  # fmt: skip
    report.sign_report(case_id=case.pk, signed_by="程示例、林样张", actor=world.inspector, on=key.day)
    report.submit_report(case_id=case.pk, actor=world.inspector, on=key.day)
    key.sign(case, "approve_report", world.inspector, world.head, world.deputy)
    assert convene(key).round == 2


def test_adjudication_waits_for_the_joint_review(client, key):
    from review.services import adjudication

    key.run("reported")
    case = Case.objects.get(pk=key.case.pk)
    adjudication.accept(
        case_id=case.pk, adjudicators=[key.world.trial, key.world.trial2], actor=key.world.trial, on=key.day
    )
    with pytest.raises(Refused) as refused:
        adjudication.give_opinion(
            case_id=case.pk, opinion="agree", facts="清楚", character="准确", outcome="恰当", procedure="合规",
            actor=key.world.trial, on=key.day,
        )  # fmt: skip
    assert refused.value.codes == ("joint_review_held",)


def test_the_uninvolved_member_reads_the_case_while_it_is_reviewed_and_no_longer(client, key):
    key.run("reported")
    row = convene(key)
    client.force_login(key.world.inspector4)
    page = f"/cases/{key.case.pk}/panel/facts/"
    assert client.get(page).status_code == 200
    everybody_writes(row, key)
    joint.open_meeting(joint_id=row.pk, held_on=key.day, place="会议室", actor=key.world.conduct, on=key.day)
    joint.conclude(joint_id=row.pk, conclusion="报送", sent_back=False, actor=key.world.conduct, on=key.day)
    assert client.get(page).status_code == 404


def test_only_those_at_the_table_write(key):
    key.run("reported")
    row = convene(key)
    with pytest.raises(NotYours):
        write(row, key.world.trial, key)


@pytest.mark.parametrize("written", [False, True])
def test_a_seat_that_must_stand_aside_neither_counts_nor_blocks_and_another_meeting_is_convened(client, key, written):
    from cases.services import recusal

    key.run("reported")
    row = convene(key)
    everybody_writes(row, key, but=() if written else ("conduct",))
    recusal.recuse_from_case(
        case_id=key.case.pk,
        user=key.world.inspector4,
        ground="declared",
        reason="近亲属",
        actor=key.world.inspector4,
        on=key.day,
    )
    if written:
        with pytest.raises(Refused) as refused:
            joint.open_meeting(joint_id=row.pk, held_on=key.day, place="会议室", actor=key.world.conduct, on=key.day)
        assert [gap.code for gap in refused.value.missing] == ["joint_handling"]
    with pytest.raises(Invalid):
        convene(key)
    other = key.world.head
    again = convene(key, handling=other)
    row.refresh_from_db()
    assert again.round == row.round + 1
    assert "另行召集" in row.conclusion
    assert not again.is_open
    client.force_login(key.world.inspector4)
    assert client.get(again.get_absolute_url()).status_code == 404
