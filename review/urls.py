"""Addresses of the reviews."""

from __future__ import annotations

from django.urls import path

from review import sampling_urls
from review.views import adjudication, evaluation, joint, pre, ruler

urlpatterns = [
    path("review/", pre.overview, name="review"),
    *sampling_urls.urlpatterns,
    path("review/evaluations/", evaluation.register, name="evaluations"),
    path("review/evaluations/new/", evaluation.begin, name="evaluation-open"),
    path("review/evaluations/<uuid:pk>/", evaluation.page, name="evaluation"),
    path("review/evaluations/<uuid:pk>/<slug:step>/", evaluation.do, name="evaluation-act"),
    path("review/findings/<uuid:pk>/", evaluation.set_aside, name="finding-set-aside"),
    path("review/indicators/", evaluation.indicator_table, name="indicators"),
    path("review/defects/", evaluation.defects, name="defects"),
    path("review/<uuid:pk>/accept/", adjudication.accept, name="adjudication-accept"),
    path("review/<uuid:pk>/opinion/", adjudication.opinion, name="adjudication-opinion"),
    path("review/<uuid:pk>/joint/", joint.convene, name="joint-convene"),
    path("review/<uuid:pk>/pre-review/<slug:step>/", pre.press, name="pre-review-press"),
    path("review/<uuid:pk>/departure/", pre.departure, name="pre-review-departure"),
    path("review/joint/<uuid:pk>/", joint.meeting, name="joint-review"),
    path("review/joint/<uuid:pk>/opinion/", joint.opinion, name="joint-opinion"),
    path("review/joint/<uuid:pk>/open/", joint.open_meeting, name="joint-open"),
    path("review/joint/<uuid:pk>/conclude/", joint.conclude, name="joint-conclude"),
    path("review/pre/<uuid:pk>/", pre.page, name="pre-review"),
    path("review/pre/<uuid:pk>/consent/", pre.consent, name="pre-review-consent"),
    path("review/ruler/", ruler.query, name="ruler"),
    path("review/ruler/past/", ruler.past, name="ruler-past"),
    path("review/ruler/<uuid:pk>/", ruler.case_page, name="ruler-case"),
    path("review/ruler/<uuid:pk>/<uuid:subject_id>/", ruler.subject_page, name="ruler-subject"),
]
