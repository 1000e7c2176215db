"""抽查核查 on the pages: the plan, a paper case, the frozen frame, the promise, the drawing, reviewers, loan and receipt, a re-check."""

import datetime as dt
import re

import pytest

from tests.journeys.ordinary import SOON, TODAY, link, upload

pytestmark = pytest.mark.once
LONG_AGO = (dt.date.today() - dt.timedelta(600)).isoformat()  # noqa: DTZ011, TID251 -- the office's own date is on the page
PERCENT, LETTER = "100", re.compile("第三监督检查室")


def path_of(page):
    return re.sub(r"^https?://[^/]+", "", page.url)


def promised(office, sample):
    """The promise is published by the server's own sealer; until then the button is dead."""
    page = office.press("conduct", sample, "承诺种子")
    for _ in range(60):
        page.goto(sample)
        if page.locator("button:has-text('公开种子并抽取')").is_enabled():
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.inner_text("main"))


def test_a_sample_from_its_plan_to_a_recheck(office):
    page = office.fill(
        "conduct", "/review/samples/new/", "拟定", title="窗口作风案件抽查", scope="本机关", since_on=LONG_AGO, until_on=TODAY,
        method="分层", percent=PERCENT, reason="看送达和宣布",
    )  # fmt: skip
    sample = path_of(page)
    office.fill(
        "conduct", f"{sample}paper/", "录入", number="示例纪〔2026〕77号", title="某某线下案卷", unit="驻某某政务服务局", measure="通报",
        stage="已结案", decided_on=TODAY,
    )  # fmt: skip
    page = office.press("conduct", sample, "固定总体")
    assert "总体已固定" in page.inner_text("main")
    promised(office, sample)
    page = office.press("conduct", sample, "公开种子并抽取")
    told = page.inner_text("main")
    assert "核对相符" in told
    assert "某某线下案卷" in told

    # nobody reviews where he works: refused by name, then with people who can
    page = office.page("conduct")
    page.goto(f"{sample}assign/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    own = page.locator("main label:has-text('程示例') input").first.get_attribute("value")
    refused = page.request.post(
        f"{sample}assign/",
        form={"csrfmiddlewaretoken": token, "reviewers": own},
        headers={"Referer": office.base + sample},
    )  # beside the page: a browser writes every 422 on its console
    assert (refused.status, "没有可派的评查人" in refused.text()) == (422, True)
    office.fill("conduct", f"{sample}assign/", "分派", reviewers=["单推演", "罗样本"])
    office.fill("conduct", f"{sample}files/", "制发调卷函", due_on=SOON, back_by=SOON)
    page.goto(sample)
    loan = page.locator("main a[href*='/loans/']", has_text=LETTER).first.get_attribute("href")
    mine = page.locator("main tr", has_text="第三监督检查室").filter(has_text="罗样本").first
    number = mine.locator("a").first.inner_text()
    member = mine.locator("a").first.get_attribute("href")

    # the reviewer reads the case from the hand-over on, and not before
    reader = office.page("inspector3")
    reader.goto(member)
    assert reader.locator("main a", has_text="打开案件").count() == 0
    office.fill(
        "head",
        f"{loan}hand-over/",
        "登记交接",
        handed_over_by="内勤某某",
        received_by="收某某",
        volumes="6",
        pages="300",
    )
    reader.goto(member)
    reader.goto(link(reader, "打开案件"))
    assert number in reader.inner_text("main")

    # two go and see
    page = office.fill(
        "conduct", f"{member}recheck/", "安排", checker="罗样本", second_checker="单推演", due_on=TODAY, place="某某局"
    )
    recheck = path_of(page)
    office.fill(
        "inspector3", f"{recheck}record/", "登记", talks="单位同志：属实", characterisation="成立", handling="成立", execution="有瑕疵",
        findings="缺签收", conclusion="补正", uploads=[upload("照片.pdf")],
    )  # fmt: skip
    page = office.fill("conduct", f"{member}order/", "制发责令纠正通知书", text="补签收", due_on=SOON)
    order = path_of(page)
    office.fill("head", f"{order}answer/", "反馈", answer="已补", proof=upload("回证.pdf"))
    page = office.fill("casemgmt", f"{order}accept/", "认可", acceptance="已看原件")
    assert "已认可" in page.inner_text("main")
