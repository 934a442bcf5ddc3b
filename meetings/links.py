"""What a conclusion concerns, units that support a task, people who answer for it: linked and unlinked by acts."""

from __future__ import annotations

from collections.abc import Iterable

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
    wanted = {document.pk for document in documents}
    links = list(conclusion.document_links.all())
    diary.remove(operation, [link for link in links if link.document_id not in wanted])
    missing = wanted - {link.document_id for link in links}
    diary.add(operation, [ConclusionDocument(conclusion=conclusion, document_id=pk) for pk in sorted(missing)])


def set_articles(operation: Operation, conclusion: Conclusion, articles: Iterable[Provision]) -> None:
    """Make these the provisions the conclusion concerns."""
    wanted = {article.pk for article in articles}
    links = list(conclusion.article_links.all())
    diary.remove(operation, [link for link in links if link.provision_id not in wanted])
    missing = wanted - {link.provision_id for link in links}
    diary.add(operation, [ConclusionArticle(conclusion=conclusion, provision_id=pk) for pk in sorted(missing)])


def set_comments(operation: Operation, conclusion: Conclusion, comments: Iterable[Comment]) -> None:
    """Make these the comments the conclusion settles."""
    wanted = {comment.pk for comment in comments}
    links = list(conclusion.comment_links.all())
    diary.remove(operation, [link for link in links if link.comment_id not in wanted])
    missing = wanted - {link.comment_id for link in links}
    diary.add(operation, [ConclusionComment(conclusion=conclusion, comment_id=pk) for pk in sorted(missing)])


def set_supporting_units(operation: Operation, assignment: Assignment, units: Iterable[Unit]) -> None:
    """Make these the units that support the task."""
    wanted = {unit.pk for unit in units}
    links = list(assignment.support_links.all())
    diary.remove(operation, [link for link in links if link.unit_id not in wanted])
    missing = wanted - {link.unit_id for link in links}
    diary.add(operation, [SupportingUnit(assignment=assignment, unit_id=pk) for pk in sorted(missing)])


def set_people(operation: Operation, assignment: Assignment, people: Iterable[User]) -> None:
    """Make these the people who answer for the task by name."""
    wanted = {person.pk for person in people}
    links = list(assignment.person_links.all())
    diary.remove(operation, [link for link in links if link.user_id not in wanted])
    missing = wanted - {link.user_id for link in links}
    diary.add(operation, [ResponsiblePerson(assignment=assignment, user_id=pk) for pk in sorted(missing)])
