"""Every exit of a clue in real browsers, and an upload whose connection is lost."""

import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.ordinary import SOON, TODAY, register, upload, verified

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journey-clue")]


EXITS = {
    "第一种形态处理": {"measure": "谈话提醒", "rectification": "一个月内整改", "rectify_by": SOON},
    "作风效能处理": {"measure": "批评教育", "rectification": "立即整改", "rectify_by": SOON},
    "谈话函询": {"questions": "请说明超时原因"},
    "暂存待查": {"hold_until": SOON},
    "予以了结": {},
    "移送有权机关": {"to_name": "示例市某某机关纪委"},
    "并入已立案审查": {"to_name": "示例市纪委监委", "filed_number": "示例立〔2026〕9号"},
    "报请上级": {"to_name": "示例省纪委监委"},
}


@pytest.mark.once
@pytest.mark.parametrize("exit_", list(EXITS))
def test_a_clue_goes_out_by_each_exit_of_the_assessment(office, exit_):
    title = f"出口演练{exit_}"
    clue = register(office, title)
    verified(office, clue, title)
    office.fill(
        "inspector", clue + "assess/", "提请室主任签批", situation="S05", act="成立", act_basis="台账", exit=exit_,
        exit_reason="后果不具备", **EXITS[exit_],
    )  # fmt: skip
    office.sign("head", title)
    page = office.page("inspector")
    page.goto(clue)
    assert exit_ in page.locator("main").inner_text()
    assert "已研判" in page.locator("main").inner_text()


def evidence_of(page, case):
    page.goto(f"{case}panel/evidence/")
    return page.locator("#panel td[data-label='号']").all_inner_texts()


def test_a_connection_lost_in_the_middle_of_an_upload_leaves_nothing(office, server):
    page = office.page("inspector")
    page.goto("/cases/")
    row = page.locator("main tbody tr", has_text="档案馆").first
    case = row.locator("a[href^='/cases/']").first.get_attribute("href")
    before = evidence_of(page, case)
    files = sorted(path.name for path in Path(server.env["WENZE_MEDIA_URL"]).rglob("*") if path.is_file())
    page.goto(f"{case}evidence/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    parts = "".join(
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (
            ("csrfmiddlewaretoken", token), ("kind", "document"), ("source", "某局"), ("taken_on", TODAY),
            ("second_taker_name", "林样张"),
        )
    )  # fmt: skip
    parts += '--cut\r\nContent-Disposition: form-data; name="uploads"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4'
    address = urlsplit(server.base)
    for length in (len(parts.encode()) + 5_000_000, len(parts.encode()) + 50):
        with socket.create_connection((address.hostname, address.port), timeout=10) as line:
            head = (
                f"POST {case}evidence/ HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\nReferer: {server.base}{case}\r\n"
                f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: {length}\r\n\r\n"
            )
            line.sendall(head.encode() + parts.encode())
            time.sleep(0.3)
    time.sleep(1)
    assert evidence_of(page, case) == before
    assert sorted(path.name for path in Path(server.env["WENZE_MEDIA_URL"]).rglob("*") if path.is_file()) == files
    office.fill(
        "inspector", f"{case}evidence/", "封存", uploads=[upload("完整.pdf")], kind="书证", source="某局", taken_on=TODAY,
        second_taker_name="林样张",
    )  # fmt: skip
    numbers = [int(re.sub(r"\D", "", text)) for text in evidence_of(page, case)]
    assert numbers == list(range(1, len(before) + 2))
