"""Addresses of the lists (contract.md)."""

from __future__ import annotations

from django.urls import path

from responsibility.views import duties

urlpatterns = [
    path("lists/duties/", duties.register, name="duty-lists"),
    path("lists/duties/new/", duties.draft, name="duty-draft"),
    path("lists/duties/template/", duties.template, name="duty-template"),
    path("lists/duties/person/", duties.person, name="duty-person"),
    path("lists/duties/<uuid:pk>/", duties.one, name="duty-list"),
    path("lists/duties/<uuid:pk>/export/", duties.export, name="duty-export"),
    path("lists/duties/<uuid:pk>/rows/", duties.rewrite, name="duty-rows"),
    path("lists/duties/<uuid:pk>/return/", duties.send_back, name="duty-return"),
    path("lists/duties/<uuid:pk>/press/<slug:step>/", duties.press, name="duty-press"),
]
