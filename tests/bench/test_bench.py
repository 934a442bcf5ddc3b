"""The benchmarks' own frame: what is entered is measured, and the drafts it makes are real ones."""

import json

import pytest

import bench.__main__ as command
from bench import corpus, measuring
from comments.models import Comment, Response
from drafts.models import Edition, Provision


@pytest.fixture
def entered(monkeypatch):
    monkeypatch.setattr(measuring, "benchmarks", {})
    return measuring.benchmarks


def test_cases_are_measured_in_turn(entered, db):
    acts = []

    @measuring.benchmark(cases=(1, 20))
    def reading_names(names):
        """by their number"""
        return lambda: acts.append(names) or [Edition.objects.count() for _ in range(names)]

    benchmark = entered["reading names"]
    assert benchmark.about == "by their number"
    few, many = measuring.measure(benchmark, cases=benchmark.cases, rounds=3)
    assert (few.case, few.queries, few.ratio) == (1, 1, 1)
    assert (many.case, many.queries) == (20, 20)
    assert many.ratio > 1
    assert acts == [1, 20] * 4


def test_the_result_is_written(entered, db, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "RESULT", tmp_path / "bench.json")
    monkeypatch.setattr(command, "load_all", lambda: None)

    @measuring.benchmark(cases=("short", "long"), rounds=2)
    def sorting(case):
        """of a list"""
        return lambda: sorted(range(10 if case == "short" else 1000))

    @measuring.benchmark(cases=(1,))
    def something_else(case):
        raise AssertionError("not asked for")

    assert command.run(command.options_of(["sorting"])) == 0
    assert "sorting: of a list" in capsys.readouterr().out
    result = json.loads((tmp_path / "bench.json").read_text())
    assert [case["case"] for case in result["benchmarks"]["sorting"]["cases"]] == ["short", "long"]
    assert result["taken"]["cores"]
    assert command.run(command.options_of(["nothing"])) == 2


def test_a_corpus_has_the_sizes_it_was_asked_for(db):
    document = corpus.make_document(articles=12, versions=3, comments=20)
    articles = document.provisions.filter(kind=Provision.Kind.ARTICLE)
    assert articles.count() == 12
    assert {row.version for row in articles} == {3}
    assert {row.history.count() for row in articles} == {3}
    assert all(len(row.text.split()) > corpus.WORDS_PER_ARTICLE / 2 for row in articles)
    assert document.editions.count() == 2
    comments = Comment.objects.filter(document=document)
    assert comments.count() == 20
    assert comments.filter(provision=None).count() == 2
    assert comments.exclude(quote="").count() == 14
    assert Response.objects.filter(comment__in=comments).count() == 10
    assert corpus.client_of(corpus.member(1)).get(f"/drafts/{document.pk}/").status_code == 200


def test_every_module_of_measures_can_be_loaded():
    command.load_all()
    assert "reader" in measuring.benchmarks
