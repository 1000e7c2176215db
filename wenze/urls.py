"""Every address of the system (contract.md “Addresses”)."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wenze.health.urls")),
    path("", include("wenze.people.urls")),
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/", admin.site.urls),
    path("", include("wenze.search.urls")),
    path("", include("wenze.documents.urls")),
    path("", include("wenze.workflow.urls")),
    path("", include("responsibility.urls")),
    path("", include("tolerance.urls")),
    path("", include("cases.urls")),
    path("", include("review.urls")),
    path("", include("followup.urls")),
    path("", include("wenze.reporting.urls")),
    path("", include("wenze.desk.urls")),
]

handler400 = "wenze.pages.views.bad_request"
handler403 = "wenze.pages.views.forbidden"
handler404 = "wenze.pages.views.not_found"
handler500 = "wenze.pages.views.server_error"
