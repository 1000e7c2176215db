"""A matter that lacks nothing but signatures, for each step of both tables; and where its gate banner is read."""

from cases import composing
from cases.models import Case, Clue
from cases.services import deliberation, initiation, intake, report
from wenze.demo.stories import Story
from wenze.workflow.models import Approval


def clue_banner(client, story, user):
    """The gates that the clue's page names for the next step."""
    client.force_login(user)
    told = client.get(f"/clues/{story.clue.pk}/").context["next"]
    return [gap.code for gap in told["missing"]] if told else []


def case_banner(client, story, user, step):
    """The gates that the workspace names for one of the next steps; ``None`` where that step does not stand next."""
    client.force_login(user)
    for told in client.get(f"/cases/{story.case.pk}/").context["next"]:
        if told["step"].code == step:
            return [gap.code for gap in told["missing"]]
    return None


def to_assign(story: Story) -> Clue:
    """Proposed, waiting for its leaders."""
    story.run("registered")
    intake.propose_assignment(
        clue_id=story.clue.pk, office=story.world["DEMO-JD"], handler=story.world.inspector, consultation="建议承办",
        actor=story.world.conduct, on=story.day,
    )  # fmt: skip
    return refreshed(story)


def to_verify(story: Story) -> Clue:
    """The plan is approved, the report not yet written."""
    story.run("assigned")
    world = story.world
    intake.plan_verification(
        clue_id=story.clue.pk,
        plan="走访",
        members=[world.inspector, world.inspector2],
        actor=world.inspector,
        on=story.day,
    )
    story.sign(story.clue, "plan_verification", world.head)
    return refreshed(story)


def to_assess(story: Story) -> Clue:
    """Assessed for initiation, waiting for the head."""
    story.run("verified")
    intake.draft_assessment(
        clue_id=story.clue.pk,
        assessment=intake.Assessment(
            situation="S04", act=True, act_basis="台账", consequences=["adverse"], consequence_basis="投诉", track="party",
            exit="start", exit_reason="应当启动",
        ),
        actor=story.world.inspector, on=story.day,
    )  # fmt: skip
    return refreshed(story)


def refreshed(story: Story) -> Clue:
    story.clue = Clue.objects.get(pk=story.clue.pk)
    return story.clue


def to_initiate(story: Story) -> Case:
    """The committee's chief has approved; leader and principal have not signed."""
    story.run("initiating")
    story.committee("approve_initiation", story.world.inspector)
    initiation.request_initiation(case_id=story.case.pk, actor=story.world.inspector, on=story.day)
    return story.case


def to_meet(story: Story) -> Case:
    """Everybody heard; the step itself moves nothing, so it stands open still."""
    return story.run("heard")


def to_report(story: Story) -> Case:
    """An investigation that lacks nothing but its signatures."""
    case = story.run("heard")
    case.refresh_from_db()
    for subject in case.subjects.all():
        report.propose(
            case_id=case.pk, subject_id=subject.pk, outcome="accountable",
            measures=["admonishment"] if subject.kind == "cadre" else ["inspection"], reason="责任明确",
            actor=story.world.inspector, on=story.day,
        )  # fmt: skip
    report.write_report(
        case_id=case.pk, parts=composing.compose_report(case), discussed_on=story.day, discussed_by="二人", discussion="同意",
        actor=story.world.inspector, on=story.day,
    )  # fmt: skip
    report.sign_report(case_id=case.pk, signed_by="程示例、林样张", actor=story.world.inspector, on=story.day)
    return case


def to_adjudicate(story: Story) -> Case:
    """Accepted by two adjudicators, the opinion not yet given."""
    from review.services import adjudication

    story.run("reported")
    adjudication.accept(
        case_id=story.case.pk,
        adjudicators=[story.world.trial, story.world.trial2],
        actor=story.world.trial,
        on=story.day,
    )
    return story.case


def to_deliberate(story: Story) -> Case:
    """Recorded, waiting for the principal's signature on the minutes."""
    story.run("adjudicated")
    deliberation.record_deliberation(
        case_id=story.case.pk, held_on=story.day, place="会议室", agenda="研究", chair="朱主任", recorder="记某某", expected=5,
        recused=[], views=[deliberation.View(name, "同意") for name in ("朱主任", "费分管", "常委甲")], conclusion="同意",
        settled={}, actor=story.world.casemgmt, on=story.day,
    )  # fmt: skip
    return story.case


def to_decide(story: Story) -> Case:
    """The committee has approved; the principal has not signed the decision."""
    story.run("deliberated")
    story.committee("approve_by_committee", story.world.casemgmt)
    deliberation.approve_by_committee(case_id=story.case.pk, actor=story.world.casemgmt, on=story.day)
    deliberation.prepare_decision(case_id=story.case.pk, actor=story.world.casemgmt, on=story.day)
    return story.case


def to_execute(story: Story) -> Case:
    """Served and announced, execution not yet begun."""
    story.run("decided")
    story.later(2)
    story._complete(("service", "announcement"))
    return story.case


def to_close(story: Story) -> Case:
    """All items done, the volume not yet closed."""
    story.run("executing")
    story.later(3)
    story._complete(None)
    story.reformed()
    return story.case


def sign(client, about, step, *signers):
    """Sign on the signing page, as the leaders do; returns the last answer."""
    answer = None
    for signer in signers:
        row = Approval.objects.get(about_id=about.pk, step=step, state="open")
        client.force_login(signer)
        answer = client.post(row.get_absolute_url(), {"verdict": "sign", "opinion": "同意", "shown": row.dossier_hash})
    return answer


def approved_as_it_stands(story: Story) -> None:
    """The committee approves the case as it reads now (its approval is bound to the content, like a signature)."""
    from wenze.workflow.dossier import digest, dossier
    from wenze.workflow.models import OffSystemApproval

    case = Case.objects.get(pk=story.case.pk)
    for row in OffSystemApproval.objects.filter(about_id=case.pk):
        row.dossier_hash = digest(dossier(case, row.step))
        row.covers = [str(pk) for pk in case.subjects.values_list("pk", flat=True)]
        row.save()
