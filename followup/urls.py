"""Addresses of execution, tracking, visits and of HR's place."""

from __future__ import annotations

from django.urls import path

from followup.views import execution, overview, personnel, tracking, volume

urlpatterns = [
    path("followup/", overview.overview, name="followup"),
    path("followup/items/<uuid:pk>/", execution.item, name="execution-item"),
    path("followup/items/<uuid:pk>/proof/", execution.proof, name="execution-proof"),
    path("followup/posts/<uuid:pk>/", execution.post, name="post-formality"),
    path("followup/posts/<uuid:pk>/defer/", execution.defer, name="post-defer"),
    path("followup/visits/<uuid:pk>/", tracking.visit_plan, name="visit-plan"),
    path("followup/visits/<uuid:pk>/recommend/", tracking.recommend, name="visit-recommend"),
    path("followup/tracking/<uuid:pk>/", tracking.tracking, name="tracking"),
    path("followup/tracking/<uuid:pk>/care/", tracking.open_care, name="care-open"),
    path("followup/tracking/<uuid:pk>/visit/", tracking.extra_visit, name="visit-extra"),
    path("followup/care/<uuid:pk>/", tracking.care, name="care-action"),
    path("followup/cases/<uuid:pk>/volume/", volume.volume, name="case-volume"),
    path("followup/cases/<uuid:pk>/<slug:step>/", execution.press, name="followup-press"),
    path("hr/", personnel.home, name="hr"),
    path("hr/cadres/<uuid:pk>/", personnel.cadre, name="hr-cadre"),
    path("hr/check/", personnel.check, name="hr-ask"),
    path("hr/checks/<uuid:pk>/", personnel.reply, name="hr-check"),
    path("hr/answers/<uuid:pk>/", personnel.judge, name="hr-judge"),
]
