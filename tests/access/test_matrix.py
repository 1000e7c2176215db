"""Role × model × door: every address that names a row, every model that reaches a case, every list, for every account."""

import pytest
from django.contrib import admin

from cases.models import (
    Appeal,
    Case,
    Clue,
    Correction,
    Decision,
    DefencePoint,
    Dispatch,
    DistinctionAssessment,
    Evidence,
    ExternalDecision,
    Fact,
    FirstForm,
    Hearing,
    Inquiry,
    Precedent,
    Referral,
    Supplement,
    ToleranceClaim,
)
from cases.procedure import APPEAL, CORRECTION
from followup.models import (
    AppointmentAnswer,
    AppointmentCheck,
    CareAction,
    EducationUnit,
    ExecutionItem,
    NameClearing,
    PostFormality,
    RecommendationLetter,
    RectifyReport,
    ReformItem,
    Tracking,
)
from followup.personnel import SENT_TO_HR
from followup.services import reform
from responsibility.models import Duty, DutyList
from review.models import Evaluation
from tests.access import walk
from tests.access.test_doors import STRANGERS
from tests.followup.exchanging import HR, export
from tests.responsibility.telling import lists_of
from tests.review.evaluating import an_evaluation
from tests.review.sampling import a_sample
from tolerance.models import Filing, FilingFile
from wenze.access import checks, policy
from wenze.demo import world as demo
from wenze.demo.stories import Story, upload
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Cadre
from wenze.search import selectors as search
from wenze.workflow.models import Approval, OffSystemApproval

EXITS = {"first-form": FirstForm, "referral": Referral, "inquiry": Inquiry}


def rows_of(story):
    """One row for every address, of the story's case: what its telling left out is added."""
    case, world, day = story.case, story.world, story.day
    subject = case.subjects.get(kind="cadre")
    decision = Decision.objects.get(subject=subject)
    point = DefencePoint(hearing=Hearing.objects.get(subject=subject), position=1)
    point.text = "不服"
    point.save()
    demo.add_filing(world, story.code, story.act_on)
    asked = {"case": case, "asked_by": world.inspector, "asked_on": day, "reason": "另有对象"}
    check = AppointmentCheck.objects.create(
        commission=world["DEMO"], organization=world["DEMO-ZZB"], purpose="promotion", on=day, known_on=day, reference="拟提拔", asked_by=world.hr,
    )  # fmt: skip
    item = ExecutionItem.objects.filter(case=case, responsible=None).first()
    made = [
        *tolerance_rows(world, subject, item, day),
        Dispatch(case=case, subject=subject, kind="referred", to_organization=world["DEMO-X"], matter_text="移送", sent_on=day),
        Supplement(number=2, **asked),
        Appeal(
            id=uuid7(), case=case, decision=decision, procedure=APPEAL.edition, channel="appeal", filed_on=day, registered_by=world.casemgmt,
            state="filed",
        ),
        Correction(
            id=uuid7(), case=case, decision=decision, procedure=CORRECTION.edition, ground="handling", proposed_by=world.casemgmt, proposed_on=day,
            state="proposed",
        ),
        ExternalDecision(
            commission=world["DEMO"], cadre=subject.cadre, decided_by="示例市委", number="示例委〔2026〕1号", decided_on=day, measures=["party_warning"],
            registered_by=world.casemgmt, registered_on=day,
        ),
        PostFormality(case=case, item=item, position=1, post="党组书记"),
        CareAction(
            case=case, tracking=Tracking.objects.get(case=case, subject=subject), text="谈心", owner="室里", due_on=day, opened_by=world.inspector,
            opened_on=day,
        ),
        AppointmentAnswer(check_asked=check, position=1, typed=subject.name, cadre=subject.cadre, verdict="noted"),
    ]  # fmt: skip
    for row in made:
        row.save(force_insert=True)
    a_sample(case, world)
    return {
        **{type(row): row for row in made}, Evaluation: an_evaluation(case, world), AppointmentCheck: check, Cadre: subject.cadre, Case: case, Clue: Clue.objects.get(case=case),
        OfficialDocument: OfficialDocument.objects.filter(case_id=case.pk, kind="D12").first(), ExecutionItem: item,
    }  # fmt: skip


def tolerance_rows(world, subject, item, day):
    """An opinion by letter, an application, what followed an exemption, an entry of the library not yet released."""
    case, inspector = subject.case, world.inspector
    paper = Evidence.objects.filter(case=case).first().file
    said = {"motive": "public", "ban": "free", "intent": "unintended", "effect": "exempted"}
    return [
        DistinctionAssessment(
            subject=subject, assessor="personnel", organization=world["DEMO-ZZB"], scan=paper, written_by=inspector,
            written_on=day, motive_reason="为公", ban_reason="无禁", intent_reason="无意", **said,
        ),
        ToleranceClaim(subject=subject, applied_on=day, ground="先行先试", scan=paper, registered_by=inspector, registered_on=day),
        RectifyReport(case=case, item=item, number=1, reported_on=day, due_on=day, text="已纠正", proof=paper, reported_by=inspector),
        NameClearing(
            case=case, decision=Decision.objects.get(subject=subject), concern="有关问题", words="免予问责", scope="本单位",
            drafted_by=inspector, drafted_on=day,
        ),
        Precedent(
            commission=case.commission, case_id=case.pk, subject_id=subject.pk, effect="exempted", track="party", situation="S04",
            title="先行先试", matter="试点", reasons="无意", drafted_on=day,
        ),
    ]  # fmt: skip


def first_of(story, kept):
    """The row that an address of the walk is tried with."""

    def rows(model):
        if model in kept:
            return [kept[model]]
        held = {field.name for field in model._meta.get_fields()} & {"case", "case_id"}
        every = model._base_manager.order_by("pk")
        return list(every.filter(case_id=story.case.pk)[:1] if held else every[:1])

    return rows


def doors_of(story, world):
    """One address of every name."""
    exits = exit_rows(world, story)
    export(world, HR)
    lists_of(world, story.day)
    kept = rows_of(story) | {EXITS[name]: EXITS[name].objects.get(pk=pk) for name, pk in exits.items()}
    doors = {}
    for name, url, _row in walk.addresses_with(first_of(story, kept)):
        doors.setdefault(f"{name} {url.split('/')[2]}" if name.startswith("redress-") else name, url)
    return doors


def exit_rows(world, story):
    """One clue out by each exit that has a page of its own."""
    found = {}
    for name, (exit_, more) in {
        "first-form": ("first_form", {"measure": "ff_talk", "rectification": "整改"}),
        "referral": ("transferred", {"to_name": "某机关"}),
        "inquiry": ("inquiry", {"questions": "请说明"}),
    }.items():
        other = Story(world, "edu", f"{name}问题", story.day, story.act_on, with_organization=False)
        other.run("verified")
        if "measure" in more:
            more["rectify_by"] = other.day
        other.assessed(exit_, **more)
        found[name] = EXITS[name].objects.get(clue=other.clue).pk
    return found


@pytest.fixture
def closed(story):
    story.is_key = True  # so that both reviews have their rows
    story.run("closed")
    story.recommended()
    item = ReformItem.objects.get(case=story.case)
    reform.report_item(
        item_id=item.pk,
        reported_on=story.day,
        text="已落实",
        uploads=upload("制度.pdf"),
        actor=story.world.inspector,
        on=story.day,
    )
    return story


def test_to_strangers_every_address_of_a_case_answers_as_if_it_did_not_exist(client, closed, world):
    doors = doors_of(closed, world)
    assert {name for name, _ in walk.row_addresses()} == {name.split()[0] for name in doors}
    for username in STRANGERS:
        client.force_login(world.users[username])
        for name, url in doors.items():
            if (username, name) in OUTSIDERS_OWN or name == "verify":
                continue
            assert client.get(url).status_code == 404, (username, name)
            assert client.post(url, {}).status_code in (404, 405), (username, name)


@pytest.mark.parametrize("username", [name for name in STRANGERS if name != "hr"])
@pytest.mark.parametrize("url", ["/hr/", "/hr/check/"])
def test_to_everybody_but_hr_the_place_of_hr_does_not_exist(client, world, username, url):
    client.force_login(world.users[username])
    assert client.get(url).status_code == 404
    assert client.post(url, {}).status_code == 404


def test_whether_a_paper_is_real_is_told_to_everybody_and_nothing_of_the_person(client, story, world):
    story.run("executing")
    paper = OfficialDocument.objects.filter(case_id=story.case.pk, kind="D19").first()
    page = client.get(f"/verify/{paper.verification_code}/").content.decode()
    assert paper.number in page
    assert world.chiefs["gov"].name not in page
    assert story.title not in page


OUTSIDERS_OWN = {
    ("pcommittee", "instruction"), ("pcommittee", "instruction-scan"),  # the requests addressed to it
    ("superior", "pre-review"), ("superior", "pre-review-consent"),  # what his commission was asked, after its look ended
    ("unit", "reform-item"), ("unit", "reform-proof"), ("unit", "reform-letter"), ("unit", "education-unit"),  # its own reform
    ("hr", "hr-cadre"), ("hr", "hr-check"), ("hr", "hr-judge"),  # the cadres it keeps, what it asked
    *((who, name) for who in ("inspector3", "unit") for name, model in walk.TAKES.items() if model in (Filing, FilingFile)),  # nor these
    *((who, name) for who in ("inspector3", "unit") for name, model in walk.TAKES.items() if model in (DutyList, Duty)),  # no case's
    *((who, name) for who in ("inspector3", "unit") for name in ("problem", "problem-proof")),  # the commission's, the unit's own
    ("inspector3", "problem-list"), ("inspector3", "problem-look-back"), ("inspector3", "problem-clue"),
}  # fmt: skip


def test_no_stranger_sees_a_row_of_any_model_that_reaches_a_case(closed, world):
    exit_rows(world, closed)
    allowed = {
        "pcommittee": {"workflow.OffSystemApproval", "documents.OfficialDocument"},
        "superior": {"review.PreReview", "documents.OfficialDocument"},
        "hr": {"followup.ExecutionItem", "documents.OfficialDocument"},
        "unit": {
            "followup.ExecutionItem", "followup.ReformItem", "followup.ReformReport", "followup.RecommendationLetter",
            "followup.EducationUnit", "documents.OfficialDocument", "terms.Clock",
        },
    }  # fmt: skip
    scoped = [m for m in checks.models_that_reach(set(policy.PROTECTED)) if m._meta.label not in policy.EXEMPT]
    assert len(scoped) > 30
    for username in STRANGERS:
        seen = {m._meta.label for m in scoped if m._default_manager.visible_to(world.users[username]).exists()}
        assert seen - allowed.get(username, set()) == set(), username


OWN_OF = dict.fromkeys(STRANGERS, ())


def test_an_outside_office_sees_only_what_is_addressed_to_it(closed, world):
    for username, code in (("hr", "DEMO-ZZB"), ("unit", "P-gov")):
        items = ExecutionItem.objects.visible_to(world.users[username])
        assert items.exists()
        assert {item.responsible.code for item in items} == {code}
    unit = world.unit
    assert {row.responsible.code for row in ReformItem.objects.visible_to(unit)} == {"P-gov"}
    assert {row.to_organization.code for row in RecommendationLetter.objects.visible_to(unit)} == {"P-gov"}
    assert {row.organization.code for row in EducationUnit.objects.visible_to(unit)} == {"P-gov"}
    assert EducationUnit.objects.count() == 2
    assert {row.kind for row in OfficialDocument.objects.visible_to(unit)} == {"D40"}
    papers = OfficialDocument.objects.visible_to(world.hr)
    assert {row.kind for row in papers} == {"D19", "D30"} <= set(SENT_TO_HR)
    assert {row.subject_id for row in papers} == {closed.case.subjects.get(kind="cadre").pk}
    committee = world.pcommittee
    assert {row.authority.code for row in OffSystemApproval.objects.visible_to(committee)} == {"DEMO-PC"}
    assert {row.kind for row in OfficialDocument.objects.visible_to(committee)} == {"D04"}


CONTENT = (
    "cases.Evidence", "cases.Fact", "cases.FactEvidence", "cases.TrailEvent", "cases.Attribution", "cases.Hearing",
    "cases.Proposal", "cases.Report",
)  # fmt: skip
PROCESS = ("cases.Case", "cases.Subject", "cases.TeamMember", "cases.InvestigationPlan")


@pytest.mark.parametrize(
    ("username", "process", "content"),
    [
        ("inspector", True, True), ("inspector2", True, True), ("head", True, True), ("deputy", True, True),
        ("principal", True, True), ("conduct", True, False), ("casemgmt", True, False), ("trial", True, False),
        *((name, False, False) for name in STRANGERS),
    ],
)  # fmt: skip
def test_role_by_model_while_the_case_is_investigated(client, story, world, username, process, content):
    from django.apps import apps

    from cases.services import report
    from tests.cases import scenes

    scenes.to_report(story)
    report.submit_report(case_id=story.case.pk, actor=world.inspector, on=story.day)
    user = world.users[username]
    for expected, labels in ((process, PROCESS), (content, CONTENT)):
        for label in labels:
            assert apps.get_model(label)._default_manager.visible_to(user).exists() is expected, (username, label)
    asked = Approval.objects.get(step="approve_report")
    client.force_login(user)
    assert client.get(asked.get_absolute_url()).status_code == (200 if content else 404)
    assert (search.search(user, "没有直接督办").count != "0") is content
    assert bool(search.search(user, "2026-0001", kind="cases.Case").hits) is process
    listed = client.get("/cases/").context["page"]
    assert bool(len(listed)) is process


@pytest.mark.parametrize("username", ["conduct", "casemgmt", "trial"])
def test_the_history_that_a_process_office_reads_quotes_nothing_of_the_content(client, story, world, username):
    case = story.run("heard")
    client.force_login(world.inspector)
    Fact.objects.filter(case=case, kind="problem").first().evidence.clear()
    client.post(f"/cases/{case.pk}/step/approve_report/")
    page = f"/cases/{case.pk}/panel/history/"
    assert "办件超时312件" in client.get(page).content.decode()
    client.force_login(world.users[username])
    shown = client.get(page)
    assert shown.status_code == 200
    assert "封存证据" in shown.content.decode()
    assert all(row["detail"] == "" for row in shown.context["history"])


ADMINISTRATORS = {
    "sysadmin": {
        "people.Organization", "people.Post", "people.Cadre", "people.Appointment", "people.User", "tolerance.ListEdition",
        "tolerance.ResidentScope",
    },
    "secadmin": {"people.RoleAssignment", "exchange.PartnerKey", "exchange.SigningKey"},
    "auditadmin": {"audit.LedgerEntry", "audit.Seal"},
}  # fmt: skip


def test_role_by_admin_page(client, story, world):
    """Each administrator enters his third; case content is in nobody's."""
    story.run("heard")
    labels = {
        model._meta.label: f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry
    }
    reference = {"tolerance.ListEdition", "tolerance.ResidentScope"}  # whose lists, whose scope: no filing
    content = ("cases", "review", "followup", "tolerance")
    assert not [label for label in labels if label.split(".")[0] in content and label not in reference]
    for username, user in world.users.items():
        client.force_login(user)
        opened = {label for label, url in labels.items() if client.get(url).status_code == 200}
        expected = ADMINISTRATORS.get(username.rstrip("2") if username.startswith("sec") else username, set())
        assert opened == expected, username


def test_every_model_with_a_case_has_somebody_who_sees_it(closed, world):
    """A rule that hides everything from everybody is as wrong as one that shows too much."""
    hidden = []
    for model in checks.models_that_reach(set(policy.PROTECTED)):
        if model._meta.label in policy.EXEMPT or not model._default_manager.exists():
            continue
        users = (world.inspector, world.head, world.principal, world.casemgmt)
        if not any(model._default_manager.visible_to(user).exists() for user in users):
            hidden.append(model._meta.label)
    assert hidden == []
    assert Case.objects.visible_to(world.principal).exists()


def test_a_recused_handler_no_longer_sees_the_terms_of_the_matter(story, world):
    from cases.services import recusal
    from wenze.terms.models import Clock

    story.run("assigned")
    assert Clock.objects.visible_to(world.inspector).filter(about_id=story.clue.pk, case_id__isnull=True).exists()
    recusal.recuse_from_clue(
        clue_id=story.clue.pk,
        user=world.inspector,
        ground="declared",
        reason="近亲属",
        actor=world.inspector,
        on=story.day,
    )
    assert not Clock.objects.visible_to(world.inspector).filter(about_id=story.clue.pk).exists()
    assert Clock.objects.visible_to(world.head).filter(about_id=story.clue.pk).exists()
