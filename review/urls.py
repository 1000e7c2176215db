"""Addresses of the reviews."""

from __future__ import annotations

from django.urls import path

from review import views

urlpatterns = [
    path("review/<uuid:pk>/accept/", views.accept, name="adjudication-accept"),
    path("review/<uuid:pk>/opinion/", views.opinion, name="adjudication-opinion"),
]
