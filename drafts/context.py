"""What every page may ask for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from drafts.stages import stage_names


def stages(request: HttpRequest) -> dict[str, object]:
    """The names of the stages; one query, on pages that show one."""
    return {"stage_names": SimpleLazyObject(stage_names)}
