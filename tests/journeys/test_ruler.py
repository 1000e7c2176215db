"""The leader lays the ruler: by hand over the commission's years, and beside the subjects of one case."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("journey-ruler")]
NUMBER = re.compile(r"同类案件(\d+)件")


def counted(page):
    return int(NUMBER.search(page.locator("main").inner_text())[1])


def test_the_ruler_is_asked_by_hand_grows_with_a_past_case_and_stands_beside_the_old_brickworks(office):
    asked = "/review/ruler/?kind=cadre&track=party&tier=MAIN&situation=S04&rank=c5"
    page = office.page("principal")
    page.goto("/")
    page.locator("nav a:visible", has_text="量纪平衡").first.click()
    page.wait_for_url("**/review/ruler/")
    page.goto(asked)
    before = counted(page)
    assert page.locator("svg.wz-ruler .bar").count() == page.locator("main table").first.locator("tbody tr").count()
    office.fill(
        "casemgmt", "/review/ruler/past/", "登记", reference="示例纪〔2022〕7号", kind="党的领导干部", track="党内问责", tier="主要领导责任",
        situation="S04", consequence=["恶劣影响"], rank="县处级正职", outcome="问责", measures=["circulation"], decided_on="2022-05-06",
    )  # fmt: skip
    page.goto(asked)
    assert counted(page) == before + 1

    page.goto("/cases/")
    case = page.locator("main tbody tr", has_text="旧砖厂").locator("a[href^='/cases/']").first.get_attribute("href")
    page.goto(f"{case}panel/ruler/")
    row = page.locator("#panel tbody tr", has_text="单某某").first
    assert "重于区间" in row.inner_text()
    assert "三次检查均经其手" in row.inner_text()
    row.locator("a").first.click()
    page.wait_for_load_state()
    told = page.locator("main").inner_text()
    assert "同类案件19件" in told
    assert page.locator("svg.wz-ruler .own").count() == 1
    assert "没有区间" not in told
