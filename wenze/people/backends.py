"""Who is logged in, read in one query: every page prints his name, his unit and his commission."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from wenze.people.models import User


class OfficeBackend(ModelBackend):
    """The account with its unit and its commission; what may be done is asked of the procedure, never of permissions."""

    def get_user(self, user_id: Any) -> User | None:
        found = User.objects.select_related("organization", "commission").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
