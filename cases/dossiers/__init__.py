"""What the signers of each step see, one function a matter."""

from cases.dossiers import matters, redress

__all__ = ["matters", "redress"]
