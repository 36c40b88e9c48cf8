"""The WSGI entry point for any server; no logic of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qmm_site.settings")

application = get_wsgi_application()
