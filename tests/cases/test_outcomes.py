"""What may become of a subject beside a measure of our own, and what comes back from other bodies (条例第九、十二、十五、十七条)."""

import datetime as dt

import pytest

from cases import outcomes
from cases.models import Decision, Dispatch, ExternalDecision, Subject
from cases.outcomes import Draft
from cases.services import replies, report
from cases.services.replies import Reply
from followup.models import ExecutionItem, Tracking
from followup.services import execution
from tests.cases import scenes
from wenze.errors import Invalid, NotYours, Stale
from wenze.people.models import Cadre
from wenze.terms.models import Clock


def the_cadre(story):
    return story.case.subjects.select_related(*outcomes.READ).get(kind="cadre")


def propose(story, **draft):
    scenes.to_report(story)
    return report.propose(
        case_id=story.case.pk,
        subject_id=the_cadre(story).pk,
        reason="理由",
        actor=story.world.inspector,
        on=story.day,
        **draft,
    )


def decided_with(story, **draft):
    """The story decided, with that outcome for its cadre."""
    story.run("reported")
    outcomes.write(the_cadre(story), Draft(**{"reason": "理由", **draft}), actor=story.world.inspector, on=story.day)
    story.compared()
    for stage in ("jointly_reviewed", "adjudicated", "deliberated", "pre_reviewed", "decided"):
        getattr(story, stage)()
    return the_cadre(story)


def lower(story):
    Subject.objects.filter(case=story.case, kind="cadre").update(relation="lower")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"outcome": "referred"}, "to_organization"),
        ({"outcome": "handed_over"}, "to_organization"),
        ({"outcome": "first_form"}, "requirement"),
        ({"outcome": "first_form", "requirement": "整改"}, "due_on"),
        ({"outcome": "first_form", "measures": ["admonishment"], "requirement": "整改"}, "measures"),
        ({"outcome": "not_accountable", "measures": ["circulation"]}, "measures"),
        ({"outcome": "exempted"}, "measures"),
        ({"outcome": "not_pursued_death"}, "measures"),
        ({"outcome": "ordered", "measures": ["admonishment"]}, "measures"),
        ({"outcome": "accountable", "measures": ["propose:demotion"]}, "removed_posts"),
        ({"outcome": "accountable", "measures": ["ff_talk"]}, "measures"),
        ({"outcome": "accountable", "measures": ["admonishment", "propose:party_warning"]}, "refer_to"),
    ],
)
def test_an_outcome_that_lacks_something_or_is_unlawful_is_refused_by_its_field(story, draft, field):
    with pytest.raises(Invalid) as refused:
        propose(story, **draft)
    assert field in refused.value.fields


@pytest.mark.article("TL", 16)
def test_against_the_dead_nothing_else_may_be_decided(story):
    story.run("heard")
    Cadre.objects.filter(pk=the_cadre(story).cadre_id).update(died_on=story.day)
    story.case.refresh_from_db()
    subject = the_cadre(story)
    assert any(
        "已去世" in text for text in outcomes.unlawful_in(subject, Draft("accountable", ["admonishment"]), on=story.day)
    )
    assert not list(outcomes.unlawful_in(subject, Draft("not_pursued_death"), on=story.day))


def test_the_dead_are_recorded_and_nothing_is_served_on_them(story):
    story.run("reported")
    Cadre.objects.filter(pk=the_cadre(story).cadre_id).update(died_on=story.day)
    outcomes.write(
        the_cadre(story), Draft("not_pursued_death", reason="已去世"), actor=story.world.inspector, on=story.day
    )
    for stage in ("adjudicated", "deliberated", "decided"):
        getattr(story, stage)()
    made = Decision.objects.get(subject=the_cadre(story))
    assert made.document is None
    assert not ExecutionItem.objects.filter(decision=made).exists()


def test_a_referral_goes_out_with_its_letter_and_the_subject_waits_for_the_answer(story):
    subject = decided_with(story, outcome="referred", to_organization=story.world["DEMO-X"])
    sent = Dispatch.objects.get(subject=subject)
    assert sent.document.kind == "D25"
    assert sent.document == subject.decision.document
    assert subject.decided_on is None
    replies.register_reply(
        dispatch_id=sent.pk, actor=story.world.casemgmt, on=story.later(40),
        reply=Reply(
            story.day, "已处分", ["party_warning"], decided_on=story.day - dt.timedelta(days=5), decided_by="示例县纪委",
            number="示县纪处〔2026〕1号",
        ),
    )  # fmt: skip
    subject = the_cadre(story)
    assert subject.decided_on == story.day
    tracking = Tracking.objects.get(subject=subject)
    assert tracking.release_date == (story.day - dt.timedelta(days=5)).replace(year=story.day.year + 1)
    assert ExecutionItem.objects.get(decision__subject=subject, kind="sanction_announcement").due_on
    with pytest.raises(Stale):
        replies.register_reply(
            dispatch_id=sent.pk, actor=story.world.casemgmt, on=story.day, reply=Reply(story.day, "再回")
        )


@pytest.mark.article("TL", 8)
def test_a_proposed_sanction_goes_to_be_filed_and_a_proposed_removal_to_who_manages_the_cadre(story):
    """党纪、政务处分各有其程序: it is filed by the body that may (D25), never asked for by the letter of proposal (D24)."""
    filing, story.is_key = story.world["DEMO-P"], True
    subject = decided_with(
        story, outcome="accountable", measures=["admonishment", "propose:removal", "propose:party_serious_warning"],
        removed_posts="党组书记", refer_to=filing,
    )  # fmt: skip
    sent = {row.kind: row for row in Dispatch.objects.filter(subject=subject)}
    assert set(sent) == {"proposed", "referred"}
    assert (sent["proposed"].asked, sent["proposed"].document.kind) == (["removal"], "D24")
    assert (sent["referred"].asked, sent["referred"].document.kind) == (["party_serious_warning"], "D25")
    assert sent["referred"].to_organization == filing
    assert "严重警告" in str(sent["referred"].document.context)
    assert "严重警告" not in str(sent["proposed"].document.context)
    assert set(subject.decision.measures.values_list("code", flat=True)) == {"admonishment", "removal"}


def test_a_decision_without_a_day_leaves_the_period_unknown(story):
    subject = decided_with(story, outcome="referred", to_organization=story.world["DEMO-X"])
    replies.register_reply(
        dispatch_id=Dispatch.objects.get(subject=subject).pk, actor=story.world.casemgmt, on=story.later(3),
        reply=Reply(story.day, "已处分，日期未告知", ["party_warning"]),
    )  # fmt: skip
    assert ExternalDecision.objects.get().decided_on is None
    assert not Tracking.objects.filter(subject=subject).exists()


def ordered(story):
    story.run("reported")
    lower(story)
    outcomes.write(
        the_cadre(story),
        Draft("ordered", ["admonishment"], "由县里办理", to_organization=story.world["DEMO-X"], requirement="予以诫勉",
              due_on=story.day + dt.timedelta(days=60)),
        actor=story.world.inspector, on=story.day,
    )  # fmt: skip
    story.compared()
    for stage in ("adjudicated", "deliberated", "decided"):
        getattr(story, stage)()
    return Dispatch.objects.get(subject=the_cadre(story))


@pytest.mark.article("TL", 9)
def test_an_order_to_a_lower_body_has_its_day_and_its_letter(story):
    sent = ordered(story)
    assert "责成" in str(sent.document.context)
    item = ExecutionItem.objects.get(dispatch=sent)
    assert item.due_on == sent.reply_due_on
    assert Clock.objects.filter(about_id=item.pk, state="running").exists()


def test_another_measure_than_ordered_needs_reasons_and_the_orderers_consent(story):
    sent = ordered(story)
    other = {"replied_on": story.later(10), "words": "已通报", "measures": ["circulation"], "decided_on": story.day}
    with pytest.raises(Invalid) as refused:
        replies.register_reply(dispatch_id=sent.pk, reply=Reply(**other), actor=story.world.casemgmt, on=story.day)
    assert "departs_reason" in refused.value.fields
    replies.register_reply(
        dispatch_id=sent.pk, reply=Reply(**other, departs_reason="情节较轻"), actor=story.world.casemgmt, on=story.day
    )
    with pytest.raises(NotYours):
        replies.consent_to_departure(dispatch_id=sent.pk, actor=story.world.casemgmt, on=story.day)
    assert the_cadre(story).decided_on is None, "what was not consented to settles nobody"
    made = replies.consent_to_departure(dispatch_id=sent.pk, actor=story.world.principal, on=story.day)
    assert the_cadre(story).decided_on == story.day
    assert made.consented_by == story.world.principal
    with pytest.raises(Stale):
        replies.consent_to_departure(dispatch_id=sent.pk, actor=story.world.principal, on=story.day)


def test_a_reply_is_not_older_than_its_letter_and_not_of_tomorrow(story):
    sent = ordered(story)
    for day in (sent.sent_on - dt.timedelta(days=1), story.day + dt.timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            replies.register_reply(
                dispatch_id=sent.pk,
                reply=Reply(day, "回复", ["admonishment"]),
                actor=story.world.casemgmt,
                on=story.day,
            )
        assert "replied_on" in refused.value.fields


def test_the_item_of_a_reply_is_finished_by_the_reply_alone(story):
    sent = ordered(story)
    item = ExecutionItem.objects.get(dispatch=sent)
    with pytest.raises(NotYours):
        execution.complete_item(
            item_id=item.pk, done_on=story.day, proof="已办", actor=story.world.inspector, on=story.day
        )
    replies.register_reply(
        dispatch_id=sent.pk, reply=Reply(story.later(5), "照办", ["admonishment"], decided_on=story.day), actor=story.world.casemgmt,
        on=story.day,
    )  # fmt: skip
    item.refresh_from_db()
    assert item.done_on == story.day


def test_who_does_not_work_on_the_case_cannot_register_a_reply(client, story):
    sent = ordered(story)
    client.force_login(story.world.deputy)
    answer = client.post(
        f"/cases/dispatch/{sent.pk}/",
        {"replied_on": story.day.isoformat(), "words": "回复", "measures": ["admonishment"]},
    )
    assert answer.status_code == 403
    client.force_login(story.world.inspector3)
    assert client.get(f"/cases/dispatch/{sent.pk}/").status_code == 404


def test_a_first_form_is_no_accountability_and_runs_to_its_day(story):
    due = story.day + dt.timedelta(days=200)
    subject = decided_with(story, outcome="first_form", measures=["ff_talk"], requirement="限期整改", due_on=due)
    assert subject.decision.document.kind == "D32"
    assert "不计入问责数" in str(subject.decision.document.context)
    assert ExecutionItem.objects.get(decision__subject=subject, kind="rectification").due_on == due
    assert not ExecutionItem.objects.filter(decision__subject=subject, kind="announcement").exists()


def test_what_a_reply_brings_is_done_on_its_own_page_and_only_the_reply_itself_where_it_was_sent(client, story):
    """建议免职: the reply is registered with the proposal; the formalities that follow from it are items like any other."""
    story.is_key = True
    subject = decided_with(
        story, outcome="accountable", measures=["admonishment", "propose:removal"], removed_posts="局长"
    )
    sent = Dispatch.objects.get(subject=subject, kind="proposed")
    client.force_login(story.world.inspector)
    waiting = ExecutionItem.objects.get(dispatch=sent, kind="proposal_reply")
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert "回复在送办中登记" in page
    assert "办结</button>" not in page
    replies.register_reply(
        dispatch_id=sent.pk, actor=story.world.casemgmt, on=story.later(10),
        reply=Reply(story.day, "已免职", ["removal"], decided_on=story.day, decided_by="示例市委", number="市委〔2026〕1号"),
    )  # fmt: skip
    brought = ExecutionItem.objects.open().filter(dispatch=sent)
    assert brought
    for item in brought:
        page = client.get(item.get_absolute_url()).content.decode()
        assert "办结</button>" in page, item
        assert "回复在送办中登记" not in page, item
