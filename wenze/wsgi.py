"""What a web server loads; it refuses here, whichever server it is."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenze.settings")
application = get_wsgi_application()

from wenze.health.checks import refuse_careless_start  # noqa: E402

refuse_careless_start()
