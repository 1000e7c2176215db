"""What goes over to units and HR offices on another network, and what comes back from them (design §2, two networks).

Out: the execution items addressed to the organisation that are open, and the papers it may read by the same rules as if
it had an account. In: its answers, taken by the same services as on the screen. Never a case, evidence, a talk, a draft.
"""

from followup.exchange import inbound

__all__ = ["inbound"]
