"""Words of a text on a page: with marks on them (``{{ row.body|marked }}``), and what its parts are called."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from comments.leaves import name_of, title_of
from comments.marking import Segment
from comments.models import Comment
from comments.tables import Piece
from drafts.photographs import edition_text
from drafts.texts import Sheet

register = template.Library()


@register.filter
def marked(segments: Iterable[Segment | Piece]) -> SafeString:
    """The words character by character, those commented on in a mark that names the comments.

    Thousands of pieces stand on one page: joined here, they cost a tenth of what a template's loop takes.
    """
    return mark_safe("".join(map(_marked, segments)))  # every part is escaped or a number


@register.filter
def called(sheet: Sheet) -> str:
    """``{{ sheet|called }}``: its title; what has none is called by its kind."""
    return title_of(sheet)


@register.filter
def place_as_read(comment: Comment) -> str:
    """``khoản 2 Điều 5``, as the edition calls it in which the comment was made; "" for a general one.

    Numbers of the working text are not for every reader, and say nothing beside the edition's name. Needs ``edition``
    selected; editions are read once and kept.
    """
    if comment.provision_id is None:
        return ""
    sheet = next((sheet for sheet in edition_text(comment.edition) if sheet.pk == comment.provision_id), None)
    return f"{comment.clause_label} {name_of(sheet) if sheet else comment.provision}".strip()


def _marked(segment: Segment | Piece) -> str:
    words = escape(segment.text)
    if not segment.keys:
        return words
    return f'<mark data-comments="{escape(" ".join(map(str, segment.keys)))}">{words}</mark>'
