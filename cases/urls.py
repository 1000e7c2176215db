"""Addresses of clues and cases."""

from __future__ import annotations

from django.urls import path

from cases.views import cases, chain, clues, concluding, initiating
from cases.views import investigating as work

CASE = "cases/<uuid:pk>/"

urlpatterns = [
    path("clues/", clues.clue_list, name="clues"),
    path("clues/register/", clues.register, name="clue-register"),
    path("clues/<uuid:pk>/", clues.clue_page, name="clue"),
    path("clues/<uuid:pk>/assign/", clues.assign, name="clue-assign"),
    path("clues/<uuid:pk>/plan/", clues.plan, name="clue-plan"),
    path("clues/<uuid:pk>/report/", clues.report, name="clue-report"),
    path("clues/<uuid:pk>/assess/", clues.assess, name="clue-assess"),
    path("clues/<uuid:pk>/recuse/", clues.recuse, name="clue-recuse"),
    path("clues/<uuid:pk>/handler/", clues.appoint, name="clue-handler"),
    path("clues/<uuid:pk>/resume/", clues.resume, name="clue-resume"),
    path("clues/<uuid:pk>/initiate/", initiating.apply, name="case-apply"),
    path("clues/<uuid:pk>/join/", initiating.join, name="clue-join"),
    path("clues/first-form/<uuid:pk>/", clues.first_form, name="first-form"),
    path("clues/referral/<uuid:pk>/", clues.referral, name="referral"),
    path("clues/inquiry/<uuid:pk>/", clues.inquiry, name="inquiry"),
    path("cases/", cases.case_list, name="cases"),
    path(CASE, cases.workspace, name="case"),
    path(f"{CASE}amend/", initiating.amend, name="case-amend"),
    path(f"{CASE}step/<slug:step>/", cases.press, name="case-press"),
    path(f"{CASE}panel/<slug:panel>/", cases.workspace, name="case-panel"),
    path(f"{CASE}supplement/", initiating.add_subjects, name="case-supplement"),
    path("cases/supplement/<uuid:pk>/<slug:step>/", initiating.press_supplement, name="supplement-press"),
    path(f"{CASE}extension/", initiating.extend, name="case-extension"),
    path(f"{CASE}subjects/<uuid:subject_id>/end/", initiating.end_early, name="case-end-early"),
    path("cases/dispatch/<uuid:pk>/", initiating.dispatch, name="dispatch"),
    path("cases/dispatch/<uuid:pk>/consent/", initiating.consent, name="dispatch-consent"),
    path(f"{CASE}team/", work.team, name="case-team"),
    path(f"{CASE}declare/", work.declare, name="case-declare"),
    path(f"{CASE}recuse/", work.recuse, name="case-recuse"),
    path(f"{CASE}handler/", work.appoint, name="case-handler"),
    path(f"{CASE}plan/", work.plan, name="case-plan"),
    path(f"{CASE}evidence/", work.evidence, name="case-evidence"),
    path(f"{CASE}evidence/<uuid:evidence_id>/", work.evidence_page, name="evidence-page"),
    path(f"{CASE}evidence/<uuid:evidence_id>/view/", work.evidence_view, name="evidence-view"),
    path(f"{CASE}evidence/<uuid:evidence_id>/file/", work.evidence_file, name="evidence-file"),
    path(f"{CASE}evidence/<uuid:evidence_id>/withdraw/", work.withdraw, name="evidence-withdraw"),
    path(f"{CASE}talks/", work.talk, name="case-talk"),
    path(f"{CASE}facts/", work.fact, name="case-fact"),
    path(f"{CASE}facts/<uuid:fact_id>/", work.fact, name="case-fact-edit"),
    path(f"{CASE}facts/<uuid:fact_id>/cause/", chain.cause, name="case-cause"),
    path(f"{CASE}withdraw/<slug:kind>/<uuid:link_id>/", chain.withdraw, name="link-withdraw"),
    path(f"{CASE}trail/", work.event, name="case-event"),
    path(f"{CASE}attributions/", work.attribution, name="case-attribution"),
    path(f"{CASE}circumstances/", work.circumstance, name="case-circumstance"),
    path(f"{CASE}breaks/", chain.explain, name="case-explain"),
    path(f"{CASE}subjects/<uuid:subject_id>/filings/<uuid:filing_id>/", work.answer_filing, name="case-filing"),
    path(f"{CASE}subjects/<uuid:subject_id>/statement/", work.statement, name="case-statement"),
    path(f"{CASE}subjects/<uuid:subject_id>/hearing/", work.hear, name="case-hear"),
    path(f"{CASE}subjects/<uuid:subject_id>/proposal/", work.propose, name="case-propose"),
    path(f"{CASE}points/<uuid:point_id>/", work.answer, name="case-answer"),
    path(f"{CASE}report/", concluding.write_report, name="case-report"),
    path(f"{CASE}report/sign/", concluding.sign_report, name="case-report-sign"),
    path(f"{CASE}deliberation/", concluding.deliberate, name="case-deliberate"),
]
