import subprocess

import pytest

from tests import browsing


def install(folder, name, *, starts):
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {0 if starts else 1}\n")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system with no browser at all."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsing, "of_playwright", lambda: tmp_path / "fetched")
    return tmp_path


def fetching(monkeypatch, *, fetched):
    """What was asked of Playwright; it brings a browser or does not."""
    asked = []

    def run(command, **options):
        asked.append(command[1:])
        if fetched:
            browsing.of_playwright().touch()
        return subprocess.CompletedProcess(command, 0 if fetched else 1)

    monkeypatch.setattr(browsing.subprocess, "run", run)
    return asked


@pytest.mark.django_db(transaction=True)
def test_a_stranger_is_led_to_the_sign_in_and_no_policy_is_broken(open_page):
    page = open_page()
    page.goto("/styleguide/")
    assert page.url.endswith("/accounts/login/?next=/styleguide/")


def test_the_systems_browser_is_taken_and_one_that_does_not_start_is_passed_over(system):
    install(system, "chromium-browser", starts=False)
    assert browsing.of_the_system() is None
    chrome = install(system, "google-chrome", starts=True)
    assert browsing.of_the_system() == chrome
    assert browsing.main() == 0


def test_without_one_playwright_is_asked_for_its_own_once(system, monkeypatch):
    asked = fetching(monkeypatch, fetched=True)
    assert browsing.main() == 0
    assert browsing.main() == 0
    assert asked == [["-m", "playwright", "install", "chromium"]]


def test_where_none_can_be_had_one_line_says_what_to_install(system, monkeypatch, capsys):
    asked = fetching(monkeypatch, fetched=False)
    assert browsing.main() == 1
    assert len(asked) == 1
    assert capsys.readouterr().err == browsing.WHAT_TO_INSTALL + "\n"
