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
from cases.models.dispatch import Dispatch, ExternalDecision
from cases.models.fact import (
    Attribution,
    BreakExplanation,
    CauseFinding,
    Circumstance,
    Evidence,
    Fact,
    FactEvidence,
    KnownProblem,
    TrailEvent,
)
from cases.models.hearing import DefencePoint, Hearing, Report
from cases.models.initiation import ClueJoin, EarlyEnd, Extension, Supplement, Suspension
from cases.models.interim import InterimMeasure
from cases.models.redress import Appeal, Correction
from cases.models.talk import TalkRecord
from cases.models.tolerance import DistinctionAssessment, FilingClause, Precedent, ToleranceClaim, ToleranceSearch

__all__ = [
    "Appeal", "Attribution", "BreakExplanation", "Campaign", "Case", "CaseContent", "CaseGrant", "CauseFinding",
    "Circumstance", "Clue", "ClueJoin", "ClueRespondent", "Correction", "Decision", "DefencePoint", "Deliberation",
    "Dispatch", "DistinctionAssessment", "EarlyEnd", "Evidence", "Extension", "ExternalDecision", "Fact",
    "FactEvidence", "FilingClause", "FirstForm", "Hearing", "Inquiry", "InterimMeasure", "InvestigationPlan",
    "KnownProblem", "Measure", "Precedent", "Proposal", "Recusal", "Referral", "Report", "SpeakerView", "Subject",
    "Supplement", "Suspension", "TalkRecord", "TeamMember", "ThresholdTest", "ToleranceClaim", "ToleranceSearch",
    "TrailEvent", "Verification",
]  # fmt: skip
