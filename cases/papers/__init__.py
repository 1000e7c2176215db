"""What each document of a case says (law.md §9), composed from the data and frozen when it is issued."""

from cases.papers.clue import assignment, first_form, referral, registration
from cases.papers.deciding import (
    admonishment,
    circular,
    decision,
    departure_letter,
    first_form_of_subject,
    minutes,
    no_accountability,
    proposal_letter,
    rectification_notice,
    referral_letter,
    supervisory_decision,
)
from cases.papers.investigating import (
    catalogue,
    defence_answers,
    fact_statement,
    hearing_record,
    initiation,
    investigation_plan,
    notification,
    report,
    request_for_approval,
)
from cases.papers.redress import acceptance, appeal_answer, correction
from cases.papers.tolerance import tolerance_check
from cases.papers.words import day, form, measures_in_words

__all__ = [
    "acceptance",
    "admonishment",
    "appeal_answer",
    "assignment",
    "catalogue",
    "circular",
    "correction",
    "day",
    "decision",
    "defence_answers",
    "departure_letter",
    "fact_statement",
    "first_form",
    "first_form_of_subject",
    "form",
    "hearing_record",
    "initiation",
    "investigation_plan",
    "measures_in_words",
    "minutes",
    "no_accountability",
    "notification",
    "proposal_letter",
    "rectification_notice",
    "referral",
    "referral_letter",
    "registration",
    "report",
    "request_for_approval",
    "supervisory_decision",
    "tolerance_check",
]  # fmt: skip
