"""What reminders survive: kills at every step of sending, an emptied broker, a restarted database, bad mail servers and
days of standstill. Counted at the mail server: none missing, none twice.

Where the server has accepted a mail and the worker died before marking it, the same mail comes once more under the same
Message-ID; nowhere else does anything come twice.
"""

import datetime as dt
import shutil
import signal

import psutil
import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts import outbox
from accounts.models import OutgoingMail
from config import services
from config.valkey import Server
from meetings import reminder_rules
from meetings.models import Assignment, Reminder
from tests.mailserver import Gate, mail_server, wait_until  # noqa: F401
from tests.reliability.machinery import (  # noqa: F401
    BEAT,
    FULL,
    WORKER,
    Cast,
    Processes,
    all_arrived,
    end_backends,
    lease_is_over,
    processes,
    queue,
    waiting_backends,
)

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 100 if FULL else 4
BROKERS_LOST = 10 if FULL else 1
DATABASES_LOST = 10 if FULL else 1


class Killer:
    """Kills a worker at a step of sending one person's reminder, and says whose mail was in hand."""

    def __init__(self, processes, mail_server, queue):  # noqa: F811
        self.processes, self.mail_server, self.queue = processes, mail_server, queue
        self.kills = 0
        self.repeated = set()

    def start(self):
        worker = self.processes.start(WORKER)
        self.queue.tick(1)
        return worker

    def kill(self, worker):
        self.processes.kill(worker)
        self.kills += 1

    def while_writing(self, task):
        """Inside the transaction that writes reminder and mail: the task is locked by this test."""
        worker = self.start()
        with transaction.atomic():
            Assignment.objects.select_for_update().get(pk=task.pk)
            stuck = wait_until(lambda: waiting_backends("SELECT%"), what="the worker to write")
            self.kill(worker)
            end_backends(stuck)
        assert not task.reminders.exists(), "nothing is half written"

    def in_conversation(self, gate):
        """The mail is claimed; nothing, or all but the answer, has been said to the server."""
        wall = Gate()
        setattr(self.mail_server, gate, wall)
        worker = self.start()
        wait_until(lambda: wall.reached, what=f"the conversation to stand {gate}")
        self.kill(worker)
        setattr(self.mail_server, gate, None)
        wall.abandon()
        assert lease_is_over() == 1

    def before_the_mark(self):
        """The server has said yes, and the worker cannot write it down: this test holds the row."""
        wall = self.mail_server.before_acceptance = Gate()
        worker = self.start()
        wait_until(lambda: wall.reached, what="the text of the mail")
        with transaction.atomic():
            [held] = OutgoingMail.objects.select_for_update().filter(leased_until__gt=timezone.now())
            self.mail_server.before_acceptance = None
            wall.open()
            stuck = wait_until(waiting_backends, what="the worker to mark the mail")
            self.kill(worker)
            end_backends(stuck)
            wait_until(lambda: not waiting_backends(), what="the killed worker's session to end")
        held.refresh_from_db()
        assert held.sent_at is None, "the fault was not injected: the worker had marked the mail"
        assert lease_is_over() == 1
        self.repeated.add(outbox.message_id(held))


def test_a_worker_killed_at_every_step_of_sending_loses_no_mail(processes, mail_server, queue):  # noqa: F811
    cast, killer = Cast(tasks=0), Killer(processes, mail_server, queue)
    while killer.kills < KILLS:
        task = cast.give_task()
        killer.while_writing(task)
        killer.in_conversation("before_sender")
        killer.in_conversation("before_acceptance")
        killer.before_the_mark()
        finisher = killer.start()
        wait_until(lambda: not OutgoingMail.objects.unsent().exists(), what="the round's mails to be sent")
        processes.kill(finisher)  # with nothing in hand
        assert task.reminders.count() == 2
    assert killer.kills == KILLS
    assert len(killer.repeated) == KILLS // 4
    expected = {outbox.message_id(mail) for mail in OutgoingMail.objects.all()}
    assert set(mail_server.message_ids) == expected and len(expected) == len(cast.people)
    assert {name for name, times in mail_server.message_ids.items() if times > 1} == killer.repeated
    assert set(mail_server.message_ids.values()) <= {1, 2}
    assert Reminder.objects.count() == len(cast.people)


@pytest.fixture
def own_broker(server_folder):
    server = Server(server_folder / "valkey")
    server.start()
    yield server
    server.stop()


def test_a_broker_that_is_killed_and_comes_back_empty_loses_no_reminder(
    service_environment,
    mail_server,  # noqa: F811
    own_broker,
    tmp_path,
):
    """Worker and clock may die of it as long as whoever watches them starts them again, as the supervisor does."""
    folder = tmp_path / "processes"
    folder.mkdir()
    environment = service_environment | {
        "EMAIL_URL": mail_server.url,
        "SWEEP_SECONDS": "1",
        "REDIS_URL": own_broker.url,
    }
    watched = Processes(environment, folder)
    running = {command[0]: (command, watched.start(command)) for command in (WORKER, BEAT)}

    def arrived(count):
        for name, (command, process) in running.items():
            if process.poll() is not None:
                running[name] = (command, watched.start(command))
        return len(mail_server.message_ids) >= count

    try:
        cast = Cast(tasks=1)
        wait_until(lambda: arrived(2), what="the first mails")
        for number in range(BROKERS_LOST):
            server = own_broker.process()
            server.kill()
            server.wait(10)
            cast.give_task()
            for left in (own_broker.folder).glob("*.rdb"):
                left.unlink()
            shutil.rmtree(own_broker.folder / "appendonlydir", ignore_errors=True)
            own_broker.start()
            wait_until(lambda number=number: arrived(4 + 2 * number), what="the mails after the broker's death")
    finally:
        watched.stop()
    assert set(mail_server.message_ids.values()) == {1}
    assert Reminder.objects.count() == len(cast.people) == 2 + 2 * BROKERS_LOST


def test_a_database_that_goes_away_in_mid_task_loses_no_reminder(processes, mail_server, queue):  # noqa: F811
    """The worker lives on, and what it held is sent when the lease is over."""
    if FULL:
        make_database_durable()
    cast = Cast(tasks=0)
    worker = processes.start(WORKER)
    for number in range(DATABASES_LOST):
        cast.give_task(contacts=1)
        wall = mail_server.before_acceptance = Gate()
        queue.tick(1)
        wait_until(lambda wall=wall: wall.reached, what="a mail in the middle of its conversation")
        restart_database() if FULL else end_other_sessions()
        mail_server.before_acceptance = None
        wall.open()
        wait_until(
            lambda number=number: len(mail_server.journal) > number or put_off().exists(),
            what="the server's yes, or a new attempt",
        )
        put_off().update(due_at=timezone.now())
        wait_until(lambda: lease_is_over() or not held_mail().exists(), what="the lease")
        queue.tick(1)
        wait_until(lambda: not OutgoingMail.objects.unsent().exists(), what="the mail to be marked")
    assert worker.poll() is None
    assert len(mail_server.message_ids) == Reminder.objects.count() == DATABASES_LOST
    assert set(mail_server.message_ids.values()) <= {1, 2}, "at most one repeat, under the same Message-ID"


def held_mail():
    return OutgoingMail.objects.unsent().filter(last_error="")


def put_off():
    """A database that takes longer to come back than a conversation may last: the worker tries again later."""
    return OutgoingMail.objects.unsent().exclude(last_error="")


def end_other_sessions():
    """What a restart does to the worker, without harm to the other tests on this server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
        assert cursor.rowcount >= 1, "the fault was not injected: the worker had no session"


def make_database_durable():
    """As in production; tests otherwise work on a server that may forget."""
    with services.testing.postgres.connect() as superuser:
        superuser.autocommit = True
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            superuser.execute(f"ALTER SYSTEM SET {name} = on")
        superuser.execute("SELECT pg_reload_conf()")
        superuser.execute("CHECKPOINT")


def restart_database():
    """Killed like in a power cut, and started again."""
    server = services.testing.postgres.process()
    connections.close_all()
    server.send_signal(signal.SIGQUIT)
    psutil.wait_procs([server], timeout=30)
    services.testing.postgres.start()


def test_a_mail_server_that_refuses_hangs_up_and_answers_too_late(processes, mail_server, queue):  # noqa: F811
    """Each refusal is written down, waits for its turn to be tried again, and keeps nobody else's mail."""
    cast = Cast(tasks=2)
    refused, dropped, slow, fine = cast.people
    mail_server.refuse = {refused.email: "451 Try again later"}
    mail_server.hang_up_on = {dropped.email}
    mail_server.hold = {slow.email: Gate()}
    processes.start(WORKER, EMAIL_TIMEOUT="1")
    queue.tick(1)
    wait_until(lambda: OutgoingMail.objects.exclude(last_error="").count() == 3, what="three refusals")
    wait_until(lambda: OutgoingMail.objects.get(recipient=fine).sent_at, what="the mail nothing is wrong with")
    waiting = OutgoingMail.objects.unsent()
    assert {mail.recipient for mail in waiting} == {refused, dropped, slow}
    assert all(mail.attempts == 1 and mail.due_at > timezone.now() for mail in waiting), "it is not tried at once"
    mail_server.refuse, mail_server.hang_up_on = {}, set()
    mail_server.hold.pop(slow.email).open()  # the text that came too late is accepted after all
    waiting.update(due_at=timezone.now())
    queue.tick(1)
    all_arrived(mail_server, count=4)
    twice = {mail["To"] for mail in mail_server.journal if mail_server.message_ids[mail["Message-ID"]] > 1}
    assert twice <= {slow.email}
    assert set(mail_server.message_ids.values()) <= {1, 2}


def test_after_two_days_of_standstill_clock_and_worker_send_what_is_due_and_what_was_missed_once_and_as_late(
    processes,  # noqa: F811
    mail_server,  # noqa: F811
):
    cast = Cast(tasks=3)
    usual = {"tells_supporting": False, "secretary_after": None, "chair_after": None}
    reminder_rules.set_rule(cast.meeting, by=cast.thu, days_ahead=[9, 3], hour=0, **usual)
    missed = cast.give_task(given_days_ago=20, due_in_days=1)
    processes.start(WORKER)
    processes.start(BEAT)
    all_arrived(mail_server, count=8)
    late = [mail for mail in mail_server.journal if "Nhắc muộn" in mail["Subject"]]
    assert {mail["To"] for mail in mail_server.journal} == {person.email for person in cast.people}
    assert {mail["To"] for mail in late} == {person.email for person in cast.people[-2:]}
    assert sum("hôm nay là ngày cuối" in mail["Subject"] for mail in mail_server.journal) == 6
    assert {reminder.occasion for reminder in missed.reminders.all()} == {"before-3"}, "of two missed, the newest alone"
    assert {reminder.due_on for reminder in missed.reminders.all()} == {timezone.localdate() - dt.timedelta(days=2)}
    assert all(reminder.is_late == (reminder.assignment == missed) for reminder in Reminder.objects.all())
    assert set(mail_server.message_ids.values()) == {1} and Reminder.objects.count() == 8
