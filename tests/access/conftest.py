"""A story told once a module, for the walks that only read."""

from tests.cases.conftest import telling

__all__ = ["telling"]
