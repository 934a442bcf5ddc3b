"""What the importer has to say, in the reader's language: its messages are English msgids with places."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from drafts.importing import Finding, UnreadableFile


def sentence_of(said: Finding | UnreadableFile) -> str:
    """The finding or the refusal as one sentence: "Thiếu điểm đ trước điểm e tại Điều 5."."""
    return _filled(gettext(said.message), said.params)


def _filled(message: str, params: Mapping[str, str | int]) -> str:
    return message % params if params else message
