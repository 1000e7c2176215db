"""Addresses of execution and visits."""

from __future__ import annotations

from django.urls import path

from followup import views

urlpatterns = [
    path("followup/", views.overview, name="followup"),
    path("followup/items/<uuid:pk>/", views.item, name="execution-item"),
    path("followup/visits/<uuid:pk>/", views.visit_plan, name="visit-plan"),
    path("followup/tracking/<uuid:pk>/", views.tracking, name="tracking"),
    path("followup/cases/<uuid:pk>/<slug:step>/", views.press, name="followup-press"),
]
