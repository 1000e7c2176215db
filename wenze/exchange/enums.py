"""Words of the exchange between two networks."""

from __future__ import annotations

from django.db import models


class Direction(models.TextChoices):
    OUT = "out", "发出"
    IN = "in", "收进"


class PackageKind(models.TextChoices):
    """What a package is for; the receipt is a package too, so that one program reads both."""

    ITEMS = "items", "交办包"
    ANSWERS = "answers", "答复包"
    RECEIPT = "receipt", "回执"


class Result(models.TextChoices):
    """What became of one line of a package."""

    SENT = "sent", "已列入"
    TAKEN = "taken", "已采用"
    ALREADY = "already", "此前已办"
    REFUSED = "refused", "未采用"
