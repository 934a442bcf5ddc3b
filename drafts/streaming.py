"""Streams that stay open while somebody looks at a page, and say that there is something new; never what.

A view that let somebody in hands the connection over, and its thread is free again. All streams of a web process are
kept by one thread: it listens to the database, which tells of every operation when it is committed (a trigger), and
asks for each stream whether this operation concerns who looks there; at every sign of life it asks the same of what
happened by itself, because its time had come. A stream that fails in any way is closed: the page
opens it again, passes the door again, and asks for what it missed. docs/decisions/live-arrival.md says why.
"""

from __future__ import annotations

import datetime as dt
import errno
import logging
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.utils import timezone

log = logging.getLogger(__name__)

BEAT_SECONDS = 20
"""So often a stream gives a sign of life: it keeps proxies from closing it, and shows which readers are gone."""
LIFE_SECONDS = 600
"""Then it is closed; whoever still looks opens another one, and is asked again who they are."""
MOST_STREAMS = 400
"""In one process. Pages that get none ask by themselves every other second."""

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store, private\r\n"
    b"X-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 2000\n"
)
OPENED, ALIVE, NEWS = (b"event: %s\ndata: -\n\n" % name for name in (b"opened", b"alive", b"news"))

Look = Callable[[Collection[int]], Any]
"""What operations, by primary key, did; asked once for all streams that ask the same."""
Passed = Callable[[dt.datetime, dt.datetime], Any]
"""What happened by itself after one moment and until another, as ``Look`` says it; asked once for all at every beat."""
Concerns = Callable[[Any], bool]
"""Whether that is something new to who looks; raises Http404 for who may not look any more."""

_taken: set[socket.socket] = set()


@dataclass
class Stream:
    """One page that is looked at."""

    socket: socket.socket
    look: Look
    passed: Passed
    concerns: Concerns
    ends_at: float = field(default_factory=lambda: time.monotonic() + LIFE_SECONDS)

    def write(self, words: bytes) -> bool:
        """Whether all of it went out at once; a reader so slow that it did not has to come again."""
        try:
            return self.socket.send(words) == len(words)
        except OSError:
            return False


class Streams:
    """All streams of this process. The thread lives as long as there is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._coming: deque[Stream] = deque()
        self._waker: socket.socket | None = None
        self._open: dict[socket.socket, Stream] = {}

    @property
    def is_full(self) -> bool:
        return len(self._open) + len(self._coming) >= MOST_STREAMS

    def add(self, stream: Stream) -> None:
        with self._lock:
            self._coming.append(stream)
            if self._waker is None:
                ear, self._waker = socket.socketpair()
                threading.Thread(target=self._run, args=[ear], name="streams", daemon=True).start()
            else:
                self._waker.send(b".")

    def _run(self, ear: socket.socket) -> None:
        try:
            with ear, selectors.DefaultSelector() as selector:
                self._listen(ear, selector)
        except Exception as error:
            log.warning("Streams are closed and will be opened again: %s", type(error).__name__)
            self._close_all()
        finally:
            connection.close()

    def _listen(self, ear: socket.socket, selector: selectors.BaseSelector) -> None:
        with connection.cursor() as cursor:
            cursor.execute("LISTEN operations")
        database = connection.connection
        selector.register(ear, selectors.EVENT_READ)
        selector.register(database.fileno(), selectors.EVENT_READ)
        beat_at, beaten_at = time.monotonic() + BEAT_SECONDS, timezone.now()
        while self._begin(selector):
            ready = [key.fileobj for key, _ in selector.select(max(0.0, beat_at - time.monotonic()))]
            if ear in ready:
                ear.recv(4096)
            for gone in self._open.keys() & set(ready):
                self._end(gone, selector)  # a reader has nothing to say but that it leaves
            while heard := {int(notice.payload) for notice in database.notifies(timeout=0)}:
                self._tell(heard, selector)
            if time.monotonic() >= beat_at:
                now = timezone.now()
                self._beat(beaten_at, now, selector)
                beat_at, beaten_at = time.monotonic() + BEAT_SECONDS, now

    def _begin(self, selector: selectors.BaseSelector) -> bool:
        """Greet who has come. Whether there is anybody."""
        while self._coming:
            stream = self._coming.popleft()
            stream.socket.setblocking(False)
            self._open[stream.socket] = stream
            selector.register(stream.socket, selectors.EVENT_READ)
            if not stream.write(HEAD + OPENED):
                self._end(stream.socket, selector)
        with self._lock:
            is_over = not self._open and not self._coming
            if is_over:
                self._fall_silent()
        return not is_over

    def _tell(self, operations: Collection[int], selector: selectors.BaseSelector) -> None:
        looks: dict[Look, Any] = {look: look(operations) for look in {stream.look for stream in self._open.values()}}
        for stream in list(self._open.values()):
            self._say(stream, looks[stream.look], selector)

    def _beat(self, start: dt.datetime, end: dt.datetime, selector: selectors.BaseSelector) -> None:
        came: dict[Passed, Any] = {passed: passed(start, end) for passed in {s.passed for s in self._open.values()}}
        for stream in list(self._open.values()):
            if time.monotonic() >= stream.ends_at or not stream.write(ALIVE):
                self._end(stream.socket, selector)
            else:
                self._say(stream, came[stream.passed], selector)

    def _say(self, stream: Stream, happened: Any, selector: selectors.BaseSelector) -> None:
        """Tell of what happened if it concerns who looks there; who may not look any more is sent away."""
        try:
            is_fine = not stream.concerns(happened) or stream.write(NEWS)
        except (Http404, PermissionDenied):
            is_fine = False
        if not is_fine:
            self._end(stream.socket, selector)

    def _end(self, stream: socket.socket, selector: selectors.BaseSelector) -> None:
        selector.unregister(stream)
        del self._open[stream]
        stream.close()

    def _close_all(self) -> None:
        with self._lock:
            self._fall_silent()
            for stream in [*self._open, *(coming.socket for coming in self._coming)]:
                stream.close()
            self._open.clear()
            self._coming.clear()

    def _fall_silent(self) -> None:
        """Whoever comes from now on begins with a new thread."""
        if self._waker is not None:
            self._waker.close()
            self._waker = None


streams = Streams()


def can_take(environ: Mapping[str, Any]) -> bool:
    """Whether the web server lets a connection be taken (``config.worker``), and there is room."""
    return environ.get("gopy.lets_go") is True and not streams.is_full


def hand_over(environ: Mapping[str, Any], look: Look, passed: Passed, concerns: Concerns) -> Iterator[bytes]:
    """The body of an answer that is never written: the connection is a stream from now on.

    To the web server the connection looks broken, so that it writes nothing; ``was_taken`` tells it not to close it.
    """
    yield from ()
    taken: socket.socket = environ["gunicorn.socket"]
    _taken.add(taken)
    streams.add(Stream(taken, look, passed, concerns))
    raise BrokenPipeError(errno.EPIPE, "taken as a stream")


def was_taken(one: socket.socket) -> bool:
    """Whether the connection belongs to a stream; asked once, by the web server."""
    if one in _taken:
        _taken.discard(one)
        return True
    return False
