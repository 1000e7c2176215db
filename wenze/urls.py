"""Every address of the system (contract.md “Addresses”)."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", auth_views.LoginView.as_view(template_name="login.html"), name="login"),
    path("admin/", admin.site.urls),
]
