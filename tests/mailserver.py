"""A real mail server for tests: it speaks SMTP on a port of its own, keeps a journal, and misbehaves when told to."""

import asyncio
import concurrent.futures
import email
import email.policy
import threading
import time
from collections import Counter

import pytest
from aiosmtpd.smtp import SMTP

PATIENCE = 40


def wait_until(condition, *, what, patience=PATIENCE):
    """The condition's first true answer; fails when it does not come in time."""
    ends_at = time.monotonic() + patience
    while not (answer := condition()):
        assert time.monotonic() < ends_at, f"waited {patience} seconds in vain for {what}"
        threading.Event().wait(0.02)
    return answer


class Gate:
    """A place where a conversation waits. ``reached`` counts who came; ``open`` lets everybody pass; ``abandon`` ends
    the conversations that wait here without a word.
    """

    def __init__(self):
        self.reached = 0
        self._verdict = concurrent.futures.Future()  # opened or abandoned by the test's thread

    async def wait(self):
        self.reached += 1
        # Shielded: a conversation that breaks off takes no verdict away from the others.
        if await asyncio.shield(asyncio.wrap_future(self._verdict)) == "abandoned":
            raise ConnectionAbortedError

    def open(self):
        self._verdict.set_result("open")

    def abandon(self):
        self._verdict.set_result("abandoned")


class MailServer:
    """``journal`` holds what was accepted (answered with 250), as parsed messages."""

    def __init__(self):
        self.journal = []
        self.before_sender = None  # a Gate: the mail was taken, nothing of it has been sent
        self.before_acceptance = None  # a Gate: the text is here, the answer is not
        self.refuse = {}  # recipient → answer to RCPT
        self.hang_up_on = set()  # recipients at whose name the server closes the connection
        self.hold = {}  # recipient → a Gate at which the answer to their text waits
        self.answers = []  # answers to the next texts, instead of accepting them
        self.conversations = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self):
        self._thread.start()
        listening = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(PATIENCE)
        self.port = listening.sockets[0].getsockname()[1]
        self._listening = listening
        return self

    async def _listen(self):
        return await self._loop.create_server(self._answer, "127.0.0.1", 0)

    def _answer(self):
        self.conversations += 1
        return SMTP(self, enable_SMTPUTF8=True, loop=self._loop)

    def stop(self):
        """From now on nobody answers; conversations going on are cut."""
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    async def _close(self):
        self._listening.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self):
        return Counter(message["Message-ID"] for message in self.journal)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if gate := self.before_sender:
            await gate.wait()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.hang_up_on:
            server.transport.close()
            return "421 Bye"
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if gate := self.before_acceptance:
            await gate.wait()
        for address in envelope.rcpt_tos:
            if address in self.hold:
                await self.hold[address].wait()
        if self.answers:
            return self.answers.pop(0)
        self.journal.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def mail_server():
    server = MailServer().start()
    yield server
    server.stop()
