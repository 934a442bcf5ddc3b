#!/usr/bin/env python
"""Django's command line. Alone, with nothing set, it works on the development databases in var/."""

import gc
import os
import sys

from config.stack import with_room

PRODUCTION_HAS_ONE_OF = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS")


@with_room
def main() -> None:
    gc.disable()  # until every app is loaded: config.apps
    if not any(name in os.environ for name in PRODUCTION_HAS_ONE_OF):
        os.environ.setdefault("DEPLOYMENT", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
