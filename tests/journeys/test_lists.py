"""A problem is listed, supervised, becomes a clue by one press, is reported and written off; a duty list is drafted row by row: in browsers."""

import datetime as dt

import pytest

from tests.journeys.ordinary import upload

pytestmark = [pytest.mark.browser, pytest.mark.once]

TODAY = dt.date.today()  # noqa: DTZ011, TID251 -- the office's own date is on the page; this is typed into it
TEXT = "自助机长期停用"


def path_of(page):
    return "/" + page.url.split("/", 3)[3]


def days(number):
    return (TODAY + dt.timedelta(number)).isoformat()


def test_an_overdue_problem_becomes_a_clue_by_one_press_and_is_written_off_by_another(office):
    page = office.fill(
        "conduct", "/lists/problems/new/", "登记", source="巡视巡察", source_document="第一轮巡察反馈意见（示例）", found_by="示例巡察组",
        found_on=days(-120),
    )  # fmt: skip
    page.click("a:has-text('增加一个问题')")
    page = office.fill_in(
        "conduct", path_of(page), "增加", number="1", organization="某某政务服务局党组", owner="单某某", text=TEXT, measure="逐台修复并公示",
        months="1",
    )  # fmt: skip
    page.click(f"table a:has-text('{TEXT}')")
    page.wait_for_load_state()
    problem = path_of(page)
    assert "逾期" in page.locator("main").inner_text()
    page = office.fill("conduct", f"{problem}supervise/", "发出督办函", requirement="逐台修复", due_on=days(20))
    assert "督办函" in page.locator("main").inner_text()
    page = office.press("conduct", problem, "转为线索")
    assert path_of(page).startswith("/clues/")
    assert "问题清单转入" in page.locator("main").inner_text()
    page.click(f"main a:has-text('{TEXT}')")
    page.wait_for_load_state()
    assert path_of(page) == problem
    assert "已转为问责线索" in page.locator("main").inner_text()
    unit = office.page("unit")
    unit.goto("/lists/problems/?show=late")
    unit.click(f"table a:has-text('{TEXT}')")
    unit.wait_for_load_state()
    assert "督办要求" in unit.locator("main").inner_text()
    assert "线索" not in unit.locator("main").inner_text()
    office.fill_in(
        "unit",
        problem,
        "反馈",
        reported_on=days(0),
        text="已逐台修复",
        late_reason="备件到货晚",
        uploads=upload("照片.pdf"),
    )
    page = office.fill("casemgmt", problem, "验收销号", acceptance="查验属实")
    assert "销号" in page.locator("h1 + .chip").inner_text()


def test_a_duty_list_is_drafted_row_by_row_without_a_file(office):
    year = TODAY.year + 1
    page = office.fill(
        "unit", "/lists/duties/new/", "存为草稿", year=str(year), source="分工文件", source_document="分工文件（示例）",
        in_force_from=f"{year}-01-01",
    )  # fmt: skip
    draft = path_of(page)
    for number, text in (("1", "每季度研究一次"), ("2", "逐件督办")):
        office.fill("unit", f"{draft}add/", "保存", number=number, group="班子", text=text, responsibility="主体责任")
    page = office.page("unit")
    page.click("button[aria-label='第2条上移']")
    page.wait_for_load_state()
    assert page.locator("tr[id^=d] td:first-child").all_inner_texts() == ["2", "1"]
    page = office.press("unit", draft, "提请审核")
    assert "待审核" in page.locator("main").inner_text()
