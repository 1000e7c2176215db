"""Execution, tracking, visits, appointment checks, reform."""

from followup.models.execution import ExecutionItem, PostFormality
from followup.models.exemption import NameClearing, RectifyReport
from followup.models.letters import EducationUnit, RecommendationLetter, WarningEducation
from followup.models.reform import Blockage, LookBack, ReformItem, ReformReport, ReformWaiver, SystemGap
from followup.models.standing import AppointmentAnswer, AppointmentCheck
from followup.models.tracking import CareAction, Tracking, Visit, VisitPlan

__all__ = [
    "AppointmentAnswer", "AppointmentCheck", "Blockage", "CareAction", "EducationUnit", "ExecutionItem", "LookBack", "NameClearing", "PostFormality",
    "RecommendationLetter", "RectifyReport", "ReformItem", "ReformReport", "ReformWaiver", "SystemGap", "Tracking", "Visit", "VisitPlan",
    "WarningEducation",
]  # fmt: skip
