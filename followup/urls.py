"""Addresses of execution and visits."""

from __future__ import annotations

from django.urls import path

from followup.views import execution, overview, tracking, volume

urlpatterns = [
    path("followup/", overview.overview, name="followup"),
    path("followup/items/<uuid:pk>/", execution.item, name="execution-item"),
    path("followup/visits/<uuid:pk>/", tracking.visit_plan, name="visit-plan"),
    path("followup/tracking/<uuid:pk>/", tracking.tracking, name="tracking"),
    path("followup/cases/<uuid:pk>/volume/", volume.volume, name="case-volume"),
    path("followup/cases/<uuid:pk>/<slug:step>/", execution.press, name="followup-press"),
]
