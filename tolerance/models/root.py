"""The daily root of what was filed with a commission."""

from __future__ import annotations

from django.db import models

from wenze.ids import uuid7
from wenze.people.models import Organization


class FilingRoot(models.Model):
    """The Merkle root over the versions submitted on a day; what came in late for that day is a further ``part``.

    ``leaves`` are ``[version's key, digest]`` in their order, so that the check names which one is not what was published.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField("报送日")
    part = models.PositiveSmallIntegerField("次", default=1)
    root = models.CharField("当日根", max_length=64)
    leaves = models.JSONField("所含版本", default=list)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "容错备案当日根"
        ordering = ("day", "part")
        constraints = (models.UniqueConstraint(fields=("commission", "day", "part"), name="filing_root_once"),)
        indexes = (
            models.Index(
                fields=("commission",), condition=models.Q(published_at__isnull=True), name="filing_root_unpublished"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """How the published statement calls it."""
        return self.day.isoformat() + (f"#{self.part}" if self.part > 1 else "")
