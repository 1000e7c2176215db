"""Adjudication, joint review, pre-review, evaluation: who looked at a case from beside and from above, and what he said."""

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
from review.models.sampling import Sample, SampleLoan, SampleMember

__all__ = [
    "Adjudication", "Bonus", "CorrectionOrder", "Defect", "Evaluation", "EvaluationLookBack", "Evaluator", "Finding", "JointOpinion",
    "JointReview", "JointSeat", "OnSiteRecheck", "PreReview", "PreReviewChange", "RecheckFile", "RectificationReport", "Sample",
    "SampleLoan", "SampleMember",
]  # fmt: skip
