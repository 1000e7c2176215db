"""The rows of this room."""

from responsibility.models.duties import Duty, DutyList
from responsibility.models.imports import ImportJob
from responsibility.models.problems import Problem, ProblemCheck, ProblemList, RemedialAction, SupervisedHandling

__all__ = [
    "Duty",
    "DutyList",
    "ImportJob",
    "Problem",
    "ProblemCheck",
    "ProblemList",
    "RemedialAction",
    "SupervisedHandling",
]
