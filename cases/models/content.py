"""The same case, asked with another question: who may read its **content** (facts, evidence, talks, drafts)?

The conduct office, case supervision and the trial office see process data of every case of the commission, and
content only from the stage at which they take part (design §4); so the rules differ, the rows are the same.
"""

from __future__ import annotations

from cases.models.case import Case


class CaseContent(Case):
    """A case as the door to its content; a proxy, so that the policy table can hold its own rules."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "案件内容"
