"""容错备案: filings in advance, which a case must find and answer (mechanism 12, law.md §6).

A filing is evidence, not permission; one that came after the act is only an explanation.
"""
