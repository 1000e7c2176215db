"""Adjudication, joint review, pre-review: who looked at a case from beside and from above, and what he said."""

from __future__ import annotations

from review.models.adjudication import Adjudication
from review.models.joint import JointOpinion, JointReview, JointSeat
from review.models.pre import PreReview, PreReviewChange

__all__ = ["Adjudication", "JointOpinion", "JointReview", "JointSeat", "PreReview", "PreReviewChange"]
