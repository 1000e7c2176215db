"""What the ledger is excused from: it lies below this room and belongs to the audit administrator alone."""

from __future__ import annotations

from wenze.access import policy

policy.exempt("audit.LedgerEntry", "审计管理员所专有，只在审计后台和案件历史中按案件读取")
