"""Addresses of the statistics (contract.md)."""

from __future__ import annotations

from django.urls import path

from wenze.reporting import views

urlpatterns = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/figure/", views.figure, name="statistics-figure"),
    path("statistics/export/", views.download, name="statistics-export"),
    path("statistics/campaigns/", views.compare, name="statistics-campaigns"),
]
