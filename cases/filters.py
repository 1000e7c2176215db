"""Conditions of the lists; they stand in the address, so that a list can be sent as a link."""

from __future__ import annotations

import django_filters
from django import forms

from cases.enums import CaseState, ClueSource, ClueState, Exit
from cases.forms.clue import FIELDS
from cases.models import Case, Clue

EMPTY = "全部"


class ClueFilter(django_filters.FilterSet):
    """Filters of the clue list."""

    state = django_filters.ChoiceFilter(label="状态", choices=ClueState.choices, empty_label=EMPTY)
    exit = django_filters.ChoiceFilter(label="出口", choices=Exit.choices, empty_label=EMPTY)
    source = django_filters.ChoiceFilter(label="来源", choices=ClueSource.choices, empty_label=EMPTY)
    field = django_filters.ChoiceFilter(label="领域", choices=FIELDS, empty_label=EMPTY)
    year = django_filters.NumberFilter(label="年份")

    class Meta:
        model = Clue
        fields = ("state", "exit", "source", "field", "year")


class CaseFilter(django_filters.FilterSet):
    """Filters of the case list."""

    state = django_filters.ChoiceFilter(label="状态", choices=CaseState.choices, empty_label=EMPTY)
    field = django_filters.ChoiceFilter(label="领域", choices=FIELDS, empty_label=EMPTY)
    year = django_filters.NumberFilter(label="年份", widget=forms.NumberInput)

    class Meta:
        model = Case
        fields = ("state", "field", "year")
