"""What a unit reports of putting something right, and what is looked at afterwards: the same columns wherever a thing has a term."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wenze.crypto.models import SealedFile
from wenze.people.models import User


class RemedyReport(models.Model):
    """整改反馈: what was done, with its proof, by when it was asked; accepted or returned by another than who reported."""

    number = models.PositiveSmallIntegerField("次数")
    reported_on = models.DateField("反馈日")
    due_on = models.DateField("当时的期限")
    text = models.TextField("整改情况")
    proof = models.ForeignKey(
        SealedFile, verbose_name="凭证", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_by = models.ForeignKey(User, verbose_name="反馈人", on_delete=models.PROTECT, related_name="+")
    on_behalf = models.BooleanField("承办人代为登记", default=False)
    late_reason = models.TextField("逾期说明", blank=True)
    returned_on = models.DateField("退回日", null=True, blank=True)
    returned_reason = models.TextField("退回理由", blank=True)
    accepted_on = models.DateField("验收日", null=True, blank=True)
    acceptance = models.TextField("验收意见", blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name="验收人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def is_late(self) -> bool:
        return self.reported_on > self.due_on


def reported_and_answered(prefix: str) -> tuple[models.BaseConstraint, ...]:
    """What holds of every report in the database too: a return has its reason, another accepts."""
    return (
        models.CheckConstraint(
            condition=Q(returned_on__isnull=True) | Q(~Q(returned_reason=""), accepted_on__isnull=True),
            name=f"{prefix}_return_has_its_reason",
        ),
        models.CheckConstraint(
            condition=Q(accepted_on__isnull=True) | ~Q(answered_by=models.F("reported_by")),
            name=f"{prefix}_accepted_by_another",
        ),
    )


class LookedBack(models.Model):
    """回头看: two go and look whether what was written off holds."""

    looked_on = models.DateField("回头看日")
    looker = models.ForeignKey(User, verbose_name="回头看人", on_delete=models.PROTECT, related_name="+")
    second_looker = models.CharField("另一名回头看人", max_length=60)
    finding = models.TextField("情况")
    holds = models.BooleanField("整改成立")

    class Meta:
        abstract = True
