"""The two addresses that a load balancer asks. No version, no host, no path stands in the answers (ASVS 5.0 13.4)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wenze.health import readiness


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives; nothing else is asked, so a slow database does not get it killed."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Ready to serve: 200, else 503 with the same keys and the reason beside each."""
    findings = readiness.look()
    ready = all(finding.ok for finding in findings)
    body = {
        "status": "ready" if ready else "not_ready",
        **{
            finding.name: {
                "ok": finding.ok,
                "seen": finding.seen,
                **({"age_seconds": finding.age} if finding.name in readiness.AGED else {}),
            }
            for finding in findings
        },
    }
    return JsonResponse(body, status=200 if ready else 503, json_dumps_params={"ensure_ascii": False})
