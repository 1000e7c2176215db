"""Execution, tracking, visits."""

from followup.models.execution import ExecutionItem
from followup.models.tracking import Tracking, Visit, VisitPlan

__all__ = ["ExecutionItem", "Tracking", "Visit", "VisitPlan"]
