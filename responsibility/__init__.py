"""责任清单: duties by organisation, post, year and version, that an attribution points at (mechanism 2).

Stands below ``cases``: a duty exists whether or not a case ever comes. Problem lists come with their issue.
"""
