"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from wenze.desk import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="notices-read"),
    path("procedure/", views.procedure, name="procedure"),
]
