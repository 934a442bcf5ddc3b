"""``flush`` as the owner: the application's role may not empty the record. Tests use it between transactions."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connections

from config import roles


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with roles.owner_login(connections[options["database"]]):
            super().handle(**options)
        cache.clear()
