"""The rules of this room: beginning, inquiry, decision. Execution and what follows it are the room above's."""

from review.evaluation.rules import deciding, initiation, investigation, reviews

__all__ = ["deciding", "initiation", "investigation", "reviews"]
