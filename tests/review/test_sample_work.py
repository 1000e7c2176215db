"""The work on a sample: files lent for a purpose, two people on the spot, an order that is put right before another's eyes."""

import datetime as dt

import pytest

from cases.models import Case, CaseContent, Correction
from review.models import CorrectionOrder, OnSiteRecheck, Sample, SampleLoan, SampleMember
from review.services import recheck, sample_work, sampling
from tests.review.sampling import publish
from wenze.deadlines import clock
from wenze.demo.stories import PDF, upload
from wenze.documents import render
from wenze.errors import Invalid, NotYours, Refused
from wenze.ids import uuid7
from wenze.notices.models import Task
from wenze.people.models import RoleAssignment
from wenze.terms.models import Clock

NEW = "/review/samples/new/"


@pytest.fixture
def closed(story, settings, tmp_path):
    """An ordinary case that has been decided, and where the promises are published."""
    settings.WENZE_ANCHORS = tmp_path / "anchors"
    story.run("decided")
    return story


def plan(world, day, actor, **changes):
    told = {
        "title": "专项抽查", "scope": "own", "period_by": "decided", "since_on": day - dt.timedelta(30), "until_on": day, "method": "all",
        "percent": 10, **changes,
    }  # fmt: skip
    return sampling.plan(submission=uuid7(), planned=sampling.Planned(**told), actor=actor, on=day)


def drawn(world, day, actor, **changes):
    row = plan(world, day, actor, **changes)
    sampling.freeze(sample_id=row.pk, actor=actor, on=day)
    sampling.commit(sample_id=row.pk, actor=actor, on=day)
    publish()
    return sampling.draw(sample_id=row.pk, actor=actor, on=day)


def lent(world, day, row, reviewers, asked_by, handed_by):
    sample_work.assign(sample_id=row.pk, reviewers=reviewers, actor=asked_by, on=day)
    soon = day + dt.timedelta(5)
    (loan,) = sample_work.ask_files(sample_id=row.pk, due_on=soon, back_by=soon, actor=asked_by, on=day)
    return sample_work.hand_over(
        loan_id=loan.pk, handed_over_by="交某某", received_by="收某某", volumes=3, pages=240, actor=handed_by, on=day
    )


def given_back(day, loan, actor):
    return sample_work.give_back(loan_id=loan.pk, returned_to="签某某", returned_pages=240, actor=actor, on=day)


def test_a_case_is_read_from_the_hand_over_to_the_return_and_no_longer(closed):
    world, case, day, reader = closed.world, closed.case, closed.day, closed.world.users["inspector3"]
    row = drawn(world, day, world.conduct)
    sample_work.assign(sample_id=row.pk, reviewers=[reader], actor=world.conduct, on=day)
    assert Sample.objects.visible_to(reader).exists()
    assert not Case.objects.visible_to(reader).filter(pk=case.pk).exists(), "assigned, not yet lent"
    soon = day + dt.timedelta(5)
    (loan,) = sample_work.ask_files(sample_id=row.pk, due_on=soon, back_by=soon, actor=world.conduct, on=day)
    assert "调阅抽查案卷" in loan.document.title
    assert render.pdf(loan.document).startswith(b"%PDF")
    assert Task.objects.filter(recipient=world.head, about_id=loan.pk, state="open").exists()
    assert Clock.objects.get(about_id=loan.pk, state="running").due_on == soon
    with pytest.raises(NotYours, match="存卷单位"):
        sample_work.hand_over(
            loan_id=loan.pk, handed_over_by="甲", received_by="乙", volumes=1, pages=1, actor=world.conduct, on=day
        )
    sample_work.hand_over(
        loan_id=loan.pk, handed_over_by="甲", received_by="乙", volumes=1, pages=240, actor=world.head, on=day
    )
    assert CaseContent.objects.visible_to(reader).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(world.users["inspector4"]).filter(pk=case.pk).exists()
    with pytest.raises(Invalid) as refused:
        sample_work.give_back(loan_id=loan.pk, returned_to="签", returned_pages=239, actor=reader, on=day)
    assert "239页" in str(refused.value.fields)
    given_back(day, loan, reader)
    assert not Case.objects.visible_to(reader).filter(pk=case.pk).exists()
    assert not Clock.objects.filter(about_id=loan.pk, state="running").exists()


def test_the_superior_reads_a_subordinates_case_by_the_loan_alone(closed):
    world, case, day = closed.world, closed.case, closed.day
    superior = world.superior
    row = drawn(world, day, superior, scope="subordinates")
    member = SampleMember.objects.get(sample=row, case=case)
    assert member.unit == world["DEMO"]
    assert not Case.objects.visible_to(superior).exists()
    loan = lent(world, day, row, [superior], superior, world.casemgmt)
    assert Case.objects.visible_to(superior).get() == case
    given_back(day, loan, superior)
    assert not Case.objects.visible_to(superior).exists()
    with pytest.raises(NotYours):
        plan(world, day, world.conduct, scope="subordinates")
    assert not Sample.objects.visible_to(world.conduct).exists(), "the superior's own affair"


def test_a_subordinates_case_that_was_not_drawn_shows_no_title(closed, client):
    row = plan(closed.world, closed.day, closed.world.superior, scope="subordinates")
    sampling.freeze(sample_id=row.pk, actor=closed.world.superior, on=closed.day)
    client.force_login(closed.world.superior)
    page = client.get(row.get_absolute_url()).content.decode()
    assert closed.case.number in page
    assert closed.case.title not in page


def test_an_account_of_the_handling_office_reviews_and_rechecks_nothing_there(closed):
    world, day = closed.world, closed.day
    row = drawn(world, day, world.conduct)
    for user in (world.inspector, world.users["inspector4"], world.head, world.trial, world.principal, world.deputy):
        with pytest.raises(Refused):
            sample_work.assign(sample_id=row.pk, reviewers=[user], actor=world.conduct, on=day)


def found(day, **changes):
    told = {
        "held_on": day, "talks": "单位同志：材料属实", "characterisation": "holds", "handling": "wrong", "execution": "flawed",
        "findings": "事发时其不分管该项工作", "conclusion": "处理不当", **changes,
    }  # fmt: skip
    return recheck.Found(**told)


def rechecked(closed, row):
    world, day = closed.world, closed.day
    member = row.members.get()
    RoleAssignment.objects.filter(user=world.users["inspector4"]).update(organization=world["DEMO-JD5"])
    world.users["inspector4"].organization = world["DEMO-JD5"]
    world.users["inspector4"].save()
    made = recheck.plan_recheck(
        member_id=member.pk, submission=uuid7(), checker=world.users["inspector3"], second_checker=world.users["inspector4"],
        due_on=day + dt.timedelta(3), place="某某政务服务局", to_check="三项", actor=world.conduct, on=day,
    )  # fmt: skip
    return recheck.record_recheck(
        recheck_id=made.pk, found=found(day), uploads=[upload("照片.pdf")], actor=world.users["inspector3"], on=day
    )


def test_a_wrong_accountability_found_on_the_spot_ends_corrected_and_accepted_by_another(closed):
    world, day, case = closed.world, closed.day, closed.case
    row = drawn(world, day, world.conduct)
    checked = rechecked(closed, row)
    assert not checked.is_clean
    assert checked.files.count() == 1
    assert b"\xe5\x8d\x95\xe4\xbd\x8d" not in bytes(OnSiteRecheck.objects.values_list("talks", flat=True)[0]), "sealed"
    subject = case.subjects.get(kind="cadre")
    order = recheck.order(
        member_id=checked.member_id, submission=uuid7(), to_organization=world["DEMO-JD"], recheck=checked, text="撤销对其问责",
        due_on=day + dt.timedelta(20), wrong_subject=subject, ground="not_due", actor=world.conduct, on=day,
    )  # fmt: skip
    assert "事发时其不分管" in str(order.document.context)
    with pytest.raises(Invalid) as refused:
        recheck.answer(order_id=order.pk, answer="已办", proof=None, actor=world.head, on=day)
    assert "先按第二十一条提出纠正" in str(refused.value.fields)
    made = recheck.propose_correction(
        order_id=order.pk, submission=uuid7(), clearing="全局大会", actor=world.casemgmt, on=day,
        found=recheck.redress.Finding(result="revoked", finding="不分管", discussed_on=day, told_to="党组"),
    )  # fmt: skip
    assert order.document.number in Correction.objects.get(pk=made.pk).finding
    recheck.answer(order_id=order.pk, answer="已提请纠正", proof=upload("凭证.pdf", PDF), actor=world.head, on=day)
    with pytest.raises(Invalid) as refused:
        recheck.accept(order_id=order.pk, acceptance="属实", actor=world.conduct, on=day)
    assert "纠正尚未作出决定" in str(refused.value.fields)
    Correction.objects.filter(pk=made.pk).update(state="decided")
    with pytest.raises(NotYours):
        recheck.accept(order_id=order.pk, acceptance="属实", actor=world.head, on=day)
    done = recheck.accept(order_id=order.pk, acceptance="属实", actor=world.casemgmt, on=day)
    assert (done.state, done.accepted_by) == ("accepted", world.casemgmt)
    assert not Clock.objects.filter(about_id=order.pk, state="running").exists()


@pytest.mark.once
def test_the_pages_take_it_from_the_plan_to_the_return(closed, client):
    world, day = closed.world, closed.day

    def as_(user):
        client.force_login(user)
        return client

    typed = {
        "title": "专项抽查", "scope": "own", "period_by": "decided", "since_on": day - dt.timedelta(30), "until_on": day, "method": "all",
        "percent": 10, "reason": "看程序",
    }  # fmt: skip
    assert "止日不能早于起日" in as_(world.conduct).post(NEW, {**typed, "until_on": "2020-01-01"}).content.decode()
    assert as_(world.conduct).post(NEW, typed).status_code == 302
    row = Sample.objects.get()
    page = row.get_absolute_url()
    assert "总体预览" in client.get(page).content.decode()
    paper = {
        "number": "示例纪〔2026〕1号", "title": "某某线下案卷", "unit": world["DEMO-PZ1"].pk, "measure": "accountability", "stage": "closed",
        "decided_on": day,
    }  # fmt: skip
    assert client.post(f"{page}paper/", paper).status_code == 302
    for step in ("freeze", "commit"):
        assert client.post(f"{page}press/{step}/").status_code == 302
    assert client.post(f"{page}press/draw/").status_code == 422
    publish()
    assert client.post(f"{page}press/draw/").status_code == 302
    shown = client.get(page).content.decode()
    assert "核对相符" in shown
    assert "某某线下案卷" in shown
    reader = world.users["inspector3"]
    assert client.post(f"{page}assign/", {"reviewers": [world.inspector.pk]}).status_code == 422
    assert client.post(f"{page}assign/", {"reviewers": [reader.pk]}).status_code == 302
    today = clock.today()
    dates = {"due_on": today + dt.timedelta(5), "back_by": today + dt.timedelta(30)}
    assert client.post(f"{page}files/", dates).status_code == 302
    assert client.get(f"{page}redraw.zip").status_code == 200
    loan = SampleLoan.objects.get(holder=world["DEMO-JD"])
    receipt = {"handed_over_by": "甲", "received_by": "乙", "volumes": 2, "pages": 90}
    assert as_(reader).post(f"{loan.get_absolute_url()}hand-over/", receipt).status_code == 403
    assert as_(world.head).get(page).status_code == 404, "the office lends its files, it does not follow the sample"
    assert as_(world.head).post(f"{loan.get_absolute_url()}hand-over/", receipt).status_code == 302
    assert as_(reader).get(closed.case.get_absolute_url()).status_code == 200
    assert (
        client.post(f"{loan.get_absolute_url()}return/", {"returned_to": "丙", "returned_pages": 90}).status_code == 302
    )
    assert client.get(closed.case.get_absolute_url()).status_code == 404
    Sample.objects.filter(pk=row.pk).update(seed="ab" * 32)
    assert "与承诺不符：种子与公布的承诺不符" in as_(world.conduct).get(page).content.decode()


@pytest.mark.once
def test_the_pages_of_rechecks_and_orders(closed, client):
    world, day = closed.world, closed.day
    row = drawn(world, day, world.conduct)
    checked = rechecked(closed, row)
    client.force_login(world.conduct)
    assert "事发时其不分管" in client.get(checked.get_absolute_url()).content.decode()
    member = checked.member.get_absolute_url()
    typed = {
        "to_organization": world["DEMO-JD"].pk,
        "text": "补送达回证",
        "due_on": clock.today() + dt.timedelta(9),
        "recheck": checked.pk,
    }
    assert client.post(f"{member}order/", {**typed, "ground": "handling"}).status_code == 422
    assert client.post(f"{member}order/", typed).status_code == 302
    order = CorrectionOrder.objects.get()
    assert client.get(f"{order.get_absolute_url()}letter/").status_code == 200
    assert client.get(f"/review/samples/files/{checked.files.get().pk}/").content == PDF
    client.force_login(world.head)
    assert client.post(f"{order.get_absolute_url()}answer/", {"answer": "已补"}).status_code == 302
    assert client.post(f"{order.get_absolute_url()}accept/", {"acceptance": "属实"}).status_code == 403
    client.force_login(world.conduct)
    assert client.post(f"{order.get_absolute_url()}return/", {"reason": "缺签收"}).status_code == 302
    client.force_login(world.users["inspector"])
    assert client.get(order.get_absolute_url()).status_code == 404


def test_the_trial_office_opens_the_evaluation_and_no_file_goes_back_before_it_is_graded(closed):
    world, day = closed.world, closed.day
    row = drawn(world, day, world.conduct)
    member = row.members.get()
    reader, second = world.users["inspector3"], world.users["trial3"]
    told = {"member_id": member.pk, "kind": "special", "actor": world.trial, "on": day}
    with pytest.raises(Invalid):
        sample_work.evaluate(submission=uuid7(), second=second, **told)
    loan = lent(world, day, row, [reader], world.conduct, world.head)
    with pytest.raises(Refused):
        sample_work.evaluate(submission=uuid7(), second=world.inspector, **told)
    made = sample_work.evaluate(submission=uuid7(), second=second, **told)
    assert (made.sample_member_id, made.case) == (member.pk, closed.case)
    assert [each.user for each in made.team.all()] == [reader, second]
    with pytest.raises(Invalid) as refused:
        given_back(day, loan, reader)
    assert "正在评查" in str(refused.value.fields)
