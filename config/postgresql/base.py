"""Django's PostgreSQL backend, which starts the embedded server of ``config.services`` when it is first needed."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from config import services


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        services.development.use_postgres()
        return super().get_new_connection(conn_params)
