"""Putting a draft in order: the outline, a preview with its citations, carrying it out, the history, the checks."""

from __future__ import annotations

from bench import corpus
from bench.measuring import Act, benchmark
from bench.reading import see
from drafts import checks as drafting_checks
from drafts import photographs
from drafts.arranging import Where
from drafts.models import Document, Provision
from drafts.restructuring import Insertion, Numbering, plan, restructure

ARTICLES = (40, 400)


@benchmark(cases=ARTICLES)
def outline(articles: int) -> Act:
    """the page on which a draft is put in order"""
    document = corpus.make_document(articles=articles)
    client = corpus.client_of(corpus.member(0))
    return lambda: see(client, f"/drafts/{document.pk}/outline/")


@benchmark(cases=ARTICLES)
def plan_of_an_insertion(articles: int) -> Act:
    """how an article put first would renumber all others, and every citation that follows"""
    document = corpus.make_document(articles=articles)
    act = insertion(document)
    return lambda: plan(document, act, numbering=Numbering.RENUMBER)


@benchmark(cases=ARTICLES, rounds=5)
def insertion_carried_out(articles: int) -> Act:
    """the same, written: every article renumbered, with its history"""
    document = corpus.make_document(articles=articles)
    act = insertion(document)
    return lambda: restructure(document, act, by=corpus.member(0), numbering=Numbering.RENUMBER)


@benchmark(cases=ARTICLES)
def checks(articles: int) -> Act:
    """all checks of a whole draft, without the page"""
    text = photographs.working_text(corpus.make_document(articles=articles))
    return lambda: drafting_checks.check(text)


@benchmark(cases=(2, 20, 200))
def timeline(versions: int) -> Act:
    """the newest acts on a draft of 40 articles, by how often every article was revised"""
    document = corpus.make_document(versions=versions)
    client = corpus.client_of(corpus.member(0))
    return lambda: see(client, f"/drafts/{document.pk}/history/")


def insertion(document: Document) -> Insertion:
    first = document.provisions.standing().filter(kind=Provision.Kind.ARTICLE).first()
    assert first is not None
    return Insertion("article", "Điều mới", first.wid, Where.BEFORE)
