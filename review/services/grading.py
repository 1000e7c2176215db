"""集体讨论、评定等次、反馈、整改、验收、回头看 (law.md §7.3: 问题清单→反馈→整改→复评→回头看)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases.models import CaseGrant
from cases.services.grants import close_grants
from review.enums import EvaluationState
from review.evaluation import indicators
from review.models import Defect, Evaluation, EvaluationLookBack, RectificationReport
from review.papers import evaluation_feedback, evaluation_form, rectification_report
from review.services.evaluation import PURPOSE, locked, record, require_team
from wenze.crypto import files
from wenze.deadlines.arithmetic import reckon
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.people.selectors import heads_of
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.core.files.uploadedfile import UploadedFile

    from review.models import Finding
    from wenze.people.models import User

S = EvaluationState
RULE = "evaluation"


@transaction.atomic
def grade(
    *, evaluation_id: uuid.UUID, discussed_on: dt.date, discussed_by: str, discussion: str, on_site: str, actor: User,
    on: dt.date,
) -> Evaluation:  # fmt: skip
    """The team's leader records the collective discussion; score and grade follow from what stands. D43 is issued."""
    row = locked(evaluation_id, actor)
    require_team(row, actor, leader=True)
    wrong: dict[str, str] = {}
    if not row.opened_on <= discussed_on <= on:
        wrong["discussed_on"] = "讨论日应在发起评查之后、今日之前。"
    absent = [str(each.user) for each in row.team.select_related("user") if each.user.name not in discussed_by]
    if absent:
        wrong["discussed_by"] = f"评查组成员须参加讨论：缺{'、'.join(absent)}。"
    if not discussion.strip():
        wrong["discussion"] = "请写明讨论意见。"
    if wrong:
        raise Invalid(wrong)
    findings = list(row.findings.all())
    edition = indicators.editions()[row.edition]
    score = indicators.reckon(edition, findings, row.bonuses.all())
    row.discussed_on, row.discussed_by, row.discussion = discussed_on, discussed_by.strip(), discussion.strip()
    row.on_site, row.score, row.grade, row.is_vetoed = on_site.strip(), score.total, score.grade, score.vetoed
    row.graded_on, row.state = on, S.GRADED
    row.form = documents.issue(
        "D43", commission=row.commission, about=row, case_id=None, on=on, actor=actor,
        paper=evaluation_form(row, edition, score, findings, on=on),
    )  # fmt: skip
    row.save()
    _enter_in_the_book(row, edition, [each for each in findings if each.stands], on)
    notices.finish_tasks(about=row, step="evaluate", by=actor)
    notices.open_task(
        commission_id=row.commission_id, recipient=actor, title=f"反馈评查结果：{row.case_number}", url=row.get_absolute_url(), about=row,
        step="evaluation_feedback", started_by=actor,
    )  # fmt: skip
    if row.case is not None:
        granted = CaseGrant.objects.filter(content_object=row.case, reason=PURPOSE, user__in=row.team.values("user_id"))
        close_grants(case=row.case, users=[each.user for each in granted.select_related("user")], actor=actor, on=on)
    record(row, "graded", actor, grade=row.get_grade_display(), score=str(row.score))
    return row


def _enter_in_the_book(row: Evaluation, edition: indicators.Edition, findings: list[Finding], on: dt.date) -> None:
    """The defect book is free of persons: the kind of the defect, never its text."""
    for each in findings:
        Defect.objects.create(
            commission_id=row.commission_id, finding=each, office=row.office, unit_name=row.unit_name, code=each.code,
            phase=each.phase, name=edition.item(each.code).name, recorded_on=on, earlier=each.earlier,
        )  # fmt: skip


def answerable(row: Evaluation) -> list[User]:
    """Who puts it right: the handler and the heads of the office; of a case on paper whoever opened the evaluation."""
    if row.case is None:
        return [row.opened_by]
    return list({user.pk: user for user in [row.case.handler, *heads_of(row.office)]}.values())


@transaction.atomic
def feed_back(*, evaluation_id: uuid.UUID, text: str, actor: User, on: dt.date) -> Evaluation:
    """Tell the handling office (D44); where defects stand, they are put right by a day."""
    row = locked(evaluation_id, actor)
    require_team(row, actor, S.GRADED, leader=True)
    if not text.strip():
        raise Invalid({"text": "请写明反馈意见。"})
    findings = [each for each in row.findings.all() if each.stands]
    row.feedback, row.fed_back_on = text.strip(), on
    row.state = S.RECTIFYING if findings else S.FINISHED
    if findings:
        row.rectify_until = reckon(indicators.editions()[row.edition].rectify, on).due
    row.feedback_paper = documents.issue(
        "D44", commission=row.commission, about=row, case_id=None, on=on, actor=actor,
        paper=evaluation_feedback(row, findings, on=on),
    )  # fmt: skip
    row.save()
    Defect.objects.filter(finding__evaluation=row).update(fed_back_on=on)
    notices.finish_tasks(about=row, step="evaluation_feedback", by=actor)
    if findings:
        _run(row, actor, on)
    else:
        for person in answerable(row):
            notices.notify(
                user=person,
                text=f"{row.case_number}评查{row.get_grade_display()}",
                url=row.get_absolute_url(),
                kind="evaluation",
            )
    record(row, "fed_back", actor, until=row.rectify_until.isoformat() if row.rectify_until else "")
    return row


def _run(row: Evaluation, actor: User, on: dt.date) -> None:
    """The term of putting right, with its reminders, and the to-dos."""
    terms.start(
        rule=RULE, about=row, on=on, actor=actor, due_on=row.rectify_until, title=f"评查问题整改（{row.case_number}）"
    )
    for person in answerable(row):
        notices.open_task(
            commission_id=row.evaluated_id, recipient=person, title=f"评查问题整改：{row.case_number}", url=row.get_absolute_url(),
            about=row, step="rectify_findings", due_on=row.rectify_until, started_by=actor,
        )  # fmt: skip


def _require_answerable(row: Evaluation, actor: User) -> None:
    if actor.pk not in {user.pk for user in answerable(row)}:
        raise NotYours("由承办人或者承办室主任办理。")


@transaction.atomic
def comment(*, evaluation_id: uuid.UUID, text: str, actor: User, on: dt.date) -> Evaluation:
    """The handling office says what it thinks of the result; once, before it reports what was put right."""
    row = locked(evaluation_id, actor)
    _require_answerable(row, actor)
    if row.fed_back_on is None or row.comment:
        raise Stale("评查尚未反馈，或者意见已经提出。")
    if not text.strip():
        raise Invalid({"text": "请写明意见。"})
    row.comment, row.commented_by, row.commented_on = text.strip(), actor, on
    row.save(update_fields=["comment", "commented_by", "commented_on"])
    for member in row.team.select_related("user"):
        notices.notify(
            user=member.user,
            text=f"承办室对评查结果提出意见：{row.case_number}",
            url=row.get_absolute_url(),
            kind="evaluation",
        )
    record(row, "commented", actor)
    return row


@transaction.atomic
def report_rectified(
    *, evaluation_id: uuid.UUID, text: str, upload: UploadedFile[Any] | None, actor: User, on: dt.date
) -> RectificationReport:
    """整改报告 (D45) by the handling office, with its attachment; a case on paper: registered as received."""
    row = locked(evaluation_id, actor)
    _require_answerable(row, actor)
    if row.state != S.RECTIFYING or row.rectify_until is None:
        raise Stale(f"评查{row.get_state_display()}，没有待整改的问题。")
    if not text.strip():
        raise Invalid({"text": "请写明整改情况。"})
    last = row.rectifications.aggregate(last=Max("round"))["last"] or 0
    scan = None
    if upload is not None:
        scan = files.seal(
            upload, key=row.data_key, name=upload.name or "整改材料", commission_id=row.commission_id,
            content_type=upload.content_type or "",
        )  # fmt: skip
    made = RectificationReport(
        evaluation=row,
        round=last + 1,
        text=text.strip(),
        scan=scan,
        reported_by=actor,
        reported_on=on,
        due_on=row.rectify_until,
    )
    made.paper = documents.issue(
        "D45",
        commission=row.evaluated,
        about=row,
        case_id=None,
        on=on,
        actor=actor,
        paper=rectification_report(row, made, on=on),
    )
    made.save(force_insert=True)
    row.state = S.REPORTED
    row.save(update_fields=["state"])
    terms.meet(rule=RULE, about=row, on=on, actor=actor)
    notices.finish_tasks(about=row, step="rectify_findings", by=actor)
    for member in row.team.select_related("user"):
        if member.user_id != actor.pk:
            notices.open_task(
                commission_id=row.commission_id, recipient=member.user, title=f"验收评查整改：{row.case_number}",
                url=row.get_absolute_url(), about=row, step="accept_rectification", started_by=actor,
            )  # fmt: skip
    record(row, "rectified", actor, late=made.is_late)
    return made


def _waiting(row: Evaluation, actor: User) -> RectificationReport:
    """The report that waits; never answered by whoever wrote it."""
    require_team(row, actor, S.REPORTED)
    last: RectificationReport = row.rectifications.order_by("-round")[0]
    if last.reported_by_id == actor.pk:
        raise NotYours("整改报告是您写的，应由另一人验收。")
    return last


@transaction.atomic
def accept(*, evaluation_id: uuid.UUID, acceptance: str, actor: User, on: dt.date) -> Evaluation:
    """验收 by another: the lines of the defect book are cleared."""
    row = locked(evaluation_id, actor)
    last = _waiting(row, actor)
    if not acceptance.strip():
        raise Invalid({"acceptance": "请写明验收意见。"})
    last.accepted_on, last.acceptance, last.answered_by = on, acceptance.strip(), actor
    last.save(update_fields=["accepted_on", "acceptance", "answered_by"])
    row.state = S.ACCEPTED
    row.save(update_fields=["state"])
    Defect.objects.filter(finding__evaluation=row).update(cleared_on=on)
    notices.finish_tasks(about=row, step="accept_rectification", by=actor)
    record(row, "accepted", actor, opinion=acceptance.strip())
    return row


@transaction.atomic
def send_back(*, evaluation_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Evaluation:
    """Not put right: back with the reason; the term runs on to the same day."""
    row = locked(evaluation_id, actor)
    last = _waiting(row, actor)
    if not reason.strip():
        raise Invalid({"reason": "请写明退回的理由。"})
    last.returned_on, last.returned_reason, last.answered_by = on, reason.strip(), actor
    last.save(update_fields=["returned_on", "returned_reason", "answered_by"])
    row.state = S.RECTIFYING
    row.save(update_fields=["state"])
    notices.finish_tasks(about=row, step="accept_rectification", by=actor)
    _run(row, actor, row.fed_back_on or on)
    record(row, "sent_back", actor, reason=reason.strip())
    return row


@transaction.atomic
def look_back(
    *, evaluation_id: uuid.UUID, looked_on: dt.date, finding: str, holds: bool, actor: User, on: dt.date
) -> Evaluation:
    """回头看: what holds is finished; what does not is put right again, by a new day."""
    row = locked(evaluation_id, actor)
    require_team(row, actor, S.ACCEPTED)
    accepted_on = row.rectifications.aggregate(last=Max("accepted_on"))["last"]
    wrong = {} if finding.strip() else {"finding": "请写明情况。"}
    if not accepted_on <= looked_on <= on:
        wrong["looked_on"] = "回头看日应在验收之后、今日之前。"
    if wrong:
        raise Invalid(wrong)
    EvaluationLookBack.objects.create(
        evaluation=row, looked_on=looked_on, looker=actor, finding=finding.strip(), holds=holds
    )
    row.state = S.FINISHED if holds else S.RECTIFYING
    if not holds:
        row.rectify_until = reckon(indicators.editions()[row.edition].rectify, looked_on).due
        Defect.objects.filter(finding__evaluation=row).update(cleared_on=None)
    row.save(update_fields=["state", "rectify_until"])
    if not holds:
        _run(row, actor, looked_on)
    record(row, "looked_back", actor, opinion="成立" if holds else "不成立")
    return row
