"""The pages of an evaluation, from the opening to the accepted rectification, as its people press them."""

import datetime as dt

import pytest

from cases.models import Case
from review.evaluation import book, indicators
from review.models import Defect, Evaluation, Finding
from tests.told import Told, world
from wenze.documents.models import OfficialDocument
from wenze.law import data

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def closed():
    story = Told(world(), "gov", "窗口超时办件失管问题", dt.date(2026, 8, 3), dt.date(2026, 7, 20))
    story.run("closed")
    return story


def press(client, user, url, **data):
    client.force_login(user)
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context["form"].errors if answer.context else answer.content.decode()[:500]
    return answer


def read(client, user, url):
    client.force_login(user)
    answer = client.get(url)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_from_the_opening_to_the_accepted_rectification(client, closed):
    users, case = closed.world.users, Case.objects.get(pk=closed.case.pk)
    Case.objects.filter(pk=case.pk)
    case.deliberations.update(recorder="")
    assert "会议记录没有记录人" in read(client, users["inspector"], f"/cases/{case.pk}/panel/self-check/")
    press(
        client, users["trial3"], "/review/evaluations/new/", case=f"DEMO:{case.year}-{case.serial}", kind="daily",
        leader=users["trial3"].pk, members=[users["trial3"].pk, users["inspector3"].pk],
    )  # fmt: skip
    row = Evaluation.objects.get()
    here = row.get_absolute_url()
    shown = read(client, users["trial3"], here)
    assert "会议记录没有记录人" in shown
    assert f"/cases/{case.pk}/panel/deliberation/" in shown
    for outsider in ("inspector", "head", "hr", "unit"):
        assert read(client, users[outsider], here) == 404
    press(client, users["casemgmt"], here + "files/")
    press(client, users["inspector3"], here + "finding/", code="R03", points="4", text="定性说理不足")
    wrong = Finding.objects.get(code="R03")
    press(client, users["trial3"], f"/review/findings/{wrong.pk}/", text="说理充分，不认定")
    press(client, users["trial3"], here + "bonus/", code="B02", points="1", reason="提出一份建议")
    press(
        client, users["trial3"], here + "grade/", discussed_on=row.opened_on.isoformat(), discussed_by="单推演、罗样本",
        discussion="一致同意",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.score, row.grade) == (100, "excellent")  # 100 - 1 + 1
    press(client, users["trial3"], here + "feedback/", text="请规范会议记录")
    assert "会议记录没有记录人" in read(client, users["inspector"], here)
    press(client, users["inspector"], here + "comment/", text="接受")
    press(client, users["inspector"], here + "report/", text="已补记录人并核对")
    press(client, users["inspector3"], here + "accept/", text="同意")
    press(client, users["trial3"], here + "look-back/", looked_on=row.opened_on.isoformat(), finding="成立", holds="on")
    row.refresh_from_db()
    assert row.state == "finished"
    line = Defect.objects.get()
    assert (line.code, line.name, line.cleared_on is not None) == ("JD15", "会议记录要素不全", True)
    papers = OfficialDocument.objects.filter(about_id=row.pk)
    assert set(papers.values_list("kind", flat=True)) == {"D43", "D44", "D45"}
    for paper in papers:
        client.force_login(users["trial3"])
        made = client.get(paper.get_absolute_url())
        assert made.content.startswith(b"%PDF")
        assert read(client, users["unit"], paper.get_absolute_url()) == 404
    for url in ("/review/evaluations/", "/review/defects/?code=jd15", "/review/indicators/"):
        assert "记录要素" in read(client, users["trial3"], url) or url == "/review/evaluations/"


def test_the_same_defect_after_it_was_told_costs_double(closed):
    from tests.review.evaluating import an_evaluation

    row = an_evaluation(Case.objects.get(pk=closed.case.pk), closed.world)
    finding = row.findings.get()
    finding.set_aside, finding.earlier = "", 1
    edition = indicators.editions()[row.edition]
    once = indicators.reckon(edition, [Finding(indicator="JD4", points=1, earlier=0)], [])
    again = indicators.reckon(edition, [Finding(indicator="JD4", points=1, earlier=2)], [])
    assert (once.total, again.total) == (99, 98)
    assert indicators.reckon(edition, [finding, finding], []).by_indicator["DC5"] == 0


@pytest.mark.parametrize(
    ("points", "veto", "grade"), [(0, False, "excellent"), (6, False, "excellent"), (0, True, "failed")]
)
def test_the_grade_follows_the_thresholds_and_a_veto_beats_them(points, veto, grade):
    edition = indicators.edition_on(dt.date(2026, 9, 1))
    found = [Finding(indicator="QD1", points=points, is_veto=veto)]
    assert indicators.reckon(edition, found, []).grade == grade
    assert [edition.grade_of(each, vetoed=False).value for each in (90, 89, 75, 74, 60, 59)] == [
        "excellent", "qualified", "qualified", "flawed", "flawed", "failed",
    ]  # fmt: skip


def test_there_are_sixty_rules_and_more_each_with_its_indicator_and_its_article():
    edition = next(reversed(indicators.editions().values()))
    assert len(edition.rules) >= 60
    assert set(edition.rules) == {each.code for each in book.RULES}
    assert all(each.article.startswith(("《", "本级制度")) for each in edition.rules.values())
    assert sum(each.weight for each in edition.indicators.values()) == 100
    assert [int(each.weight) for each in edition.phases] == [20, 30, 30, 20]
    known = {(regulation.code, number) for regulation in data.regulations() for number in regulation.provisions}
    for told in data.evaluation_editions():
        for item in [*told["rules"], *told["indicators"], *told["human"], *told["bonus"]]:
            code, _, number = item["article"].partition(" ")
            assert not number.isdigit() or (code, number) in known, item["article"]
