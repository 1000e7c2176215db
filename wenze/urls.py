"""Every address of the system (contract.md “Addresses”)."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wenze.health.urls")),
    path("login/", auth_views.LoginView.as_view(template_name="login.html"), name="login"),
    path("admin/", admin.site.urls),
    path("", include("wenze.search.urls")),
    path("", include("wenze.documents.urls")),
    path("", include("wenze.workflow.urls")),
    path("", include("cases.urls")),
]

handler400 = "wenze.pages.views.bad_request"
handler403 = "wenze.pages.views.forbidden"
handler404 = "wenze.pages.views.not_found"
handler500 = "wenze.pages.views.server_error"
