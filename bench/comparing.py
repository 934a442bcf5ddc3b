"""The comparison table: matching the articles of two texts, and the page with every row's words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from bench import corpus
from bench.measuring import Act, benchmark
from bench.reading import see
from drafts import comparing
from drafts import services as drafts
from drafts.alignment import align
from drafts.importing import Kind, Node
from drafts.likeness import articles_of_nodes
from drafts.models import Comparison, Document

ARTICLES = (40, 100, 400)


@benchmark(cases=ARTICLES)
def alignment(articles: int) -> Act:
    """which of so many articles became which, three sentences of ten being other ones"""
    old = corpus.make_nodes(articles, random.Random(1))
    old_articles, new_articles = articles_of_nodes(old), articles_of_nodes(successor(old))
    return lambda: align(old_articles, new_articles)


@benchmark(cases=ARTICLES, rounds=5)
def comparison_page(articles: int) -> Act:
    """the drafter's table of two texts of so many articles, all rows with their differences"""
    comparison = make_comparison(articles)
    client = corpus.client_of(corpus.member(0))
    return lambda: see(client, f"/comparisons/{comparison.pk}/")


@benchmark(cases=ARTICLES, rounds=5)
def writing_on_a_row(articles: int) -> Act:
    """a reason saved in place: the answer is the row and the counts above the table"""
    comparison = make_comparison(articles)
    client = corpus.client_of(corpus.member(0))
    row = comparison.rows.order_by("pk").first()
    assert row is not None

    def write() -> None:
        row.refresh_from_db()
        body = {f"row-{row.pk}-reason": f"Lý do {row.version}", f"row-{row.pk}-base_version": row.version}
        response = client.post(f"/comparisons/rows/{row.pk}/words/", body, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.status_code

    return write


def make_comparison(articles: int) -> Comparison:
    lead = corpus.member(0)
    nodes = corpus.make_nodes(articles, random.Random(1))
    old, new = (
        drafts.create_document(by=lead, title=title, kind=Document.Kind.REGULATION, nodes=nodes)
        for title, nodes in (("Quy chế cũ", nodes), ("Dự thảo", successor(nodes)))
    )
    drafts.issue_edition(old, by=lead)
    return comparing.compare(new, by=lead, against=old)


def successor(nodes: Sequence[Node]) -> list[Node]:
    """The same articles, three sentences of ten written anew."""
    chance = random.Random(2)

    def written_anew(line: str) -> str:
        if chance.random() > 0.3:
            return line
        return f"{line.partition(' ')[0]} {chance.choice(corpus.sentences())}"

    return [
        replace(node, text="\n".join(map(written_anew, node.text.split("\n")))) if node.kind is Kind.ARTICLE else node
        for node in nodes
    ]
