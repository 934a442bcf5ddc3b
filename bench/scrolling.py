"""``python -m bench.scrolling``: how smoothly the consolidated page scrolls in Chromium, at 100 comments and at 10,000.

The wheel is turned from the top of the page to its end; the page itself notes when each frame was drawn. Rounds of both
sizes take turns, so that other work on the machine meets both alike.
"""

from __future__ import annotations

import itertools
import mimetypes
import statistics
import sys
from dataclasses import dataclass
from typing import Any

from config import catalogs

SIZES = (100, 10_000)
ROUNDS = 5
NOTCH = 120
"""Pixels of one notch of the wheel."""
SMOOTH_MS = 1000 / 60 * 1.5
"""A frame that took longer was missed by a screen of 60 Hz."""
_SITE = "http://bench.example"
_WATCH = """() => {
  window.frames_drawn = [];
  const note = (at) => { window.frames_drawn.push(at); requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""
_AT_THE_END = "() => innerHeight + scrollY >= document.documentElement.scrollHeight - 2"


@dataclass(frozen=True)
class Scrolled:
    """One way from the top to the end."""

    frames: list[float]

    @property
    def slowest(self) -> float:
        """The 95th of a hundred frames, in milliseconds."""
        return statistics.quantiles(self.frames, n=20)[-1]

    @property
    def missed(self) -> float:
        """Per cent of the frames that took longer than a frame and a half."""
        return 100 * sum(frame > SMOOTH_MS for frame in self.frames) / len(self.frames)


def main() -> int:
    from bench.__main__ import own_database

    catalogs.compile_changed()
    with own_database():
        pages = {size: page_with(size) for size in SIZES}
        scrolled = measure(pages)
    print(f"{'comments':>10}{'frames':>8}{'median ms':>11}{'95 % ms':>9}{'longest ms':>12}{'missed %':>10}")
    for size, ways in scrolled.items():
        print(
            f"{size:>10,}{sum(len(way.frames) for way in ways):8}"
            f"{statistics.median(frame for way in ways for frame in way.frames):11.1f}"
            f"{statistics.median(way.slowest for way in ways):9.1f}"
            f"{statistics.median(max(way.frames) for way in ways):12.1f}"
            f"{statistics.median(way.missed for way in ways):10.1f}"
        )
    few, many = (statistics.median(way.slowest for way in scrolled[size]) for size in SIZES)
    print(f"ratio of the 95 %: {many / few:.2f}")
    return 0


def page_with(size: int) -> bytes:
    from bench import corpus

    document = corpus.make_document(comments=size)
    answer = corpus.client_of(corpus.member(0)).get(f"/drafts/{document.pk}/feedback/")
    assert answer.status_code == 200, answer.status_code
    return answer.content


def measure(pages: dict[int, bytes]) -> dict[int, list[Scrolled]]:
    from playwright.sync_api import sync_playwright

    from tests.browsing import launch

    scrolled: dict[int, list[Scrolled]] = {size: [] for size in pages}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for number in range(ROUNDS + 1):
            for size, html in pages.items():
                way = scroll(browser, html)
                if number:  # the first one warms up
                    scrolled[size].append(way)
        browser.close()
    return scrolled


def scroll(browser: Any, html: bytes) -> Scrolled:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route("**/*", lambda route: answer(route, html))
    page.goto(f"{_SITE}/feedback/", wait_until="load")
    page.mouse.move(640, 450)
    page.evaluate(_WATCH)
    while not page.evaluate(_AT_THE_END):
        page.mouse.wheel(0, NOTCH)
    drawn: list[float] = page.evaluate("() => window.frames_drawn")
    page.close()
    return Scrolled([after - before for before, after in itertools.pairwise(drawn)])


def answer(route: Any, html: bytes) -> None:
    """The page, its static files, and nothing else."""
    from django.contrib.staticfiles import finders

    path = route.request.url.removeprefix(_SITE)
    if path == "/feedback/":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/").partition("?")[0])):
        route.fulfill(path=found, content_type=mimetypes.guess_type(str(found))[0] or "text/plain")
    else:
        route.abort()


if __name__ == "__main__":
    sys.exit(main())
