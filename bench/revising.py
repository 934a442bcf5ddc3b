"""Writing and looking back: by the number of articles, and by how often each of them was revised."""

from __future__ import annotations

from bench import corpus
from bench.measuring import Act, benchmark
from bench.reading import see
from drafts import services as drafts
from drafts.models import Document, Provision

ARTICLES = (40, 400)
VERSIONS = (20, 200, 2_000)
REVISED = 10
"""Articles of a draft each of which was revised so often: 2,000 versions of each are 20,000 rows of history."""


@benchmark(cases=ARTICLES)
def saving_an_article(articles: int) -> Act:
    """one article saved, by the number of articles beside it"""
    return saving(corpus.make_document(articles=articles))


@benchmark(cases=VERSIONS, rounds=5)
def saving_one_version_more(versions: int) -> Act:
    """one article saved, by how often every article was revised before"""
    return saving(corpus.make_document(articles=REVISED, versions=versions))


@benchmark(cases=ARTICLES, rounds=5)
def difference_of_two_editions(articles: int) -> Act:
    """the page that compares two editions, every article revised between them"""
    document = corpus.make_document(articles=articles, versions=2)
    client = corpus.client_of(corpus.member(1))
    return lambda: see(client, f"/drafts/{document.pk}/editions/difference/?old=1&new=2")


@benchmark(cases=VERSIONS, rounds=5)
def difference_of_two_versions(versions: int) -> Act:
    """the page that compares the first and the last version of an article"""
    document = corpus.make_document(articles=REVISED, versions=versions)
    client = corpus.client_of(corpus.member(0))
    article = first_article(document)
    return lambda: see(client, f"/drafts/{document.pk}/provisions/{article.wid}/history/1/{versions}/")


@benchmark(cases=VERSIONS, rounds=5)
def history_of_an_article(versions: int) -> Act:
    """the versions of one article, by how many there are"""
    document = corpus.make_document(articles=REVISED, versions=versions)
    client = corpus.client_of(corpus.member(0))
    article = first_article(document)
    return lambda: see(client, f"/drafts/{document.pk}/provisions/{article.wid}/history/")


def saving(document: Document) -> Act:
    lead, article = corpus.member(0), first_article(document)

    def save() -> None:
        article.refresh_from_db()
        drafts.revise_article(
            article,
            by=lead,
            base_version=article.version,
            heading=article.heading,
            text=f"{article.text}\nBổ sung lần {article.version}.",
            reason="Tiếp thu ý kiến",
        )

    return save


def first_article(document: Document) -> Provision:
    return document.provisions.filter(kind=Provision.Kind.ARTICLE).earliest("position")
