"""The embedded PostgreSQL and Valkey: the first user starts them, the last one stops them.

Users are counted by a shared lock on a file, which the system lets go when a process dies in whatever way. Servers left
behind by a killed process are found by the next one, used, and stopped when that one goes.
"""

from __future__ import annotations

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import postgres, valkey

ROOT = Path(__file__).resolve().parent.parent
# Everything the program writes on a development machine. Another folder is another installation; an empty name is none:
# it would be the folder one stands in, and keys and data would lie among the sources.
VAR = Path(os.environ.get("VAR_FOLDER") or ROOT / "var").resolve()


class Services:
    """The two servers of one folder. ``use_…`` may be called any number of times."""

    def __init__(self, folder: Path, *, postgres_settings: str = "") -> None:
        self.folder = folder.resolve()
        self.postgres = postgres.Cluster(self.folder / "postgresql", extra_settings=postgres_settings)
        self.valkey = valkey.Server(self.folder / "valkey")
        self._user_file: int | None = None
        self._user_pid = 0

    @property
    def demo_notes(self) -> Path:
        """What the demonstration said when it was loaded. It stands with the data and goes with them."""
        return self.folder / "postgresql" / "demonstration.txt"

    def use_postgres(self) -> None:
        """PostgreSQL runs when this returns, and as long as this process lives."""
        self._count_me()
        with self._one_at_a_time():
            self.postgres.start()

    def use_valkey(self) -> None:
        """Valkey runs when this returns, and as long as this process lives."""
        self._count_me()
        with self._one_at_a_time():
            self.valkey.start()

    def release(self) -> None:
        """No longer needed here: stop what runs, unless another process still uses it."""
        if self._user_file is None or self._user_pid != os.getpid():
            return
        with self._one_at_a_time():
            try:
                fcntl.flock(self._user_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self.valkey.stop()
                self.postgres.stop()
        os.close(self._user_file)
        self._user_file = None

    def _count_me(self) -> None:
        if self._user_file is not None and self._user_pid == os.getpid():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._user_file = os.open(self.folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._user_pid = os.getpid()
        fcntl.flock(self._user_file, fcntl.LOCK_SH)
        atexit.register(self.release)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self.folder / "starting.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


development = Services(VAR)
testing = Services(VAR / "testing", postgres_settings=postgres.FAST_SETTINGS)
