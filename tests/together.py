"""Which tests stay on one worker, and which go first.

A module says ``pytest.mark.xdist_group("name")``, and ``--dist loadgroup`` should keep its tests together; under pytest
9.2 it no longer does, without a word (pytest-xdist#1386): what a group sets up once was set up on every worker.
"""

import re
from functools import cache
from pathlib import Path

FIRST = ("journey-twelve", "case_twelve", "journey-life", "canary", "system", "journey-screens", "journey-clue", "rows")
"""The longest groups, so that short tests and not a long group fill the last minute."""

GROUP = re.compile(r"xdist_group\(\"([^\"]+)\"\)")


@cache
def group_in(path):
    """The group that a module says it is; empty where its tests may run anywhere."""
    found = GROUP.search(Path(path).read_text(encoding="utf-8"))
    return found.group(1) if found else ""


def place(path):
    """Where a module's tests stand in the run: groups before single tests, the longest first, else as they were."""
    group = group_in(path)
    if group in FIRST:
        return FIRST.index(group)
    return len(FIRST) if group else len(FIRST) + 1


def scheduler(config, log):
    """The distribution of ``--dist loadgroup`` by these groups, in the order in which the tests were collected."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_in(config.rootpath / nodeid.partition("::")[0]) or nodeid

    config.option.loadscopereorder = False
    return Together(config, log)
