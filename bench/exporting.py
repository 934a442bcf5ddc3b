"""Drafts as files: by the number of articles."""

from __future__ import annotations

from bench import corpus
from bench.measuring import Act, benchmark
from comments.downloading import Shelf, make_paper
from drafts.access import get_document_for

ARTICLES = (40, 146, 400)


@benchmark(cases=ARTICLES, rounds=5)
def word_file(articles: int) -> Act:
    """the clean draft as Word, by its articles"""
    return paper(articles, text="1")


@benchmark(cases=ARTICLES, rounds=3)
def word_file_with_tracked_changes(articles: int) -> Act:
    """the second edition marked up against the first, every article revised, with 200 comments"""
    return paper(articles, text="2", against="1", comments="on")


@benchmark(cases=ARTICLES, rounds=5)
def akoma_ntoso_file(articles: int) -> Act:
    """the same text as Akoma Ntoso"""
    return paper(articles, text="1", format="xml")


def paper(articles: int, **chosen: str) -> Act:
    document = corpus.make_document(articles=articles, versions=2, comments=200)
    lead = corpus.member(0)

    def make() -> None:
        shelf = Shelf(get_document_for(lead, "read", pk=document.pk), user=lead)
        assert make_paper(shelf, {"format": "docx", "layout": "party_2026"} | chosen).data

    return make
