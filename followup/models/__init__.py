"""Execution, tracking, visits, reform."""

from followup.models.execution import ExecutionItem
from followup.models.letters import EducationUnit, RecommendationLetter, WarningEducation
from followup.models.reform import Blockage, LookBack, ReformItem, ReformReport, ReformWaiver, SystemGap
from followup.models.tracking import Tracking, Visit, VisitPlan

__all__ = [
    "Blockage", "EducationUnit", "ExecutionItem", "LookBack", "RecommendationLetter", "ReformItem", "ReformReport", "ReformWaiver",
    "SystemGap", "Tracking", "Visit", "VisitPlan", "WarningEducation",
]  # fmt: skip
