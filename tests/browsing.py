"""A real browser for tests: Chromium of the system, signed in by cookie, watched for errors of every kind."""

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from playwright.sync_api import Error, sync_playwright

from config import services

# Without windows first: a tenth of the work for every new page.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    "--renderer-process-limit=1",
    "--in-process-gpu",
    "--js-flags=--single-threaded",
]
WHAT_TO_INSTALL = "No browser for the browser tests: install Chromium (Debian, Ubuntu: apt-get install chromium)."
# A page may be refused something on purpose, or lose the network; the browser's console says so, and it is no defect.
REFUSALS = re.compile(
    r"Failed to load resource: (.* status of 4\d\d|net::ERR_INTERNET_DISCONNECTED)|htmx:(afterRequest|sendError), "
)
PATIENCE = 10_000


def of_the_system():
    """Where the system's Chromium is, or None: then Playwright's own is used."""
    return next(filter(starts, filter(None, map(shutil.which, PROGRAMS))), None)


@cache
def starts(program):
    """Ubuntu's chromium-browser, for one, is a script that only says what to install."""
    return subprocess.run([program, "--version"], capture_output=True).returncode == 0


def of_playwright():
    """Where Playwright's own Chromium is, or would be."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def launch(playwright):
    try:
        return playwright.chromium.launch(executable_path=of_the_system(), args=ARGUMENTS)
    except Error as error:
        pytest.exit(f"{WHAT_TO_INSTALL} ({str(error).splitlines()[0]})", returncode=3)


def serve_to_be_kept(self, request, serve=StaticFilesHandler.serve):
    """Otherwise the browser asks for two dozen files again with every page: the files of a fresh clone are new."""
    answer = serve(self, request)
    answer.headers["Cache-Control"] = "max-age=3600"
    return answer


@pytest.fixture(scope="session")
def browser():
    StaticFilesHandler.serve = serve_to_be_kept
    # Playwright's loop runs in this very thread; Django must not take our plain calls for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


class Windows:
    """Browser windows by what they were opened with. One that is given back is emptied and used again: a new one
    takes the browser half a second of work.
    """

    def __init__(self, browser):
        self.browser = browser
        self.idle = defaultdict(list)
        self.kinds = {}
        self.keepers = {}

    def take(self, **options):
        kind = repr(sorted(options.items()))
        window = self.idle[kind].pop() if self.idle[kind] else self.open(options)
        window.set_default_timeout(PATIENCE)
        self.kinds[window] = kind
        return window

    def open(self, options):
        """With a page that stays empty and open, to speak to the browser through."""
        window = self.browser.new_context(**options)
        keeper = window.new_page()
        self.keepers[window] = window.new_cdp_session(keeper)
        return window

    def give_back(self, window, *, url):
        """Nothing of the last user stays: no page, no cookie, nothing that a script kept."""
        for page in window.pages[1:]:
            page.close()
        window.clear_cookies()
        self.keepers[window].send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "all"})
        self.idle[self.kinds.pop(window)].append(window)


@pytest.fixture(scope="session")
def browser_windows(browser):
    return Windows(browser)


@pytest.fixture
def open_page(request, browser_windows, live_server):
    """``page = open_page(user)``: a page of an empty browser window, signed in as the user, or of a stranger (None).

    Paths are relative to the site: ``page.goto("/drafts/")``. Screen of a phone: ``open_page(user, width=390,
    height=844)``; further keywords go to Playwright's ``new_context``. The test fails when any page wrote an error to
    the console, broke the content security policy, threw, or was answered with 5xx. What a test changes about a window
    itself (not its pages, cookies or storage) it must change back.
    """
    windows, complaints = [], []

    def open_page(user=None, *, width=1280, height=900, **context):
        context = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "reduced_motion": "reduce"} | context
        viewport = {"width": width, "height": height}
        window = browser_windows.take(base_url=live_server.url, viewport=viewport, **context)
        if user is not None:
            sign_in(window, user, live_server.url)
        page = window.new_page()
        watch(page, complaints)
        windows.append(window)
        return page

    yield open_page
    failed = getattr(request.node, "failed", False) or complaints
    for window in windows:
        for number, page in enumerate(window.pages[1:]):
            if failed:
                take_picture(page, f"{request.node.name}-{windows.index(window)}-{number}")
        browser_windows.give_back(window, url=live_server.url)
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


def sign_in(window, user, url):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def watch(page, complaints):
    def on_console(message):
        if message.type == "error" and not REFUSALS.match(message.text):
            complaints.append(f"{page.url}: {message.text}")

    def on_response(response):
        if response.status >= 500:
            complaints.append(f"{response.url}: {response.status}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", on_response)


def fits(page):
    """Whether nothing runs over the side. Not measured by innerWidth: on a phone that grows with what runs over."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def too_low(page):
    """What one taps and is less than 44 pixels high. Links within a sentence are as high as their line (WCAG 2.5.8)."""
    return page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden])")]
          .filter((one) => !one.matches(".skip, .visually-hidden, .visually-hidden *"))
          .filter((one) => one.getClientRects().length && getComputedStyle(one).display !== "inline")
          .filter((one) => (one.closest("label") ?? one).getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML.slice(0, 100))"""
    )


def shifted(page):
    """How much of the page moved after it was first drawn, as browsers count it; 0 when nothing did."""
    return page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
            .observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => setTimeout(() => done(sum)));
        })"""
    )


def violations(page, *, without=(), within=None):
    """What breaks a rule of accessibility: names of rules and their elements. ``without`` are names of rules; with
    ``within``, a selector, only what it finds is looked at, and not the page as a whole.

    Only this leaves the browser; the whole report of what was fine takes as long as finding out. The style sheets are
    not loaded once more for the one rule that reads them: tests/looks/test_browser_baseline.py keeps it.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(
        """async ([rules, within]) => {
          if (within && !document.querySelector(within)) return [];
          const options = { resultTypes: ["violations"], preload: false, rules };
          const { violations } = await axe.run(within ?? document, options);
          return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
        }""",
        [{rule: {"enabled": False} for rule in without}, within],
    )


def take_picture(page, name):
    folder = services.VAR / "failures"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{re.sub(r'[^a-zA-Z0-9_-]+', '-', name)}.png", full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.failed = True
    return report


def main():
    """Before the tests: is there a browser, can Playwright fetch one, or what must be installed?"""
    if of_the_system():
        return 0
    own = of_playwright()
    if not own.exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)
    if own.exists():
        return 0
    print(WHAT_TO_INSTALL, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
