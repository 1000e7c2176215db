"""A whole story told once a module, taken back after it."""

from tests.cases.conftest import telling  # noqa: F401 -- a fixture
