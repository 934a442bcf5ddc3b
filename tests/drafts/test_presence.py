import os
import time

import pytest
from django.test import Client
from django.urls import reverse

from config import services as servers
from config.valkey import Server
from drafts import presence, services
from drafts.models import Seat
from tests.people import People


@pytest.fixture(autouse=True)
def heard_anew(monkeypatch):
    """What one test could not reach is tried again in the next."""
    monkeypatch.setattr(presence, "_silent_until", 0.0)


@pytest.fixture
def valkey(broker, settings):
    settings.REDIS_URL = broker
    server = Server(servers.testing.folder / f"valkey-{os.getpid()}")
    presence._valkey(broker).flushdb()
    yield server
    if process := server.process():
        process.resume()


@pytest.fixture
def cast(db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    services.give_seat(cast.document, by=cast.lan, role=Seat.Role.DRAFTER, user=cast.dai)
    return cast


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def here(cast):
    return reverse("drafts:presence", args=[cast.document.pk, cast.article_1.wid])


def writers(cast):
    return reverse("drafts:writers", args=[cast.document.pk])


def test_one_sees_the_others_and_not_oneself(cast, valkey):
    presence.announce(cast.article_1, by=cast.lan)
    presence.announce(cast.article_1, by=cast.dai)
    presence.announce(cast.article_2, by=cast.dai)
    assert presence.others_at(cast.article_1, than=cast.lan) == [cast.dai]
    assert presence.present_in(cast.document, but=cast.lan) == {
        cast.article_1.pk: [cast.dai],
        cast.article_2.pk: [cast.dai],
    }


def test_who_left_is_gone(cast, valkey):
    presence.announce(cast.article_1, by=cast.dai)
    presence.leave(cast.article_1, by=cast.dai)
    assert presence.others_at(cast.article_1, than=cast.lan) == []


def test_who_was_not_heard_of_is_gone_by_itself(cast, valkey, monkeypatch):
    presence.announce(cast.article_1, by=cast.dai)
    key = presence._key(cast.document.pk)
    assert 0 < presence._valkey(presence.settings.REDIS_URL).ttl(key) <= presence.ALIVE_SECONDS
    now = time.time()
    monkeypatch.setattr(presence.time, "time", lambda: now + presence.ALIVE_SECONDS + 1)
    assert presence.others_at(cast.article_1, than=cast.lan) == []
    presence.announce(cast.article_1, by=cast.lan)
    assert presence._valkey(presence.settings.REDIS_URL).zcard(key) == 1


def test_opening_the_editor_tells_others_and_saving_ends_it(cast, valkey):
    editor = reverse("comments:revision", args=[cast.document.pk, cast.article_1.wid])
    dai = browser_of(cast.dai)
    dai.get(editor)
    assert "Đại" in browser_of(cast.lan).post(here(cast)).content.decode()
    assert "Đại" in browser_of(cast.thu).get(writers(cast)).content.decode()
    sent = {"heading": "Tên", "text": "1. Khác.", "reason": "Rõ hơn", "base_version": 1}
    assert dai.post(editor, sent).status_code == 302
    assert "Đại" not in browser_of(cast.lan).post(here(cast)).content.decode()


def test_the_heartbeat_tells_of_a_newer_version(cast, valkey):
    lan = browser_of(cast.lan)
    assert "data-kind" not in lan.post(here(cast), {"base_version": 1}).content.decode()
    services.revise_article(cast.article_1, by=cast.dai, base_version=1, heading="A", text="1. Mới.", reason="r")
    assert "data-kind" in lan.post(here(cast), {"base_version": 1}).content.decode()
    for whatever in ("2", "x", ""):
        assert "data-kind" not in lan.post(here(cast), {"base_version": whatever}).content.decode()


@pytest.mark.parametrize("trouble", ["suspend", "kill"])
def test_a_valkey_that_does_not_answer_stops_nobody(cast, valkey, trouble):
    getattr(valkey.process(), trouble)()
    lan = browser_of(cast.lan)
    editor = reverse("comments:revision", args=[cast.document.pk, cast.article_1.wid])
    began = time.monotonic()
    presence.announce(cast.article_1, by=cast.lan)
    assert time.monotonic() - began < 1, "waits longer than a second"
    began = time.monotonic()
    assert presence.others_at(cast.article_1, than=cast.lan) == []
    assert presence.present_in(cast.document, but=cast.lan) == {}
    assert time.monotonic() - began < 0.1, "asks again what has just not answered"
    assert lan.get(editor).status_code == 200
    assert lan.post(here(cast)).status_code == 200
    assert lan.get(writers(cast)).status_code == 200
    sent = {"heading": "Tên", "text": "1. Khác.", "reason": "Rõ hơn", "base_version": 1}
    assert lan.post(editor, sent).status_code == 302
    if trouble == "kill":
        valkey.start()


def test_it_is_tried_again_after_a_while(cast, valkey, monkeypatch):
    valkey.process().suspend()
    presence.announce(cast.article_1, by=cast.dai)
    valkey.process().resume()
    assert presence.others_at(cast.article_1, than=cast.lan) == []
    later = time.monotonic() + presence.PAUSE_SECONDS
    monkeypatch.setattr(presence.time, "monotonic", lambda: later)
    presence.announce(cast.article_1, by=cast.dai)
    assert presence.others_at(cast.article_1, than=cast.lan) == [cast.dai]


def test_others_are_refused(cast, valkey):
    for person, status in ((cast.minh, 403), (cast.thu, 403), (cast.hoa, 404)):
        assert browser_of(person).post(here(cast)).status_code == status
    for person, status in ((cast.minh, 403), (cast.hoa, 404)):
        assert browser_of(person).get(writers(cast)).status_code == status
    assert browser_of(cast.lan).get(here(cast)).status_code == 405
    assert browser_of(cast.lan).post(writers(cast)).status_code == 405
    assert Client().post(here(cast)).status_code == 302
    assert presence.present_in(cast.document, but=cast.chi) == {}
