"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from wenze.documents import views

urlpatterns = [
    path("documents/<uuid:pk>/", views.document, name="document"),
    path("verify/<slug:code>/", views.verify, name="verify"),
]
