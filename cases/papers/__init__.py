"""What each document of a case says (law.md §9), composed from the data and frozen when it is issued."""

from cases.papers.clue import assignment, first_form, referral, registration
from cases.papers.deciding import (
    admonishment,
    circular,
    decision,
    minutes,
    no_accountability,
    proposal_letter,
    referral_letter,
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
from cases.papers.words import day, form, measures_in_words

__all__ = [
    "admonishment", "assignment", "catalogue", "circular", "day", "decision", "defence_answers", "fact_statement",
    "first_form", "form", "hearing_record", "initiation", "investigation_plan", "measures_in_words", "minutes",
    "no_accountability", "notification", "proposal_letter", "referral", "referral_letter", "registration", "report",
    "request_for_approval",
]  # fmt: skip
