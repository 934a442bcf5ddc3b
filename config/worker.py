"""gunicorn's worker with threads, which lets a view take its connection away: a stream that is open costs no thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from drafts import streaming


class Worker(ThreadWorker):
    wsgi: Any

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.wsgi = letting_go(self.wsgi)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """What the library does with a connection after an answer, unless it is a stream now."""
        if streaming.was_taken(conn.sock):
            self.nr_conns -= 1
        else:
            super().finish_request(conn, fs)


def letting_go(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Tell the application that a connection may be taken."""

    def tell(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["gopy.lets_go"] = True
        return application(environ, start_response)

    return tell
