"""The web application as gunicorn wants it: loaded whole in the first process, so that the others share it."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

gc.disable()  # until every app is loaded: config.apps
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
import_module("config.urls")  # every view; otherwise each process reads them all with its first request
