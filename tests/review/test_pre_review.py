"""提级预审: asked under the principal's signature, answered by the superior, followed or departed from with consent (law.md §7.1)."""

import pytest

from cases.models import Case, Proposal
from review.models import PreReview
from review.services import pre_review
from tests.cases import scenes
from tests.review.test_joint_review import key  # noqa: F401 -- the fixture
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.terms.models import Clock


def asked(story):
    story.run("deliberated")
    pre_review.ask(case_id=story.case.pk, actor=story.world.casemgmt, on=story.day)
    story.sign(story.case, "request_pre_review", story.world.principal)
    return PreReview.objects.get()


def answer(row, story, opinion="approve", changes=(), reason="同意"):
    return pre_review.answer(
        pre_review_id=row.pk, opinion=opinion, reason=reason, changes=changes, actor=story.world.superior, on=story.day
    )


def heavier(story):
    """The superior would have the cadre circulated instead of admonished."""
    subject = story.case.subjects.get(kind="cadre")
    return [pre_review.Change(subject, "accountable", ["circulation"], "与同类处理平衡")]


def codes(client, story, step, user):
    return scenes.case_banner(client, story, user, step)


def test_before_the_request_goes_out_the_superior_sees_nothing_of_the_case(client, key):  # noqa: F811
    key.run("deliberated")
    client.force_login(key.world.superior)
    assert client.get(f"/cases/{key.case.pk}/").status_code == 404
    assert "没有提级预审" in client.get("/review/").content.decode()


def test_the_request_opens_the_case_to_the_superior_and_the_opinion_closes_it(client, key):  # noqa: F811
    row = asked(key)
    client.force_login(key.world.superior)
    case = f"/cases/{key.case.pk}/"
    assert client.get(case + "panel/facts/").status_code == 200
    assert client.post(case + "facts/", {"kind": "problem", "text": "不该能写"}).status_code == 403
    assert OfficialDocument.objects.filter(kind="D13", case_id=key.case.pk).count() == 1
    assert Clock.objects.get(rule="T11").state == "running"
    page = client.get(f"/review/pre/{row.pk}/")
    assert page.status_code == 200
    done = client.post(f"/review/pre/{row.pk}/", {"opinion": "approve", "reason": "同意"})
    assert done.status_code == 302
    assert client.get(case).status_code == 404
    row.refresh_from_db()
    assert client.get(f"/review/pre/{row.pk}/").status_code == 200
    assert client.get(row.answer.get_absolute_url()).status_code == 200
    assert row.answer.number.startswith("示例省")
    assert Clock.objects.get(rule="T11").state == "met"


def test_a_commission_that_was_not_asked_reads_nothing(client, key):  # noqa: F811
    row = asked(key)
    client.force_login(key.world.county)
    for url in (f"/cases/{key.case.pk}/", f"/review/pre/{row.pk}/"):
        assert client.get(url).status_code == 404


def test_an_approved_case_goes_on_to_its_decision_without_a_second_sitting(client, key):  # noqa: F811
    asked(key)
    answer(PreReview.objects.get(), key)
    pre_review.receive(case_id=key.case.pk, actor=key.world.casemgmt, on=key.day)
    assert codes(client, key, "deliberate", key.world.casemgmt) is None
    assert codes(client, key, "approve_by_committee", key.world.casemgmt) == ["committee_approved_decision"]
    key.decided()
    assert Case.objects.get(pk=key.case.pk).state == "decided"


def test_an_opinion_that_is_not_followed_stops_the_decision_until_the_superior_consents(client, key):  # noqa: F811
    row = asked(key)
    answer(row, key, "modify", heavier(key))
    pre_review.receive(case_id=key.case.pk, actor=key.world.casemgmt, on=key.day)
    client.force_login(key.world.casemgmt)
    decide = f"/cases/{key.case.pk}/step/decide/"
    report_up = client.post(f"/cases/{key.case.pk}/step/approve_by_committee/")
    assert "pre_review_followed" in [gap.code for gap in report_up.context["missing"]]
    assert "pre_review_followed" in [gap.code for gap in client.post(decide).context["missing"]]
    pre_review.ask_departure(case_id=key.case.pk, reason="有从轻情节", actor=key.world.casemgmt, on=key.day)
    assert "pre_review_followed" in [gap.code for gap in client.post(decide).context["missing"]]
    with pytest.raises(NotYours):
        pre_review.consent(pre_review_id=row.pk, actor=key.world.principal, on=key.day)
    pre_review.consent(pre_review_id=row.pk, actor=key.world.superior, on=key.day)
    assert "pre_review_followed" not in [gap.code for gap in client.post(decide).context["missing"]]


def test_a_second_sitting_adopts_the_opinion_subject_by_subject(client, key):  # noqa: F811
    row = asked(key)
    answer(row, key, "modify", heavier(key))
    pre_review.receive(case_id=key.case.pk, actor=key.world.casemgmt, on=key.day)
    client.force_login(key.world.casemgmt)
    cadre = key.case.subjects.get(kind="cadre")
    sitting = {
        "held_on": key.day, "place": "会议室", "agenda": "研究预审意见", "chair": "朱主任", "recorder": "记某某", "expected": 3,
        "views": "朱主任：同意\n费分管：同意\n常委甲：同意", "conclusion": "采纳",
        f"outcome_{cadre.position}": "accountable", f"measures_{cadre.position}": ["circulation"], f"why_{cadre.position}": "采纳预审意见",
    }  # fmt: skip
    refused = client.post(f"/cases/{key.case.pk}/deliberation/", sitting)
    assert [gap.code for gap in refused.context["missing"]] == ["ruler_seen"]
    assert Proposal.objects.get(subject=cadre).measures == ["admonishment"], "nothing was settled"
    trial = f"/review/ruler/{key.case.pk}/{cadre.pk}/?outcome=accountable&measures=circulation"
    assert client.post(trial, {"reason": ""}).status_code == 302
    assert client.post(f"/cases/{key.case.pk}/deliberation/", sitting).status_code == 302
    assert Proposal.objects.get(subject=cadre).measures == ["circulation"]
    key.sign(key.case, "deliberate", key.world.principal)
    case = Case.objects.get(pk=key.case.pk)
    assert case.state == "deliberated"
    assert codes(client, key, "obtain_pre_review", key.world.casemgmt) is None
    key.decided()
    assert Case.objects.get(pk=case.pk).state == "decided"


def test_a_demand_for_more_evidence_sends_the_case_back(key):  # noqa: F811
    row = asked(key)
    answer(row, key, "supplement", reason="补充台账")
    case = pre_review.receive(case_id=key.case.pk, actor=key.world.casemgmt, on=key.day)
    assert case.state == "investigating"
    assert case.reports.get().returned_on == key.day
    for stage in ("reported", "jointly_reviewed", "adjudicated", "deliberated"):
        getattr(key, stage)()
    case.refresh_from_db()
    assert case.state == "deliberated"
    with pytest.raises(Refused):
        pre_review.receive(case_id=case.pk, actor=key.world.casemgmt, on=key.day)
    key.pre_reviewed()
    assert sorted(case.pre_reviews.values_list("round", "report_version", "opinion")) == [
        (1, 1, "supplement"),
        (2, 2, "approve"),
    ]
    assert set(case.adjudications.values_list("report_version", flat=True)) == {1, 2}
    assert set(case.joint_reviews.values_list("report_version", flat=True)) == {1, 2}


def test_a_case_the_superior_takes_over_is_not_decided_here(client, key):  # noqa: F811
    row = asked(key)
    answer(row, key, "take_over")
    client.force_login(key.world.casemgmt)
    answered = client.post(f"/cases/{key.case.pk}/step/decide/")
    assert "pre_review_obtained" in [gap.code for gap in answered.context["missing"]]


def test_a_case_the_superior_takes_over_goes_to_it_with_every_subject_and_ends_here(client, key):  # noqa: F811
    row = asked(key)
    answer(row, key, "take_over", reason="由省纪委监委直接办理")
    client.force_login(key.world.superior)
    assert client.get(f"/cases/{key.case.pk}/panel/facts/").status_code == 200, "who takes it over reads it on"
    client.force_login(key.world.casemgmt)
    assert client.post(f"/review/{key.case.pk}/pre-review/receive/").status_code == 302
    case = Case.objects.get(pk=key.case.pk)
    assert case.state == "ended"
    assert set(case.subjects.values_list("state", "outcome")) == {("ended", "handed_over")}
    sent = case.dispatches.select_related("document", "to_organization")
    assert {(each.kind, each.to_organization, each.document.kind) for each in sent} == {
        ("handed_over", key.world["DEMO-P"], "D25")
    }
    assert all("提级办理" in str(each.document.context) for each in sent)
    assert not Clock.objects.filter(about_id=case.pk, state="running").exists()
    client.force_login(key.world.casemgmt)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "已另行了结" in page
    assert client.get(f"/cases/{case.pk}/panel/review/").status_code == 200


@pytest.mark.parametrize(
    ("opinion", "changes", "reason"),
    [("modify", False, "改"), ("approve", True, "同意"), ("approve", False, " ")],
)
def test_an_opinion_that_contradicts_itself_is_refused(key, opinion, changes, reason):  # noqa: F811
    row = asked(key)
    with pytest.raises(Invalid):
        answer(row, key, opinion, heavier(key) if changes else (), reason)
    assert PreReview.objects.get().given_on is None


def test_an_opinion_is_given_once(key):  # noqa: F811
    row = asked(key)
    answer(row, key)
    with pytest.raises(Stale):
        answer(row, key)


def test_the_handler_cannot_ask_and_a_case_without_a_trigger_is_not_asked(key, story):  # noqa: F811
    key.run("deliberated")
    with pytest.raises(NotYours):
        pre_review.ask(case_id=key.case.pk, actor=key.world.inspector, on=key.day)
    story.code = "edu"
    story.run("deliberated")
    with pytest.raises(Invalid, match="没有命中"):
        pre_review.ask(case_id=story.case.pk, actor=story.world.casemgmt, on=story.day)


def test_where_the_superior_agreed_what_was_sent_is_decided_and_nothing_else(client, key):  # noqa: F811
    row = asked(key)
    answer(row, key)
    pre_review.receive(case_id=key.case.pk, actor=key.world.casemgmt, on=key.day)
    assert "pre_review_followed" not in (codes(client, key, "decide", key.world.casemgmt) or [])
    Proposal.objects.filter(subject__case=key.case, subject__kind="cadre").update(measures=["circulation"])
    client.force_login(key.world.casemgmt)
    answered = client.post(f"/cases/{key.case.pk}/step/decide/")
    assert "pre_review_followed" in [gap.code for gap in answered.context["missing"]]


def test_the_superior_consents_to_what_it_was_shown_and_to_nothing_more(client, key):  # noqa: F811
    row = asked(key)
    answer(row, key, "modify", heavier(key))
    pre_review.receive(case_id=key.case.pk, actor=key.world.casemgmt, on=key.day)
    pre_review.ask_departure(case_id=key.case.pk, reason="有从轻情节", actor=key.world.casemgmt, on=key.day)
    client.force_login(key.world.superior)
    cadre = key.case.subjects.get(kind="cadre")
    assert f"拟对{cadre.name}：问责（诫勉）" in client.get(f"/review/pre/{row.pk}/").content.decode()
    pre_review.consent(pre_review_id=row.pk, actor=key.world.superior, on=key.day)
    decide = f"/cases/{key.case.pk}/step/decide/"
    client.force_login(key.world.casemgmt)
    assert "pre_review_followed" not in [gap.code for gap in client.post(decide).context["missing"]]
    Proposal.objects.filter(subject=cadre).update(outcome="not_accountable", measures=[])
    assert "pre_review_followed" in [gap.code for gap in client.post(decide).context["missing"]]
    pre_review.ask_departure(case_id=key.case.pk, reason="不予问责更妥", actor=key.world.casemgmt, on=key.day)
    assert PreReview.objects.get().consented_on is None, "another outcome is another question"
