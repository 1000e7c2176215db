"""The appeal of the ordinary story's cadre, moved on through its pages by the accounts whose work it is."""

from cases.models import Appeal, Decision, Subject
from cases.services import redress
from tests.cases import scenes
from wenze.demo.stories import upload
from wenze.ids import uuid7
from wenze.workflow import offsystem
from wenze.workflow.models import OffSystemApproval

LIGHTER = {"result": "changed", "measures": ["circulation"], "finding": "一节责任不能成立，诫勉偏重。"}


class Room:
    """The appeal of the story's cadre, moved on through its pages by the accounts whose work it is."""

    def __init__(self, client, story):
        self.client, self.story, self.world = client, story, story.world
        self.case = story.run("executing")
        self.subject = Subject.objects.get(case=self.case, kind="cadre")
        self.decision = Decision.objects.get(subject=self.subject)
        self.day = story.later(20)

    def post(self, username, url, **data):
        self.client.force_login(self.world.users[username])
        return self.client.post(url, data)

    def file(self, **changes):
        data = {
            "subject_id": str(self.subject.pk), "channel": "appeal", "filed_on": self.day.isoformat(), "statement": "请求撤销。",
            "scan": upload("申诉书.pdf"), "submission": str(uuid7()), **changes,
        }  # fmt: skip
        return self.post("casemgmt", f"/cases/{self.case.pk}/appeals/new/", **data)

    @property
    def appeal(self):
        return Appeal.objects.get(case=self.case)

    def accept(self, **changes):
        data = {"reviewer": str(self.world.inspector3.pk), "second_reviewer": "姜某某", **changes}
        return self.post("casemgmt", self.appeal.get_absolute_url(), **data)

    def examine(self, **changes):
        data = {**LIGHTER, "discussed_on": self.day.isoformat(), "told_to": "所在党组织", **changes}
        return self.post("inspector3", self.appeal.get_absolute_url(), **data)

    def committee(self, row=None, actor=None):
        row = row or self.appeal
        redress.ask_committee(row=row, actor=self.world.casemgmt, on=self.day)
        asked = OffSystemApproval.objects.get(about_id=row.pk)
        offsystem.enter(
            approval_id=asked.pk, result="approved", approver_name="示例市委", by_meeting=True, approved_on=self.day, instruction="同意",
            scan=upload("批件.pdf"), key=row.data_key, actor=self.world.pcommittee, on=self.day,
        )  # fmt: skip
        offsystem.check(approval_id=asked.pk, actor=self.world.pcommittee2, on=self.day)

    def sign_button(self, row=None, kind="appeals"):
        row = row or self.appeal
        return self.post("casemgmt", f"/cases/{kind}/{row.pk}/press/sign/")

    def examined(self, **changes):
        self.file()
        self.accept()
        self.examine(**changes)

    def decided(self, **changes):
        self.examined(**changes)
        if self.appeal.result == "changed":
            self.committee()
        self.sign_button()
        return scenes.sign(self.client, self.appeal, "decide_appeal", self.world.principal)

    def correct(self, **changes):
        data = {
            "ground": "handling", "result": "revoked", "finding": "不应当问责。", "discussed_on": self.day.isoformat(),
            "submission": str(uuid7()), "clearing": "全局干部大会", **changes,
        }  # fmt: skip
        return self.post("casemgmt", f"/cases/{self.case.pk}/subjects/{self.subject.pk}/correct/", **data)


def named(answer):
    assert answer.status_code == 422, answer.status_code
    return [gap.code for gap in answer.context["missing"]]
