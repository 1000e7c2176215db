"""Execution, tracking, visits, appointment checks."""

from followup.models.execution import ExecutionItem, PostFormality
from followup.models.standing import AppointmentAnswer, AppointmentCheck
from followup.models.tracking import CareAction, Tracking, Visit, VisitPlan

__all__ = [
    "AppointmentAnswer",
    "AppointmentCheck",
    "CareAction",
    "ExecutionItem",
    "PostFormality",
    "Tracking",
    "Visit",
    "VisitPlan",
]
