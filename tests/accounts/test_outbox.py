import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts import knowing, outbox
from accounts.models import OutgoingMail
from tests.mailserver import Gate, MailServer, mail_server, wait_until  # noqa: F401
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def smtp(settings, mail_server):  # noqa: F811
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = mail_server.port
    settings.DEFAULT_FROM_EMAIL = "Góp ý dự thảo <gopy@tinhuy.example>"
    return mail_server


@pytest.fixture
def lan(db):
    return make_user("lan")


def write(recipient, key="mail-1", **fields):
    fields = {"subject": "Nhắc việc: còn 3 ngày", "body": "Tính đến hôm nay, còn 3 ngày.\n"} | fields
    return outbox.post(key=key, recipient=recipient, **fields)


def again(mail):
    mail.refresh_from_db()
    return mail


def test_a_mail_leaves_once_and_is_marked_after_the_server_said_yes(smtp, lan):
    mail = write(lan)
    assert outbox.deliver() == 1
    assert outbox.deliver() == 0
    [message] = smtp.journal
    assert message["To"] == "lan@example.org"
    assert message["Subject"] == "Nhắc việc: còn 3 ngày"
    assert message["Message-ID"] == f"<{mail.message_id}@tinhuy.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "còn 3 ngày" in message.get_content()
    assert again(mail).sent_at is not None
    assert mail.leased_until is None


def test_the_same_key_is_written_once(lan):
    assert write(lan).pk == write(lan, subject="Khác").pk
    assert OutgoingMail.objects.count() == 1


def test_a_mail_stands_or_falls_with_its_cause(smtp, lan):
    with pytest.raises(RuntimeError), transaction.atomic():
        write(lan)
        raise RuntimeError
    assert outbox.deliver() == 0
    assert smtp.journal == []


def test_a_mail_is_not_sent_before_it_is_due(smtp, lan):
    write(lan, due_at=timezone.now() + dt.timedelta(hours=1))
    assert outbox.deliver() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        assert outbox.deliver() == 1


def test_no_line_break_of_a_subject_becomes_a_header(smtp, lan):
    write(lan, subject="Nhắc việc\r\nBcc: ai-do@example.org\u2028x")
    assert outbox.deliver() == 1
    assert smtp.journal[0]["Bcc"] is None
    assert smtp.journal[0]["Subject"] == "Nhắc việc Bcc: ai-do@example.org x"


def test_one_refused_recipient_does_not_stop_the_others(smtp, lan):
    refused = write(make_user("dai"), key="mail-0")
    write(lan)
    smtp.refuse["dai@example.org"] = "550 No such person"
    assert outbox.deliver() == 1
    assert [message["To"] for message in smtp.journal] == ["lan@example.org"]
    assert (again(refused).sent_at, refused.attempts, refused.leased_until) == (None, 1, None)
    assert "550" in refused.last_error
    assert refused.due_at > timezone.now()


def test_a_server_that_hangs_up_in_the_middle_is_called_again_for_the_others(smtp, lan):
    cut_off = write(make_user("dai"), key="mail-0")
    others = [write(lan, key=f"mail-{number}") for number in (1, 2)]
    smtp.hang_up_on.add("dai@example.org")
    assert outbox.deliver() == 2
    assert smtp.conversations == 2
    assert again(cut_off).attempts == 1
    assert [again(mail).attempts for mail in others] == [1, 1]


def test_an_address_no_header_can_hold_does_not_stop_the_others(smtp, lan):
    strange = make_user("dai")
    type(strange).objects.filter(pk=strange.pk).update(email="dai@example.org\nBcc: ai@example.org")
    bad = write(strange, key="mail-0")
    write(lan)
    assert outbox.deliver() == 1
    assert again(bad).sent_at is None
    assert bad.last_error


def test_a_refused_mail_waits_longer_each_time_and_is_given_up_after_a_day(smtp, lan):
    mail = write(lan)
    smtp.refuse["lan@example.org"] = "451 Try later"
    start, waits = timezone.now(), []
    with time_machine.travel(start, tick=False) as clock:
        while again(mail).given_up_at is None:
            clock.move_to(max(mail.due_at, timezone.now()))
            assert outbox.deliver() == 0
            waits.append((again(mail).due_at - timezone.now()).total_seconds() / 60)
    assert waits[:7] == [1, 2, 5, 10, 30, 60, 60]
    assert dt.timedelta(hours=24) < mail.given_up_at - start < dt.timedelta(hours=26)
    assert mail.attempts == len(waits) > 20
    assert mail.leased_until is None


def test_a_day_without_a_server_is_not_a_day_of_refusals(smtp, lan):
    """Back again, the server may ask everybody to try later (greylisting): before the first attempt or after it."""
    early, late = (
        write(lan, key="early"),
        write(make_user("dai"), key="late", due_at=timezone.now() + outbox.GIVE_UP_AFTER),
    )
    smtp.refuse = dict.fromkeys(("lan@example.org", "dai@example.org"), "451 Try later")
    assert outbox.deliver() == 0
    assert again(early).attempts == 1
    with time_machine.travel(timezone.now() + outbox.GIVE_UP_AFTER + dt.timedelta(hours=1)):
        assert outbox.deliver() == 0
        assert [(again(mail).given_up_at, mail.attempts) for mail in (early, late)] == [(None, 2), (None, 1)]
        smtp.refuse.clear()
        OutgoingMail.objects.update(due_at=timezone.now())
        assert outbox.deliver() == 2


def test_while_the_server_is_down_nothing_is_taken_or_marked(smtp, lan):
    mail = write(lan)
    untouched = OutgoingMail.objects.values().get()
    smtp.stop()
    for _sweep in range(5):
        assert outbox.deliver() == 0
    assert OutgoingMail.objects.values().get() == untouched
    assert again(mail).attempts == 0


def test_what_waited_while_the_server_was_down_leaves_when_it_is_back(smtp, lan, settings):
    write(lan)
    smtp.stop()
    assert outbox.deliver() == 0
    back = MailServer().start()
    settings.EMAIL_PORT = back.port
    assert outbox.deliver() == 1
    assert len(back.journal) == 1
    back.stop()


def test_a_server_that_falls_silent_loses_the_mail_before_the_lease_ends(smtp, lan, monkeypatch):
    monkeypatch.setattr(outbox, "ANSWER_SECONDS", 0.2)
    mail = write(lan)
    smtp.before_acceptance = Gate()
    assert outbox.deliver() == 0
    assert smtp.before_acceptance.reached == 1
    assert again(mail).leased_until is None
    assert "timed out" in mail.last_error.lower()


def test_one_mails_whole_conversation_fits_into_its_lease():
    questions_per_mail = 4
    assert questions_per_mail * outbox.ANSWER_SECONDS < outbox.LEASE.total_seconds()


def test_nobody_calls_the_server_when_there_is_nothing_to_send(smtp):
    assert outbox.deliver() == 0
    assert smtp.conversations == 0


def test_who_has_left_gets_nothing(smtp, lan):
    mail = write(lan)
    lan.is_active = False
    lan.save(update_fields=["is_active"])
    assert outbox.deliver() == 0
    assert smtp.journal == []
    assert again(mail).given_up_at is not None


def test_who_has_no_address_gets_nothing_and_stops_nobody(smtp, lan):
    nameless = write(make_user("dai", email=""), key="mail-0")
    write(lan)
    assert outbox.deliver() == 1
    assert again(nameless).given_up_at is not None


def test_what_a_mail_is_about_is_asked_when_it_leaves(smtp, lan, monkeypatch):
    may = {(1, lan.pk), (2, lan.pk)}
    monkeypatch.setitem(knowing._gates, "draft", lambda things, people: may)
    kept, lost = write(lan, about=["draft:1"]), write(lan, key="mail-2", about=["draft:1", "draft:2"])
    unknown = write(lan, key="mail-3", about=["nothing:1"])
    may.remove((2, lan.pk))
    assert outbox.deliver() == 1
    assert again(kept).sent_at is not None
    for mail in (lost, unknown):
        assert again(mail).given_up_at is not None
        assert mail.leased_until is None


def test_a_mail_handed_over_while_a_worker_holds_it_is_asked_about_for_the_successor(smtp, lan, monkeypatch):
    dai = make_user("dai")
    monkeypatch.setitem(knowing._gates, "draft", lambda things, people: {(1, dai.pk)})
    write(lan, about=["draft:1"])
    held = outbox._take()
    OutgoingMail.objects.update(recipient=dai)
    assert not outbox._send(held, outbox._connect())
    with time_machine.travel(timezone.now() + outbox.LEASE + dt.timedelta(seconds=1)):
        assert outbox.deliver() == 1
    assert [message["To"] for message in smtp.journal] == ["dai@example.org"]


def test_a_leased_mail_is_left_alone_until_the_lease_ends(smtp, lan):
    mail = write(lan)
    OutgoingMail.objects.update(leased_until=timezone.now() + outbox.LEASE)
    assert outbox.deliver() == 0
    with time_machine.travel(timezone.now() + outbox.LEASE + dt.timedelta(seconds=1)):
        assert outbox.deliver() == 1
    assert again(mail).attempts == 1


def test_a_worker_that_wakes_up_after_its_lease_does_not_undo_what_another_did(smtp, lan):
    mail = write(lan)
    slow = outbox._take()
    OutgoingMail.objects.update(leased_until=timezone.now() - dt.timedelta(seconds=1))
    assert outbox.deliver() == 1
    sent_at = again(mail).sent_at
    slow.last_error = "too slow"
    outbox._postpone(slow)
    assert (again(mail).sent_at, mail.last_error) == (sent_at, "")


def test_many_workers_at_once_send_each_mail_once(smtp, lan):
    for number in range(24):
        write(lan, key=f"mail-{number}")
    sent, start = [], threading.Barrier(4)

    def work():
        start.wait()
        try:
            sent.append(outbox.deliver())
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sum(sent) == 24
    assert len(smtp.journal) == 24
    assert set(smtp.message_ids.values()) == {1}


def test_a_locked_mail_is_passed_over(smtp, lan):
    held, free = write(lan, key="held"), write(lan, key="free")
    locked, release = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                OutgoingMail.objects.select_for_update().get(pk=held.pk)
                locked.set()
                release.wait(30)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert locked.wait(30)
    try:
        assert outbox.deliver() == 1
    finally:
        release.set()
        holder.join(30)
    assert again(free).sent_at is not None
    assert again(held).sent_at is None
    wait_until(lambda: outbox.deliver() == 1, what="the mail that was locked")
