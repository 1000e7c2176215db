"""Production refuses to start carelessly (contract.md “Environment”). Each refusal says how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

MINIMUM_KEY_LENGTH = 50


@register(deploy=True)
def production_refusals(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Without WENZE_DEMO it is production; `check --deploy` and every process that serves asks this first."""
    if settings.WENZE_DEMO:
        return []
    return [*_key(), *_https(), *_in_process()]


def _key() -> list[CheckMessage]:
    if settings.SECRET_KEY == settings.WENZE_DEFAULT_SECRET_KEY:
        hint = "在 .env 设置 WENZE_SECRET_KEY（不少于 50 个随机字符）。"
        return [Error("生产环境不得使用默认密钥。", hint=hint, id="wenze.E001")]
    if len(settings.SECRET_KEY) < MINIMUM_KEY_LENGTH:
        return [Error("WENZE_SECRET_KEY 太短。", hint="不少于 50 个随机字符。", id="wenze.E002")]
    return []


def _https() -> list[CheckMessage]:
    if settings.WENZE_HTTPS:
        return []
    return [Error("生产环境必须经 HTTPS 提供服务。", hint="在前面架设 TLS，并设置 WENZE_HTTPS=1。", id="wenze.E003")]


def _in_process() -> list[CheckMessage]:
    if settings.WENZE_REDIS_URL or settings.WENZE_WEB_WORKERS <= 1:
        return []
    return [
        Error(
            f"没有 REDIS_URL 时任务在网页进程内运行，只能有一个网页进程（现为 {settings.WENZE_WEB_WORKERS} 个）。",
            hint="设置 REDIS_URL 并启动 worker 与 beat，或设 WEB_CONCURRENCY=1。",
            id="wenze.E004",
        )
    ]


def refuse_careless_start() -> None:
    """Ends the process before it serves or works; a command that only reads or mends is not held up."""
    if refusals := production_refusals():
        lines = "\n".join(f"{refusal.id} {refusal.msg}{refusal.hint}" for refusal in refusals)
        raise SystemExit(f"拒绝启动：\n{lines}")
