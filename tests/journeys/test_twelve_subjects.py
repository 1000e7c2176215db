"""The hard case in real browsers: twelve subjects, three batches, reviews by four offices and two commissions.

Every act is done on the page by the account whose work it is; the people are those of the old brickworks (case-12).
"""

import datetime as dt
import re

import pytest

from tests.journeys.ordinary import PDF, SAID, adjudicated, compared, instruction, issued, link, reported, sat, upload

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("journey-twelve")]
TODAY = dt.date.today().isoformat()  # noqa: DTZ011, TID251 -- the office's own date is on the page; this is typed into it
SOON = (dt.date.today() + dt.timedelta(20)).isoformat()  # noqa: DTZ011, TID251
TITLE = "十二对象演练坍塌事故"
MAIN, FULL, IMPORTANT = "主要领导责任", "全面领导责任", "重要领导责任"
C1, C2, C3, C4, C5 = "单某某（原", "赵甲一（", "杨䶮某（某某镇委员会", "孙甲三（", "阿某某·示例（"
C6, C7, C8 = "李甲六（", "周甲七（", "吴甲八（"
O1, O2, O3, O4 = "某某镇委员会", "应急管理局党组", "示例县分局党组", "仓储有限公司支部"
FIRST_BATCH = (
    (C1, MAIN, "2024-03-29"), (O1, FULL, "2024-03-29"), (C2, MAIN, "2024-03-18"), (C3, IMPORTANT, "2024-03-29"),
    (O2, FULL, "2025-08-27"), (C4, MAIN, "2024-07-31"), (O4, FULL, "2024-04-26"), (C7, MAIN, "2025-07-10"),
    (C5, MAIN, "2025-03-19"),
)  # fmt: skip


def rows(subjects):
    """The fields of the subjects, row by row, as one fills them in."""
    typed = {}
    for number, (who, tier, day) in enumerate(subjects, 1):
        kind = "organization" if tier == FULL else "cadre"
        typed |= {
            f"{kind}_{number}": who, f"act_on_{number}": day, f"tier_{number}": tier, f"act_{number}": "未履行安全监管职责",
        }  # fmt: skip
    return typed


@pytest.fixture(scope="module")
def told(office):
    """The case, carried through every stage once; the tests look at what stands at its end."""
    journey = Journey(office)
    journey.run()
    return journey


class Journey:
    def __init__(self, office):
        self.office = office

    def run(self):
        for stage in (
            self.clue, self.initiation, self.second_clue, self.batches, self.team, self.inquiry, self.hearings, self.report,
            self.joint_review, self.adjudication, self.first_sitting, self.pre_review, self.second_sitting, self.decision,
        ):  # fmt: skip
            stage()

    def page(self, panel, username="inspector"):
        page = self.office.page(username)
        page.goto(f"{self.case}panel/{panel}/")
        return page

    def hrefs(self, panel, words):
        return [a.get_attribute("href") for a in self.page(panel).locator(f"#panel a:has-text('{words}')").all()]

    def _assigned(self, title, **more):
        office = self.office
        page = office.fill(
            "conduct", "/clues/register/", "登记", title=title, received_on=TODAY, happened_on="2025-11-13", field="安全生产",
            summary="库房坍塌，三人死亡。", **more,
        )  # fmt: skip
        clue = re.sub(r"^https?://[^/]+", "", page.url)
        office.fill(
            "conduct", clue + "assign/", "提请签批", office="第三监督检查室", handler="程示例", consultation="建议承办"
        )
        for leader in ("deputy", "principal"):
            office.sign(leader, title)
        return clue

    def clue(self):
        office = self.office
        clue = self._assigned(TITLE, source="事故调查移交", cadre_1=C1, allegation_1="失管失察")
        office.fill("inspector", clue + "plan/", "提请批准", plan="调阅事故材料", members=["程示例", "林样张"])
        office.sign("head", TITLE)
        office.fill("inspector", clue + "report/", "提交报告", findings="三次检查未闭环。", conclusion="属实")
        office.fill(
            "inspector", clue + "assess/", "提请室主任签批", situation="S09", act="成立", act_basis="事故调查报告",
            consequences=["恶劣影响"], consequence_basis="三人死亡", exit="启动问责调查", exit_reason="行为在，后果具备",
        )  # fmt: skip
        office.sign("head", TITLE)
        self.first_clue = clue

    def initiation(self):
        office, page = self.office, self.office.page("inspector")
        page.goto(self.first_clue + "initiate/")
        for _ in range(2):  # nine rows need more than the four that are shown
            page.locator("button:has-text('再加四个对象')").click()
            page.wait_for_load_state()
        page = office.fill_in(
            "inspector", self.first_clue, "提请启动", brief="三次检查未闭环，三人死亡", **rows(FIRST_BATCH),
            without_leaders_reason_7="其责任人为直接责任者，已立案审查", filed_review_number_9="示县纪立〔2025〕27号",
            handed_to_9="示例县纪委监委",
        )  # fmt: skip
        self.case = re.sub(r"^https?://[^/]+", "", page.url)
        self.number = page.locator(".case-no").first.inner_text()
        office.press("inspector", self.case, "提请批准启动")
        for leader in ("deputy", "principal"):
            office.sign(leader, TITLE)

    def second_clue(self):
        clue = self._assigned(
            "十二对象演练督办件", source="上级交办督办", source_reference="示例省纪督〔2026〕8号", reply_due_on=SOON
        )
        self.office.fill("inspector", clue + "join/", "并案", case_id=TITLE, reason="同一事故")

    def batches(self):
        office = self.office
        for subjects, needs_committee in (
            ([(C8, MAIN, "2025-10-31")], True),
            ([(O3, FULL, "2025-11-05"), (C6, MAIN, "2024-04-15")], False),
        ):
            page = office.fill(
                "inspector",
                self.case + "supplement/",
                "提请补充启动",
                reason="调查中发现，须一并查明",
                **rows(subjects),
            )
            assert "待批准" in page.locator("#panel").inner_text()
            if needs_committee:  # 条例第九条: the button is dead until the Party committee's chief has said yes
                assert page.locator("button:has-text('提请批准补充启动')").is_disabled()
                assert "同级党委主要负责人批件" in page.locator("#panel").inner_text()
                page = self.page("subjects")
                page.locator("button:has-text('报同级党委')").first.click()
                page.wait_for_load_state()
                instruction(office, self.number)
                page = self.page("subjects")
            page.locator("button:has-text('提请批准补充启动')").first.click()
            page.wait_for_load_state()
            for leader in ("deputy", "principal"):
                office.sign(leader, self.number)

    def team(self):
        office, case = self.office, self.case
        office.fill("inspector", case + "team/", "确定", leader="程示例", members=["程示例", "林样张"])
        for member in ("inspector", "inspector2"):
            office.fill(member, case + "declare/", "声明")
        office.fill(
            "inspector", case + "plan/", "提请分管领导批准", scope="决策、检查、督办", steps="两个月", safety="不扩散"
        )
        office.sign("deputy", TITLE)
        office.fill("inspector", case + "extension/", "提请分管领导批准", reason="鉴定未完")
        office.sign("deputy", TITLE)

    def inquiry(self):
        office, case = self.office, self.case
        office.fill(
            "inspector", case + "evidence/", "封存", uploads=[upload(f"书证{n}.pdf") for n in "甲乙丙丁戊己"], kind="书证",
            source="县镇两级档案", taken_on=TODAY, second_taker_name="林样张",
        )  # fmt: skip
        for kind, text in (
            ("问题事实", "三次检查未闭环"),
            ("结果事实", "三人死亡"),
            ("责任事实", "职责未履行"),
            ("因果事实", "未停用致人员在库内"),
        ):
            office.fill("inspector", case + "facts/", "保存", kind=kind, text=text, evidence=["证1", "证2"])
        self.names = [
            row.locator("td").first.evaluate("cell => cell.firstChild.textContent.trim()")
            for row in self.page("subjects").locator("#panel table tbody tr").all()
            if "已另行了结" not in row.inner_text()
        ]
        for name in self.names:
            is_body = "中共" in name
            office.fill(
                "inspector", case + "trail/", "保存", happened_on="2025-03-28", kind="处置", subject=name, text=f"{name}未停用",
                evidence=["证3"],
            )  # fmt: skip
            office.fill(
                "inspector", case + "attributions/", "保存", subject=name, outside_list="三定规定", event=name,
                fact="职责未履行", power="监管责任", tier=FULL if is_body else IMPORTANT if "杨" in name else MAIN,
                liability="领导责任", failure="执行不力", reasoning="职责明确",
            )  # fmt: skip
        for name, code in (("杨䶮某", "E17-2"), ("李甲六", "E17-1")):
            office.fill(
                "inspector",
                case + "circumstances/",
                "保存",
                subject=name,
                kind="不予或免予",
                code=code,
                text="有会议记录为证",
                evidence=["证1"],
            )

    def hearings(self):
        office = self.office
        for url in self.hrefs("tolerance", "书面答复"):
            page = office.page("inspector")
            page.goto(url)
            names = [field.get_attribute("name") for field in page.locator("main [name^='done_']").all()]
            sides = dict.fromkeys(names, "另有做法") | ({"in_scope": "不在备案范围内"} if names else {})
            for name in names:
                key = name.removeprefix("done_")
                sides |= {f"kept_{key}": "有出入", f"evidence_{key}": ["证1"]}
            office.fill_in("inspector", url, "答复", effect="不适用", answer="不在本案范围。", **sides)
        for url in self.hrefs("hearing", "事实材料"):
            page = office.fill("inspector", url, "送交")
            refused = "周甲七" in page.locator(f"#panel a[href='{url}']").first.evaluate(
                "e => e.closest('section,tr,div').innerText"
            )
            more = {"refusal_explanation": "当场拒签，两人在场"} if refused else {}
            office.fill(
                "inspector", url.replace("statement", "hearing"), "保存笔录", met_on=TODAY, place="谈话室", second_name="林样张",
                statement="陈述如下", opinion="拒签" if refused else "属实", **more,
            )  # fmt: skip
        office.press("inspector", self.case, "见面完成，制作笔录")

    def report(self):
        office, case = self.office, self.case
        told = {
            "单某某": {"outcome": "问责", "measures": ["建议免职"], "removed_posts": "县住建局局长", "refer_to": "示例县纪委监委"},
            "周甲七": {"outcome": "问责", "measures": ["政务记过"]}, "杨䶮某": {"outcome": "不予问责"}, "李甲六": {"outcome": "免予问责"},
            "吴甲八": {"outcome": "第一种形态处理", "requirement": "建立督办复核", "due_on": SOON}, "孙甲三": {"outcome": "问责", "measures": ["通报"]},
        }  # fmt: skip
        for url in self.hrefs("proposal", "拟意见"):
            page = office.page("inspector")
            page.goto(url)
            name = re.search(r"对(.+)的拟处理意见", page.locator("h1").inner_text())[1]
            default = {"outcome": "问责", "measures": ["检查" if "中共" in name else "诫勉"]}
            office.fill_in("inspector", url, "保存", reason="责任明确", **told.get(name, default))
        reported(office, case, TITLE)

    def joint_review(self):
        office, review = self.office, self.case.replace("/cases/", "/review/")
        page = office.fill(
            "conduct",
            review + "joint/",
            "召集",
            conduct="康演练",
            casemgmt="安虚拟",
            trial="申模拟",
            handling="裴样稿",
            papers_complete_on=TODAY,
        )
        url = link(self.page("review", "conduct"), "召集")
        for username, choice in (("conduct", "同意"), ("casemgmt", "同意"), ("trial", "反对"), ("inspector4", "同意")):
            page = office.page(username)
            page.goto(url)
            assert username == "conduct" or "责任链条完整" not in page.locator("main").inner_text(), (
                "unseen until the meeting opens"
            )
            office.fill(
                username,
                url + "opinion/",
                "写下",
                choice=choice,
                reason="责任链条完整" if choice == "同意" else "诫勉偏重，建议通报",
            )
        office.fill("conduct", url + "open/", "开会", held_on=TODAY, place="第二会议室")
        office.fill("conduct", url + "conclude/", "形成纪要", conclusion="分歧列明，报常委会")
        assert "诫勉偏重" in self.page("review", "conduct").locator("#panel").inner_text()

    def adjudication(self):
        adjudicated(self.office, self.case, "trial2")

    def first_sitting(self):
        sat(self.office, self.case, TITLE)

    def pre_review(self):
        office = self.office
        page = self.page("review", "casemgmt")
        page.locator("button:has-text('提请预审')").first.click()
        page.wait_for_load_state()
        office.sign("principal", TITLE)
        superior = office.page("superior")
        superior.goto("/review/")
        url = superior.locator("main a", has_text=TITLE).first.get_attribute("href")
        superior.goto(self.case)
        assert TITLE in superior.locator("main").inner_text(), "it reads the case while it is asked"
        superior.goto(url)
        self.position = {
            field.get_attribute("name").rpartition("_")[2]: superior.locator(
                f"label[for='{field.get_attribute('id')}']"
            ).inner_text()
            for field in superior.locator("main select[name^='outcome_']").all()
        }
        c8, o3 = self.at("吴甲八"), self.at("分局党组")
        office.fill_in(
            "superior", url, "出具意见书", opinion="变更处理", reason="责任不能都压给县镇",
            **{f"outcome_{c8}": "问责", f"measures_{c8}": ["诫勉"], f"why_{c8}": "发现后不督办到底", f"outcome_{o3}": "第一种形态处理",
               f"why_{o3}": "没有因果，达不到门槛"},
        )  # fmt: skip
        assert superior.request.get(self.case).status == 404, "its reading ended with its opinion"
        page = self.page("review", "casemgmt")
        page.locator("button:has-text('登记预审意见')").first.click()
        page.wait_for_load_state()

    def at(self, words):
        return next(number for number, label in self.position.items() if words in label)

    def second_sitting(self):
        c8, o3 = self.at("吴甲八"), self.at("分局党组")
        page = self.page("ruler", "casemgmt")
        rulers = {
            name: page.locator("#panel a", has_text=name).first.get_attribute("href") for name in ("吴甲八", "分局党组")
        }
        compared(self.office, "casemgmt", rulers["吴甲八"] + "?outcome=accountable&measures=admonishment")
        compared(self.office, "casemgmt", rulers["分局党组"] + "?outcome=first_form")
        page.goto(self.case + "deliberation/")
        page.locator(f"input[name='measures_{o3}'][value='inspection']").uncheck()
        self.office.fill_in(
            "casemgmt", self.case, "提请主要负责人签发", held_on=TODAY, place="会议室", agenda="再研究", chair="朱主任", recorder="记某",
            expected="7", views=SAID, conclusion="采纳上级意见",
            **{f"outcome_{c8}": "问责", f"measures_{c8}": ["诫勉"], f"need_{c8}": "", f"due_{c8}": "", f"outcome_{o3}": "第一种形态处理",
               f"need_{o3}": "补齐试点台账", f"due_{o3}": SOON},
        )  # fmt: skip
        self.office.sign("principal", TITLE)

    def decision(self):
        issued(self.office, self.case, self.number, TITLE)


def test_twelve_subjects_are_carried_from_initiation_to_issued_decisions(told):
    page = told.page("decision")
    text = page.locator("#panel").inner_text()
    for mark in ("纪问〔", "监问〔", "纪建〔", "纪移〔", "纪不问〔", "纪免问〔", "纪一〔"):
        assert mark in text, mark
    assert len(told.names) == 11
    for href in [a.get_attribute("href") for a in page.locator("#panel a[href^='/documents/']").all()]:
        assert page.request.get(href).body().startswith(PDF[:4])


def test_the_one_filed_for_review_is_listed_and_not_decided_upon(told):
    text = told.page("subjects").locator("#panel").inner_text()
    assert "并入已立案审查" in text
    assert text.count("第2批") >= 1
    assert "第3批" in text


def test_what_the_county_decides_is_registered_and_counts_from_its_own_day(told):
    page = told.page("decision")
    url = page.locator("#panel a", has_text="建议组织处理").first.get_attribute("href")
    told.office.fill(
        "inspector",
        url,
        "登记回复",
        replied_on=TODAY,
        words="已决定免职",
        measures=["免职"],
        decided_on=TODAY,
        number="示县委干〔2026〕51号",
    )
    text = told.page("decision").locator("#panel").inner_text()
    assert "示县委干〔2026〕51号" in text
    assert re.search(r"单某某.*可用", text.replace("\n", " "))


def test_the_chain_is_drawn_with_a_link_in_every_box(told):
    page = told.page("chain")
    assert page.locator("svg.wz-chain a").count() >= 11 * 3
    page.locator("svg.wz-chain a rect").first.click()
    page.wait_for_load_state()
    assert "/panel/" in page.url
