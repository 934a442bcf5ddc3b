"""What a benchmark is and how it is measured.

    @benchmark(cases=(100, 1_000, 10_000))
    def reader(comments: int) -> Act:
        \"""The page of a whole draft, by the number of its comments.\"""
        document = corpus.make_document(articles=40, comments=comments)
        client = corpus.client_of(document)
        return lambda: client.get(f"/drafts/{document.pk}/")

The function prepares one case and returns what is measured. All cases of a benchmark are prepared first and then
measured in turn, round by round: whatever else the machine does slows them alike, and their ratios hold.
The first case is the smallest: a test runs it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

Act = Callable[[], object]
Case = int | str


@dataclass(frozen=True)
class Benchmark:
    """``prepare`` makes the data of a case and returns the act to measure."""

    name: str
    about: str
    cases: tuple[Case, ...]
    rounds: int
    prepare: Callable[[Case], Act]


@dataclass(frozen=True)
class Figure:
    """Medians over the rounds. ``ratio`` compares with the first case of the same round."""

    case: Case
    milliseconds: float
    cpu_milliseconds: float
    queries: int
    ratio: float


benchmarks: dict[str, Benchmark] = {}


def benchmark(*, cases: tuple[Case, ...], rounds: int = 9) -> Callable[[Callable], Callable]:
    """Enter a function of one case; its name and the first line of its docstring are printed."""

    def enter(prepare: Callable[[Case], Act]) -> Callable[[Case], Act]:
        name = prepare.__name__.replace("_", " ")
        about = (prepare.__doc__ or "").strip().split("\n")[0]
        benchmarks[name] = Benchmark(name=name, about=about, cases=cases, rounds=rounds, prepare=prepare)
        return prepare

    return enter


def measure(benchmark: Benchmark, *, cases: tuple[Case, ...], rounds: int) -> list[Figure]:
    """Prepare the cases, run each once to warm up and to count its queries, then measure them in turn."""
    acts = [benchmark.prepare(case) for case in cases]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does where people work
    queries = [_count_queries(act) for act in acts]
    times = [[_time(act) for act in acts] for _ in range(rounds)]
    return [
        Figure(
            case=case,
            milliseconds=statistics.median(turn[place][0] for turn in times),
            cpu_milliseconds=statistics.median(turn[place][1] for turn in times),
            queries=queries[place],
            ratio=statistics.median(turn[place][0] / turn[0][0] for turn in times),
        )
        for place, case in enumerate(cases)
    ]


def _count_queries(act: Act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def _time(act: Act) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process alone (the database's work is not in the latter)."""
    clock, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000
