"""Checks from above and beside: escalation and key-case triggers, adjudication (mechanisms 13-15).

Joint review between offices and pre-review by the superior come with their issue; until then their triggers are
evaluated, and a step that needs them refuses by name.
"""
