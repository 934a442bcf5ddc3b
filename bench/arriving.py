"""What arrives: asking whether there is something new, with nothing and with something to tell."""

from __future__ import annotations

import uuid

from bench import corpus
from bench.measuring import Act, benchmark
from comments import arrivals, services

COMMENTS = (100, 1_000, 10_000)
NOTHING = '"0-0-0-0"'


@benchmark(cases=COMMENTS)
def asking_for_nothing_new(comments: int) -> Act:
    """a page that is open asks, and nothing came: 304, by the number of comments on the draft"""
    return ask(comments, new=0)


@benchmark(cases=COMMENTS)
def asking_for_what_is_new(comments: int) -> Act:
    """a page that is open asks, and ten comments came"""
    return ask(comments, new=10)


def ask(comments: int, *, new: int) -> Act:
    document = corpus.make_document(comments=comments)
    edition = document.editions.get()
    mark = arrivals.mark()
    for number in range(new):
        text = f"Ý kiến {number}"
        services.add_comment(edition, by=corpus.member(2), key=uuid.uuid4(), kind="other", text=text)
    client = corpus.client_of(corpus.member(1))
    address = f"/drafts/{document.pk}/comments/news/?mark={mark}"

    def act() -> None:
        response = client.get(address, headers={"If-None-Match": NOTHING})
        assert response.status_code == (200 if new else 304), response.status_code

    return act
