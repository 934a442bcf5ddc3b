"""Reminders by real processes: a Celery worker, beat, Valkey, PostgreSQL and a conversation in SMTP.

Every fault is counted: a run in which fewer were injected than planned has failed.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading

import psutil
import pytest
import redis
from celery import Celery
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts import outbox
from accounts.models import OutgoingMail, UnitContact
from meetings import reminders
from meetings.models import Reminder
from tests.mailserver import Gate, mail_server, wait_until  # noqa: F401
from tests.meetings.cast import MeetingPeople
from tests.people import make_unit, make_user

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = ["worker", "--concurrency", "1", "--loglevel", "INFO"]
BEAT = ["beat", "--loglevel", "INFO"]


class Cast(MeetingPeople):
    """The cast, with tasks whose last day is today, each a unit's with two contacts: two mails for each task."""

    def __init__(self, *, tasks):
        type(self).make_people()
        type(self).make_draft()
        type(self).make_meeting()
        today = timezone.localdate()
        self.tasks, self.people = [], []
        for number in range(tasks):
            unit = make_unit(f"Đơn vị {number}")
            pair = [make_user(f"{name}{number}") for name in ("mot", "hai")]
            UnitContact.objects.bulk_create(UnitContact(unit=unit, user=person) for person in pair)
            self.people += pair
            self.tasks.append(
                self.make_assignment(
                    at=timezone.now(), task=f"Nhiệm vụ {number}", due_on=today, limit="by", lead_unit=unit
                )
            )


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


def waiting_backends():
    """Database sessions that wait for a lock this test holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or a transaction sees the same picture for ever
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%outgoingmail%'"
        )
        return [row[0] for row in cursor.fetchall()]


def end_backends(pids):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [pids])


def test_the_clock_and_one_worker_bring_every_reminder_by_mail(processes, mail_server):  # noqa: F811
    cast = Cast(tasks=3)
    processes.start(WORKER)
    processes.start(BEAT)
    all_arrived(mail_server, count=6)
    assert {message["To"] for message in mail_server.journal} == {person.email for person in cast.people}
    assert all("hôm nay là ngày cuối" in message["Subject"] for message in mail_server.journal)
    assert Reminder.objects.count() == 6
    assert {reminder.recipient for reminder in Reminder.objects.all()} == set(cast.people)
    assert set(Reminder.objects.values_list("occasion", flat=True)) == {"last-day"}
    assert {reminder.assignment for reminder in Reminder.objects.all()} == set(cast.tasks)
    assert set(mail_server.message_ids.values()) == {1}


def test_two_workers_two_clocks_and_double_ticks_send_nothing_twice(processes, mail_server, queue):  # noqa: F811
    Cast(tasks=12)
    queue.tick(10)
    workers = [processes.start(WORKER), processes.start(WORKER)]
    clocks = [processes.start(BEAT), processes.start(BEAT)]
    all_arrived(mail_server, count=24)
    queue.tick(10)
    wait_until(queue.is_worked_off, what="the ticks to be worked off")
    assert all(process.poll() is None for process in [*workers, *clocks])
    logs = [path.read_text() for path in sorted(processes.folder.glob("*-worker.log"))]
    assert len(logs) == 2 and all("meetings.tasks.remind" in log for log in logs), "both workers must have had a turn"
    assert sum(log.count("succeeded") for log in logs) >= 20
    assert len(mail_server.journal) == 24
    assert set(mail_server.message_ids.values()) == {1}
    assert Reminder.objects.count() == 24
    assert OutgoingMail.objects.filter(attempts=1).count() == 24


def test_a_worker_killed_in_mid_sending_loses_no_mail_and_repeats_none(processes, mail_server, queue):  # noqa: F811
    """Killed after the claim, and again with the text at the server but no answer given."""
    Cast(tasks=2)
    kills = 0
    for gate in ("before_sender", "before_acceptance"):
        wall = Gate()
        setattr(mail_server, gate, wall)
        worker = processes.start(WORKER)
        queue.tick(1)
        wait_until(lambda wall=wall: wall.reached, what=f"the conversation to stand {gate}")
        processes.kill(worker)
        kills += 1
        setattr(mail_server, gate, None)
        wall.abandon()
        assert lease_is_over() == 1
    assert kills == 2
    assert mail_server.journal == []
    processes.start(WORKER)
    queue.tick(1)
    all_arrived(mail_server, count=4)
    assert set(mail_server.message_ids) == {outbox.message_id(mail) for mail in OutgoingMail.objects.all()}
    assert set(mail_server.message_ids.values()) == {1}
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [1, 1, 1, 3]


def test_a_worker_killed_between_the_servers_yes_and_its_mark_repeats_one_mail_under_the_same_id(
    processes,
    mail_server,  # noqa: F811
    queue,
):
    Cast(tasks=2)
    wall = mail_server.before_acceptance = Gate()
    worker = processes.start(WORKER)
    queue.tick(1)
    wait_until(lambda: wall.reached, what="the text of the first mail")
    with transaction.atomic():
        # The worker cannot write that it was sent, since this test holds the row.
        [held] = OutgoingMail.objects.select_for_update().filter(leased_until__gt=timezone.now())
        mail_server.before_acceptance = None
        wall.open()
        stuck = wait_until(waiting_backends, what="the worker to mark the mail")
        assert len(mail_server.journal) == 1
        processes.kill(worker)
        end_backends(stuck)
        wait_until(lambda: not waiting_backends(), what="the killed worker's session to end")
    held.refresh_from_db()
    assert held.sent_at is None, "the fault was not injected: the worker had marked the mail"
    assert lease_is_over() == 1
    processes.start(WORKER)
    queue.tick(1)
    all_arrived(mail_server, count=4)
    repeated = {name: times for name, times in mail_server.message_ids.items() if times > 1}
    assert repeated == {outbox.message_id(held): 2}
    assert len(mail_server.message_ids) == 4
    assert OutgoingMail.objects.get(pk=held.pk).attempts == 2


def test_a_killed_child_is_replaced_and_the_mail_arrives(processes, mail_server, queue):  # noqa: F811
    Cast(tasks=1)
    wall = mail_server.before_sender = Gate()
    worker = processes.start(WORKER)
    queue.tick(1)
    wait_until(lambda: wall.reached, what="the conversation to begin")
    [child] = psutil.Process(worker.pid).children()
    child.kill()
    mail_server.before_sender = None
    wall.open()
    assert lease_is_over() == 1
    queue.tick(1)
    all_arrived(mail_server, count=2)
    assert worker.poll() is None
    assert set(mail_server.message_ids.values()) == {1}


def test_four_sweeps_at_once_write_each_reminder_and_each_mail_once():
    Cast(tasks=8)
    written, start = [], threading.Barrier(4)

    def sweep():
        start.wait()
        try:
            written.append(reminders.remind())
        finally:
            connections.close_all()

    sweeps = [threading.Thread(target=sweep) for _number in range(4)]
    for thread in sweeps:
        thread.start()
    for thread in sweeps:
        thread.join(60)
    assert len(written) == 4
    assert sum(written) == 16
    assert Reminder.objects.count() == OutgoingMail.objects.count() == 16
    assert Reminder.objects.filter(mail=None).count() == 0
    assert reminders.remind() == 0
