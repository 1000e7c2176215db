"""What the superior fills in, and the request not to follow it."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.concluding import OutcomesForm
from review.enums import PreReviewOpinion
from review.services.pre_review import Change


class PreReviewForm(OutcomesForm):
    """提级预审意见: the opinion, and where it would have it otherwise, for whom and why."""

    opinion = forms.ChoiceField(label="预审意见", choices=PreReviewOpinion.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=5000)
    blank = "（同意拟处理意见）"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, shown=False, **kwargs)

    def changes(self) -> list[Change]:
        """The subjects for whom another outcome was chosen."""
        return [Change(subject, draft.outcome, list(draft.measures), draft.reason) for subject, draft in self.chosen()]
