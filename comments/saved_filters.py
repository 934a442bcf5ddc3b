"""Filters of the consolidated page kept under a name: each has an address of its own."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from comments.answer_forms import FilterForm
from comments.consolidation import ARRANGEMENTS
from comments.models import SavedFilter
from config.errors import RuleBrokenError
from drafts.models import Document
from drafts.texts import clean

MOST = 30


def keep_filter(document: Document, *, by: User, name: str, query: str) -> SavedFilter:
    """Keep what the address filters by; the same name again replaces it."""
    name = clean(name)[:80]
    if not name:
        raise RuleBrokenError(_("Give the filter a name."))
    kept = filters_of(document, user=by)
    if len(kept) >= MOST and name not in [one.name for one in kept]:
        raise RuleBrokenError(_("You keep many filters already; remove one first."))
    saved, _made = SavedFilter.objects.update_or_create(
        user=by, document=document, name=name, defaults={"query": readable(query)}
    )
    return saved


def filters_of(document: Document, *, user: User) -> list[SavedFilter]:
    """The person's own. One query."""
    return list(SavedFilter.objects.filter(user=user, document=document))


def readable(query: str) -> str:
    """Only what the page understands, in a fixed order: two addresses of the same list are equal."""
    asked = QueryDict(query)
    form = FilterForm(asked)
    form.is_valid()
    kept = QueryDict(mutable=True)
    for name in FilterForm.base_fields:
        if value := form.cleaned_data.get(name):
            kept[name] = str(value)
    if asked.get("by") in ARRANGEMENTS and asked["by"] != "article":
        kept["by"] = asked["by"]
    return kept.urlencode()[:500]
