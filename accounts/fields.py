"""A text column computed from another one on every write: sort keys and search keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models


class KeyField(models.TextField):
    """Holds ``key(source)``, ordered byte by byte.

    The embedded PostgreSQL has no ICU, so Vietnamese order is stored in the row and compared with ``COLLATE "C"``.
    Bulk updates of the source must name this field too: ``bulk_update(rows, ["name", "name_key"])`` calls ``pre_save``.
    """

    def __init__(self, *args: Any, source: str = "", key: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        self.source = source
        self.key = key
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_collation", "C")
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "key": self.key}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.key(getattr(model_instance, self.source)) if self.key else ""
        setattr(model_instance, self.attname, value)
        return value
