"""实地复核 and 责令纠正: plan, go, conclude; order, answer, accept by another; a wrong accountability goes on to 纠正 (条例21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.enums import RedressState
from cases.models import Correction
from cases.services import redress
from cases.services.moving import press_once
from review import papers_of_samples as papers
from review.enums import OrderState, RecheckVerdict, SampleState
from review.fitness_of_reviewers import stands_against
from review.models import CorrectionOrder, OnSiteRecheck, RecheckFile, SampleMember
from review.services.sample_work import answers_for, people_of
from review.services.sampling import locked_sample, organises, record
from wenze.crypto import files
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from cases.models import Subject
    from wenze.people.models import Organization, User

GO, PUT_RIGHT, ACCEPT = "sample_recheck", "sample_order", "sample_accept"


@dataclass(frozen=True)
class Found:
    """What the two found on the spot."""

    held_on: dt.date
    talks: str
    characterisation: str
    handling: str
    execution: str
    findings: str
    conclusion: str


def _drawn(member_id: uuid.UUID, actor: User) -> SampleMember:
    seen = SampleMember.objects.visible_to(actor).get(pk=member_id)
    locked_sample(seen.sample_id, actor, SampleState.DRAWN)
    row: SampleMember = SampleMember.objects.select_related("sample__commission", "case", "unit").get(pk=member_id)
    if not row.drawn_as:
        raise Invalid({"due_on": "该案没有抽中。"})
    return row


def _seal(upload: UploadedFile[Any], member: SampleMember, name: str) -> Any:
    return files.seal(
        upload, key=member.sample.data_key, name=upload.name or name, commission_id=member.sample.commission_id,
        content_type=upload.content_type or "",
    )  # fmt: skip


@press_once(OnSiteRecheck, "planned_by")
def plan_recheck(
    *, member_id: uuid.UUID, submission: uuid.UUID, checker: User, second_checker: User, due_on: dt.date, place: str, to_check: str,
    actor: User, on: dt.date,
) -> OnSiteRecheck:  # fmt: skip
    """Two people, a place, a day, and what to look at."""
    member = _drawn(member_id, actor)
    against = stands_against([member], [checker, second_checker])
    wrong: dict[str, str] = {}
    for name, user in (("checker", checker), ("second_checker", second_checker)):
        if reason := against.get((member.pk, user.pk)):
            wrong[name] = f"{reason}，不能复核。"
    if checker.pk == second_checker.pk:
        wrong["second_checker"] = "须由两人复核。"
    if due_on < on:
        wrong["due_on"] = "复核日应在今日以后。"
    if not place.strip() or not to_check.strip():
        wrong["place"] = "请填写地点和复核内容。"
    if wrong:
        raise Invalid(wrong)
    row = OnSiteRecheck.objects.create(
        pk=submission, member=member, checker=checker, second_checker=second_checker, planned_by=actor, planned_on=on,
        due_on=due_on, place=place.strip(), to_check=to_check.strip(),
    )  # fmt: skip
    terms.start(rule=GO, about=row, on=on, actor=actor, title="实地复核", due_on=due_on, handler=checker)
    for user in (checker, second_checker):
        notices.open_task(
            commission_id=row.commission_id, recipient=user, title=f"实地复核：{member}", url=row.get_absolute_url(), about=row,
            case_id=member.case_id, step=GO, due_on=due_on, started_by=actor,
        )  # fmt: skip
    record(member.sample, "recheck.planned", actor, row, people=[checker.name, second_checker.name])
    return row


@transaction.atomic
def record_recheck(
    *, recheck_id: uuid.UUID, found: Found, uploads: Sequence[UploadedFile[Any]], actor: User, on: dt.date
) -> OnSiteRecheck:
    """One of the two writes down whom they heard, what they found on each of the three questions, and the conclusion."""
    seen = OnSiteRecheck.objects.visible_to(actor).get(pk=recheck_id)
    row: OnSiteRecheck = (
        OnSiteRecheck.objects.select_for_update(of=("self",)).select_related("member__sample__data_key").get(pk=seen.pk)
    )
    if actor.pk not in (row.checker_id, row.second_checker_id):
        raise NotYours("由复核人登记。")
    if row.held_on is not None:
        raise Stale("复核已经登记。")
    wrong: dict[str, str] = {}
    if not row.planned_on <= found.held_on <= on:
        wrong["held_on"] = "复核日应在安排之后、今日之前。"
    verdicts = (found.characterisation, found.handling, found.execution)
    clean = all(each == RecheckVerdict.HOLDS for each in verdicts)
    if not clean and not found.findings.strip():
        wrong["findings"] = "有瑕疵或者不成立的，须写明发现的问题。"
    if not found.conclusion.strip():
        wrong["conclusion"] = "请写明复核结论。"
    if not found.talks.strip():
        wrong["talks"] = "请写明与谁谈话、谈了什么。"
    if wrong:
        raise Invalid(wrong)
    row.held_on, row.talks = found.held_on, found.talks.strip()
    row.characterisation, row.handling, row.execution = verdicts
    row.findings, row.conclusion = found.findings.strip(), found.conclusion.strip()
    row.save()
    for upload in uploads:
        RecheckFile.objects.create(recheck=row, file=_seal(upload, row.member, "照片"))
    terms.meet(rule=GO, about=row, on=on, actor=actor)
    notices.finish_tasks(about=row, step=GO, by=actor)
    record(row.member.sample, "recheck.held", actor, row, clean=clean, files=len(uploads))
    return row


# --- orders -----------------------------------------------------------------------------------------------------------
@press_once(CorrectionOrder, "ordered_by")
def order(
    *, member_id: uuid.UUID, submission: uuid.UUID, to_organization: Organization, text: str, due_on: dt.date, actor: User,
    on: dt.date, recheck: OnSiteRecheck | None = None, wrong_subject: Subject | None = None, ground: str = "",
) -> CorrectionOrder:  # fmt: skip
    """Order to put right: whom, what, by when; with the subject and the ground where the accountability itself is wrong."""
    member = _drawn(member_id, actor)
    wrong: dict[str, str] = {}
    if not text.strip():
        wrong["text"] = "请写明应当纠正的事项。"
    if due_on <= on:
        wrong["due_on"] = "反馈期限应在今日以后。"
    if recheck is not None and (recheck.member_id != member.pk or recheck.held_on is None):
        wrong["recheck"] = "只能依据本案已经登记的复核。"
    if wrong_subject is not None and (member.case is None or wrong_subject.case_id != member.case_id):
        wrong["wrong_subject"] = "不是本案的对象。"
    if bool(wrong_subject) != bool(ground):
        wrong["ground"] = "问责有错的，对象和错误类别都要选；没有错的都不选。"
    if wrong:
        raise Invalid(wrong)
    row = CorrectionOrder.objects.create(
        pk=submission, member=member, recheck=recheck, to_organization=to_organization, text=text.strip(), due_on=due_on,
        ordered_by=actor, ordered_on=on, wrong_subject=wrong_subject, ground=ground,
    )  # fmt: skip
    row.document = documents.issue(
        papers.ORDER, commission=member.sample.commission, about=row, case_id=None, paper=papers.order(row, on=on), on=on, actor=actor
    )  # fmt: skip
    row.save(update_fields=["document"])
    terms.start(rule=PUT_RIGHT, about=row, on=on, actor=actor, title=f"{to_organization}落实责令纠正", due_on=due_on)
    _tell(row, actor)
    record(member.sample, "order.issued", actor, row, to_whom=str(to_organization), is_wrong=bool(wrong_subject))
    return row


def _tell(row: CorrectionOrder, actor: User) -> None:
    for user in people_of(row.to_organization):
        notices.open_task(
            commission_id=row.commission_id, recipient=user, title=f"落实责令纠正：{row.member.number}", url=row.get_absolute_url(),
            about=row, case_id=row.member.case_id, step=PUT_RIGHT, due_on=row.due_on, started_by=actor,
        )  # fmt: skip


def _locked(order_id: uuid.UUID, actor: User, *states: str) -> CorrectionOrder:
    seen = CorrectionOrder.objects.visible_to(actor).get(pk=order_id)
    row: CorrectionOrder = (
        CorrectionOrder.objects.select_for_update(of=("self",))
        .select_related("member__sample__data_key", "member__case", "to_organization", "wrong_subject", "document", "correction")
        .get(pk=seen.pk)
    )  # fmt: skip
    if row.state not in states:
        raise Stale(f"责令纠正“{row.get_state_display()}”。")
    return row


def may_answer(user: User, row: CorrectionOrder) -> bool:
    """Those it was sent to; where they have no account, an organiser for them."""
    if answers_for(user, row.to_organization):
        return True
    return organises(user, row.member.sample) and not people_of(row.to_organization)


@transaction.atomic
def propose_correction(
    *, order_id: uuid.UUID, found: redress.Finding, clearing: str, submission: uuid.UUID, actor: User, on: dt.date
) -> Correction:
    """Hand the wrong accountability to the case's own correction, with the order as its source."""
    row = _locked(order_id, actor, OrderState.OPEN, OrderState.ANSWERED)
    if row.wrong_subject is None or row.member.case is None:
        raise Invalid({"result": "本件没有认定问责有错。"})
    if row.correction is not None:
        raise Stale("已经提出纠正。")
    case, number = row.member.case, row.document.number if row.document else row.member.sample.number
    from_above = case.commission_id != row.commission_id
    made = redress.propose_correction(
        case_id=case.pk, submission=submission, subject_id=row.wrong_subject.pk, ground=row.ground, clearing=clearing,
        found=redress.Finding(
            result=found.result, finding=f"来源：案件抽查责令纠正（{number}）。{found.finding}", measures=found.measures,
            withdrawn=found.withdrawn, discussed_on=found.discussed_on, told_to=found.told_to,
        ),
        superior_order=number if from_above else "", actor=actor, on=on,
    )  # fmt: skip
    row.correction = made
    row.save(update_fields=["correction"])
    record(row.member.sample, "order.handed_to_correction", actor, row, correction=str(made.pk))
    return made


@transaction.atomic
def answer(
    *, order_id: uuid.UUID, answer: str, proof: UploadedFile[Any] | None, actor: User, on: dt.date
) -> CorrectionOrder:
    """What was done about it."""
    row = _locked(order_id, actor, OrderState.OPEN)
    if not may_answer(actor, row):
        raise NotYours("由被责令的单位反馈；没有账号的，由组织抽查的人员代为登记。")
    wrong: dict[str, str] = {}
    if not answer.strip():
        wrong["answer"] = "请写明落实情况。"
    if row.wrong_subject_id is not None and row.correction is None:
        wrong["answer"] = "问责有错的，应先按第二十一条提出纠正。"
    if wrong:
        raise Invalid(wrong)
    row.state, row.answer, row.answered_by, row.answered_on = OrderState.ANSWERED, answer.strip(), actor, on
    row.proof = _seal(proof, row.member, "凭证") if proof is not None else row.proof
    row.save()
    notices.finish_tasks(about=row, step=PUT_RIGHT, by=actor)
    notices.open_task(
        commission_id=row.commission_id, recipient=row.ordered_by, title=f"认可责令纠正：{row.member.number}",
        url=row.get_absolute_url(), about=row, case_id=row.member.case_id, step=ACCEPT, started_by=actor,
    )  # fmt: skip
    record(row.member.sample, "order.answered", actor, row)
    return row


@transaction.atomic
def accept(*, order_id: uuid.UUID, acceptance: str, actor: User, on: dt.date) -> CorrectionOrder:
    """Another than who answered finds it put right; a wrong accountability only when its correction is decided."""
    row = _locked(order_id, actor, OrderState.ANSWERED)
    _another(row, actor)
    if not acceptance.strip():
        raise Invalid({"acceptance": "请写明认可的根据。"})
    if row.correction is not None and row.correction.state not in (RedressState.DECIDED, RedressState.DECLINED):
        raise Invalid({"acceptance": "纠正尚未作出决定。"})
    row.state, row.acceptance, row.accepted_by, row.accepted_on = OrderState.ACCEPTED, acceptance.strip(), actor, on
    row.save()
    terms.meet(rule=PUT_RIGHT, about=row, on=row.answered_on or on, actor=actor)
    notices.finish_tasks(about=row, step=ACCEPT, by=actor)
    record(row.member.sample, "order.accepted", actor, row)
    return row


def _another(row: CorrectionOrder, actor: User) -> None:
    if not organises(actor, row.member.sample):
        raise NotYours("由组织抽查的人员认可。")
    if row.answered_by_id == actor.pk:
        raise NotYours("反馈人不能认可自己的反馈。")


@transaction.atomic
def send_back(*, order_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> CorrectionOrder:
    """It is not put right yet."""
    row = _locked(order_id, actor, OrderState.ANSWERED)
    _another(row, actor)
    if not reason.strip():
        raise Invalid({"reason": "请写明退回的理由。"})
    row.state, row.returned_reason = OrderState.OPEN, reason.strip()[:300]
    row.save(update_fields=["state", "returned_reason"])
    notices.finish_tasks(about=row, step=ACCEPT, by=actor)
    _tell(row, actor)
    record(row.member.sample, "order.sent_back", actor, row, reason=reason.strip())
    return row
