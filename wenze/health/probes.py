"""What is asked of the surroundings: each probe answers a `Finding`; none raises, none writes."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import redis
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from wenze.deadlines import clock

FREE_BYTES_WANTED = 1_000_000_000
PROBE_SECONDS = 2
CLOCK_YEAR_FLOOR = 2026


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it holds, what was seen, how to mend it. ``age`` in seconds where there is one."""

    name: str
    title: str
    ok: bool
    seen: str
    mend: str = ""
    age: float | None = None


def database() -> Finding:
    """A statement is answered; the vendor is named."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except (DatabaseError, OSError) as error:
        mend = "检查 DATABASE_URL 及数据库服务。"
        return Finding("database", "数据库", ok=False, seen=type(error).__name__, mend=mend)
    return Finding("database", "数据库", ok=True, seen=connection.vendor)


def migrations() -> Finding:
    """No migration waits; an older program before a newer database is not ready either."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, OSError) as error:
        return Finding("migrations", "数据库结构", ok=False, seen=type(error).__name__, mend="先让数据库可用。")
    if waiting:
        mend = "运行 manage.py migrate。"
        return Finding("migrations", "数据库结构", ok=False, seen=f"{len(waiting)} 项未执行", mend=mend)
    return Finding("migrations", "数据库结构", ok=True, seen="最新")


def broker() -> Finding:
    """Redis answers; without REDIS_URL the work is done in the process and there is no broker to fail."""
    if not settings.WENZE_REDIS_URL:
        return Finding("broker", "消息队列", ok=True, seen="进程内（未设 REDIS_URL）")
    client = redis.Redis.from_url(
        settings.WENZE_REDIS_URL, socket_connect_timeout=PROBE_SECONDS, socket_timeout=PROBE_SECONDS
    )
    try:
        client.ping()
    except (redis.RedisError, OSError) as error:
        return Finding("broker", "消息队列", ok=False, seen=type(error).__name__, mend="检查 REDIS_URL 及 Redis 服务。")
    finally:
        client.close()
    return Finding("broker", "消息队列", ok=True, seen="Redis")


def fonts() -> Finding:
    """GB/T 9704 asks for 仿宋 and its kin: free stand-ins lie in ``var/fonts``, Noto is the last resort."""
    own = sorted((settings.WENZE_VAR / "fonts").glob("*.[ot]tf"))
    listed = _output("fc-list", ":lang=zh", "family")
    mend = "运行 make setup；或 apt-get install fonts-noto-cjk，并把仿宋、小标宋放入 var/fonts。"
    seen = f"var/fonts {len(own)} 个，系统中文字体 {len(listed.splitlines())} 个"
    return Finding("fonts", "字体", ok=bool(own) and bool(listed), seen=seen, mend=mend)


def pango() -> Finding:
    """The typesetter's library loads."""
    try:
        import weasyprint  # noqa: PLC0415
    except (ImportError, OSError) as error:
        mend = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return Finding("pango", "排版库 Pango", ok=False, seen=str(error).splitlines()[0], mend=mend)
    return Finding("pango", "排版库 Pango", ok=True, seen=f"WeasyPrint {weasyprint.__version__}")


def keys() -> Finding:
    """The key-encryption key is there, readable by its owner alone."""
    path = Path(settings.WENZE_KEK_FILE)
    if not path.exists():
        if settings.WENZE_DEMO:
            return Finding("keys", "密钥", ok=True, seen="首次使用时生成（演示）")
        return Finding("keys", "密钥", ok=False, seen=f"{path} 不存在", mend="由两名管理员生成并另行保管主密钥文件。")
    if path.stat().st_mode & 0o077:
        return Finding("keys", "密钥", ok=False, seen="他人可读", mend=f"chmod 600 {path}")
    return Finding("keys", "密钥", ok=True, seen="在，仅所有者可读")


def system_clock() -> Finding:
    """The day the system takes for today; a machine that lost its clock counts every term wrongly."""
    today = clock.today()
    note = "（WENZE_TODAY 指定）" if settings.WENZE_TODAY else ""
    ok = today.year >= CLOCK_YEAR_FLOOR
    return Finding("clock", "时钟", ok=ok, seen=f"{today.isoformat()}{note}", mend="校准系统时间（chrony / NTP）。")


def disk() -> Finding:
    """Where evidence and the database grow, a gigabyte is free."""
    place = settings.WENZE_VAR if settings.WENZE_VAR.exists() else settings.WENZE_VAR.parent
    free = shutil.disk_usage(place).free
    seen = f"剩余 {free / 1e9:.1f} GB"
    return Finding("disk", "磁盘空间", ok=free >= FREE_BYTES_WANTED, seen=seen, mend="清理磁盘或扩容，至少 1 GB。")


def _output(*command: str) -> str:
    program = shutil.which(command[0])
    if not program:
        return ""
    done = subprocess.run(  # noqa: S603
        [program, *command[1:]], capture_output=True, text=True, timeout=20, check=False
    )
    return done.stdout


def seconds_since(moment: dt.datetime) -> float:
    """Whole seconds; never negative, though two machines' clocks may differ a little."""
    return max(0.0, round((clock.now() - moment).total_seconds()))


def has_model(label: str) -> bool:
    """Whether the room that keeps this record is furnished in this edition."""
    try:
        apps.get_model(label)
    except LookupError:
        return False
    return True
