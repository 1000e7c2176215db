"""Role × model × door: every address that names a row, every model that reaches a case, every list, for every account."""

import pytest
from django.contrib import admin
from django.urls import get_resolver

from cases.models import (
    Case,
    Clue,
    DefencePoint,
    Dispatch,
    Evidence,
    Fact,
    FirstForm,
    Hearing,
    Inquiry,
    Referral,
    Supplement,
)
from followup.models import (
    Blockage,
    EducationUnit,
    ExecutionItem,
    RecommendationLetter,
    ReformItem,
    ReformReport,
    Tracking,
    VisitPlan,
)
from followup.services import reform
from review.models import JointReview, PreReview
from tests.access.test_doors import STRANGERS
from wenze.access import checks, policy
from wenze.demo import world as demo
from wenze.demo.stories import Story, upload
from wenze.documents.models import OfficialDocument
from wenze.search import selectors as search
from wenze.workflow.models import Approval, OffSystemApproval

OUTSIDE_A_CASE = {
    "healthz", "readyz", "login", "logout", "search", "verify", "approvals", "clues", "clue-register", "cases", "followup",
    "desk", "notices", "notices-read", "procedure", "review", "hr", "hr-ask", "hr-cadre", "elsewhere-list", "elsewhere-add", "exchange",
    "exchange-export", "exchange-import", "exchange-key",
}  # fmt: skip
EXITS = {"first-form": FirstForm, "referral": Referral, "inquiry": Inquiry}


def named_addresses():
    """Every named address of the house but the admin's."""
    for part in get_resolver().url_patterns:
        if str(part.pattern) != "admin/":
            for each in getattr(part, "url_patterns", [part]):
                if each.name:
                    yield each.name, str(each.pattern)


REFORM = {
    "points": Blockage, "reform": ReformItem, "reports": ReformReport, "letters": RecommendationLetter, "units": EducationUnit,
}  # fmt: skip
"""What stands in the addresses of the reform: the part before the key, and whose key it is."""


def rows_of(story):
    """One row for every address: what stands in its ``pk`` and its other keys."""
    case, world = story.case, story.world
    clue = Clue.objects.get(case=case)
    subject = case.subjects.get(kind="cadre")
    point = DefencePoint(hearing=Hearing.objects.get(subject=subject), position=1)
    point.text = "不服"
    point.save()
    filing = demo.add_filing(world, story.code, story.act_on)
    return {
        "clue": clue.pk, "case": case.pk, "subject_id": subject.pk, "filing_id": filing.pk, "step": "decide", "panel": "facts",
        "evidence_id": Evidence.objects.filter(case=case).first().pk, "fact_id": Fact.objects.filter(case=case).first().pk,
        "point_id": point.pk, "document": OfficialDocument.objects.filter(case_id=case.pk, kind="D12").first().pk,
        "approval": Approval.objects.filter(case_id=case.pk).first().pk,
        "instruction": OffSystemApproval.objects.filter(case_id=case.pk).first().pk,
        "execution-item": ExecutionItem.objects.filter(case=case).first().pk,
        "visit-plan": VisitPlan.objects.filter(case=case).first().pk, "tracking": Tracking.objects.get(case=case).pk,
        "dispatch": Dispatch.objects.create(
            case=case, subject=subject, kind="referred", to_organization=world["DEMO-X"], matter_text="移送", sent_on=story.day
        ).pk,
        "supplement": Supplement.objects.create(
            case=case, number=2, reason="另有对象", asked_by=world.inspector, asked_on=story.day
        ).pk,
        **{name: model.objects.filter(case=case).first().pk for name, model in REFORM.items()},
        "joint": JointReview.objects.get(case=case).pk, "pre": PreReview.objects.get(case=case).pk,
    }  # fmt: skip


def address(name, pattern, keys, exits):
    head = pattern.split("/")[0]
    own = {"instruction-scan": "instruction", "document": "document", "approval": "approval", "instruction": "instruction",
           "execution-item": "execution-item", "visit-plan": "visit-plan", "tracking": "tracking", "dispatch": "dispatch",
           "dispatch-consent": "dispatch", "supplement-press": "supplement"}  # fmt: skip
    if name in exits:
        pk = exits[name]
    elif pattern.startswith(("review/joint/", "review/pre/")):
        pk = keys[pattern.split("/")[1]]
    elif pattern.startswith("followup/reform/"):
        part = pattern.split("/")[2]
        pk = keys["case" if part == "cases" else "reform" if part == "items" else part]
    elif name in own:
        pk = keys[own[name]]
    else:
        pk = keys["clue"] if head == "clues" else keys["case"]
    found = "/" + pattern.replace("<uuid:pk>", str(pk))
    found = found.replace("<slug:kind>", "fact").replace("<uuid:link_id>", str(keys["fact_id"]))
    for kind in ("uuid", "slug"):
        for key in ("subject_id", "filing_id", "evidence_id", "fact_id", "point_id", "step", "panel"):
            found = found.replace(f"<{kind}:{key}>", str(keys.get(key, "")))
    return found


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
    keys, exits = rows_of(closed), exit_rows(world, closed)
    doors = {
        name: address(name, pattern, keys, exits) for name, pattern in named_addresses() if name not in OUTSIDE_A_CASE
    }
    assert all("<" not in url for url in doors.values()), doors
    for username in STRANGERS:
        client.force_login(world.users[username])
        for name, url in doors.items():
            if (username, name) in OUTSIDERS_OWN:
                continue
            assert client.get(url).status_code == 404, (username, name)
            assert client.post(url, {}).status_code in (404, 405), (username, name)


OUTSIDERS_OWN = {
    ("pcommittee", "instruction"), ("pcommittee", "instruction-scan"),  # the requests addressed to it
    ("superior", "pre-review"), ("superior", "pre-review-consent"),  # what his commission was asked, after its look ended
    ("hr", "execution-item"), ("unit", "execution-item"),  # items of which it is the responsible body (only those)
    ("unit", "reform-item"), ("unit", "reform-proof"), ("unit", "reform-letter"), ("unit", "education-unit"),  # its own reform
}  # fmt: skip


def test_no_stranger_sees_a_row_of_any_model_that_reaches_a_case(closed, world):
    exit_rows(world, closed)
    allowed = {
        "pcommittee": {"workflow.OffSystemApproval", "documents.OfficialDocument"},
        "superior": {"review.PreReview", "documents.OfficialDocument"},
        "hr": {"followup.ExecutionItem", "documents.OfficialDocument"},
        "unit": {
            "followup.ExecutionItem", "followup.ReformItem", "followup.ReformReport", "followup.RecommendationLetter",
            "followup.EducationUnit", "documents.OfficialDocument",
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
    assert {row.kind for row in OfficialDocument.objects.visible_to(world.hr)} == {"D19", "D30"}, "条例第十三条"
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
    "sysadmin": {"people.Organization", "people.Post", "people.Cadre", "people.Appointment", "people.User"},
    "secadmin": {"people.RoleAssignment", "exchange.PartnerKey", "exchange.SigningKey"},
    "auditadmin": {"audit.LedgerEntry", "audit.Seal"},
}


def test_role_by_admin_page(client, story, world):
    """Each administrator enters his third; case content is in nobody's."""
    story.run("heard")
    labels = {
        model._meta.label: f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry
    }
    assert not [label for label in labels if label.split(".")[0] in ("cases", "review", "followup", "tolerance")]
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
