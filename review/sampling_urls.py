"""Addresses of 抽查核查."""

from __future__ import annotations

from django.urls import path

from review.views import rechecks, sample_loans, sampling

urlpatterns = [
    path("review/samples/", sampling.register, name="samples"),
    path("review/samples/new/", sampling.plan, name="sample-new"),
    path("review/samples/<uuid:pk>/", sampling.one, name="sample"),
    path("review/samples/<uuid:pk>/paper/", sampling.paper, name="sample-paper"),
    path("review/samples/<uuid:pk>/named/", sampling.named, name="sample-named"),
    path("review/samples/<uuid:pk>/press/<slug:step>/", sampling.press, name="sample-press"),
    path("review/samples/<uuid:pk>/void/", sampling.void, name="sample-void"),
    path("review/samples/<uuid:pk>/assign/", sampling.assign, name="sample-assign"),
    path("review/samples/<uuid:pk>/files/", sample_loans.ask, name="sample-files"),
    path("review/samples/<uuid:pk>/finish/", sampling.finish, name="sample-finish"),
    path("review/samples/cases/<uuid:pk>/evaluate/", sampling.evaluate, name="sample-evaluate"),
    path("review/samples/<uuid:pk>/redraw.zip", sampling.bundle, name="sample-bundle"),
    path("review/samples/cases/<uuid:pk>/", sampling.member, name="sample-member"),
    path("review/samples/cases/<uuid:pk>/reviewer/", sampling.reassign, name="sample-reassign"),
    path("review/samples/cases/<uuid:pk>/recheck/", rechecks.plan, name="recheck-plan"),
    path("review/samples/cases/<uuid:pk>/order/", rechecks.order, name="sample-order-new"),
    path("review/samples/loans/<uuid:pk>/", sample_loans.loan, name="sample-loan"),
    path("review/samples/loans/<uuid:pk>/hand-over/", sample_loans.hand_over, name="sample-loan-hand"),
    path("review/samples/loans/<uuid:pk>/return/", sample_loans.give_back, name="sample-loan-return"),
    path("review/samples/loans/<uuid:pk>/letter/", sample_loans.letter, name="sample-loan-letter"),
    path("review/samples/rechecks/<uuid:pk>/", rechecks.recheck, name="recheck"),
    path("review/samples/rechecks/<uuid:pk>/record/", rechecks.record, name="recheck-record"),
    path("review/samples/files/<uuid:pk>/", rechecks.file, name="recheck-file"),
    path("review/samples/orders/<uuid:pk>/", rechecks.one_order, name="sample-order"),
    path("review/samples/orders/<uuid:pk>/answer/", rechecks.answer, name="sample-order-answer"),
    path("review/samples/orders/<uuid:pk>/accept/", rechecks.accept, name="sample-order-accept"),
    path("review/samples/orders/<uuid:pk>/return/", rechecks.send_back, name="sample-order-return"),
    path("review/samples/orders/<uuid:pk>/correct/", rechecks.correct, name="sample-order-correct"),
    path("review/samples/orders/<uuid:pk>/letter/", rechecks.letter, name="sample-order-letter"),
    path("review/samples/orders/<uuid:pk>/proof/", rechecks.proof, name="sample-order-proof"),
]
