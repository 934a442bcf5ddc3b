"""The processes that remind, as tests start, watch and kill them: workers and clocks of Celery, and what they work on.

``FAULTS=full`` (``make faults``) injects every fault as often as is promised; without it each once or twice.
"""

import datetime as dt
import os
import signal
import subprocess
import sys

import pytest
import redis
from celery import Celery
from django.db import connection
from django.utils import timezone

from accounts.models import OutgoingMail, UnitContact
from tests.mailserver import mail_server, wait_until  # noqa: F401
from tests.meetings.cast import MeetingPeople
from tests.people import make_unit, make_user

FULL = os.environ.get("FAULTS") == "full"

WORKER = ["worker", "--concurrency", "1", "--loglevel", "INFO"]
BEAT = ["beat", "--loglevel", "INFO"]


class Cast(MeetingPeople):
    """The cast, with tasks whose last day is today, each a unit's with two contacts: two mails for each task."""

    def __init__(self, *, tasks):
        type(self).make_people()
        type(self).make_draft()
        type(self).make_meeting()
        self.tasks, self.people = [], []
        for _number in range(tasks):
            self.give_task()

    def give_task(self, *, contacts=2, given_days_ago=0, due_in_days=0):
        """One more task, of a unit with so many contacts of its own."""
        number = len(self.tasks)
        unit = make_unit(f"Đơn vị {number}")
        people = [make_user(f"nguoi{number}-{place}") for place in range(contacts)]
        UnitContact.objects.bulk_create(UnitContact(unit=unit, user=person) for person in people)
        self.people += people
        self.tasks.append(
            self.make_assignment(
                at=timezone.now() - dt.timedelta(days=given_days_ago),
                task=f"Nhiệm vụ {number}",
                due_on=timezone.localdate() + dt.timedelta(days=due_in_days),
                limit="by",
                lead_unit=unit,
            )
        )
        return self.tasks[-1]


class Processes:
    """Celery processes of this test alone, each the head of its own group."""

    def __init__(self, environment, folder):
        self.environment = environment
        self.folder = folder
        self.started = []

    def start(self, command, **environment):
        number = len(self.started)
        log = (self.folder / f"{number}-{command[0]}.log").open("wb")
        if command[0] == "worker":
            command = [*command, "--hostname", f"worker{number}@test"]
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config.celery", *command],
            env={**self.environment, "BEAT_SCHEDULE_FILE": str(self.folder / f"schedule-{number}"), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()
        self.started.append(process)
        return process

    def kill(self, process):
        """SIGKILL to the process and all its children at once."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    def stop(self):
        for process in self.started:
            if process.poll() is None:
                self.kill(process)

    def said(self):
        return "\n".join(path.read_text(errors="replace")[-3000:] for path in sorted(self.folder.glob("*.log")))


@pytest.fixture
def processes(service_environment, mail_server, tmp_path, broker):  # noqa: F811
    client = redis.Redis.from_url(broker.replace("redis+socket://", "unix://"))
    client.flushall()
    folder = tmp_path / "processes"
    folder.mkdir()
    found = Processes({**service_environment, "EMAIL_URL": mail_server.url, "SWEEP_SECONDS": "1"}, folder)
    yield found
    found.stop()
    client.flushall()
    client.close()


@pytest.fixture
def queue(broker):
    return Queue(broker)


class Queue:
    """The broker's queue, to put ticks into and to see that all are worked off."""

    def __init__(self, broker):
        self.app = Celery(broker=broker)
        self.client = redis.Redis.from_url(broker.replace("redis+socket://", "unix://"))

    def tick(self, times):
        for _time in range(times):
            self.app.send_task("meetings.tasks.remind")
            self.app.send_task("accounts.tasks.deliver_mail")

    def is_worked_off(self):
        return self.client.llen("celery") == 0 and self.client.hlen("unacked") == 0


def all_arrived(mail_server, *, count):  # noqa: F811
    wait_until(lambda: len(mail_server.message_ids) >= count, what=f"{count} mails")
    wait_until(lambda: not OutgoingMail.objects.unsent().exists(), what="the last mail to be marked")


def lease_is_over():
    """What the killed worker held is free again: time has passed."""
    held = OutgoingMail.objects.unsent().filter(leased_until__gt=timezone.now())
    return held.update(leased_until=timezone.now() - dt.timedelta(seconds=1))


def waiting_backends(words="UPDATE%outgoingmail%"):
    """Database sessions that wait for a lock this test holds, in a statement like this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or a transaction sees the same picture for ever
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE %s",
            [words],
        )
        return [row[0] for row in cursor.fetchall()]


def end_backends(pids):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [pids])
