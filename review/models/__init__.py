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

__all__ = [
    "Adjudication", "Bonus", "Defect", "Evaluation", "EvaluationLookBack", "Evaluator", "Finding", "JointOpinion",
    "JointReview", "JointSeat", "PreReview", "PreReviewChange", "RectificationReport",
]  # fmt: skip
