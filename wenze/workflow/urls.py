"""Addresses of approvals."""

from __future__ import annotations

from django.urls import path

from wenze.workflow import views

urlpatterns = [
    path("approvals/", views.approval_list, name="approvals"),
    path("approvals/<uuid:pk>/", views.approval, name="approval"),
    path("approvals/instructions/<uuid:pk>/", views.instruction, name="instruction"),
    path("approvals/instructions/<uuid:pk>/scan/", views.instruction_scan, name="instruction-scan"),
]
