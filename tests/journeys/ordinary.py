"""An ordinary case as the people of the office carry it on their pages, from the clue to the approved report."""

import datetime as dt
import re

TODAY = dt.date.today().isoformat()  # noqa: DTZ011, TID251 -- the office's own date is on the page; this is typed into it
SOON = (dt.date.today() + dt.timedelta(20)).isoformat()  # noqa: DTZ011, TID251
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def upload(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


def link(page, text):
    return page.locator("main a", has_text=text).first.get_attribute("href")


def register(office, title, cadre_1="单某某", **more):
    page = office.fill(
        "conduct", "/clues/register/", "登记", title=title, source="监督检查发现", received_on=TODAY, happened_on="2026-05-06",
        field="作风效能", summary="窗口办件超时，群众投诉集中。", cadre_1=cadre_1, allegation_1="失管失察", **more,
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


def started(office, title):
    """The clue, its assessment and the approved initiation; the case's address and its number."""
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
    return case, number


def inquired(office, case, title, proposals):
    """Team, evidence, facts, hearings, the report with these proposals (the cadre's first), approved."""
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
        office.fill("inspector", url, "保存", outcome="问责", reason="责任明确", **proposals[number_])
    reported(office, case, title)


def reported(office, case, title):
    """The report is written, signed on paper, and approved by its chain."""
    office.fill(
        "inspector",
        case + "report/",
        "保存为新版",
        discussed_on=TODAY,
        discussed_by="程示例、林样张",
        discussion="一致同意",
    )
    office.fill("inspector", case + "report/sign/", "登记签名", signed_by="程示例、林样张")
    compared(office, "inspector", case.replace("/cases/", "/review/ruler/"))
    office.press("inspector", case, "提请审批报告")
    for signer in ("inspector", "head", "deputy"):
        office.sign(signer, title)


def compared(office, username, path):
    """The ruler is looked at, and where a proposal lies outside its band a reason is written; returns how many do."""
    page = office.page(username)
    page.goto(path)
    wanted = page.locator("main form[method='post'] textarea[name^='reason']").all()
    for field in wanted:
        field.fill("与同类案件相比，影响更大、两次提醒未改")
    page.locator("main button:has-text('记下所见')").first.click()
    page.wait_for_load_state()
    assert page.locator(".wz-messages", has_text="已记下").count(), page.locator("main").inner_text()[:600]
    return len(wanted)


def adjudicated(office, case, by):
    """Two adjudicators accept; one of them gives the opinion."""
    review = case.replace("/cases/", "/review/")
    office.fill("trial", review + "accept/", "受理", adjudicators=["申模拟", "沈假设"])
    office.fill(
        by, review + "opinion/", "出具意见", facts="清楚", character="准确", outcome="恰当", procedure="合规", opinion="agree",
    )  # fmt: skip


SAID = "朱主任：同意\n费分管：同意\n常委甲：同意\n常委乙：同意"


def sat(office, case, title, **more):
    """The standing committee sits on it; the principal signs the minutes."""
    told = {"agenda": "研究处理", "views": SAID, "conclusion": "同意", **more}
    office.fill(
        "casemgmt", case + "deliberation/", "提请主要负责人签发", held_on=TODAY, place="会议室", chair="朱主任", recorder="记某",
        expected="7", **told,
    )  # fmt: skip
    office.sign("principal", title)


def issued(office, case, number, title):
    """The Party committee is asked and says yes; the principal signs the decisions."""
    office.press("casemgmt", case, "制发请示，报同级党委")
    instruction(office, number)
    office.press("casemgmt", case, "批示已到，报批完成")
    office.press("casemgmt", case, "提请签发决定")
    office.sign("principal", title)


def instruction(office, number, on=TODAY):
    """One clerk enters the instruction, another checks it against the scan."""
    clerk = office.page("pcommittee")
    clerk.goto("/")
    entry = clerk.locator("main table a", has_text="录入批示").first.get_attribute("href")
    office.fill(
        "pcommittee", entry, "录入", result="同意", approver_name="示例市委主要负责人", approved_on=on, instruction="同意。",
        scan=upload("批件.pdf"),
    )  # fmt: skip
    page = office.press("pcommittee2", entry, "核对生效")
    assert "已批准并核对" in page.locator("main").inner_text()


ASKED = {
    "送达": {"way": "直接送达", "recipient": "本人"}, "送达处理（纠正）决定": {"way": "直接送达", "recipient": "本人"}, "宣布": {"attended": "班子成员"},
    "廉政档案归档": {"recipient": "档案员"}, "人事档案归档": {"recipient": "干部档案室"},
}  # fmt: skip
"""What the form of an item asks for besides the day and the words."""
WRITTEN = ("书面检讨", "党组织书面检查")
WHOSE = {"示例市委组织部": "hr", "政务服务局党组": "unit"}


def complete(office, case, kinds, on=TODAY):
    """What is open is done, each thing by the account whose work it is: HR, the unit, else the handler."""
    page = office.page("inspector")
    page.goto(case + "panel/execution/")
    wanted = []
    for row in page.locator("#panel tbody tr", has=page.locator("a:has-text('办理')")).all():
        cells = row.locator("td")
        kind, whose = cells.nth(1).inner_text(), cells.nth(2).inner_text()
        if kinds is None or kind in kinds:
            wanted.append(
                (kind, WHOSE.get(whose, "inspector"), row.locator("a:has-text('办理')").get_attribute("href"))
            )
    for kind, username, url in wanted:
        more = dict(ASKED.get(kind, {}))
        if kind in WRITTEN:
            more["proof_file"] = upload(f"{kind}.pdf")
        if kind == "组织处理手续":
            posts_removed(office, username, url, on)
        assert office.page(username).request.get(url).ok, (kind, username)
        office.fill(username, url, "办结", done_on=on, proof="已办", **more)
    return len(wanted)


def posts_removed(office, username, url, on):
    """Each post by its own procedure."""
    page = office.page(username)
    page.goto(url)
    for href in [
        a.get_attribute("href") for a in page.locator("main a[href^='/followup/posts/']:has-text('登记')").all()
    ]:
        office.fill(username, href, "登记办结", body="示例市委", done_on=on)


def handed_over(office, case, on=TODAY):
    """以案促改: a point on the chain and an item with its unit, owner and term; the closing waits for it."""
    page = office.fill(
        "inspector", case.replace("/cases/", "/followup/reform/cases/") + "point/", "保存", kind="衰减点", deviation="压力传导偏差",
        link="监管", organization="某某教育局党组", text="提醒到科室为止",
    )  # fmt: skip
    page = office.fill(
        "inspector", link(page, "列整改事项"), "列项", requirement="建立直接督办制度", owner="党组书记", start_on=on
    )
    assert "建立直接督办制度" in page.locator("#panel").inner_text()
