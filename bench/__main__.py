"""``make bench``, or ``python -m bench [NAME …] [--rounds N] [--smallest]``: a table, and var/bench.json."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import pkgutil
import platform
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module

from config import catalogs, services

RESULT = services.VAR / "bench.json"
HEAD = f"{'':32}{'ms':>10}{'cpu ms':>10}{'queries':>9}{'ratio':>8}"


@contextmanager
def own_database() -> Iterator[None]:
    """Django, on a new database on the tests' server; gone afterwards, and the next test run sweeps up after a kill."""
    import django
    from django.db import connections

    from tests.prepared import make_database

    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    os.environ.update(DJANGO_SETTINGS_MODULE="tests.settings", TEST_DATABASE=name)
    services.testing.use_postgres()
    make_database(services.testing.postgres, name)
    try:
        django.setup()
        yield
    finally:
        connections.close_all()
        services.testing.postgres.drop_database(name)


def load_all() -> None:
    """Import every module of this package: what they measure enters itself."""
    for module in pkgutil.iter_modules(import_module("bench").__path__, "bench."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def options_of(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure; print a table; write bench.json.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="measure only what has this word in its name")
    parser.add_argument("--rounds", type=int, help="how often each case is measured")
    parser.add_argument("--smallest", action="store_true", help="only the first case of each benchmark")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = options_of(arguments)
    catalogs.compile_changed()
    with own_database():
        return run(options)


def run(options: argparse.Namespace) -> int:
    from bench import measuring

    load_all()
    benchmarks = measuring.benchmarks
    chosen = [b for b in benchmarks.values() if not options.names or any(word in b.name for word in options.names)]
    if not chosen:
        print(f"Nothing of that name; there are: {', '.join(sorted(benchmarks))}.", file=sys.stderr)
        return 2
    results = {}
    for benchmark in chosen:
        cases = benchmark.cases[:1] if options.smallest else benchmark.cases
        print(f"\n{benchmark.name}: {benchmark.about}\n{HEAD}", flush=True)
        figures = measuring.measure(benchmark, cases=cases, rounds=options.rounds or benchmark.rounds)
        for figure in figures:
            name = f"{figure.case:,}" if isinstance(figure.case, int) else figure.case
            print(
                f"{name:>32}{figure.milliseconds:10.1f}{figure.cpu_milliseconds:10.1f}"
                f"{figure.queries:9}{figure.ratio:8.2f}",
                flush=True,
            )
        results[benchmark.name] = {"about": benchmark.about, "cases": [asdict(figure) for figure in figures]}
    RESULT.write_text(json.dumps({"taken": taken(), "benchmarks": results}, ensure_ascii=False, indent=2) + "\n")
    print(f"\nWritten to {RESULT.relative_to(services.ROOT) if RESULT.is_relative_to(services.ROOT) else RESULT}.")
    return 0


def taken() -> dict[str, object]:
    return {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
