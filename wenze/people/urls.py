"""Addresses of login and logout."""

from __future__ import annotations

from django.urls import path

from wenze.people import views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
]
