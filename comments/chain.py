"""Links of the chain that leave this app: what a meeting concluded on a draft. Each app registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from comments.models import Comment
from drafts.models import Document


@dataclass(frozen=True)
class Link:
    """``text``: "Conclusion 3"; ``url``: where it stands."""

    text: str
    url: str


Links = Callable[[User, Document], list[Link]]
CommentLinks = Callable[[User, Comment], list[Link]]
_links: list[Links] = []
_comment_links: list[CommentLinks] = []


def register(links: Links) -> None:
    """Called once by ``AppConfig.ready``; one query at most, and only what the person may see."""
    _links.append(links)


def links_of(document: Document, *, user: User) -> list[Link]:
    return [link for links in _links for link in links(user, document)]


def register_for_comments(links: CommentLinks) -> None:
    """As ``register``, for what was concluded on one comment."""
    _comment_links.append(links)


def links_to(comment: Comment, *, user: User) -> list[Link]:
    return [link for links in _comment_links for link in links(user, comment)]
