"""A page that is older than the record writes nothing, says so, and keeps what was typed; the next press goes through."""

import pytest

from cases.models import Fact, InvestigationPlan, Proposal, Report
from cases.services import investigation, report
from wenze.deadlines import clock


def seen_on(client, url):
    form = client.get(url).context["form"]
    return {"seen": form["seen"].value()}


def facts_of(case):
    row = Fact.objects.get(case=case, kind="problem")
    return f"/cases/{case.pk}/facts/{row.pk}/", {
        "kind": "problem", "text": "我改的", "evidence": [str(pk) for pk in row.evidence.values_list("pk", flat=True)],
    }  # fmt: skip


def change_fact(case, world):
    row = Fact.objects.get(case=case, kind="problem")
    investigation.state_fact(
        case_id=case.pk,
        fact_id=row.pk,
        kind="problem",
        text="他改的",
        evidence=list(row.evidence.all()),
        actor=world.inspector2,
    )


def proposal_of(case):
    subject = case.subjects.get(kind="cadre")
    return f"/cases/{case.pk}/subjects/{subject.pk}/proposal/", {
        "outcome": "accountable", "measures": ["circulation"], "reason": "我改的",
    }  # fmt: skip


def change_proposal(case, world):
    subject = case.subjects.get(kind="cadre")
    report.propose(
        case_id=case.pk, subject_id=subject.pk, outcome="accountable", measures=["admonishment"], reason="他改的",
        actor=world.inspector2, on=clock.today(),
    )  # fmt: skip


def report_of(case):
    parts = dict.fromkeys(Report.PARTS, "我改的")
    return f"/cases/{case.pk}/report/", parts


def change_report(case, world):
    report.write_report(
        case_id=case.pk, parts=dict.fromkeys(Report.PARTS, "他改的"), discussed_on=None, discussed_by="", discussion="",
        actor=world.inspector2, on=clock.today(),
    )  # fmt: skip


def plan_of(case):
    return f"/cases/{case.pk}/plan/", {"scope": "我改的", "steps": "我改的", "safety": "我改的"}


def change_plan(case, world):
    investigation.draft_plan(
        case_id=case.pk, scope="他改的", steps="他改的", safety="他改的", actor=world.inspector2, on=clock.today()
    )


EDITS = {
    "fact": (facts_of, change_fact, lambda case: Fact.objects.get(case=case, kind="problem").text),
    "proposal": (proposal_of, change_proposal, lambda case: Proposal.objects.get(subject__case=case).reason),
    "report": (report_of, change_report, lambda case: case.reports.order_by("-version").first().facts),
    "plan": (plan_of, change_plan, lambda case: InvestigationPlan.objects.get(case=case).scope),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_older_page_writes_nothing_over_what_another_wrote(client, story, world, edit):
    form_of, change, read = EDITS[edit]
    case = story.run("heard")
    client.force_login(world.inspector)
    url, typed = form_of(case)
    seen = seen_on(client, url)
    change(case, world)
    answer = client.post(url, typed | seen)
    assert answer.status_code == 409
    assert read(case) == "他改的"
    page = answer.content.decode()
    assert "另一人已改动" in page
    assert "我改的" in page
    again = {"seen": answer.context["form"]["seen"].value()}
    assert again != seen
    assert client.post(url, typed | again).status_code == 302
    assert read(case) == "我改的"


@pytest.mark.parametrize("edit", EDITS)
def test_a_page_that_still_shows_the_record_goes_through(client, story, world, edit):
    form_of, _, read = EDITS[edit]
    case = story.run("heard")
    client.force_login(world.inspector)
    url, typed = form_of(case)
    assert client.post(url, typed | seen_on(client, url)).status_code == 302
    assert read(case) == "我改的"
