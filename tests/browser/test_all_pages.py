"""Every page, as the person it is for, on a large screen and on a phone: usable by everybody, and nothing overflows."""

import uuid
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from config import demonstration
from tests.browser.pages import NO_PAGES, PAGES, Demonstration, address_names
from tests.browsing import PATIENCE, sign_in, take_picture, violations, watch

PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
# The longest part of the work: done for each kind of words once, on whatever page it is met first.
OF_COLOURS = ("color-contrast", "link-in-text-block")
IN_THE_DARK = ("home", "comments:reader", "comments:feedback", "meetings:meeting", "drafts:difference", "styleguide")
FIRST = {(page.name, page.query): page for page in reversed(PAGES) if not page.is_long}
CASES = [("light", page) for page in PAGES]
CASES += [("dark", page) for page in FIRST.values() if page.name in IN_THE_DARK]
UNFOLD = "for (const part of document.querySelectorAll('main details')) part.open = true"
FACTS = """() => {
  const { scrollingElement: whole, documentElement: root } = document;
  const width = root.clientWidth;  // innerWidth grows on a phone with what runs over
  const isSeen = (element) => element.getClientRects().length > 0;
  const wide = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll-x, .visually-hidden"));
  return {
    title: document.title.trim(),
    language: root.lang,
    headings: [...document.querySelectorAll("h1")].filter(isSeen).length,
    // Without its target htmx sends nothing at all, and the button does nothing.
    lost: [...document.querySelectorAll("[hx-target^='#']")]
      .map((element) => element.getAttribute("hx-target"))
      .filter((target) => !document.querySelector(target)),
    sideways: whole.scrollWidth > width ? wide.slice(-2).map((element) => element.outerHTML.slice(0, 120)) : [],
  };
}"""
# What the large screen did not show, and what scrolls: whether the rest is named and nested well, no width changes.
NEW = "[data-new]"
MARK_WHAT_IS_NEW = """() => {
  const shown = [...document.querySelectorAll("body, body *")].filter((element) => element.getClientRects().length);
  const scrolls = (element) =>
    (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight)
    && getComputedStyle(element).overflow !== "visible";
  for (const element of window.shownBefore ? shown : []) {
    if (!window.shownBefore.has(element) || scrolls(element)) element.dataset.new = "";
  }
  window.shownBefore = new Set(shown);
}"""


# Words of one colour, size and weight on the same grounds are read as well on every page; three stand for their kind,
# for the first may be covered by something else. A link is of one kind with those that stand alike among other words.
COLOURS = """async ([known, rules]) => {
  const grounds = new Map([[null, ""]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity].join(" ");
      grounds.set(element, ground(element.parentElement) + (own === "rgba(0, 0, 0, 0) none 1" ? "" : ` / ${own}`));
    }
    return grounds.get(element);
  };
  const hasWords = (element) => element.matches("input, textarea, select")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const amongWords = (link) => {
    let block = link.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const { data, parentElement } = words.currentNode;
      if (data.trim() && !parentElement.closest("a")) return getComputedStyle(block).color;
    }
    return "";
  };
  const kinds = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.getClientRects().length || !hasWords(element) || element.closest(".visually-hidden")) continue;
    const { color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottom } = getComputedStyle(element);
    const isOff = element.matches(":disabled, :disabled *");
    const link = element.closest("a");
    const asLink = link ? [textDecorationLine, borderBottom, amongWords(link)] : [];
    const kind = [color, fontSize, fontWeight, textShadow, isOff, ground(element), ...asLink].join(" ");
    if (!kinds.has(kind)) kinds.set(kind, []);
    if (kinds.get(kind).length < 3) kinds.get(kind).push(element);
  }
  for (const kind of known) kinds.delete(kind);
  if (!kinds.size) return { kinds: [], violations: [] };
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run({ include: [...kinds.values()].flat() }, options);
  return { kinds: [...kinds.keys()], violations: violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)) };
}"""


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once: the tests of this file only read."""
    with django_db_blocker.unblock():
        demonstration.load(password="of no use here")
        yield Demonstration()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def site(demo):
    server = LiveServer("localhost")
    yield server
    server.stop()


class Window:
    """Kept open, so that styles and scripts are loaded once; made small as a phone without loading the page again."""

    def __init__(self, browser, site, colours):
        options = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "reduced_motion": "reduce"}
        context = browser.new_context(
            base_url=site.url, viewport={"width": 1280, "height": 900}, color_scheme=colours, **options
        )
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.complaints = []
        self.colours = set()
        watch(self.page, self.complaints)
        self.page.add_init_script(Axe().axe_script)  # once for all pages, instead of sent to each
        self.screen = context.new_cdp_session(self.page)

    @contextmanager
    def as_a_phone(self):
        self.screen.send("Emulation.setDeviceMetricsOverride", PHONE)
        self.screen.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        yield
        self.screen.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        self.screen.send("Emulation.setDeviceMetricsOverride", PHONE | {"width": 1280, "height": 900, "mobile": False})


@pytest.fixture(scope="module")
def windows(browser, site):
    opened = {colours: Window(browser, site, colours) for colours in ("light", "dark")}
    yield opened
    for window in opened.values():
        window.page.context.close()


@pytest.mark.parametrize(("colours", "place"), CASES, ids=lambda value: str(value))
def test_the_page_is_whole(windows, demo, site, colours, place, request):
    window = windows[colours]
    page = window.page
    window.complaints.clear()
    page.context.clear_cookies()
    if place.person:
        sign_in(page.context, User.objects.get(username=place.person), site.url)
    address = place.address(demo)
    answer = page.goto(address)
    assert answer.status < 400
    assert page.url.partition("?")[0] == site.url + address.partition("?")[0], "leads somewhere else"
    problems = {"desktop": look(window)}
    if colours == "light":
        page.evaluate(MARK_WHAT_IS_NEW)
        with window.as_a_phone():
            page.evaluate(UNFOLD)
            page.evaluate(MARK_WHAT_IS_NEW)
            problems["phone"] = look(window, within=NEW)
    if any(problems.values()):
        take_picture(page, request.node.name)
    assert not any(problems.values()), problems
    assert window.complaints == []


def look(window, *, within=None):
    """What is wrong with the page as it stands on this screen, or with that part of it."""
    page = window.page
    facts = page.evaluate(FACTS)
    assert facts["title"].partition("·")[0].strip()
    assert facts["language"] == "vi"
    assert facts["headings"] == 1
    assert not facts["lost"]
    colours = page.evaluate(COLOURS, [sorted(window.colours), OF_COLOURS])
    window.colours.update(colours["kinds"])
    return facts["sideways"] + violations(page, without=OF_COLOURS, within=within) + colours["violations"]


def test_no_page_is_forgotten(demo):
    """Whatever is new stands in the table of pages, only takes a POST, or says why it has no page."""
    unknown = address_names() - {page.name for page in PAGES} - NO_PAGES.keys()
    assert {name for name in unknown if not only_takes_a_post(name)} == set()


def test_the_table_names_no_page_that_is_gone():
    assert {page.name for page in PAGES} | NO_PAGES.keys() <= address_names()


def only_takes_a_post(name):
    client = Client()
    client.force_login(User.objects.get(username="quantri"))
    return client.get(some_address(name)).status_code == 405


def some_address(name):
    """An address of that name; what it is about need not exist."""
    resolver = get_resolver()
    for namespace in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[namespace][1]
    _address, _pattern, _defaults, converters = resolver.reverse_dict.getlist(name.rpartition(":")[2])[0]
    examples = {"IntConverter": 1, "UUIDConverter": uuid.UUID(int=1)}
    return reverse(name, kwargs={key: examples.get(type(kind).__name__, "x") for key, kind in converters.items()})
