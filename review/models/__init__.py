"""Adjudication, joint review, pre-review, the ruler, evaluation: who looked at a case from beside and from above."""

from __future__ import annotations

from review.models.adjudication import Adjudication
from review.models.evaluation import (
    Bonus,
    Defect,
    Evaluation,
    EvaluationLookBack,
    Evaluator,
    Finding,
    RectificationReport,
)
from review.models.joint import JointOpinion, JointReview, JointSeat
from review.models.pre import PreReview, PreReviewChange
from review.models.recheck import CorrectionOrder, OnSiteRecheck, RecheckFile
from review.models.ruler import Comparison, SettledOutcome
from review.models.sampling import Sample, SampleLoan, SampleMember

__all__ = [
    "Adjudication", "Bonus", "Comparison", "CorrectionOrder", "Defect", "Evaluation", "EvaluationLookBack", "Evaluator", "Finding",
    "JointOpinion", "JointReview", "JointSeat", "OnSiteRecheck", "PreReview", "PreReviewChange", "RecheckFile", "RectificationReport",
    "Sample", "SampleLoan", "SampleMember", "SettledOutcome",
]  # fmt: skip
