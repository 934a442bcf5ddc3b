"""Reminders by real processes: a Celery worker, beat, Valkey, PostgreSQL and a conversation in SMTP.

Every fault is counted: a run in which fewer were injected than planned has failed.
"""

import threading

import psutil
import pytest
from django.db import connections

from accounts.models import OutgoingMail
from meetings import reminders
from meetings.models import Reminder
from tests.mailserver import Gate, mail_server, wait_until  # noqa: F401
from tests.reliability.machinery import BEAT, WORKER, Cast, all_arrived, lease_is_over, processes, queue  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


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
