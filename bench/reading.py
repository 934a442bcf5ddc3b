"""The reader: the page of a whole draft and the page of one article."""

from __future__ import annotations

from bench import corpus
from bench.measuring import Act, benchmark
from comments import fates
from drafts import photographs

COMMENTS = (100, 1_000, 10_000)


@benchmark(cases=COMMENTS)
def reader(comments: int) -> Act:
    """the whole draft of 40 articles, by the number of its comments, not the first look at it"""
    document = corpus.make_document(comments=comments)
    client = corpus.client_of(corpus.member(1))
    return lambda: see(client, f"/drafts/{document.pk}/")


@benchmark(cases=COMMENTS, rounds=5)
def reader_of_the_working_text(comments: int) -> Act:
    """the drafter's: comments on edition 1, every article revised twice since, not the first look at it"""
    document = corpus.make_document(comments=comments, versions=3)
    client = corpus.client_of(corpus.member(0))
    return lambda: see(client, f"/drafts/{document.pk}/?text=working")


@benchmark(cases=COMMENTS, rounds=3)
def reader_for_the_first_time(comments: int) -> Act:
    """the working text right after the web process started: nothing is remembered yet"""
    document = corpus.make_document(comments=comments, versions=3)
    client = corpus.client_of(corpus.member(0))

    def first_look() -> None:
        forget()
        see(client, f"/drafts/{document.pk}/?text=working")

    return first_look


@benchmark(cases=COMMENTS)
def article_page(comments: int) -> Act:
    """one article with all its notes, by the number of comments on the whole draft"""
    document = corpus.make_document(comments=comments)
    client = corpus.client_of(corpus.member(1))
    return lambda: see(client, f"/drafts/{document.pk}/articles/7/")


def see(client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"


def forget() -> None:
    fates._followed.cache_clear()
    photographs._read.cache_clear()
