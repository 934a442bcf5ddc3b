"""The consolidated page, by the number of comments on the document."""

from __future__ import annotations

from bench import corpus
from bench.measuring import Act, benchmark
from bench.reading import see

COMMENTS = (100, 1_000, 10_000, 100_000)


@benchmark(cases=COMMENTS, rounds=5)
def consolidated_page(comments: int) -> Act:
    """its first hundred comments, with exact counts of all"""
    return _page(comments, "")


@benchmark(cases=COMMENTS, rounds=3)
def consolidated_page_filtered(comments: int) -> Act:
    """what is unanswered, by unit, with words looked for"""
    return _page(comments, "?state=open&by=unit&words=quy")


def _page(comments: int, query: str) -> Act:
    document = corpus.make_document(comments=comments)
    client = corpus.client_of(corpus.member(0))
    return lambda: see(client, f"/drafts/{document.pk}/feedback/{query}")
