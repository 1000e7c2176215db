"""The decision, one a subject: its measures, its papers, and what goes to other bodies (条例第八、九、十二、十五条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import effects, outcomes, papers
from cases.answers.effects import issue
from cases.enums import DispatchKind, Outcome, Track
from cases.models import Case, Decision, Dispatch, Measure
from cases.services import precedents
from wenze.law import influence, measure_name

if TYPE_CHECKING:
    from cases.models import Subject
    from wenze.documents.models import OfficialDocument
    from wenze.people.models import Organization
    from wenze.workflow.procedure import Occasion

PROPOSE = "propose:"


@effects.ISSUE_DECISIONS.performed_by
def issue_decisions(case: Case, occasion: Occasion) -> None:
    """One decision a subject; what another body decides is sent to it, and the subject waits for its answer."""
    case.decided_on = occasion.on
    case.save(update_fields=["decided_on"])
    for subject in case.subjects.pursued().select_related(*outcomes.READ, "hearing"):
        proposal = subject.proposal
        made = Decision.objects.create(
            subject=subject, outcome=proposal.outcome, deciding_body=case.commission, decided_on=occasion.on,
            reason=proposal.reason, issued_by=occasion.actor,
        )  # fmt: skip
        if made.outcome in (Outcome.ACCOUNTABLE, Outcome.FIRST_FORM):
            _write_measures(made, proposal.measures, occasion)
        made.document = _own_document(case, made, occasion)
        if made.document is not None:
            made.measures.own().update(reference=made.document.number)
        sent = _send(case, made, occasion)
        made.document = made.document or sent
        made.save(update_fields=["document"])
        subject.outcome = proposal.outcome
        subject.decided_on = None if subject.dispatches.filter(replied_on__isnull=True).exists() else occasion.on
        subject.save(update_fields=["outcome", "decided_on"])
        precedents.draft_entry(subject, made, actor=occasion.actor, on=occasion.on)


def _write_measures(made: Decision, codes: list[str], occasion: Occasion) -> None:
    filed = outcomes.sanctions_in(codes)
    for code in codes:
        if code in filed:
            continue
        plain = code.removeprefix(PROPOSE)
        proposed = code != plain
        parts = () if proposed else influence.parts_of(plain, occasion.on)
        last = max(parts, key=lambda part: part.release_date, default=None)
        Measure.objects.create(
            decision=made,
            code=plain,
            proposed_only=proposed,
            proposed_to=authority_of(made.subject) if proposed else None,
            decided_on=None if proposed else occasion.on,
            decided_by_name="" if proposed else made.deciding_body.name,
            last_restricted_day=last.last_restricted_day if last else None,
            release_date=last.release_date if last else None,
            restriction="；".join(part.restriction for part in parts),
        )


def authority_of(subject: Subject) -> Organization:
    """Who may decide what we only propose: the organ that manages the cadre or leads the organisation."""
    found = subject.cadre.managed_by if subject.cadre else subject.organization and subject.organization.directly_led_by
    return found or subject.case.commission.directly_led_by or subject.case.commission


def _own_document(case: Case, made: Decision, occasion: Occasion) -> OfficialDocument | None:
    """The paper of what the commission itself decided, if it decided anything."""
    subject, on = made.subject, occasion.on
    if made.outcome == Outcome.NOT_ACCOUNTABLE:
        return issue(case, "D31", papers.no_accountability(case, made, on=on), occasion, subject.pk)
    if made.outcome == Outcome.EXEMPTED:
        return issue(case, "D31E", papers.no_accountability(case, made, on=on), occasion, subject.pk)
    if made.outcome == Outcome.FIRST_FORM:
        return issue(case, "D32", papers.first_form_of_subject(case, made, on=on), occasion, subject.pk)
    own = list(made.measures.own().values_list("code", flat=True))
    if not own:
        return None
    if subject.track == Track.SUPERVISORY:
        main = issue(case, "D20", papers.supervisory_decision(case, made, on=on), occasion, subject.pk)
    else:
        main = issue(case, "D19", papers.decision(case, made, on=on), occasion, subject.pk)
    if "admonishment" in own:
        issue(case, "D22", papers.admonishment(case, made, on=on), occasion, subject.pk)
    if "circulation" in own:
        issue(case, "D23", papers.circular(case, made, on=on), occasion, subject.pk)
    return main


def _asked(sent_as: str, codes: list[str]) -> list[str]:
    """What the receiving body is asked for: what was ordered, or the sanctions for which it is to file."""
    if sent_as == DispatchKind.ORDERED:
        return list(codes)
    return (
        [code.removeprefix(PROPOSE) for code in outcomes.sanctions_in(codes)]
        if sent_as == DispatchKind.REFERRED
        else []
    )


def _send(case: Case, made: Decision, occasion: Occasion) -> OfficialDocument | None:
    """What other bodies must decide, each with its letter; the first letter stands for the decision if it has no other."""
    subject, on, proposal = made.subject, occasion.on, made.subject.proposal
    letters: list[OfficialDocument] = []
    proposed = list(made.measures.filter(proposed_only=True))
    if proposed:
        authority = authority_of(subject)
        names = papers.measures_in_words([measure.code for measure in proposed])
        kind = "D21" if subject.track == Track.SUPERVISORY else "D24"
        letter = papers.proposal_letter(case, made, names, authority.name, on=on)
        letters.append(issue(case, kind, letter, occasion, subject.pk))
        for measure in proposed:
            Dispatch.objects.create(
                case=case, subject=subject, kind=DispatchKind.PROPOSED, measure=measure, asked=[measure.code],
                to_organization=authority, matter_text=f"建议对{subject.name}予以{measure_name(measure.code)}",
                document=letters[-1], sent_on=on,
            )  # fmt: skip
    away: list[tuple[str, Organization | None]] = []
    if proposal.refer_to is not None:
        away.append((DispatchKind.REFERRED, proposal.refer_to))
    if made.outcome in outcomes.SENT_AWAY:
        away.append((outcomes.SENT_AWAY[Outcome(made.outcome)], proposal.to_organization))
    for sent_as, target in away:
        dispatch = Dispatch(
            case=case, subject=subject, kind=sent_as, asked=_asked(sent_as, proposal.measures),
            to_organization=target, matter_text=proposal.requirement or f"{subject.act}。{made.reason}", sent_on=on,
            reply_due_on=proposal.due_on if made.outcome in outcomes.SENT_AWAY else None,
        )  # fmt: skip
        dispatch.document = issue(
            case, "D25", papers.referral_letter(case, made, dispatch, on=on), occasion, subject.pk
        )
        dispatch.save()
        letters.append(dispatch.document)
    return letters[0] if letters else None
