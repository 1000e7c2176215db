"""Addresses of the filings (contract.md)."""

from __future__ import annotations

from django.urls import path

from tolerance.views import filing, register

urlpatterns = [
    path("tolerance/", register.register, name="filings"),
    path("tolerance/lists/", register.lists, name="tolerance-lists"),
    path("tolerance/new/", filing.new, name="filing-new"),
    path("tolerance/verify_filing.py", register.program, name="filing-program"),
    path("tolerance/files/<uuid:pk>/", register.file, name="filing-file"),
    path("tolerance/<uuid:pk>/", register.one, name="filing"),
    path("tolerance/<uuid:pk>/edit/", filing.edit, name="filing-edit"),
    path("tolerance/<uuid:pk>/form/", register.filing_form, name="filing-form"),
    path("tolerance/<uuid:pk>/receipt/", register.receipt, name="filing-receipt"),
    path("tolerance/<uuid:pk>/proof/", register.proof_file, name="filing-proof"),
    path("tolerance/<uuid:pk>/step/<slug:step>/", filing.step, name="filing-step"),
]
