"""The whole life of an accountability in real browsers: clue, decision, what others decide, appeal, execution, closing,
two visits, release on its day, the appointment check. The office's date moves along; each act by whose work it is.
"""

import datetime as dt
import re
import time
import zipfile
from io import BytesIO

import pytest

from tests.journeys.ordinary import (
    TODAY,
    adjudicated,
    complete,
    handed_over,
    inquired,
    instruction,
    issued,
    link,
    sat,
    started,
    upload,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journey-life")]
TITLE = "一生演练窗口超时"
WHO = "单某某"
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def life(office, server):
    """The whole life, lived once; the tests look back at it."""
    lived = Life(office, server)
    lived.live()
    return lived


class Life:
    def __init__(self, office, server):
        self.office, self.server = office, server
        self.today = dt.date.fromisoformat(TODAY)
        self.seen = {}

    def live(self):
        for stage in (
            self.decided, self.served, self.others_decide, self.appealed, self.executed, self.closed, self.visited, self.visited_again,
            self.last_day, self.released, self.recommended,
        ):  # fmt: skip
            stage()

    def move(self, day):
        """The office's date, as an operator moves it: the server starts anew with it."""
        self.today = day
        self.server.stop()
        self.server.start(WENZE_TODAY=day.isoformat())

    @property
    def day(self):
        return self.today.isoformat()

    def panel(self, panel, username="inspector"):
        page = self.office.page(username)
        page.goto(f"{self.case}panel/{panel}/")
        return page

    def press(self, username, panel, button):
        page = self.panel(panel, username)
        page.locator(f"button:has-text('{button}')").first.click()
        page.wait_for_load_state()
        return page

    # --- to the decision: admonished, and proposed for removal -------------------------------------------------------
    def decided(self):
        office = self.office
        self.case, self.number = started(office, TITLE)
        inquired(
            office, self.case, TITLE,
            [{"measures": ["诫勉", "建议免职"], "removed_posts": "党组书记、局长"}, {"measures": ["检查"]}],
        )  # fmt: skip
        review = self.case.replace("/cases/", "/review/")
        office.fill(
            "conduct", review + "joint/", "召集", conduct="康演练", casemgmt="安虚拟", trial="沈假设", handling="裴样稿", papers_complete_on=TODAY,
        )  # fmt: skip
        url = link(self.panel("review", "conduct"), "召集")
        for username in ("conduct", "casemgmt", "trial2", "inspector4"):
            office.fill(username, url + "opinion/", "写下", choice="同意", reason="事实清楚")
        office.fill("conduct", url + "open/", "开会", held_on=TODAY, place="会议室")
        office.fill("conduct", url + "conclude/", "形成纪要", conclusion="同意报常委会")
        adjudicated(office, self.case, "trial")
        sat(office, self.case, TITLE)
        self.press("casemgmt", "review", "提请预审")
        office.sign("principal", TITLE)
        superior = office.page("superior")
        superior.goto("/review/")
        asked = superior.locator("main a", has_text=TITLE).first.get_attribute("href")
        office.fill("superior", asked, "出具意见书", opinion="同意", reason="处理与同类平衡")
        self.press("casemgmt", "review", "登记预审意见")
        issued(office, self.case, self.number, TITLE)
        self.seen["decision"] = self.panel("decision").locator("#panel").inner_text()

    def served(self):
        complete(self.office, self.case, ("送达", "宣布"))
        self.press("inspector", "execution", "转入执行")

    def others_decide(self):
        """The committee that manages him removes him; it counts from its own day."""
        self.move(self.today + 12 * DAY)
        self.removed_on = self.today - 2 * DAY
        url = self.panel("decision").locator("#panel a", has_text="建议组织处理").first.get_attribute("href")
        self.office.fill(
            "inspector", url, "登记回复", replied_on=self.day, words="已决定免职", measures=["免职"], decided_on=self.removed_on.isoformat(),
            number="示例市委干〔2026〕51号",
        )  # fmt: skip
        self.release = dt.date.fromisoformat(
            re.search(
                r"影响期至 \d{4}-\d\d-\d\d，(\d{4}-\d\d-\d\d) 可用",
                self.panel("execution").locator("#panel").inner_text(),
            )[1]
        )

    # --- appeal: others look again, the admonishment becomes a circulated criticism -----------------------------------
    def appealed(self):
        office = self.office
        page = office.fill(
            "casemgmt", self.case + "appeals/new/", "登记", subject_id=WHO, channel="申诉", filed_on=self.day, statement="诫勉偏重，请求变更。",
            scan=upload("申诉书.pdf"),
        )  # fmt: skip
        url = re.sub(r"^https?://[^/]+", "", page.url)
        assert office.page("inspector3").request.get(self.case).status == 404
        office.fill("casemgmt", url, "受理", reviewer="罗样本", second_reviewer="姜某某")
        office.fill(
            "inspector3", url, "提交复查意见", result="变更", measures=["通报"], finding="一节责任不能成立，诫勉偏重。", discussed_on=self.day,
            told_to="本人，所在党组织",
        )  # fmt: skip
        page = office.press("casemgmt", url, "制发请示，报同级党委")
        instruction(office, self.number, on=self.day)
        office.press("casemgmt", url, "提请签发处理决定")
        office.sign("principal", WHO)
        self.seen["while unconfirmed"] = self.panel("execution").locator("#panel").inner_text()
        office.press("principal", url, "确认影响期")
        self.seen["appeal"] = office.page("principal").locator("main").inner_text()
        assert office.page("inspector3").request.get(self.case).status == 404, "his reading ended with the answer"

    def executed(self):
        assert complete(self.office, self.case, None, on=self.day) > 10
        assert complete(self.office, self.case, None, on=self.day) == 0

    def closed(self):
        handed_over(self.office, self.case, on=self.day)
        self.press("casemgmt", "execution", "结案归档")
        assert "已结案" in self.panel("history").locator("main").inner_text()
        page = self.office.page("casemgmt")
        page.goto(self.case.replace("/cases/", "/followup/cases/") + "volume/")
        page.locator("main [name='reason']").fill("移交档案室")
        with page.expect_download() as download:
            page.locator("main button").first.click()
        with zipfile.ZipFile(BytesIO(download.value.path().read_bytes())) as volume:
            self.seen["volume"] = volume.namelist()

    # --- 谁问责谁回访 --------------------------------------------------------------------------------------------------
    def _visit(self, which, conclusion, **more):
        page = self.panel("execution")
        url = page.locator("#panel a", has_text=which).first.get_attribute("href")
        self.office.fill(
            "inspector", url, "登记回访", held_on=self.day, place="单位", second_visitor="林样张", talk="认识到位", work="牵头整改见效",
            conclusion=conclusion, **more,
        )  # fmt: skip
        return url

    def visited(self):
        self.move(self.today + 60 * DAY)
        self._visit("首次回访", "继续帮教", mood="消极", care="协调工作安排")
        url = self.panel("execution").locator("#panel a[href^='/followup/tracking/']").first.get_attribute("href")
        page = self.office.fill(
            "inspector", url + "care/", "列入", kind="关心关爱", text="协调安排专项工作", owner="示例市委组织部",
            due_on=(self.today + 30 * DAY).isoformat(),
        )  # fmt: skip
        self.office.fill("inspector", link(page, "协调安排专项工作"), "登记落实情况", done_on=self.day, result="已安排")

    def visited_again(self):
        self.move(self.release - 20 * DAY)
        self.last_visit = self._visit("影响期满前回访", "建议使用")
        page = self.office.page("inspector")
        page.goto(self.last_visit)
        self.seen["too early"] = page.locator("main").inner_text()

    # --- released on the right day ------------------------------------------------------------------------------------
    def _check(self):
        return self.office.fill(
            "hr", "/hr/check/", "查询", purpose="提拔", on=self.day, reference="拟提拔考察", asked=WHO,
        )  # fmt: skip

    def last_day(self):
        self.move(self.release - DAY)
        self.seen["last day"] = self._check().locator("main").inner_text()
        assert self.server.count("documents_officialdocument WHERE kind = 'D47'") == self._notices_of_others()

    def _notices_of_others(self):
        return self.server.count(
            f"documents_officialdocument WHERE kind = 'D47' AND issued_on < '{self.release.isoformat()}'"
        )

    def released(self):
        self.move(self.release)
        for _ in range(120):  # nothing is called: the started server alone tells it
            text = self.panel("documents").locator("#panel").inner_text()
            if "影响期满通知" in text:
                break
            time.sleep(0.5)
        self.seen["documents"] = text
        page = self._check()
        self.seen["release day"] = page.locator("main").inner_text()
        pdf = page.request.get(page.locator("main a:has-text('回复（PDF）')").get_attribute("href")).body()
        assert pdf.startswith(b"%PDF")
        page = self.office.fill(
            "hr", page.locator("main a:has-text('写明判断')").first.get_attribute("href"), "记明判断", judgement="适合使用",
            reason="两年来表现突出",
        )  # fmt: skip
        self.seen["judged"] = page.locator("main").inner_text()

    def recommended(self):
        self.office.press("inspector", self.last_visit, "提请签发使用建议函")
        for leader in ("head", "deputy"):
            self.office.sign(leader, "建议使用")
        hr = self.office.page("hr")
        hr.goto("/hr/?q=" + WHO)
        self.seen["hr refused"] = hr.request.get(self.case).status
        hrefs = [a.get_attribute("href") for a in hr.locator("main a[href^='/hr/cadres/']").all()]
        texts = []
        for href in dict.fromkeys(hrefs):
            hr.goto(href)
            texts.append(hr.locator("main").inner_text())
        self.seen["hr"] = "\n".join(texts)


def test_he_is_admonished_and_proposed_for_removal(life):
    assert "诫勉" in life.seen["decision"]
    assert "建议免职" in life.seen["decision"]
    assert "待有权机关决定" not in life.seen["appeal"]


def test_the_removal_counts_from_the_day_of_the_body_that_may(life):
    removed = life.removed_on
    try:
        wanted = removed.replace(year=removed.year + 2)
    except ValueError:
        wanted = dt.date(removed.year + 2, 3, 1)
    assert life.release == wanted


def test_the_appeal_made_the_measure_lighter_and_the_old_period_void_from_the_start(life):
    assert "变更为通报" in life.seen["appeal"]
    assert "影响期自始不存在" in life.seen["appeal"]


def test_the_closed_volume_holds_documents_evidence_and_its_own_verification(life):
    names = "\n".join(life.seen["volume"])
    for part in ("verify.py", "manifest.json", "文书/", "证据/", "台账/"):
        assert part in names


def test_he_is_restricted_on_the_last_day_and_released_on_the_next(life):
    assert "在影响期内，受限" in life.seen["last day"]
    assert (life.release - DAY).isoformat() in life.seen["last day"]
    assert "无在影响期的处理" in life.seen["release day"]
    assert "影响期自始不存在" in life.seen["release day"]
    assert "影响期满通知" in life.seen["documents"]


def test_suitability_stays_the_judgement_of_hr_with_its_reason(life):
    assert "由组织人事部门判断" in life.seen["release day"]
    assert "适合使用：两年来表现突出" in life.seen["judged"]


def test_his_use_is_recommended_after_the_release_and_not_before(life):
    assert "尚在影响期内" in life.seen["too early"]
    assert "使用的建议函" in life.seen["hr"]
    assert life.seen["hr refused"] == 404


def test_the_ledger_of_the_whole_life_is_whole(life):
    assert "全部相符" in life.server.manage("verify_ledger", "--commission", "DEMO")
