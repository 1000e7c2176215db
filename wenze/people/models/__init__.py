"""Organisations, posts, cadres, accounts and dated roles."""

from wenze.people.models.cadre import Appointment, Cadre
from wenze.people.models.organization import Organization, Post
from wenze.people.models.user import RoleAssignment, User

__all__ = ["Appointment", "Cadre", "Organization", "Post", "RoleAssignment", "User"]
