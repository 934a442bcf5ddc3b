"""Storages of our styles, scripts and icons that work out an address once and not three dozen times for every page."""

from __future__ import annotations

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class _Remembering(FileSystemStorage):
    """A file keeps its address as long as the process lives: what is new comes with a new start."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._addresses: dict[str | None, str] = {}

    def url(self, name: str | None) -> str:
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]


class HashedStorage(_Remembering, CompressedManifestStaticFilesStorage):
    """Names with the hash of their content, compressed."""


class PlainStorage(_Remembering, StaticFilesStorage):
    """The files as they are, for tests."""
