"""The whole life of an ordinary case in real browsers: eleven accounts, no step by the back door."""

import datetime as dt
import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journey-clue")]
TODAY = dt.date.today().isoformat()  # noqa: DTZ011, TID251 -- the office's own date is on the page; this is typed into it
SOON = (dt.date.today() + dt.timedelta(20)).isoformat()  # noqa: DTZ011, TID251
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def upload(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


def register(office, title, **more):
    page = office.fill(
        "conduct", "/clues/register/", "登记", title=title, source="监督检查发现", received_on=TODAY, happened_on="2026-05-06",
        field="作风效能", summary="窗口办件超时，群众投诉集中。", cadre_1="单某某", allegation_1="失管失察", **more,
    )  # fmt: skip
    return re.sub(r"^https?://[^/]+", "", page.url)


def verified(office, clue, title):
    office.fill(
        "conduct", clue + "assign/", "提请签批", office="第三监督检查室", handler="程示例", consultation="建议承办"
    )
    office.sign("deputy", title)
    office.sign("principal", title)
    office.fill("inspector", clue + "plan/", "提请批准", plan="走访窗口", members=["程示例", "林样张"])
    office.sign("head", title)
    office.fill("inspector", clue + "report/", "提交报告", findings="超时312件，属实。", conclusion="反映问题属实")


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


def link(page, text):
    return page.locator("main a", has_text=text).first.get_attribute("href")


def test_a_case_is_carried_from_the_clue_to_the_held_visit(office, server):
    title = "全程演练窗口超时"
    clue = register(office, title, organization_2="政务服务局党组", allegation_2="作风建设抓得不实")
    verified(office, clue, title)
    office.fill(
        "inspector", clue + "assess/", "提请室主任签批", situation="S04", act="成立", act_basis="台账", consequences=["恶劣影响"],
        consequence_basis="投诉集中", exit="启动问责调查", exit_reason="行为在，后果具备",
    )  # fmt: skip
    office.sign("head", title)
    page = office.fill(
        "inspector", clue + "initiate/", "提请启动", brief="超时312件，投诉86件", act_on_1="2026-05-06", tier_1="主要领导责任",
        act_1="长期失管", act_on_2="2026-05-06", tier_2="全面领导责任", act_2="抓得不实",
    )  # fmt: skip
    case = re.sub(r"^https?://[^/]+", "", page.url)
    number = page.locator(".case-no").first.inner_text()

    # 条例第九条: the button is dead until the Party committee's chief has said yes.
    assert page.locator("button:has-text('提请批准启动')").is_disabled()
    office.press("inspector", case, "制发请示，报同级党委")
    instruction(office, number)
    office.press("inspector", case, "提请批准启动")
    office.sign("deputy", title)
    office.sign("principal", title)

    office.fill("inspector", case + "team/", "确定", leader="程示例", members=["程示例", "林样张"])
    for member in ("inspector", "inspector2"):
        office.fill(member, case + "declare/", "声明")
    office.fill("inspector", case + "plan/", "提请分管领导批准", scope="窗口超时", steps="两周", safety="不扩散")
    office.sign("deputy", title)
    office.fill(
        "inspector", case + "evidence/", "封存", uploads=[upload("台账.pdf"), upload("投诉清单.pdf"), upload("提醒函.pdf")],
        kind="书证", source="政务服务系统", taken_on=TODAY, second_taker_name="林样张",
    )  # fmt: skip
    for kind, text in (
        ("问题事实", "超时312件"),
        ("结果事实", "投诉86件"),
        ("责任事实", "未督办"),
        ("因果事实", "未督办致超时增加"),
    ):
        office.fill("inspector", case + "facts/", "保存", kind=kind, text=text, evidence=["证1", "证2"])
    for subject, tier, power in (
        ("单某某", "主要领导责任", "监管责任"),
        ("政务服务局党组", "全面领导责任", "决策责任"),
    ):
        office.fill(
            "inspector", case + "trail/", "保存", happened_on="2026-05-06", kind="处置", subject=subject, text="收到提醒未督办",
            evidence=["证3"],
        )  # fmt: skip
        office.fill(
            "inspector", case + "attributions/", "保存", subject=subject, duty="督办" if tier.startswith("主要") else "窗口服务作风",
            event=subject, fact="未督办", power=power, tier=tier, liability="领导责任", failure="执行不力", reasoning="职责明确",
        )  # fmt: skip
    page = office.page("inspector")
    page.goto(case + "panel/hearing/")
    for url in [a.get_attribute("href") for a in page.locator("#panel a:has-text('事实材料')").all()]:
        office.fill("inspector", url, "送交")
        office.fill(
            "inspector", url.replace("statement", "hearing"), "保存笔录", met_on=TODAY, place="谈话室", second_name="林样张",
            statement="没有意见", opinion="属实",
        )  # fmt: skip
    office.press("inspector", case, "见面完成，制作笔录")
    page.goto(case + "panel/proposal/")
    for number_, url in enumerate([a.get_attribute("href") for a in page.locator("#panel a:has-text('拟意见')").all()]):
        office.fill(
            "inspector", url, "保存", outcome="问责", measures=["诫勉"] if number_ == 0 else ["检查"], reason="责任明确"
        )
    office.fill(
        "inspector",
        case + "report/",
        "保存为新版",
        discussed_on=TODAY,
        discussed_by="程示例、林样张",
        discussion="一致同意",
    )
    office.fill("inspector", case + "report/sign/", "登记签名", signed_by="程示例、林样张")
    office.press("inspector", case, "提请审批报告")
    for signer in ("inspector", "head", "deputy"):
        office.sign(signer, title)

    review = case.replace("/cases/", "/review/")
    office.fill("trial", review + "accept/", "受理", adjudicators=["申模拟", "沈假设"])
    office.fill(
        "trial2",
        review + "opinion/",
        "出具意见",
        facts="清楚",
        character="准确",
        outcome="恰当",
        procedure="合规",
        opinion="agree",
    )
    office.fill(
        "casemgmt", case + "deliberation/", "提请主要负责人签发", held_on=TODAY, place="会议室", agenda="研究处理", chair="朱主任",
        recorder="记某", expected="7", views="朱主任：同意\n费分管：同意\n常委甲：同意\n常委乙（不同意）：建议从轻", conclusion="按多数意见办理",
    )  # fmt: skip
    office.sign("principal", title)
    office.press("casemgmt", case, "制发请示，报同级党委")
    instruction(office, number)
    office.press("casemgmt", case, "批示已到，报批完成")
    office.press("casemgmt", case, "提请签发决定")
    office.sign("principal", title)

    page.goto(case + "panel/decision/")
    assert "示例纪问〔" in page.locator("main").inner_text()
    answer = page.request.get(link(page, "示例纪问"))
    assert answer.body().startswith(b"%PDF")

    complete(office, case, ("送达", "宣布"))
    office.press("inspector", case + "panel/execution/", "转入执行")
    complete(office, case, None)
    handed_over(office, case)
    office.press("casemgmt", case + "panel/execution/", "结案归档")
    page.goto(case)
    assert "已结案" in page.locator("main").inner_text()
    page.goto(case + "panel/execution/")
    page = office.fill(
        "inspector",
        link(page, "首次回访"),
        "登记回访",
        held_on=TODAY,
        place="单位",
        second_visitor="林样张",
        talk="认识到位",
    )
    assert "已访" in page.locator("main").inner_text()
    assert len(office.pages) >= 10
    assert "全部相符" in server.manage("verify_ledger", "--commission", "DEMO")


def instruction(office, number):
    """One clerk enters the instruction, another checks it against the scan."""
    clerk = office.page("pcommittee")
    clerk.goto("/")
    entry = clerk.locator("main table a", has_text="录入批示").first.get_attribute("href")
    office.fill(
        "pcommittee", entry, "录入", result="同意", approver_name="示例市委主要负责人", approved_on=TODAY, instruction="同意。",
        scan=upload("批件.pdf"),
    )  # fmt: skip
    page = office.press("pcommittee2", entry, "核对生效")
    assert "已批准并核对" in page.locator("main").inner_text()


def complete(office, case, kinds):
    page = office.page("inspector")
    page.goto(case + "panel/execution/")
    rows = page.locator("#panel tbody tr", has=page.locator("a:has-text('办理')"))
    wanted = []
    for row in rows.all():
        kind = row.locator("td").nth(1).inner_text()
        if kinds is None or kind in kinds:
            wanted.append((kind, row.locator("a:has-text('办理')").get_attribute("href")))
    for kind, url in wanted:
        more = {"送达": {"way": "直接送达", "recipient": "本人"}, "宣布": {"attended": "班子成员"}}.get(kind, {})
        office.fill("inspector", url, "办结", done_on=TODAY, proof="已办", **more)


def handed_over(office, case):
    """以案促改: a point on the chain and an item with its unit, owner and term; the closing waits for it."""
    page = office.fill(
        "inspector", case.replace("/cases/", "/followup/reform/cases/") + "point/", "保存", kind="衰减点", deviation="压力传导偏差",
        link="监管", organization="某某教育局党组", text="提醒到科室为止",
    )  # fmt: skip
    page = office.fill(
        "inspector", link(page, "列整改事项"), "列项", requirement="建立直接督办制度", owner="党组书记", start_on=TODAY
    )
    assert "建立直接督办制度" in page.locator("#panel").inner_text()


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
