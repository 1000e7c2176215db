"""The yearly table in a real browser: a figure opens exactly its rows; the workbook holds the same number."""

import datetime as dt

import pytest
from openpyxl import load_workbook

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("journey-statistics")]
YEAR = dt.date.today().year  # noqa: DTZ011, TID251 -- what a person would type


def test_a_figure_of_the_yearly_table_opens_exactly_its_rows_and_stands_in_the_workbook(office, tmp_path):
    page = office.page("principal")
    page.goto("/")
    page.locator(".wz-side a[href='/statistics/']").click()
    page.wait_for_load_state()
    row = page.locator("#totals tr", has_text="被问责干部（人次）")
    number = int(row.locator("td a").first.inner_text())
    assert number > 5
    row.locator("td a").first.click()
    page.wait_for_load_state()
    assert page.locator("main tbody tr").count() == min(number, 20)
    assert page.locator(".wz-pager b").inner_text() == str(number)
    first = page.locator("main tbody a").first.get_attribute("href")
    assert page.request.get(first).status == 200

    page.goto(f"/statistics/?year={YEAR}")
    with page.expect_download() as waited:
        page.locator("a", has_text="导出 Excel").click()
    waited.value.save_as(tmp_path / "told.xlsx")
    rows = list(load_workbook(tmp_path / "told.xlsx")["总数和口径"].iter_rows(values_only=True))
    assert next(cells[1] for cells in rows if cells[0] == "被问责干部（人次）") == number


def test_a_campaign_is_opened_a_case_put_under_it_and_counted(office):
    office.fill(
        "conduct",
        "/cases/campaigns/new/",
        "设立",
        name="某某试点专项",
        basis="示例纪发〔2026〕9号",
        from_on=f"{YEAR}-01-01",
    )
    page = office.page("principal")
    page.goto("/cases/")
    case = page.locator("main tbody a[href^='/cases/']").first.get_attribute("href")
    office.fill("conduct", f"{case}campaign/", "保存", campaign="某某试点专项")
    page.goto("/statistics/campaigns/")
    row = page.locator("main tr", has_text="提请启动的案件").first
    assert row.locator("td[data-label='某某试点专项']").inner_text() == "1"
    row.locator("td[data-label='某某试点专项'] a").click()
    page.wait_for_load_state()
    assert page.locator(f"main tbody a[href='{case}']").count() == 1
