"""The index is never shown as it stands: what is found is asked of each model's ``visible_to``."""

from __future__ import annotations

from wenze.access import policy

policy.exempt("search.SearchEntry", "检索先取编号，再逐类询问各模型的 visible_to")
