"""``/healthz`` says alive; ``/readyz`` says ready, or which part is not."""

import datetime as dt
import time

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import OutgoingMail
from config import health, tasks
from config.services import Services
from config.valkey import Server
from tests.people import people  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client, settings, broker):
    settings.REDIS_URL = broker
    return client


def ready(client):
    response = client.get(reverse("readyz"))
    return response.status_code, response.json()


def test_alive_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_when_everything_answers(site):
    tasks.heartbeat()
    status, report = ready(site)
    assert status == 200
    assert {name: report[name] for name in ("status", "database", "migrations", "broker", "worker")} == dict.fromkeys(
        ("status", "database", "migrations", "broker", "worker"), "ok"
    )
    assert report["oldest_unsent_mail_seconds"] is None


def test_a_reminder_that_waits_for_the_morning_is_no_alarm(people, settings):  # noqa: F811
    settings.REMINDER_HOURS = (7, 19)
    evening = timezone.make_aware(dt.datetime(2026, 11, 9, 18, 59))
    mail = outbox.post(key="reminders:1", recipient=people.lan, subject="Nhắc việc", body="", due_at=evening)
    OutgoingMail.objects.filter(pk=mail.pk).update(only_by_day=True)
    for hours_later, seconds in ((1, None), (12, None), (12.5, 1740), (4, None)):
        with time_machine.travel(evening + dt.timedelta(hours=hours_later), tick=False):
            assert health.oldest_unsent_mail() == seconds, hours_later
    outbox.post(key="other", recipient=people.lan, subject="Khác", body="", due_at=evening)
    with time_machine.travel(evening + dt.timedelta(hours=4), tick=False):
        assert health.oldest_unsent_mail() == 4 * 3600


def test_not_ready_before_the_worker_was_ever_seen(site):
    status, report = ready(site)
    assert (status, report["worker"]) == (503, "never seen")


def test_not_ready_when_the_worker_has_fallen_silent(site, settings):
    cache.set(health.HEARTBEAT, time.time() - 10 * settings.HEARTBEAT_SECONDS)
    status, report = ready(site)
    assert status == 503
    assert report["worker"].startswith("silent for 150")


def test_not_ready_without_a_broker_and_says_so_at_once(site, settings, tmp_path):
    settings.REDIS_URL = Server(tmp_path / "nobody").url
    started = time.monotonic()
    status, report = ready(site)
    assert (status, report["broker"]) == (503, "no answer")
    assert time.monotonic() - started < 2


def test_a_frozen_broker_costs_no_more_than_two_seconds(site, settings, server_folder):
    services = Services(server_folder)
    services.valkey.start()
    settings.REDIS_URL = services.valkey.url
    services.valkey.process().suspend()
    started = time.monotonic()
    status, report = ready(site)
    services.valkey.process().resume()
    assert (status, report["broker"]) == (503, "no answer")
    assert time.monotonic() - started < 3


def test_not_ready_while_a_migration_is_missing(site, settings, tmp_path, monkeypatch):
    # A program newer than its database: it brings a migration that was not applied.
    (tmp_path / "newer_meetings").mkdir()
    (tmp_path / "newer_meetings" / "__init__.py").write_text("")
    (tmp_path / "newer_meetings" / "0001_new.py").write_text(
        "from django.db.migrations import Migration as Base\n\n\nclass Migration(Base):\n    pass\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    settings.MIGRATION_MODULES = {"meetings": "newer_meetings"}
    health._migrated_for_good.cache_clear()
    status, report = ready(site)
    assert (status, report["migrations"]) == (503, "pending")


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405
