"""A filing in advance comes to a case: found at initiation, it cannot be passed over in silence; it ends in an exemption.

The filing is the demonstration's registered one; how a unit files is walked where the filing's own screens are.
"""

import datetime as dt
import re

import pytest

from tests.journeys.ordinary import TODAY, adjudicated, link, register, reported, sat, upload, verified

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("journey-tolerance")]
TITLE = "容错演练办件试点失误"
WHO = "褚某壬"
ACT = (dt.date.fromisoformat(TODAY) - dt.timedelta(60)).isoformat()
SOON = (dt.date.fromisoformat(TODAY) + dt.timedelta(30)).isoformat()
FILING = "“一窗通办”试点容错备案"
CLAUSES = ("practice", "conditions", "risks", "loss", "period")


class Tolerated:
    """The matter, carried by the people of the office; what the pages showed on the way is kept for the tests."""

    def __init__(self, office):
        self.office, self.seen = office, {}

    def panel(self, panel, username="inspector"):
        page = self.office.page(username)
        page.goto(f"{self.case}panel/{panel}/")
        return page

    def href(self, panel, text):
        """Where a link within the panel leads; the gates beside it use the same words."""
        return self.panel(panel).locator("#panel a", has_text=text).first.get_attribute("href")

    def told(self, panel, username="inspector"):
        return self.panel(panel, username).locator("#panel").inner_text()

    def press(self, username, panel, button):
        page = self.panel(panel, username)
        page.locator(f"button:has-text('{button}')").first.click()
        page.wait_for_load_state()
        return page

    def initiated(self):
        office = self.office
        clue = register(office, TITLE, cadre_1=WHO)
        verified(office, clue, TITLE)
        office.fill(
            "inspector", clue + "assess/", "提请室主任签批", situation="S04", act="成立", act_basis="台账", consequences=["恶劣影响"],
            consequence_basis="投诉集中", exit="启动问责调查", exit_reason="行为在，后果具备",
        )  # fmt: skip
        office.sign("head", TITLE)
        page = office.fill(
            "inspector",
            clue + "initiate/",
            "提请启动",
            brief="试点办件失误",
            act_on_1=ACT,
            tier_1="重要领导责任",
            act_1="试点办件补件超期",
        )
        self.case = re.sub(r"^https?://[^/]+", "", page.url)
        self.seen["search"] = self.told("tolerance")
        office.press("inspector", self.case, "提请批准启动")
        office.sign("deputy", TITLE)
        office.sign("principal", TITLE)

    def investigated(self):
        office, case = self.office, self.case
        office.fill("inspector", case + "team/", "确定", leader="程示例", members=["程示例", "林样张"])
        for member in ("inspector", "inspector2"):
            office.fill(member, case + "declare/", "声明")
        office.fill("inspector", case + "plan/", "提请分管领导批准", scope="试点", steps="两周", safety="不扩散")
        office.sign("deputy", TITLE)
        office.fill(
            "inspector", case + "evidence/", "封存", uploads=[upload("备案表.pdf"), upload("办件台账.pdf")], kind="书证",
            source="档案局", taken_on=TODAY, second_taker_name="林样张",
        )  # fmt: skip
        for kind, text in (
            ("问题事实", "补件超期"), ("结果事实", "投诉集中"), ("责任事实", "试点分管"), ("因果事实", "超期致投诉"),
        ):  # fmt: skip
            office.fill("inspector", case + "facts/", "保存", kind=kind, text=text, evidence=["证1", "证2"])
        office.fill(
            "inspector",
            case + "trail/",
            "保存",
            happened_on=ACT,
            kind="执行",
            subject=WHO,
            text="按备案办理试点",
            evidence=["证2"],
        )
        office.fill(
            "inspector", case + "attributions/", "保存", subject=WHO, outside_list="三定规定", event=WHO, fact="试点分管",
            power="执行责任", tier="重要领导责任", liability="领导责任", failure="执行不当", reasoning="分管试点",
        )  # fmt: skip
        statement = self.href("hearing", "事实材料")
        office.fill("inspector", statement, "送交")
        office.fill(
            "inspector", statement.replace("statement", "hearing"), "保存笔录", met_on=TODAY, place="谈话室", second_name="林样张",
            statement="按备案办理", opinion="属实",
        )  # fmt: skip
        office.press("inspector", case, "见面完成，制作笔录")

    def refused_in_silence(self):
        page = self.office.page("inspector")
        page.goto(self.case)
        self.seen["silence"] = page.locator("main").inner_text()
        self.seen["dead"] = page.locator("button:has-text('提请审批报告')").is_disabled()

    def answered(self):
        office = self.office
        answer = self.href("tolerance", "书面答复")
        sides = {f"done_{key}": "照备案办理" for key in CLAUSES}
        sides |= {f"kept_{key}": "与备案一致" for key in CLAUSES} | {f"evidence_{key}": ["证1"] for key in CLAUSES}
        office.fill(
            "inspector", answer, "答复", in_scope="在备案范围内", negative="没有命中", correction="及时纠错", correction_note="已补件",
            effect="免予问责", answer="在备案范围内，按备案实施", **sides,
        )  # fmt: skip

    def weighed(self):
        office = self.office
        self.seen["unweighed"] = self.told("tolerance")
        lines = {
            "motive": "为公", "motive_reason": "方便群众", "ban": "无禁", "ban_reason": "没有禁止", "intent": "无意", "intent_reason": "难以预见",
            "distinction": "缺乏经验", "effect": "免予问责",
        }  # fmt: skip
        opinion = self.href("tolerance", "写三个区分意见")
        office.fill("inspector", opinion, "保存意见", assessor="承办室", **lines)
        for who, body in (("组织人事部门", "示例市委组织部"), ("主管部门", "政务服务局党组")):
            office.fill(
                "inspector", opinion, "保存意见", assessor=who, organization=body, letter_number="示例函〔2026〕1号", letter_on=TODAY,
                scan=upload("来函.pdf"), **lines,
            )  # fmt: skip
        self.seen["panel"] = self.told("tolerance")

    def exempted(self):
        office, case = self.office, self.case
        office.fill(
            "inspector", self.href("proposal", "拟意见"), "保存", outcome="免予问责", reason="先行先试，事前备案"
        )
        reported(office, case, TITLE)
        adjudicated(office, case, "trial")
        sat(office, case, TITLE)
        if self.panel("review", "casemgmt").locator("button:has-text('提请预审')").count():
            self.press("casemgmt", "review", "提请预审")
            office.sign("principal", TITLE)
            superior = office.page("superior")
            superior.goto("/review/")
            asked = superior.locator("main a", has_text=TITLE).first.get_attribute("href")
            office.fill("superior", asked, "出具意见书", opinion="同意", reason="容错得当")
            self.press("casemgmt", "review", "登记预审意见")
        office.press("casemgmt", case, "提请签发决定")
        office.sign("principal", TITLE)
        self.seen["decision"] = self.told("decision")

    def items(self, username="inspector"):
        rows = self.panel("execution", username).locator("#panel tbody tr", has=self.office.page(username).locator("a"))
        return {
            row.locator("td").nth(1).inner_text(): row.locator("a").last.get_attribute("href") for row in rows.all()
        }

    def corrected(self):
        office = self.office
        office.fill("inspector", self.items()["发出纠错通知"], "发出纠错通知", text="逐件补齐，建立提醒", due_on=SOON)
        item = self.items()["整改"]
        office.fill("inspector", item, "报告纠错情况", reported_on=TODAY, text="已补齐", proof=upload("报告.pdf"))
        page = office.page("inspector")
        page.goto(item)
        self.seen["own"] = page.locator("main").inner_text()
        page = office.page("casemgmt")
        page.goto(item)
        office.fill("casemgmt", link(page, "退回"), "退回", answer="提醒制度没有附")
        office.fill(
            "inspector", item, "报告纠错情况", reported_on=TODAY, text="已补齐，附提醒制度", proof=upload("制度.pdf")
        )
        page.goto(item)
        office.fill("casemgmt", link(page, "验收"), "验收通过", answer="属实")
        page.goto(item)
        self.seen["accepted"] = page.locator("main").inner_text()

    def cleared(self):
        office = self.office
        draft = self.href("tolerance", "拟澄清正名函")
        page = office.fill(
            "inspector",
            draft,
            "拟稿",
            concern="在试点中的问题",
            words="事前备案，按备案实施，已经纠正。",
            scope="局机关全体干部",
        )
        letter = re.sub(r"^https?://[^/]+", "", page.url)
        office.press("casemgmt", letter, "签发澄清正名函")
        office.fill("inspector", letter, "登记澄清", cleared_on=TODAY, cleared_how="在全体干部会议上宣读")
        self.seen["after"] = self.told("tolerance")
        hr = office.page("hr")
        hr.goto(f"/hr/?q={WHO}")
        hr.goto(hr.locator("main a", has_text=WHO).first.get_attribute("href"))
        self.seen["hr"] = hr.locator("main").inner_text()


@pytest.fixture(scope="module")
def matter(office):
    """The whole matter, carried once; the tests look back at it."""
    found = Tolerated(office)
    for stage in (
        found.initiated, found.investigated, found.refused_in_silence, found.answered, found.weighed, found.exempted, found.corrected, found.cleared,
    ):  # fmt: skip
        stage()
    return found.seen


def test_the_initiation_finds_the_filing(matter):
    assert FILING in matter["search"]
    assert "须答复" in matter["search"]


def test_silence_keeps_the_report_back_and_names_the_filing(matter):
    assert matter["dead"]
    assert re.search(rf"{WHO}的备案.*容备.*没有书面答复", matter["silence"])


def test_filed_and_done_stand_side_by_side_and_three_offices_speak_on_three_lines(matter):
    for word in ("材料容缺受理，先办后补", "照备案办理", "按备案实施", "没有命中", "及时纠错"):
        assert word in matter["panel"]
    assert "没有承办室的三个区分意见" in matter["unweighed"]
    assert "没有主管部门的三个区分意见" not in matter["panel"]
    for word in ("承办室", "组织人事部门", "主管部门", "为公", "无禁", "无意"):
        assert word in matter["panel"]


def test_he_is_exempted_puts_it_right_and_another_accepts(matter):
    assert "免予问责" in matter["decision"]
    assert "报告待另一人验收" in matter["own"]
    assert "提醒制度没有附" in matter["accepted"]
    assert "通过" in matter["accepted"]


def test_his_name_is_cleared_and_hr_sees_that_and_nothing_of_the_case(matter):
    assert "纪正〔" in matter["after"]
    assert "已澄清" in matter["after"]
    assert "局机关全体干部" in matter["hr"]
    assert "补件超期" not in matter["hr"]
