"""The index: one row a record that can be found. It holds no content of its own and decides nothing about rights."""

from __future__ import annotations

from typing import Any

from django.db import models

from wenze.deadlines import clock
from wenze.search import tokens


class SearchEntry(models.Model):
    """A record by its words. The key is a number, because SQLite's FTS5 names its rows by number."""

    id = models.BigAutoField("编号", primary_key=True)
    commission_id = models.UUIDField("所属纪委监委", null=True, blank=True, db_index=True)
    kind = models.CharField("类别", max_length=60)
    object_id = models.UUIDField("记录")
    case_id = models.UUIDField("案件", null=True, blank=True)
    title = models.CharField("标题", max_length=200)
    subtitle = models.CharField("说明", max_length=200, blank=True)
    url = models.CharField("地址", max_length=200)
    tokens = models.TextField("检索词", blank=True)
    initials = models.CharField("拼音首字母", max_length=400, blank=True)
    updated_at = models.DateTimeField("更新时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_once_per_record"),)

    def __str__(self) -> str:
        return self.title


@models.TextField.register_lookup
class Matches(models.Lookup):
    """``tokens__matches=tokens.query(q)``: answered by GIN on PostgreSQL and by FTS5 on SQLite."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"to_tsvector('simple', {lhs}) @@ to_tsquery('simple', %s)", [*params, tokens.for_postgresql(self.rhs)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        row = lhs.replace('"tokens"', '"id"')
        inner = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s"
        return f"{row} IN ({inner})", [*params, tokens.for_sqlite(self.rhs)]
