"""Is the house in order: refusals at the start, `/healthz`, `/readyz`, `manage.py doctor`."""
