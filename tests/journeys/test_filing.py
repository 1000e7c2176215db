"""A unit files in advance, is asked to supplement, supplements, is registered, downloads its receipt and its proof: in browsers."""

import datetime as dt
import json
import re

import pytest

from tests.journeys.ordinary import upload

pytestmark = [pytest.mark.browser, pytest.mark.once]

TITLE = "证照联办先行先试（示例）"
TODAY = dt.date.today()  # noqa: DTZ011, TID251 -- the office's own date is on the page; this is typed into it
WRITTEN = {
    "background": "落实本年度改革任务", "gap": "两个文件的先后次序不一", "practice": "选两个窗口试行", "loss_ceiling": "460000", "prejudgement": "没有先例，不谋私利",
    "meeting": "党组会议", "minutes": "示例纪要7号：同意", "dissent": "没有不同意见", "legality": "没有抵触", "expert": "可行", "signed_by": "示例签字人",
    "public_facts": "受益为群众", "permitted_facts": "均未禁止", "unintended_facts": "集体研究",
}  # fmt: skip


def days(number):
    return (TODAY + dt.timedelta(number)).isoformat()


def filed(office, title=TITLE, responsible="仇某甲"):
    """The unit writes the long form and hands it in; the address of its page."""
    page = office.page("unit")
    page.goto("/tolerance/new/")
    office.fill_in("unit", "/tolerance/new/", "存草稿", title=title, responsible=responsible)
    assert "还差" in page.locator("main").inner_text()
    assert "由示例市委管理" in page.locator("main").inner_text(), "to whom it goes is told with its reason"
    page.locator("label", has_text="落实重大改革").click()
    for axis in ("public", "permitted", "unintended"):
        page.locator(f"input[name='{axis}_level'][value='0']").check()
    for box in page.locator("input[name^='check_'][value='no']").all():
        box.check()
    page.locator("input[name='no_private_gain']").check()
    draft = page.url
    office.fill_in(
        "unit", draft, "报送", starts_on=days(20), ends_on=days(300), met_on=days(-3), file_minutes=upload("纪要.pdf"),
        file_scan=upload("签字盖章件.pdf"), **WRITTEN,
    )  # fmt: skip
    text = page.locator("main").inner_text()
    assert "还差1项" in page.locator(".wz-messages").inner_text(), "the risks were forgotten: kept, and not handed in"
    assert "风险点与预案" in text
    page = office.fill_in("unit", draft, "报送", risks="补件超期的，当日停止")
    assert "已报送" in page.locator("main").inner_text()
    return re.sub(r"^https?://[^/]+|\?.*$", "", page.url)


def registered(office, path):
    """The conduct office registers it."""
    page = office.fill("conduct", path + "step/register/", "登记备案", opinion="材料齐全")
    assert "示例容备〔" in page.locator("main").inner_text()


def test_a_unit_files_supplements_is_registered_and_holds_its_receipt(office):
    path = filed(office)
    page = office.page("conduct")
    page.goto("/")
    assert page.locator("main table a", has_text=TITLE).count(), "it is on the desk of who looks at it"
    office.fill("conduct", path + "step/ask/", "通知补正", note="写明试点窗口的名称")
    page = office.press("unit", path, "补正")
    assert "写明试点窗口的名称" in page.locator("main").inner_text()
    page = office.fill_in("unit", page.url, "报送", practice="选政务大厅的两个窗口试行")
    text = page.locator("main").inner_text()
    assert "选政务大厅的两个窗口试行" in text
    assert "与第1版相比" in text, "what changed is told, and what stood before is kept"
    registered(office, path)
    page = office.page("unit")
    page.goto(path)
    text = page.locator("main").inner_text()
    for word in ("已登记备案", "今日有效", "备案是证据，不是许可", "报送次日公布"):
        assert word in text, word
    receipt = page.request.get(path + "receipt/")
    assert receipt.ok
    assert receipt.body().startswith(b"%PDF")
    proof = json.loads(page.request.get(path + "proof/").body())
    assert [version["version"] for version in proof["versions"]] == [1, 2]
    page.goto("/search/?q=证照联办")
    assert page.locator("main a", has_text=TITLE).count()
