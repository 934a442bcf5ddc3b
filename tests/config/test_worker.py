"""Streams that stay open, served by the web server as it runs: they take no thread, and tell what concerns each."""

import datetime as dt
import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from functools import partial

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import arrivals, rounds, services
from comments.models import Consultation
from drafts import services as drafting
from drafts import streaming
from tests.mailserver import wait_until
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 2


@pytest.fixture
def cast(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


@pytest.fixture
def web(service_environment, tmp_path):
    """The port of a web server with one process of two threads."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**service_environment, "BIND": f"127.0.0.1:{port}", "WEB_PROCESSES": "1", "WEB_THREADS": "2"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    wait_until(lambda: status_of(port, "/healthz") == 200, what="the web server")
    yield port
    process.send_signal(signal.SIGINT)
    process.wait(20)
    said = (tmp_path / "web.log").read_text()
    assert "Traceback" not in said and "ERROR" not in said, said


def status_of(port, address, *, cookie=""):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asked.request("GET", address, headers={"Cookie": cookie})
        return asked.getresponse().status
    except OSError:
        return None
    finally:
        asked.close()


def cookie_of(user):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Reader:
    """Somebody whose page is open."""

    def __init__(self, port, address, user):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie_of(user)}\r\n\r\n".encode())
        self.heard, self.is_over = b"", False

    def hears(self, word, *, seconds=10):
        """Whether the word comes in time."""
        end_at = time.monotonic() + seconds
        while word not in self.heard and (left := end_at - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                words = self.socket.recv(4096)
            except TimeoutError:
                break
            if not words:
                self.is_over = True
                break
            self.heard += words
        return word in self.heard

    def is_sent_away(self):
        """Whether the server closes the stream."""
        assert not self.hears(b"(never said)", seconds=SECONDS)
        return self.is_over


def test_streams_take_no_thread_and_tell_each_only_what_concerns_them(web, cast):
    address = reverse("comments:stream", args=[cast.document.pk])
    readers = [Reader(web, address, user) for user in [cast.minh] * 3 + [cast.lan, cast.thu, cast.dai]]
    assert all(reader.hears(b"event: opened") for reader in readers), "six streams on two threads"
    assert b"Content-Type: text/event-stream" in readers[0].heard
    page = reverse("comments:news", args=[cast.document.pk])
    assert status_of(web, page, cookie=cookie_of(cast.dai)) == 200
    assert status_of(web, address) == 302

    services.add_comment(cast.edition, by=cast.dai, key=uuid.uuid4(), kind="other", text="Nên rõ hơn.")
    *others, dai = readers
    assert all(reader.hears(b"event: news", seconds=SECONDS) for reader in others)
    assert not dai.hears(b"event: news", seconds=0.2), "one's own is no news"

    drafting.take_seat(cast.document.seats.get(user=cast.thu), by=cast.lan)
    services.add_comment(cast.edition, by=cast.dai, key=uuid.uuid4(), kind="other", text="Thêm ý.")
    thu = readers[4]
    assert thu.is_sent_away() and thu.heard.count(b"event: news") == 1, "who lost the seat hears no more"

    end_sessions()
    assert readers[0].is_sent_away()
    lan = Reader(web, address, cast.lan)
    assert lan.hears(b"event: opened")
    services.add_comment(cast.edition, by=cast.dai, key=uuid.uuid4(), kind="other", text="Ý cuối.")
    assert lan.hears(b"event: news", seconds=SECONDS), "it goes on when the database is back"


def test_at_a_beat_a_stream_tells_what_happened_by_itself(cast, monkeypatch):
    """A round's time runs out: no act says so."""
    monkeypatch.setattr(streaming, "BEAT_SECONDS", 0.1)
    far = timezone.now() + dt.timedelta(days=1)
    rounds.open_consultation(
        cast.edition, by=cast.thu, closes_at=far, visibility="sealed_until_close", units=[cast.city]
    )
    here, there = socket.socketpair()
    here.settimeout(10)
    concerns = partial(arrivals.concerns, user_pk=cast.dai.pk, document_pk=cast.document.pk)
    streaming.Streams().add(streaming.Stream(there, arrivals.heard, arrivals.closed_between, concerns))

    def hear(word):
        heard, ends_at = b"", time.monotonic() + 10
        while word not in heard:
            words = here.recv(4096)
            assert words and time.monotonic() < ends_at, f"{word} did not come"
            heard += words
        return heard

    assert b"event: news" not in hear(b"event: alive")
    soon = timezone.now() + dt.timedelta(seconds=0.2)
    Consultation.objects.update(closes_at=soon)
    hear(b"event: news")
    assert timezone.now() >= soon
    here.close()
    wait_until(lambda: not any(one.name == "streams" for one in threading.enumerate()), what="the end of the thread")


def end_sessions():
    """As a database that restarts does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
