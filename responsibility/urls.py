"""Addresses of the lists (contract.md)."""

from __future__ import annotations

from django.urls import path

from responsibility.views import duties, problems

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
    path("lists/duties/<uuid:pk>/add/", duties.add_duty, name="duty-add"),
    path("lists/duties/row/<uuid:pk>/", duties.change_duty, name="duty-change"),
    path("lists/duties/row/<uuid:pk>/press/<slug:step>/", duties.press_duty, name="duty-row-press"),
    path("lists/imports/<uuid:pk>/", problems.job, name="list-import"),
    path("lists/problems/", problems.register, name="problems"),
    path("lists/problems/new/", problems.new_list, name="problem-list-new"),
    path("lists/problems/template/", problems.template, name="problem-template"),
    path("lists/problems/export/", problems.export, name="problem-export"),
    path("lists/problems/lists/<uuid:pk>/", problems.one_list, name="problem-list"),
    path("lists/problems/lists/<uuid:pk>/add/", problems.add, name="problem-add"),
    path("lists/problems/proofs/<uuid:pk>/", problems.proof, name="problem-proof"),
    path("lists/problems/<uuid:pk>/", problems.one, name="problem"),
    path("lists/problems/<uuid:pk>/return/", problems.send_back, name="problem-return"),
    path("lists/problems/<uuid:pk>/supervise/", problems.supervise, name="problem-supervise"),
    path("lists/problems/<uuid:pk>/look-back/", problems.look_back, name="problem-look-back"),
    path("lists/problems/<uuid:pk>/clue/", problems.hand_on, name="problem-clue"),
]
