"""What a conclusion concerns, units that support a task, people who answer for it: linked and unlinked by acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Model

from accounts.models import Unit, User
from comments.models import Comment
from drafts import diary
from drafts.models import Document, Operation, Provision
from meetings.models import (
    Assignment,
    Conclusion,
    ConclusionArticle,
    ConclusionComment,
    ConclusionDocument,
    ResponsiblePerson,
    SupportingUnit,
)


class Seen(NamedTuple):
    """Keys of what a conclusion was linked to on the page somebody started from."""

    documents: frozenset[int] = frozenset()
    articles: frozenset[int] = frozenset()
    comments: frozenset[int] = frozenset()


def set_documents(
    operation: Operation, conclusion: Conclusion, documents: Iterable[Document], *, seen: Seen | None = None
) -> None:
    """Make these the drafts the conclusion concerns; ``seen`` are those the editor started from."""
    _set(operation, ConclusionDocument, "document", documents, seen and seen.documents, conclusion=conclusion)


def set_articles(
    operation: Operation, conclusion: Conclusion, articles: Iterable[Provision], *, seen: Seen | None = None
) -> None:
    """Make these the provisions the conclusion concerns; ``seen`` are those the editor started from."""
    _set(operation, ConclusionArticle, "provision", articles, seen and seen.articles, conclusion=conclusion)


def set_comments(
    operation: Operation, conclusion: Conclusion, comments: Iterable[Comment], *, seen: Seen | None = None
) -> None:
    """Make these the comments the conclusion settles; ``seen`` are those the editor started from."""
    _set(operation, ConclusionComment, "comment", comments, seen and seen.comments, conclusion=conclusion)


def set_supporting_units(operation: Operation, assignment: Assignment, units: Iterable[Unit]) -> None:
    """Make these the units that support the task."""
    _set(operation, SupportingUnit, "unit", units, assignment=assignment)


def set_people(operation: Operation, assignment: Assignment, people: Iterable[User]) -> None:
    """Make these the people who answer for the task by name."""
    _set(operation, ResponsiblePerson, "user", people, assignment=assignment)


def _set(
    operation: Operation,
    link: type[Model],
    name: str,
    wanted: Iterable[Model],
    seen: frozenset[int] | None = None,
    **owner: Model,
) -> None:
    """Unlink from the owner what is not wanted, and link what is missing.

    With ``seen`` only what differs from it is wanted otherwise: what was linked or unlinked since stays so. A set of
    links needs no more to be merged. For who holds the owner.
    """
    key = f"{name}_id"
    links = list(link._default_manager.filter(**owner))
    keys, standing = {one.pk for one in wanted}, {getattr(one, key) for one in links}
    if seen is not None:
        keys = (standing - (seen - keys)) | (keys - seen)
    diary.remove(operation, [one for one in links if getattr(one, key) not in keys])
    missing = keys - standing
    diary.add(operation, [link(**owner, **{key: pk}) for pk in sorted(missing)])
