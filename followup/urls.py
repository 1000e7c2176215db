"""Addresses of execution, tracking, visits, reform, and of HR's place."""

from __future__ import annotations

from django.urls import path

from followup.views import exchange, execution, exemption, letters, overview, personnel, reform, tracking, volume

urlpatterns = [
    path("followup/", overview.overview, name="followup"),
    path("followup/items/<uuid:pk>/", execution.item, name="execution-item"),
    path("followup/items/<uuid:pk>/proof/", execution.proof, name="execution-proof"),
    path("followup/posts/<uuid:pk>/", execution.post, name="post-formality"),
    path("followup/posts/<uuid:pk>/defer/", execution.defer, name="post-defer"),
    path("followup/items/<uuid:pk>/rectified/<slug:step>/", exemption.answer, name="rectify-answer"),
    path("followup/rectified/<uuid:pk>/proof/", exemption.proof, name="rectify-proof"),
    path("followup/clearing/<uuid:pk>/", exemption.clearing, name="clearing"),
    path("followup/cases/<uuid:pk>/clearing/<uuid:subject_id>/", exemption.draft, name="clearing-draft"),
    path("followup/visits/<uuid:pk>/", tracking.visit_plan, name="visit-plan"),
    path("followup/visits/<uuid:pk>/recommend/", tracking.recommend, name="visit-recommend"),
    path("followup/tracking/<uuid:pk>/", tracking.tracking, name="tracking"),
    path("followup/tracking/<uuid:pk>/care/", tracking.open_care, name="care-open"),
    path("followup/tracking/<uuid:pk>/visit/", tracking.extra_visit, name="visit-extra"),
    path("followup/care/<uuid:pk>/", tracking.care, name="care-action"),
    path("followup/exchange/", exchange.packages, name="exchange"),
    path("followup/exchange/export/", exchange.export, name="exchange-export"),
    path("followup/exchange/import/", exchange.take_in, name="exchange-import"),
    path("followup/exchange/key/", exchange.public_key, name="exchange-key"),
    path("followup/exchange/<uuid:pk>/", exchange.package, name="exchange-package"),
    path("followup/exchange/<uuid:pk>/file/", exchange.content, name="exchange-file"),
    path("followup/exchange/<uuid:pk>/receipt/", exchange.receipt, name="exchange-receipt"),
    path("followup/cases/<uuid:pk>/volume/", volume.volume, name="case-volume"),
    path("followup/cases/<uuid:pk>/<slug:step>/", execution.press, name="followup-press"),
    path("hr/", personnel.home, name="hr"),
    path("hr/cadres/<uuid:pk>/", personnel.cadre, name="hr-cadre"),
    path("hr/check/", personnel.check, name="hr-ask"),
    path("hr/checks/<uuid:pk>/", personnel.reply, name="hr-check"),
    path("hr/answers/<uuid:pk>/", personnel.judge, name="hr-judge"),
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
