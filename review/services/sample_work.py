"""The work on a sample: who looks at which case, the files asked for, handed over and returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.services.grants import close_grants, open_grants
from review import papers_of_samples as papers
from review import sample_report
from review.enums import EvaluationState, LoanState, OrderState, SampleState
from review.fitness_of_reviewers import shared_out, stands_against
from review.models import CorrectionOrder, Evaluation, Evaluator, OnSiteRecheck, Sample, SampleLoan, SampleMember
from review.services import evaluation as evaluations
from review.services.sampling import locked_sample, organises, record
from wenze.access.roles import Role
from wenze.documents import services as documents
from wenze.errors import Invalid, Missing, NotYours, Refused, Stale
from wenze.law import cite
from wenze.notices import services as notices
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization, User
from wenze.people.selectors import assignments, heads_of
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable, Sequence

ARRIVES, GOES_BACK = "sample_loan", "sample_return"
REVIEW, HAND_OVER = "sample_review", "sample_hand_over"


def people_of(organization: Organization) -> list[User]:
    """Who answers for a holder of files: the heads of an office; case supervision of a subordinate commission."""
    if organization.kind != OrganizationKind.COMMISSION:
        return list(heads_of(organization))
    held = assignments(Role.CASEMGMT).filter(user__commission=organization)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")))


def answers_for(user: User, organization: Organization) -> bool:
    return any(each.pk == user.pk for each in people_of(organization))


# --- reviewers --------------------------------------------------------------------------------------------------------
def _refuse(members: Iterable[SampleMember], users: Sequence[User], against: dict[tuple[Any, Any], str]) -> None:
    told = [
        Missing(
            "sample_reviewer",
            f"{member.number}没有可派的评查人：" + "；".join(against[member.pk, user.pk] for user in users),
            str(cite("LOCAL", "抽查核查")),
        )
        for member in members
    ]
    if told:
        raise Refused("分派评查人", told)


@transaction.atomic
def assign(*, sample_id: uuid.UUID, reviewers: Sequence[User], actor: User, on: dt.date) -> Sample:
    """Share the drawn cases out: nobody gets his own, the loads are even. Raises ``Refused`` naming each left over."""
    row = locked_sample(sample_id, actor, SampleState.DRAWN)
    if not reviewers:
        raise Invalid({"reviewers": "请选定评查人。"})
    members = list(row.members.exclude(drawn_as="").filter(loan__isnull=True).select_related("case", "sample", "unit"))
    if not members:
        raise Invalid({"reviewers": "抽中的案件都已调卷，改派请逐件办理。"})
    people = list(dict.fromkeys(reviewers))
    against = stands_against(members, people)
    by_key = {member.pk: member for member in members}
    given, left = shared_out(list(by_key), [user.pk for user in people], against)
    _refuse([by_key[key] for key in left], people, against)
    names = {user.pk: user for user in people}
    for member in members:
        member.reviewer = names[given[member.pk]]
    SampleMember.objects.bulk_update(members, ["reviewer"])
    notices.finish_tasks(about=row, step=REVIEW, by=actor)
    for user in people:
        number = sum(member.reviewer_id == user.pk for member in members)
        if number:
            notices.open_task(
                commission_id=row.commission_id, recipient=user, title=f"评查{number}件：{row}", url=row.get_absolute_url(), about=row,
                step=REVIEW, started_by=actor,
            )  # fmt: skip
    record(row, "sample.assigned", actor, people=[user.name for user in people], cases=len(members))
    return row


@transaction.atomic
def reassign(*, member_id: uuid.UUID, reviewer: User, reason: str, actor: User, on: dt.date) -> SampleMember:
    """Give one case to another reviewer; what the first could read ends at once."""
    seen = SampleMember.objects.visible_to(actor).get(pk=member_id)
    row = locked_sample(seen.sample_id, actor, SampleState.DRAWN)
    member = row.members.select_related("case", "sample", "unit", "loan", "reviewer").get(pk=member_id)
    if not member.drawn_as:
        raise Invalid({"reviewer": "该案没有抽中。"})
    if not reason.strip():
        raise Invalid({"reason": "请写明改派的理由。"})
    _refuse([member] if (against := stands_against([member], [reviewer])) else [], [reviewer], against)
    before, member.reviewer = member.reviewer, reviewer
    member.save(update_fields=["reviewer"])
    if member.case is not None and member.loan is not None and member.loan.state == LoanState.HELD:
        if before is not None:
            close_grants(case=member.case, users=[before], actor=actor, on=on)
        _open([member], member.loan, actor, on)
    record(row, "sample.reassigned", actor, member, to_whom=reviewer.name, reason=reason.strip())
    return member


# --- loans ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def ask_files(*, sample_id: uuid.UUID, due_on: dt.date, back_by: dt.date, actor: User, on: dt.date) -> list[SampleLoan]:
    """One letter (调卷函) to every holder whose drawn cases have a reviewer and were not asked for yet."""
    row = locked_sample(sample_id, actor, SampleState.DRAWN)
    if not on <= due_on <= back_by:
        raise Invalid({"due_on": "送到期限应在今日以后，归还期限不早于送到期限。"})
    waiting = row.members.exclude(drawn_as="").filter(loan__isnull=True, reviewer__isnull=False)
    by_holder: dict[Any, list[SampleMember]] = {}
    for member in waiting.select_related("unit").order_by("position"):
        by_holder.setdefault(member.unit, []).append(member)
    if not by_holder:
        raise Invalid({"due_on": "没有待调的案卷（须先分派评查人）。"})
    made = []
    for holder, members in by_holder.items():
        loan = SampleLoan.objects.create(
            sample=row, holder=holder, asked_by=actor, asked_on=on, due_on=due_on, back_by=back_by
        )
        SampleMember.objects.filter(pk__in=[each.pk for each in members]).update(loan=loan)
        loan.document = documents.issue(
            papers.LOAN, commission=row.commission, about=loan, case_id=None, paper=papers.loan(loan, members, on=on), on=on,
            actor=actor,
        )  # fmt: skip
        loan.save(update_fields=["document"])
        terms.start(rule=ARRIVES, about=loan, on=on, actor=actor, title=f"{holder}送卷", due_on=due_on)
        for user in people_of(holder):
            notices.open_task(
                commission_id=row.commission_id, recipient=user, title=f"送卷：{loan}（{len(members)}件）", url=loan.get_absolute_url(),
                about=loan, step=HAND_OVER, due_on=due_on, started_by=actor,
            )  # fmt: skip
        record(row, "loan.asked", actor, loan, holder=str(holder), cases=[each.number for each in members])
        made.append(loan)
    return made


def locked_loan(loan_id: uuid.UUID, actor: User, state: str) -> SampleLoan:
    seen = SampleLoan.objects.visible_to(actor).get(pk=loan_id)
    Sample.objects.select_for_update().get(pk=seen.sample_id)
    row: SampleLoan = (
        SampleLoan.objects.select_for_update(of=("self",))
        .select_related("sample", "holder", "asked_by")
        .get(pk=loan_id)
    )
    if row.state != state:
        raise Stale(f"本次调卷“{row.get_state_display()}”。")
    return row


def _open(members: Iterable[SampleMember], loan: SampleLoan, confirmed_by: User, on: dt.date) -> None:
    """For electronic cases the hand-over is a dated reading by the reviewer, which ends with the return."""
    for member in members:
        if member.case is not None and member.reviewer is not None:
            open_grants(
                case=member.case, users=[member.reviewer], reason=f"{loan.sample.number}评查", granted_by=loan.asked_by,
                confirmed_by=confirmed_by, on=on,
            )  # fmt: skip


@transaction.atomic
def hand_over(
    *, loan_id: uuid.UUID, handed_over_by: str, received_by: str, volumes: int, pages: int, actor: User, on: dt.date, note: str = "",
) -> SampleLoan:  # fmt: skip
    """交卷: the holder's people record it; where they have no account, an organiser does, who is not the one that asked."""
    loan = locked_loan(loan_id, actor, LoanState.ASKED)
    members = list(loan.members.select_related("case", "reviewer"))
    own = answers_for(actor, loan.holder)
    if not own and not (organises(actor, loan.sample) and not people_of(loan.holder)):
        raise NotYours("由存卷单位交卷；存卷单位没有账号的，由组织抽查的人员代为登记。")
    if actor.pk == loan.asked_by_id and any(not each.is_paper for each in members):
        raise NotYours("调阅电子卷须两人：调卷人以外的人登记交接。")
    wrong: dict[str, str] = {}
    if not handed_over_by.strip():
        wrong["handed_over_by"] = "请填写交卷人。"
    if handed_over_by.strip() == received_by.strip() or not received_by.strip():
        wrong["received_by"] = "请填写收卷人，不能与交卷人相同。"
    if volumes < 1 or pages < 1:
        wrong["volumes"] = "卷数、页数至少为1。"
    if wrong:
        raise Invalid(wrong)
    loan.state, loan.received_on, loan.recorded_by = LoanState.HELD, on, actor
    loan.handed_over_by, loan.received_by = handed_over_by.strip(), received_by.strip()
    loan.volumes, loan.pages, loan.note = volumes, pages, note.strip()
    loan.save()
    terms.meet(rule=ARRIVES, about=loan, on=on, actor=actor)
    terms.start(rule=GOES_BACK, about=loan, on=on, actor=actor, title=f"归还{loan.holder}的案卷", due_on=loan.back_by)
    notices.finish_tasks(about=loan, step=HAND_OVER, by=actor)
    _open(members, loan, actor, on)
    record(loan.sample, "loan.received", actor, loan, volumes=volumes, pages=pages, on_behalf=not own)
    return loan


@transaction.atomic
def give_back(
    *, loan_id: uuid.UUID, returned_to: str, returned_pages: int, actor: User, on: dt.date, note: str = ""
) -> SampleLoan:
    """还卷 against a receipt; the reading of the electronic cases ends with it."""
    loan = locked_loan(loan_id, actor, LoanState.HELD)
    members = list(loan.members.select_related("case", "reviewer"))
    if not organises(actor, loan.sample) and not any(each.reviewer_id == actor.pk for each in members):
        raise NotYours("由组织抽查的人员或者评查人还卷。")
    wrong: dict[str, str] = {}
    if not returned_to.strip():
        wrong["returned_to"] = "请填写签收人。"
    own = Evaluation.objects.filter(sample_member_id__in=[each.pk for each in members])
    if own.filter(state=EvaluationState.OPEN).exists():
        wrong["returned_to"] = "还有案件正在评查，评定以后才能还卷。"
    if returned_pages != loan.pages and not note.strip():
        wrong["note"] = f"收到时{loan.pages}页，退还{returned_pages}页，请写明原因。"
    if wrong:
        raise Invalid(wrong)
    loan.state, loan.returned_on, loan.returned_to = LoanState.RETURNED, on, returned_to.strip()
    loan.returned_pages = returned_pages
    loan.note = f"{loan.note} {note.strip()}".strip()[:300]
    loan.save()
    terms.meet(rule=GOES_BACK, about=loan, on=on, actor=actor)
    for member in members:
        if member.case is not None and member.reviewer is not None:
            team = Evaluator.objects.filter(evaluation__in=own.filter(sample_member_id=member.pk)).select_related(
                "user"
            )
            readers = {member.reviewer, *(each.user for each in team)}
            close_grants(case=member.case, users=readers, actor=actor, on=on)
    record(loan.sample, "loan.returned", actor, loan, pages=returned_pages)
    return loan


# --- evaluation and end -----------------------------------------------------------------------------------------------
@transaction.atomic
def evaluate(
    *, member_id: uuid.UUID, submission: uuid.UUID, kind: str, second: User, actor: User, on: dt.date
) -> Evaluation:
    """The trial office opens the evaluation of a sampled case: its reviewer leads, a second person stands beside him."""
    seen = SampleMember.objects.visible_to(actor).get(pk=member_id)
    Sample.objects.select_for_update().get(pk=seen.sample_id)
    member = SampleMember.objects.select_related("case", "sample", "unit__commission", "reviewer", "loan").get(
        pk=member_id
    )
    if member.sample.state != SampleState.DRAWN or not member.drawn_as:
        raise Stale("该案没有抽中，或者抽查已经办结。")
    if member.reviewer is None:
        raise Invalid({"second": "尚未分派评查人。"})
    if member.loan is None or member.loan.state != LoanState.HELD:
        raise Invalid({"second": "案卷不在调，交接以后才能评查。"})
    _refuse([member] if (against := stands_against([member], [second])) else [], [second], against)
    on_paper = None
    if member.is_paper:
        evaluated = member.unit if member.unit.kind == OrganizationKind.COMMISSION else member.unit.commission
        on_paper = evaluations.OnPaper(member.number, member.title, member.unit_name, evaluated)
    return evaluations.open_evaluation(
        submission=submission, case=member.case, kind=kind, team=[member.reviewer, second], actor=actor, on=on, paper=on_paper,
        sample_member_id=member.pk,
    )  # fmt: skip


@transaction.atomic
def finish(*, sample_id: uuid.UUID, conclusion: str, actor: User, on: dt.date) -> Sample:
    """Every case is evaluated, every file returned, every order accepted: the report is kept as it stands."""
    row = locked_sample(sample_id, actor, SampleState.DRAWN)
    members = list(row.members.exclude(drawn_as="").order_by("position"))
    found = sample_report.evaluations_of(members)
    article = str(cite("LOCAL", "抽查核查"))
    wanting = [
        Missing("sample_evaluation", f"{member.number}尚未评定", article, member.get_absolute_url())
        for member in members
        if not sample_report.is_graded(found.get(member.pk))
    ]
    out = row.loans.exclude(state=LoanState.RETURNED).select_related("holder")
    wanting += [
        Missing("sample_files", f"{loan.holder}的案卷尚未归还", article, loan.get_absolute_url()) for loan in out
    ]
    orders = CorrectionOrder.objects.filter(member__sample=row).exclude(state=OrderState.ACCEPTED)
    wanting += [
        Missing("sample_orders", f"{each.member.number}责令纠正尚未认可", article, each.get_absolute_url())
        for each in orders.select_related("member")
    ]
    checks = OnSiteRecheck.objects.filter(member__sample=row, held_on__isnull=True).select_related("member")
    wanting += [
        Missing("sample_rechecks", f"{each.member.number}实地复核尚未登记", article, each.get_absolute_url())
        for each in checks
    ]
    if wanting:
        raise Refused("办结抽查", wanting)
    if not conclusion.strip():
        raise Invalid({"conclusion": "请写明综合意见。"})
    row.report, row.conclusion = sample_report.report_of(row), conclusion.strip()
    row.state, row.finished_on = SampleState.FINISHED, on
    row.save(update_fields=["report", "conclusion", "state", "finished_on"])
    notices.finish_tasks(about=row, step=REVIEW, by=actor)
    record(row, "sample.finished", actor, drawn=len(members))
    return row
