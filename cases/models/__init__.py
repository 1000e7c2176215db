"""The tables of the case, by stage."""

from cases.models.case import Case, CaseGrant, InvestigationPlan, Recusal, Subject, TeamMember
from cases.models.clue import (
    Campaign,
    Clue,
    ClueRespondent,
    FirstForm,
    Inquiry,
    Referral,
    ThresholdTest,
    Verification,
)
from cases.models.content import CaseContent
from cases.models.decision import Decision, Deliberation, Measure, Proposal, SpeakerView
from cases.models.fact import (
    Attribution,
    BreakExplanation,
    Circumstance,
    Evidence,
    Fact,
    FactEvidence,
    TrailEvent,
)
from cases.models.hearing import DefencePoint, Hearing, Report
from cases.models.talk import TalkRecord

__all__ = [
    "Attribution", "BreakExplanation", "Campaign", "Case", "CaseContent", "CaseGrant", "Circumstance", "Clue", "ClueRespondent",
    "Decision", "DefencePoint", "Deliberation", "Evidence", "Fact", "FactEvidence", "FirstForm", "Hearing",
    "Inquiry", "InvestigationPlan", "Measure", "Proposal", "Recusal", "Referral", "Report", "SpeakerView",
    "Subject", "TalkRecord", "TeamMember", "ThresholdTest", "TrailEvent", "Verification",
]  # fmt: skip
