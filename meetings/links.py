"""What a conclusion concerns, units that support a task, people who answer for it: linked and unlinked by acts."""

from __future__ import annotations

from collections.abc import Iterable

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


def set_documents(operation: Operation, conclusion: Conclusion, documents: Iterable[Document]) -> None:
    """Make these the drafts the conclusion concerns."""
    _set(operation, ConclusionDocument, "document", documents, conclusion=conclusion)


def set_articles(operation: Operation, conclusion: Conclusion, articles: Iterable[Provision]) -> None:
    """Make these the provisions the conclusion concerns."""
    _set(operation, ConclusionArticle, "provision", articles, conclusion=conclusion)


def set_comments(operation: Operation, conclusion: Conclusion, comments: Iterable[Comment]) -> None:
    """Make these the comments the conclusion settles."""
    _set(operation, ConclusionComment, "comment", comments, conclusion=conclusion)


def set_supporting_units(operation: Operation, assignment: Assignment, units: Iterable[Unit]) -> None:
    """Make these the units that support the task."""
    _set(operation, SupportingUnit, "unit", units, assignment=assignment)


def set_people(operation: Operation, assignment: Assignment, people: Iterable[User]) -> None:
    """Make these the people who answer for the task by name."""
    _set(operation, ResponsiblePerson, "user", people, assignment=assignment)


def _set(operation: Operation, link: type[Model], name: str, wanted: Iterable[Model], **owner: Model) -> None:
    """Unlink from the owner what is not wanted, and link what is missing."""
    key = f"{name}_id"
    links = list(link._default_manager.filter(**owner))
    keys = {one.pk for one in wanted}
    diary.remove(operation, [one for one in links if getattr(one, key) not in keys])
    missing = keys - {getattr(one, key) for one in links}
    diary.add(operation, [link(**owner, **{key: pk}) for pk in sorted(missing)])
