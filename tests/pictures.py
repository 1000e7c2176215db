"""Take the picture of every screen at 1440 and 390 px from a running demonstration: ``python -m tests.pictures [BASE]``.

Writes ``docs/pictures/<screen>-<width>.png`` and the list ``docs/screens.md``. Needs Chromium; imports nothing of the system.
"""

import io
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.mechanisms import MECHANISMS

BASE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "wenze-demo-2026"
WIDTHS = (1440, 390)
UUID = "[0-9a-f-]{36}"
TALLEST = 2400
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PANELS = (
    ("facts", "四个事实"), ("evidence", "证据"), ("responsibility", "责任认定"), ("chain", "链条图"), ("subjects", "对象"), ("team", "调查组"),
    ("tolerance", "容错"), ("hearing", "见面"), ("proposal", "拟处理"), ("ruler", "类案"), ("report", "报告"), ("review", "审核"),
    ("deliberation", "集体研究"), ("decision", "决定"), ("execution", "执行与回访"), ("reform", "以案促改"), ("approvals", "审批"), ("documents", "文书"),
    ("history", "记录"),
)  # fmt: skip
FORMS = (
    ("amend", "更正提请启动"), ("team", "组成调查组"), ("declare", "回避声明"), ("recuse", "回避"), ("plan", "调查方案"), ("evidence", "封存证据"), ("talks", "谈话笔录"),
    ("facts", "陈述事实"), ("trail", "权力运行轨迹"), ("attributions", "责任认定"), ("circumstances", "情节"), ("report", "写调查报告"),
    ("report/sign", "报告签名"), ("supplement", "补充启动"), ("extension", "延长调查期限"),
)  # fmt: skip


class Album:
    """One browser a person; each picture is a screen's name, its address and who looks."""

    def __init__(self, browser):
        self.browser, self.people, self.taken = browser, {}, []

    def page(self, username):
        if username not in self.people:
            page = self.browser.new_context(base_url=BASE, device_scale_factor=1).new_page()
            if username:
                page.goto("/login/")
                page.fill("[name=username]", username)
                page.fill("[name=password]", PASSWORD)
                page.click("main form button")
                page.wait_for_url("**/")
            self.people[username] = page
        return self.people[username]

    def links(self, username, path, pattern):
        """The addresses of that shape on a page, in order."""
        page = self.page(username)
        page.goto(path)
        found = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
        return list(dict.fromkeys(href for href in found if re.fullmatch(pattern, href)))

    def take(self, name, title, username, path, act=None):
        page = self.page(username)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900 if width > 800 else 844})
            page.goto(path)
            if act is not None:
                act(page)
            height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": max(height, 600)})
            picture = Image.open(io.BytesIO(shot)).convert("RGB").quantize(64)
            picture.save(PICTURES / f"{name}-{width}.png", optimize=True)
        self.taken.append((name, title, username or "（未登录）"))


def in_state(album, username, words):
    """The first case of the list whose row says these words."""
    page = album.page(username)
    page.goto("/cases/")
    row = page.locator("main tbody tr", has_text=words).first
    return row.locator("a[href^='/cases/']").first.get_attribute("href")


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        album = Album(browser)
        take = album.take
        take("login", "登录", "", "/login/")
        take("desk", "我的工作台", "inspector", "/")
        take("desk-done", "工作台：已办", "inspector", "/?tab=done")
        take("desk-leader", "分管领导的工作台", "deputy", "/")
        take("notices", "消息", "inspector", "/notices/")
        take("clues", "问题线索", "conduct", "/clues/")
        take("register", "登记线索", "conduct", "/clues/register/")
        clues = album.links("conduct", "/clues/", f"/clues/{UUID}/")
        take("clue", "线索页", "conduct", clues[0])
        take("assign", "会商分办", "conduct", f"{clues[0]}assign/")
        assigned = next(
            (clue for clue in clues if "初核方案" in _text(album, "inspector", clue) and "待办理" not in clue), clues[0]
        )
        take("clue-handler", "线索页（承办人）", "inspector", assigned)
        for tail, title in (("plan", "初核方案"), ("report", "初核报告"), ("assess", "研判"), ("recuse", "回避")):
            take(f"clue-{tail}", title, "inspector", f"{assigned}{tail}/")
        take("cases", "问责案件", "principal", "/cases/")
        closed, working, starting = (in_state(album, "principal", words) for words in ("已结案", "调查", "启动"))
        for code, title in PANELS:
            take(f"case-{code}", f"案件：{title}", "principal", f"{closed}panel/{code}/")
        take("case-working", "案件（承办人，调查中）", "inspector", working)
        for tail, title in FORMS[1:]:
            take(f"form-{tail.replace('/', '-')}", f"表单：{title}", "inspector", f"{working}{tail}/")
        take("form-handler", "表单：改派承办人", "head", f"{working}handler/")
        take("form-amend", "表单：更正提请启动", "inspector", f"{starting}amend/")
        take("refused", "条件不齐", "inspector", working, lambda page: _refuse(page, working))
        subject = album.links("inspector", f"{working}panel/hearing/", f"{working}subjects/{UUID}/(statement|hearing)/")
        for path in subject[:2]:
            kind = path.rstrip("/").rsplit("/", 1)[1]
            take(f"form-{kind}", "表单：送事实材料" if kind == "statement" else "表单：见面笔录", "inspector", path)
        take("ruler", "量纪平衡", "principal", "/review/ruler/?kind=cadre&track=party&tier=MAIN&situation=S04")
        take("ruler-past", "往案登记", "casemgmt", "/review/ruler/past/")
        beside = closed.replace("/cases/", "/review/ruler/")
        take("ruler-case", "类案比较", "principal", beside)
        take(
            "ruler-subject", "类案比较：一个对象", "principal", album.links("principal", beside, f"{beside}{UUID}/")[0]
        )
        take("approvals", "审批", "deputy", "/approvals/?state=complete")
        signed = album.links("deputy", "/approvals/?state=complete", f"/approvals/{UUID}/")
        take("signing", "签批页", "deputy", signed[0])
        instruction = album.links("principal", f"{closed}panel/approvals/", f"/approvals/instructions/{UUID}/")
        take("instruction", "系统外批准", "pcommittee", instruction[0])
        take("followup", "执行与回访", "inspector", "/followup/")
        take("filings", "容错备案", "unit", "/tolerance/")
        take("filings-office", "容错备案（受理机关）", "conduct", "/tolerance/")
        take("tolerance-lists", "正面清单、负面清单", "unit", "/tolerance/lists/")
        take("filing-new", "新备案", "unit", "/tolerance/new/")
        for name, title, username, words in (
            ("filing", "备案（已变更）", "unit", "集成办理"), ("filing-supplement", "备案（待补正）", "unit", "跨窗口"),
            ("filing-explanation", "备案（说明材料）", "conduct", "延时服务"), ("filing-submitted", "备案（待审查）", "casemgmt", "夜间开放"),
        ):  # fmt: skip
            take(name, title, username, album.links(username, f"/tolerance/?q={words}", f"/tolerance/{UUID}/")[0])
        draft = album.links("unit", "/tolerance/?state=draft", f"/tolerance/{UUID}/")[0]
        take("filing-form", "容错备案表（草稿）", "unit", f"{draft}edit/")
        take(
            "filing-register",
            "登记备案",
            "casemgmt",
            album.links("casemgmt", "/tolerance/?q=夜间开放", f"/tolerance/{UUID}/")[0] + "step/register/",
        )
        take("exchange", "交换包", "casemgmt", "/followup/exchange/")
        take("exchange-export", "导出交办包", "casemgmt", "/followup/exchange/export/")
        take("exchange-import", "导入交换包", "casemgmt", "/followup/exchange/import/")
        take("followup-visits", "回访计划", "inspector", "/followup/?tab=visits")
        take("followup-reform", "整改", "inspector", "/followup/?tab=reform")
        take("followup-tracking", "影响期", "inspector", "/followup/?tab=tracking")
        for name, title, path, pattern in (
            ("item", "执行事项", "/followup/", f"/followup/items/{UUID}/"),
            ("visit", "回访", "/followup/?tab=visits", f"/followup/visits/{UUID}/"),
            ("tracking", "跟踪管理", "/followup/?tab=tracking", f"/followup/tracking/{UUID}/"),
            ("reform-item", "整改事项", "/followup/?tab=reform", f"/followup/reform/items/{UUID}/"),
            ("letter", "纪检监察建议", "/followup/?tab=letters", f"/followup/reform/letters/{UUID}/"),
            ("education", "警示教育", "/followup/?tab=education", f"/followup/reform/units/{UUID}/"),
        ):
            take(name, title, "inspector", album.links("inspector", path, pattern)[0])
        twelve = in_state(album, "principal", "旧砖厂")
        for code, title in (
            ("chain", "链条图"),
            ("subjects", "对象"),
            ("decision", "决定和送办"),
            ("facts", "四个事实"),
            ("review", "审核"),
            ("reform", "以案促改"),
            ("tolerance", "容错"),
        ):
            take(f"twelve-{code}", f"十二个对象的案件：{title}", "principal", f"{twelve}panel/{code}/")
        sent = album.links("principal", f"{twelve}panel/decision/", f"/cases/dispatch/{UUID}/")
        take("dispatch", "送办和回复", "principal", sent[0])
        piece = album.links("principal", f"{twelve}panel/evidence/", f"{twelve}evidence/{UUID}/")
        take("evidence", "证据", "principal", piece[0])
        _aftermath(album, twelve)
        _tolerance(album, twelve)
        _lists(album, working)
        _samples(album)
        key = in_state(album, "principal", "审批系统停摆")
        joint = album.links("principal", f"{key}panel/review/", f"/review/joint/{UUID}/")
        take("case-key-review", "重点案件：审核", "principal", f"{key}panel/review/")
        take("joint-review", "联审会商", "principal", joint[0])
        take("review", "提级预审", "superior", "/review/?state=given")
        take(
            "pre-review",
            "提级预审意见",
            "superior",
            album.links("superior", "/review/?state=given", f"/review/pre/{UUID}/")[0],
        )
        convened = in_state(album, "conduct", "养老机构")
        take("form-joint-convene", "表单：召集联审", "conduct", f"{convened.replace('/cases/', '/review/')}joint/")
        sitting = in_state(album, "casemgmt", "市场监管局窗口作风")
        take("form-deliberation", "表单：集体研究", "casemgmt", f"{sitting}deliberation/")
        take("statistics", "统计", "principal", "/statistics/")
        take("statistics-figure", "统计：一个数所数的行", "principal", "/statistics/figure/?figure=held.persons")
        take("statistics-campaigns", "专项比较", "principal", "/statistics/campaigns/")
        take("form-campaign", "表单：设立专项", "conduct", "/cases/campaigns/new/")
        take("form-case-campaign", "表单：列入专项", "inspector", f"{working}campaign/")
        take("procedure", "程序", "head", "/procedure/")
        take("search", "搜索", "principal", "/search/?q=窗口")
        take("search-none", "搜索（没有）", "hr", "/search/?q=窗口")
        take("not-found", "不存在或者看不见", "county", closed)
        take("no-content", "还看不到内容", "trial", f"{working}panel/facts/")
        take("verify", "文书核验", "", "/verify/0000000000/")
        take("admin", "审计管理员的后台", "auditadmin", "/admin/")
        _mechanisms(album, twelve)
        browser.close()
    lines = [
        f"| {title} | {who} | [1440](pictures/{name}-1440.png) | [390](pictures/{name}-390.png) |"
        for name, title, who in album.taken
    ]
    head = [
        "# 各屏幕",
        "",
        "`python -m tests.pictures` 从运行中的演示取图。",
        "",
        "| 屏幕 | 谁看 | 宽屏 | 手机 |",
        "| --- | --- | --- | --- |",
    ]
    (ROOT / "docs" / "screens.md").write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def _tolerance(album, twelve):
    """The letter that cleared a name, the 纠错 that was accepted, the library of recognised exemptions."""
    take, panel = album.take, f"{twelve}panel/tolerance/"
    for name, title, pattern in (
        ("clearing", "澄清正名函", f"/followup/clearing/{UUID}/"), ("rectified", "纠错报告和验收", f"/followup/items/{UUID}/"),
    ):  # fmt: skip
        take(name, title, "inspector", album.links("inspector", panel, pattern)[0])
    take("precedents", "容错认定案例库", "inspector3", "/tolerance/precedents/")
    entry = album.links("inspector3", "/tolerance/precedents/", f"/tolerance/precedents/{UUID}/")
    take("precedent", "容错认定案例", "inspector3", entry[0])


def _aftermath(album, twelve):
    """What follows a decision: appeal, correction, other bodies' decisions, care, letters, the volume, HR's place."""
    take, redress = album.take, f"{twelve}panel/redress/"
    take("twelve-redress", "申诉和纠正", "casemgmt", redress)
    for name, title, pattern in (
        ("appeal", "申诉", f"/cases/appeals/{UUID}/"),
        ("form-appeal", "表单：登记申诉", f"/cases/{UUID}/appeals/new/"),
        ("form-correction", "表单：提出纠正", f"/cases/{UUID}/subjects/{UUID}/correct/"),
    ):
        take(name, title, "casemgmt", album.links("casemgmt", redress, pattern)[0])
    take("elsewhere", "其他机关的决定", "casemgmt", "/cases/elsewhere/")
    take("form-elsewhere", "表单：登记其他机关的决定", "casemgmt", "/cases/elsewhere/add/")
    one = album.links("casemgmt", "/cases/elsewhere/", f"/cases/elsewhere/{UUID}/")
    take("elsewhere-one", "其他机关的一件决定", "casemgmt", one[0])
    take("volume", "导出案卷", "casemgmt", twelve.replace("/cases/", "/followup/cases/") + "volume/")
    followed = album.links("inspector", "/followup/?tab=tracking", f"/followup/tracking/{UUID}/")[0]
    take("form-care", "表单：关爱措施", "inspector", f"{followed}care/")
    take("form-extra-visit", "表单：增加回访", "inspector", f"{followed}visit/")
    letter = album.links("unit", "/followup/?tab=letters", f"/followup/reform/letters/{UUID}/")
    take("unit-letter", "单位收到的建议书", "unit", letter[0])
    taught = album.links("unit", "/followup/?tab=education", f"/followup/reform/units/{UUID}/")
    take("unit-education", "单位的举一反三", "unit", taught[0])
    take("hr", "干部处理情况", "hr", "/hr/")
    take("hr-cadre", "一名干部的处理情况", "hr", album.links("hr", "/hr/?q=单某某", f"/hr/cadres/{UUID}/")[0])
    take("hr-check", "任用检查", "hr", "/hr/check/")
    page = album.page("hr")
    page.goto("/hr/check/")
    page.fill("[name=reference]", "拟提拔")
    page.fill("[name=asked]", "单某某、曾甲一")
    page.locator("main button:has-text('查询')").click()
    page.wait_for_url("**/hr/checks/**")
    reply = page.url.removeprefix(BASE)
    take("hr-reply", "任用检查回复", "hr", reply)
    answers = album.links("hr", reply, f"/hr/answers/{UUID}/")
    if answers:
        take("hr-judge", "表单：组织人事部门的判断", "hr", answers[0])


def _lists(album, working):
    """责任清单 and what a person answered for; exchange packages; what an inquiry may need on its way."""
    take = album.take
    take("duty-lists", "责任清单", "conduct", "/lists/duties/")
    take("duty-list", "一份责任清单", "conduct", album.links("conduct", "/lists/duties/", f"/lists/duties/{UUID}/")[0])
    take("form-duty-draft", "表单：起草责任清单", "unit", "/lists/duties/new/")
    page = album.page("inspector")
    page.goto("/lists/duties/person/")
    cadre = page.locator("#cadre option", has_text="单某某").first.get_attribute("value")
    take("duty-person", "某人某日的职责", "inspector", f"/lists/duties/person/?cadre={cadre}&on=2026-05-06")
    take("exchange", "交换包", "casemgmt", "/followup/exchange/")
    take("form-exchange-export", "表单：导出交换包", "casemgmt", "/followup/exchange/export/")
    take("form-suspension", "表单：中止调查期限", "inspector", f"{working}suspension/")
    interim = album.links("inspector", f"{working}panel/subjects/", f"/cases/{UUID}/subjects/{UUID}/interim/")
    take("form-interim", "表单：先期停职、免职", "inspector", interim[0])


def _mechanisms(album, twelve):
    """The 22 mechanisms of the mission, and ``docs/mechanisms.md``, which shows each where it works."""
    told = [
        "# 二十二项机制",
        "",
        "每一项在演示环境里走到的样子（`python -m tests.pictures` 取图）；同一张表由浏览器测试逐项走一遍（`tests/journeys/test_mechanisms.py`）。",
        "",
        "| 序号 | 机制 | 在这里怎样 | 图 |",
        "| --- | --- | --- | --- |",
    ]
    for each in MECHANISMS:
        pictures = []
        for number, look in enumerate(each.looks, 1):
            name, path = f"{each.picture}-{number}", look.start.replace("{twelve}", twelve)
            if look.follow:
                path = album.links(look.who, path, look.follow)[0]
            album.take(name, f"机制{each.number}：{each.name}", look.who, path)
            pictures.append(f"[{look.who}](pictures/{name}-1440.png)（[手机](pictures/{name}-390.png)）")
        told.append(f"| {each.number} | {each.name} | {each.works} | {'、'.join(pictures)} |")
    (ROOT / "docs" / "mechanisms.md").write_text("\n".join(told) + "\n", encoding="utf-8")


def _samples(album):
    """抽查核查: the register, a drawn sample, its cases, files, re-checks and orders."""
    take, pages = album.take, "/review/samples/"
    take("samples", "抽查核查", "conduct", pages)
    take("form-sample", "表单：拟定抽查", "conduct", f"{pages}new/")
    second, first = album.links("conduct", pages, f"{pages}{UUID}/")[:2]
    take("sample", "一次抽查", "conduct", first)
    take("sample-working", "进行中的抽查", "conduct", second)
    take("form-sample-assign", "表单：分派评查人", "conduct", f"{second}assign/")
    for name, title, pattern in (
        ("sample-case", "抽中的案件", f"{pages}cases/{UUID}/"), ("sample-loan", "调卷", f"{pages}loans/{UUID}/"),
        ("recheck", "实地复核", f"{pages}rechecks/{UUID}/"), ("sample-order", "责令纠正", f"{pages}orders/{UUID}/"),
    ):  # fmt: skip
        take(name, title, "conduct", album.links("conduct", first, pattern)[0])


def _text(album, username, path):
    page = album.page(username)
    page.goto(path)
    return page.inner_text("main")


def _refuse(page, working):
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    answer = page.request.post(
        f"{BASE}{working}step/approve_report/", form={"csrfmiddlewaretoken": token}, headers={"Referer": BASE + working}
    )
    page.set_content(
        answer.text().replace('href="/static', f'href="{BASE}/static').replace('src="/static', f'src="{BASE}/static')
    )
    page.wait_for_timeout(400)


main()
