"""``make run``: databases, web server, worker and clock as one, until Ctrl-C. Everything it leaves is in var/.

The order is the documentation: take the lock, clear what a killed run left, start the databases, prepare (only when
something changed), start the children, say so when all are ready, and watch over them.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from types import FrameType
from typing import Any

from config import processes, services
from config.postgres import APPLICATION, OWNER, PostgresError
from config.valkey import ValkeyError

PREPARED_FROM = ("requirements.txt", "config", "accounts", "drafts", "comments", "meetings", "locale", "static", "demo")
PREPARED_SUFFIXES = {".py", ".po", ".css", ".js", ".svg", ".txt", ".toml", ".png", ".woff2", ".docx"}
SECONDS_TO_STOP = 15
SECONDS_TO_READY = 90
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_QUESTIONS = 0.1
"""Asked more often, the web server's answers take the worker's time to start."""
PR_SET_PDEATHSIG = 1

libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Ask the system for SIGTERM when the parent is gone, however it went (Linux)."""
    if libc is not None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One of our programs: started, started again when it dies, stopped."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = 0.5

    def start(self) -> None:
        log = services.VAR / "log" / f"{self.name}.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=services.ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.started_at = time.monotonic()

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart_when_due(self) -> bool:
        """Start a dead child again, ever less eagerly while it keeps dying at once."""
        lived = time.monotonic() - self.started_at
        if lived > 30:
            self.pause = 0.5
        if lived < self.pause:
            return False
        self.pause = min(self.pause * 2, 10)
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def see_it_gone(self, *, seconds: float) -> None:
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        end_group(self.process.pid)


def end_group(leader: int) -> None:
    """Kill what is left of a child's process group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


class Supervisor:
    def __init__(self) -> None:
        self.host = os.environ.get("HOST", "127.0.0.1")
        self.port = int(os.environ.get("PORT") or 8000)
        self.children: list[Child] = []
        self.must_stop = False
        self.started_at = time.time()

    @property
    def address(self) -> str:
        return f"http://{'localhost' if self.host == '127.0.0.1' else self.host}:{self.port}"

    # The course of things

    def run(self) -> int:
        services.VAR.mkdir(exist_ok=True)
        (services.VAR / "log").mkdir(exist_ok=True)
        lock = self.take_lock()
        self.listen_to_signals()
        try:
            clear_leftovers()
            self.refuse_taken_port()
            environment = self.start_databases()
            self.prepare(environment)
            self.start_children(environment)
            self.wait_until_ready()
            self.watch()
        finally:
            self.stop()
            os.close(lock)
        return 0

    def take_lock(self) -> int:
        """Only one run at a time in one folder; a run that is just stopping is waited for."""
        lock = os.open(services.VAR / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
        if not processes.wait_until(lambda: try_lock(lock), seconds=SECONDS_TO_STOP + 5):
            raise Refusal("It runs already, from this very folder. Stop it first (Ctrl-C where it was started).")
        return lock

    def listen_to_signals(self) -> None:
        signal.signal(signal.SIGTERM, self.on_signal)
        signal.signal(signal.SIGINT, self.on_signal)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self.on_signal)
        if "MAKELEVEL" in os.environ:
            die_with_parent()

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self.must_stop:
            self.must_stop = True
            raise StopAsked

    def refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise Refusal(f"Port {self.port} is taken. Choose another one: make run PORT=8001") from error

    def start_databases(self) -> dict[str, str]:
        """The children's environment, with the addresses of the databases in it."""
        environment = os.environ | {
            "DEPLOYMENT": os.environ.get("DEPLOYMENT", "development"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "BIND": f"{self.host}:{self.port}",
            "SITE_URL": os.environ.get("SITE_URL", self.address),
            "PYTHONUNBUFFERED": "1",
        }
        if "DATABASE_URL" not in os.environ:
            services.development.use_postgres()
            environment["DATABASE_URL"] = services.development.postgres.url(APPLICATION)
            environment["DATABASE_OWNER_URL"] = services.development.postgres.url(OWNER)
        if "REDIS_URL" not in os.environ:
            services.development.use_valkey()
            environment["REDIS_URL"] = services.development.valkey.url
        return environment

    def prepare(self, environment: dict[str, str]) -> None:
        """Migrate, compile, load the demonstration, collect: only when a file changed since the last time."""
        stamp = services.VAR / "prepared"
        state = state_of_the_files()
        is_prepared = stamp.exists() and stamp.read_text() == state and (services.VAR / "static").exists()
        if is_prepared and "DATABASE_URL" not in os.environ and services.development.demo_notes.exists():
            return
        say("Preparing…")
        stamp.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "manage.py", "prepare"], cwd=services.ROOT, env=environment, preexec_fn=die_with_parent
        )
        if done.returncode:
            raise Refusal("Could not prepare; the reason stands above.")
        stamp.write_text(state_of_the_files())

    def start_children(self, environment: dict[str, str]) -> None:
        self.children = [Child(name, command, environment) for name, command in commands().items()]
        for child in self.children:
            child.start()
        self.write_down_children()

    def write_down_children(self) -> None:
        """So that a later run can find them if this one is killed."""
        alive = [child.process.pid for child in self.children if child.process is not None]
        found = [(pid, process.create_time()) for pid in alive if (process := processes.find(pid))]
        (services.VAR / "children.json").write_text(json.dumps(found))

    def wait_until_ready(self) -> None:
        if processes.wait_until(self.is_ready, seconds=SECONDS_TO_READY, every=SECONDS_BETWEEN_QUESTIONS):
            say(self.welcome())
        else:
            say(f"Not everything is ready after {SECONDS_TO_READY} seconds; see {self.address}/readyz and var/log/.")

    def is_ready(self) -> bool:
        self.look_after_children()
        report = self.ask("/readyz")
        beat_at = report.get("last_heartbeat") or 0
        return report.get("status") == "ok" and beat_at >= self.started_at

    def ask(self, path: str) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://{self.host}:{self.port}{path}", timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except (OSError, ValueError):
            return {}

    def welcome(self) -> str:
        notes = services.development.demo_notes
        accounts = notes.read_text().strip() if notes.exists() else ""
        return f"\nReady: {self.address}\n\n{accounts}\n\nLogs: var/log/   Mail: var/mail/   Stop: Ctrl-C\n"

    def watch(self) -> None:
        looked_at = 0.0
        while True:
            time.sleep(0.2)
            self.look_after_children()
            if time.monotonic() - looked_at > SECONDS_BETWEEN_LOOKS:
                look_after_databases()
                looked_at = time.monotonic()

    def look_after_children(self) -> None:
        for child in self.children:
            if child.is_dead() and child.restart_when_due():
                say(f"{child.name} had ended and was started again; see var/log/{child.name}.log")
                self.write_down_children()

    def stop(self) -> None:
        """The clock first, the web last, then the databases."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if self.children:
            say("Stopping…")
        try:
            for child in reversed(self.children):
                child.ask_to_stop()
            end_at = time.monotonic() + SECONDS_TO_STOP
            for child in self.children:
                child.see_it_gone(seconds=max(0.1, end_at - time.monotonic()))
        except KeyboardInterrupt:
            for child in self.children:
                child.see_it_gone(seconds=0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        (services.VAR / "children.json").unlink(missing_ok=True)
        services.development.release()


class StopAsked(Exception):
    """Ctrl-C or SIGTERM."""


class Refusal(Exception):
    """It cannot run; the message says why and what to do."""


def commands() -> dict[str, list[str]]:
    """What runs, in the order of starting. docker-compose.yml runs the same."""
    celery = [sys.executable, "-m", "celery", "-A", "config.celery"]
    return {
        "web": [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"],
        "worker": [*celery, "worker", "--loglevel=INFO", "--concurrency=1", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel=WARNING", "--pidfile="],
    }


def clear_leftovers() -> None:
    """End the children of a run that was killed. They are known by number and time of birth."""
    path = services.VAR / "children.json"
    try:
        written: list[tuple[int, float]] = json.loads(path.read_text())
    except (OSError, ValueError):
        return
    for pid, born_at in written:
        process = processes.find(pid)
        if process is not None and abs(process.create_time() - born_at) < 0.05:
            processes.end(process, patience=SECONDS_TO_STOP)
            end_group(pid)
    path.unlink()


def look_after_databases() -> None:
    """Start again what died: without this, a killed PostgreSQL would stay dead under a living site."""
    embedded = services.development
    checks: list[tuple[str, str, Callable[[], bool], Callable[[], None]]] = [
        ("DATABASE_URL", "PostgreSQL", embedded.postgres.is_running, embedded.use_postgres),
        ("REDIS_URL", "Valkey", lambda: embedded.valkey.process() is not None, embedded.use_valkey),
    ]
    for variable, name, is_running, use in checks:
        if variable in os.environ or is_running():
            continue
        try:
            use()
            say(f"{name} had ended and was started again.")
        except (PostgresError, ValkeyError) as error:
            say(f"{name} had ended and cannot be started; it is tried again and again. {error}")


def state_of_the_files() -> str:
    """Changes whenever a file does from which something is prepared."""
    digest = hashlib.sha256()
    for name in PREPARED_FROM:
        start = services.ROOT / name
        files = sorted(start.rglob("*")) if start.is_dir() else [start]
        for file in files:
            if file.suffix in PREPARED_SUFFIXES and file.is_file():
                about = file.stat()
                digest.update(f"{file.relative_to(services.ROOT)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    try:
        return Supervisor().run()
    except StopAsked:
        return 0
    except (Refusal, PostgresError, ValkeyError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
