"""Cookies and transport: what WENZE_HTTPS decides (design §8; ASVS 5.0 3.3)."""

from __future__ import annotations

from wenze.settings.environment import ALLOWED_HOSTS as _HOSTS
from wenze.settings.environment import HTTPS, PROXY_HEADER, SSL_REDIRECT, TRUSTED_ORIGINS

ALLOWED_HOSTS = _HOSTS
CSRF_TRUSTED_ORIGINS = TRUSTED_ORIGINS

# `__Host-` binds a cookie to this very host, path `/` and TLS; a browser refuses such a name over plain HTTP.
SESSION_COOKIE_NAME = "__Host-wenze-session" if HTTPS else "wenze-session"
CSRF_COOKIE_NAME = "__Host-wenze-csrf" if HTTPS else "wenze-csrf"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # htmx takes the token from the page, not from the cookie
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"

SECURE_SSL_REDIRECT = HTTPS and SSL_REDIRECT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, over plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_HEADER else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
