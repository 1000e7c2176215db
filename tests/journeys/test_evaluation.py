"""案件质量评查 in browsers: opened by the trial office, files handed over, graded, fed back, put right, accepted."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("journey_evaluation")]

TITLE = "某某水务局供水投诉不督办问题"


def address(page):
    return re.sub(r"^https?://[^/]+", "", page.url)


def test_an_evaluation_from_its_opening_to_the_accepted_rectification(office):
    page = office.page("trial3")
    page.goto("/cases/?q=供水投诉不督办")
    page.locator("main tbody tr", has_text=TITLE).first.locator("a[href^='/cases/']").first.click()
    page.wait_for_load_state()
    number = re.search(r"〔(\d{4})〕问字第0*(\d+)号", page.locator(".case-no").first.inner_text())
    page = office.fill(
        "trial3", "/review/evaluations/new/", "发起评查", case=f"DEMO:{number[1]}-{number[2]}", kind="日常评查", leader="单推演",
        members="罗样本",
    )  # fmt: skip
    here = address(page)
    assert page.locator("h2", has_text="现在").count() == 1
    office.press("casemgmt", here + "files/", "提供案卷")
    office.fill("inspector3", here + "finding/", "扣分", code="R03", points="2", text="定性说理不足")
    office.fill("trial3", here + "grade/", "集体讨论，评定等次", discussion="一致同意")
    assert office.page("trial3").locator("h2", has_text="优秀").count() == 1
    office.fill("trial3", here + "feedback/", "反馈承办室", text="请补充定性说理")
    page = office.page("inspector")
    page.goto(here)
    assert page.locator("main", has_text="定性说理不足").count() == 1
    office.fill("inspector", here + "report/", "报送整改报告", text="已补充定性说理")
    office.fill("inspector3", here + "accept/", "验收", text="同意")
    page = office.page("head")
    page.goto("/review/defects/?code=R03")
    assert page.locator("main table tr", has_text="定性准确").locator(".chip.ok").count() == 1
