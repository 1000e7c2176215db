"""HR is tried on every address: a canary planted in evidence, talks and drafts comes back nowhere (design §4)."""

import datetime as dt
import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

import pymupdf
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.utils.timezone import make_aware
from openpyxl import Workbook

from cases.services import redress, talks
from followup.models import ReformItem, Tracking
from followup.personnel import SENT_TO_HR
from followup.services import care, reform, release
from followup.views.overview import TABS
from tests.access import planting, walk
from tests.access.test_matrix import exit_rows
from tests.followup.exchanging import HR, content_of, export
from tests.responsibility.telling import lists_of
from tests.review.evaluating import an_evaluation
from tests.review.sampling import a_sample
from wenze.demo import stories
from wenze.demo import world as demo
from wenze.demo.stories import Story, upload
from wenze.demo.twelve import Twelve
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Cadre
from wenze.workflow import approvals
from wenze.workflow.models import Approval

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("canary"), pytest.mark.django_db]

TODAY = dt.date(2027, 9, 1)
OFFICES = ("hr", "hrcounty")
WORDS = quote(planting.WORD)
AFTER = {
    "evidenced", "stated", "attributed", "heard", "reported", "jointly_reviewed", "adjudicated", "served", "appealed", "executed",
}  # fmt: skip
"""The stages of the brickworks after which is planted, so that later papers could quote it; not between an approval and
what is done on it: an approval is bound to the words."""
ROWS = 4
"""Of a model that many addresses take, so many rows at most that HR does not see; of those it sees all."""
SAID = {
    "cases.Fact.text": {"D19", "D20"}, "cases.Circumstance.text": {"D19", "D20"}, "cases.Subject.post_at_the_time": {"D19", "D20", "D48"},
    "followup.Visit.work": {"D48"}, "cases.Case.title": {"D40"},
    "cases.Proposal.removed_posts": {"execution-item", "post-formality", "post-defer"},
}  # fmt: skip
"""What the issued papers of these kinds, sent to HR, say in their own words, and no other page: the facts of the decision, his
work, the case of a letter to HR itself; and which posts he is removed from, which HR carries out."""


@dataclass
class Planted:
    """The world with the canary in it."""

    world: object
    media: str
    counts: Counter = field(default_factory=Counter)


@pytest.fixture(scope="module")
def planted(telling):
    kept = stories.upload.__defaults__
    stories.upload.__defaults__ = (stories.PDF.replace(b"%%EOF", f"%{planting.IN_A_FILE}\n%%EOF".encode()),)
    try:
        made = Planted(demo.build(), settings.MEDIA_ROOT)
        _ordinary(made.world)
        _brickworks(made.world)
    finally:
        stories.upload.__defaults__ = kept
    with override_settings(WENZE_TODAY=TODAY):
        export(made.world, HR)
    made.counts = planting.plant(blanks=True) + planting.plant_papers()
    with override_settings(WENZE_TODAY=TODAY):
        for username in OFFICES:
            _asked(made.world.users[username])
        planting.reindexed()
        yield made


class Brickworks(Twelve):
    """The case of the old brickworks; the marks are written between its stages."""


def _planting(stage):
    def told(self):
        getattr(Twelve, stage)(self)
        planting.plant()

    return told


for _stage in AFTER:
    setattr(Brickworks, _stage, _planting(_stage))


def _brickworks(world):
    """As far as it goes, with a correction that is only proposed."""
    told = Brickworks(world)
    told.run()
    found = redress.Finding(result="revoked", finding="拟撤销。", discussed_on=dt.date(2026, 11, 20))
    redress.propose_correction(
        case_id=told.case.pk, submission=uuid7(), subject_id=told.subjects["C8"].pk, ground="handling", found=found, late_appeal="来信请求。",
        scan=upload("来件.pdf"), actor=world.casemgmt, on=dt.date(2026, 11, 20),
    )  # fmt: skip


def _ordinary(world):
    """A key case through both reviews, pre-reviewed, visited; an appeal found on and not decided; a recommended cadre."""
    start = dt.date(2026, 1, 5)
    with override_settings(WENZE_TODAY=start + dt.timedelta(90)):
        told = Story(world, "gov", "某某政务服务局审批系统停摆问题", start, start - dt.timedelta(30), is_key=True)
        for stage in stories.STAGES:
            getattr(told, stage)()
            if stage == "investigating":
                _talked(told)
            if stage in AFTER:
                planting.plant()
        told.recommended()
        item = ReformItem.objects.get(case=told.case)
        reform.report_item(
            item_id=item.pk,
            reported_on=told.day,
            text="已落实",
            uploads=upload("制度.pdf"),
            actor=world.inspector,
            on=told.day,
        )
        _appealing(Story(world, "edu", "某某教育局投诉办理拖延问题", start, start - dt.timedelta(30)))
        exit_rows(world, told)
        demo.add_filing(world, "gov", start)
    row = Tracking.objects.get(case=told.case, subject__kind="cadre")
    with override_settings(WENZE_TODAY=row.release_date):
        _recommended(told, row)
    an_evaluation(told.case, world)
    a_sample(told.case, world)
    lists_of(world, start + dt.timedelta(90))


def _talked(told):
    day = make_aware(dt.datetime.combine(told.day, dt.time(9)))
    talks.record_talk(
        case_id=told.case.pk, person="知某某", capacity="witness", unit_and_post="科员", second_talker=told.world.inspector2.name, began_at=day,
        ended_at=day + dt.timedelta(hours=1), place="谈话室", rights_told=True, text="问：何时收到？答：六月。", read_back="相符。",
        scan=upload("签字件.pdf"), actor=told.world.inspector, on=told.day,
    )  # fmt: skip


def _appealing(told):
    """In execution; an appeal that was found on and not yet decided."""
    told.run("executing")
    cadre, on = told.case.subjects.get(kind="cadre"), told.later(10)
    appeal = redress.file_appeal(
        case_id=told.case.pk, submission=uuid7(), subject_id=cadre.pk, channel="appeal", filed_on=on, statement="请求撤销。",
        scan=upload("申诉书.pdf"), actor=told.world.casemgmt, on=on,
    )  # fmt: skip
    redress.accept_appeal(
        appeal_id=appeal.pk, reviewer=told.world.inspector3, second_reviewer="姜某某", actor=told.world.casemgmt, on=on
    )
    found = redress.Finding(result="upheld", finding="拟予维持。", discussed_on=on)
    redress.examine_appeal(appeal_id=appeal.pk, found=found, actor=told.world.inspector3, on=on)


def _recommended(told, row):
    """Released, and recommended for use after his last visit."""
    on = row.release_date
    visit = row.plans.get(round="first").visit
    type(visit).objects.filter(pk=visit.pk).update(conclusion="suggest_use")
    release.release_due(on)
    planting.plant()
    care.ask_recommendation(visit_id=visit.pk, actor=told.world.inspector, on=on)
    for signer in (told.world.head, told.world.deputy):
        asked = Approval.objects.get(about_id=visit.pk, step=care.RECOMMEND, state="open")
        approvals.sign(
            approval_id=asked.pk, shown_hash=asked.dossier_hash, verdict="sign", opinion="同意", actor=signer, on=on
        )


def _asked(user):
    """An HR office asks about everybody it keeps, the twelve and the chiefs among them, and reads the replies afterwards."""
    client = Client()
    client.force_login(user)
    asked = "\n".join(Cadre.objects.visible_to(user).order_by("pk").values_list("name", flat=True)[:60])
    for purpose in ("promotion", "assessment"):
        data = {"purpose": purpose, "on": TODAY.isoformat(), "asked": asked, "reference": "拟提拔"}
        answer = client.post("/hr/check/", data)
        assert answer.status_code == 302, answer.context["form"].errors


# --- the walk ---------------------------------------------------------------------------------------------------------
def spoken(answer):
    """All that an answer says: its status line, its headers, where it sends on, its body, what is inside of its files."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    yield f"{answer.status_code} {answer.reason_phrase}"
    yield "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    yield "\n".join(url for url, _ in getattr(answer, "redirect_chain", ()))
    yield from written(body)


def written(body):
    """The text of bytes: as they are, as a PDF, as an archive with everything in it."""
    yield body.decode("utf-8", errors="ignore")
    if body.startswith(b"%PDF"):
        with pymupdf.open(stream=body) as pages:
            yield "\n".join(page.get_text() for page in pages)
            yield str(pages.metadata)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield name
                yield from written(archive.read(name))


def filled(form):
    """A guess at what a form asks, so that it goes through or comes back with its errors."""
    given = {}
    for name, one in form.fields.items():
        choices = [value for value, _ in getattr(one, "choices", ()) if value]
        given[name] = str(choices[0]) if choices else planting.WORD
        if "Date" in type(one).__name__:
            given[name] = TODAY.isoformat()
    return given


class Walk:
    """One account on its way through the house; what its presses wrote is taken back each time."""

    def __init__(self, user):
        self.user, self.client = user, Client()
        self.statuses, self.found, self.opened = Counter(), {}, set()

    def send(self, name, url, row=None, data=None):
        self.client.force_login(self.user)
        with transaction.atomic():
            send = self.client.get if data is None else self.client.post
            answer = send(url, data, follow=True)
            said = {each for text in spoken(answer) for each in planting.names_in(text)}
            transaction.set_rollback(True)
        self.statuses[answer.status_code] += 1
        if answer.status_code == 200 and data is None and not answer.redirect_chain:
            self.opened.add(name)
        place = row.kind if name == "document" else name
        said = {each for each in said if place not in SAID.get(each, ())}
        if said:
            self.found[f"{'GET' if data is None else 'POST'} {name} {url}"] = said
        return answer

    def both(self, name, url, row=None):
        seen = self.send(name, url, row)
        self.send(name, url, row, {})
        form = seen.context.get("form") if seen.status_code == 200 and seen.context is not None else None
        if form is not None and name != "login":
            self.send(name, url, row, filled(form))


LISTS = (
    "/", "/?tab=done", "/?tab=started", f"/?q={WORDS}", "/notices/", "/cases/", f"/cases/?q={WORDS}", "/clues/", f"/clues/?q={WORDS}", "/approvals/",
    "/approvals/?state=complete", "/review/", "/review/?state=given", "/review/evaluations/", "/procedure/", f"/search/?q={WORDS}", "/search/?q=窗口", "/search/?q=办件台账",
    *(f"/followup/?tab={tab}&done={done}" for tab in TABS for done in (0, 1)), "/cases/elsewhere/", "/hr/", f"/hr/?q={WORDS}", "/hr/?q=单某某", "/hr/check/",
    "/nowhere/", "/admin/",
)  # fmt: skip


def rows_for(user, most):
    """All that he sees of a model and some that he does not; of papers one a kind."""

    def rows(model):
        every = model._base_manager.order_by("pk")
        seen = list(model._default_manager.visible_to(user)) if hasattr(model._default_manager, "visible_to") else []
        known = {row.pk for row in seen}
        rest = [row for row in every if row.pk not in known]
        if model is OfficialDocument:
            rest = list({(row.kind, row.state): row for row in rest}.values())
            seen = list({(row.kind, row.state, row.case_id): row for row in seen}.values())
            return seen + rest
        return seen[:most] + rest[:most]

    return rows


def walked(planted, username, *, most=ROWS, presses=True):
    """The house as that account walks through it, with the files that the telling left."""
    with override_settings(MEDIA_ROOT=planted.media, WENZE_MEDIA_URL=planted.media):
        return _walked(planted.world.users[username], most, presses)


def _walked(user, most, presses):
    walk_ = Walk(user)
    rows = rows_for(user, most)
    enter = walk_.both if presses else walk_.send
    for url in LISTS:
        walk_.send("list", url)
    for name, pattern in walk.named_addresses():
        if name in walk.PLAIN:
            enter(name, "/" + pattern)
    for name, url, row in walk.addresses_with(rows):
        enter(name, url, row)
    return walk_


def test_the_package_that_is_carried_to_hr_says_no_more_than_the_papers_it_may_read(planted):
    packed = content_of(export(planted.world, HR))
    said = {each for text in written(packed) for each in planting.names_in(text)}
    assert packed.startswith(b"PK")
    assert said <= set(SAID)


def test_every_address_that_names_a_row_has_a_row_to_be_tried_with(planted):
    assert [model.__name__ for model in walk.models_named() if not model._base_manager.exists()] == []
    tried = {name for name, _, _ in walk.addresses_with(lambda model: model._base_manager.all())}
    assert {name for name, _ in walk.row_addresses()} - tried == set()


@pytest.mark.parametrize(
    "column",
    [
        "cases.Evidence.title", "cases.Evidence.proves", "crypto.SealedFile.name", "cases.TalkRecord.text", "cases.Hearing.statement",
        "cases.Hearing.fact_statement", "cases.DefencePoint.text", "cases.Fact.text", "cases.TrailEvent.text", "cases.Attribution.reasoning",
        "cases.Report.facts", "cases.Report.opinion", "cases.Proposal.reason", "cases.InvestigationPlan.steps", "review.JointOpinion.reason",
        "review.Adjudication.facts_opinion", "cases.SpeakerView.view", "review.PreReview.reason", "followup.Visit.talk", "cases.Appeal.statement",
        "cases.Appeal.finding", "cases.Correction.finding", "cases.Correction.late_appeal", "tolerance.FilingAnswer.answer", "cases.Clue.informant",
        *(f"documents.OfficialDocument:{kind}" for kind in ("D05", "D07", "D08", "D10", "D12", "D14", "D15", "D16", "D18", "D40", "D46")),
    ],
)  # fmt: skip
def test_what_hr_must_not_read_has_the_canary_in_it(planted, column):
    assert planted.counts[column] > 0


def test_the_reader_finds_a_mark_in_every_kind_of_file():
    mark = planting.marks()["cases.Fact.text"]
    book, inside, outside = Workbook(), io.BytesIO(), io.BytesIO()
    book.active["B2"] = mark
    book.save(inside)
    with zipfile.ZipFile(outside, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/台账.xlsx", inside.getvalue())
    with pymupdf.open() as paper:
        paper.new_page().insert_text((72, 72), f"{mark[:4]}\n{mark[4:]}")
        printed = paper.tobytes(deflate=True)
    for content in (outside.getvalue(), printed, mark.encode()):
        assert {name for text in written(content) for name in planting.names_in(text)} == {"cases.Fact.text"}


@pytest.mark.parametrize(("username", "least"), [("inspector", 60), ("casemgmt", 40)])
def test_who_may_read_the_case_reads_the_canary_at_the_same_addresses(planted, username, least):
    found = walked(planted, username, most=1, presses=False)
    assert len(found.found) >= least, len(found.found)
    read = set().union(*found.found.values())
    assert {"cases.Evidence.title", "cases.Fact.text", "cases.Attribution.reasoning", "cases.Proposal.reason"} <= read
    assert "the bytes of a file" in read


@pytest.mark.parametrize("username", OFFICES)
def test_hr_reads_the_canary_at_no_address_by_no_method_in_no_file(planted, username):
    office = walked(planted, username)
    assert office.found == {}
    assert {
        "hr",
        "hr-ask",
        "hr-cadre",
        "hr-check",
        "hr-judge",
        "document",
        "execution-item",
        "followup",
    } <= office.opened
    assert office.statuses[200] > 60
    assert office.statuses[404] > 300
    papers = OfficialDocument.objects.visible_to(planted.world.users[username])
    assert {"D19", "D30", "RYJC"} <= set(papers.values_list("kind", flat=True)) <= {*SENT_TO_HR, "RYJC", "D40"}
