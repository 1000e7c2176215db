"""Addresses of execution, visits and reform."""

from __future__ import annotations

from django.urls import path

from followup.views import execution, letters, overview, reform, tracking

urlpatterns = [
    path("followup/", overview.overview, name="followup"),
    path("followup/items/<uuid:pk>/", execution.item, name="execution-item"),
    path("followup/visits/<uuid:pk>/", tracking.visit_plan, name="visit-plan"),
    path("followup/tracking/<uuid:pk>/", tracking.tracking, name="tracking"),
    path("followup/cases/<uuid:pk>/<slug:step>/", execution.press, name="followup-press"),
    path("followup/reform/cases/<uuid:pk>/point/", reform.blockage, name="reform-point"),
    path("followup/reform/cases/<uuid:pk>/waiver/", reform.waive, name="reform-waiver"),
    path("followup/reform/cases/<uuid:pk>/letter/", letters.draft, name="reform-letter-draft"),
    path("followup/reform/cases/<uuid:pk>/education/", letters.open_education, name="reform-education"),
    path("followup/reform/points/<uuid:pk>/item/", reform.add_item, name="reform-add"),
    path("followup/reform/items/<uuid:pk>/", reform.item, name="reform-item"),
    path("followup/reform/items/<uuid:pk>/return/", reform.send_back, name="reform-return"),
    path("followup/reform/items/<uuid:pk>/gap/", reform.gap, name="reform-gap"),
    path("followup/reform/items/<uuid:pk>/look-back/", reform.look_back, name="reform-look-back"),
    path("followup/reform/reports/<uuid:pk>/file/", reform.proof, name="reform-proof"),
    path("followup/reform/letters/<uuid:pk>/", letters.letter, name="reform-letter"),
    path("followup/reform/letters/<uuid:pk>/sign/", letters.ask_signatures, name="reform-letter-sign"),
    path("followup/reform/units/<uuid:pk>/", letters.education_unit, name="education-unit"),
]
