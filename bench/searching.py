"""Searching: the page of results, for people who may read more and more."""

from __future__ import annotations

import random
from functools import cache

from accounts.models import User
from bench import corpus
from bench.measuring import Act, benchmark
from bench.reading import see
from drafts import services
from drafts.models import Document

ARTICLES = (1_000, 10_000)
ARTICLES_PER_DOCUMENT = 200
COMMENTS = (100, 10_000)


@benchmark(cases=ARTICLES)
def search(articles: int) -> Act:
    """three words with their marks, in so many articles one may read"""
    return _search(articles, "tiếp thu ý kiến")


@benchmark(cases=ARTICLES)
def search_without_marks(articles: int) -> Act:
    """an article's number and two words without marks: every tier is asked"""
    return _search(articles, "dieu 5 tiep thu")


@benchmark(cases=ARTICLES)
def search_for_a_phrase(articles: int) -> Act:
    """a phrase in quotes, whose places must be looked up"""
    return _search(articles, "%22ban thường vụ%22")


@benchmark(cases=ARTICLES)
def search_for_what_stands_everywhere(articles: int) -> Act:
    """a word of nearly every article"""
    return _search(articles, "và")


@benchmark(cases=ARTICLES)
def search_for_nothing(articles: int) -> Act:
    """a word that stands nowhere"""
    return _search(articles, "chim yến")


@benchmark(cases=COMMENTS)
def search_among_comments(comments: int) -> Act:
    """a word of nearly every comment, by their number on one draft"""
    document = corpus.make_document(articles=40, comments=comments)
    client = corpus.client_of(corpus.member(0))
    return lambda: see(client, f"/search/?q=đề nghị&document={document.pk}")


def _search(articles: int, words: str) -> Act:
    client = corpus.client_of(reader_of(articles))
    return lambda: see(client, f"/search/?q={words}")


@cache
def reader_of(articles: int) -> User:
    """Who has a seat on drafts with so many articles in all."""
    reader = corpus.member(1_000 + articles)
    for place in range(articles // ARTICLES_PER_DOCUMENT):
        chance = random.Random(place)
        services.create_document(
            by=reader,
            title=f"Quy chế số {place}",
            kind=Document.Kind.REGULATION,
            nodes=corpus.make_nodes(ARTICLES_PER_DOCUMENT, chance),
        )
    return reader
