"""wenze 问责: the whole life of an accountability case, from the clue to the follow-up visit."""

from wenze.celery import app as celery_app

__all__ = ["celery_app"]
