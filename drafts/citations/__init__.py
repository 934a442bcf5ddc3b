"""Citations inside a draft: found, resolved to the provisions they lead to, and kept true when numbers change."""

from drafts.citations.following import (
    Following,
    Loss,
    Lost,
    Replacement,
    follow,
    follow_back,
    followed,
    rewritten,
    unmark,
)
from drafts.citations.reading import OLD, THIS, Citation, Mention, Scope, citations
from drafts.citations.resolving import Found, Places, Target, broken_citations, clauses_of

__all__ = [
    "OLD",
    "THIS",
    "Citation",
    "Following",
    "Found",
    "Loss",
    "Lost",
    "Mention",
    "Places",
    "Replacement",
    "Scope",
    "Target",
    "broken_citations",
    "citations",
    "clauses_of",
    "follow",
    "follow_back",
    "followed",
    "rewritten",
    "unmark",
]
