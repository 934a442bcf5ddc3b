"""``make run`` itself, in a folder of its own: it starts, heals, stops, and survives being killed."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from config import processes
from config.services import ROOT, Services


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def outside(environment):
    """Our environment without what the tests set for themselves."""
    ours = ("DEPLOYMENT", "SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL", "MAKELEVEL")
    return {name: value for name, value in environment.items() if name not in ours}


SECONDS_TO_START_AGAIN = 6
SECONDS_TO_LOAD = 0.25
"""What ``slowness`` loads takes so long on two idle cores; there the second start has its six seconds."""


class Run:
    """One run of the supervisor in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.began = time.monotonic()
        folder.mkdir(parents=True, exist_ok=True)
        self.output = (folder.parent / "output").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor"],
            cwd=ROOT,
            env={**outside(os.environ), "VAR_FOLDER": str(folder), "PORT": str(self.port)},
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def said(self):
        self.output.seek(0)
        return self.output.read()

    def wait_until_ready(self):
        assert processes.wait_until(lambda: "Ready:" in self.said() or self.process.poll() is not None, seconds=120), (
            self.said()
        )
        assert "Ready:" in self.said(), self.said()
        return time.monotonic() - self.began

    def report(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
            return json.load(answer)

    def is_ready(self):
        try:
            return self.report()["status"] == "ok"
        except OSError:
            return False

    def children(self):
        """By name: which of our programs runs as which process."""
        found = {}
        for process in psutil.Process(self.process.pid).children():
            try:
                command = " ".join(process.cmdline())
            except psutil.NoSuchProcess:  # ended, a zombie counts
                continue
            for name in ("gunicorn", "worker", "beat"):
                if re.search(rf" {name}\b", command):
                    found[name] = process
        return found

    def everybody(self):
        services = Services(self.folder)
        ours = psutil.Process(self.process.pid).children(recursive=True)
        return [*ours, services.postgres.process(), services.valkey.process()]

    def stop(self, number):
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def start(server_folder):
    runs = []

    def start():
        runs.append(Run(server_folder))
        return runs[-1]

    yield start
    for run in runs:
        if run.process.poll() is None:
            run.stop(signal.SIGTERM)


def note(folder, text):
    with Services(folder).postgres.connect("gopy_owner", database="gopy") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text text)")
        connection.execute("INSERT INTO notes VALUES (%s)", [text])


def notes(folder):
    with Services(folder).postgres.connect("gopy_owner", database="gopy") as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes").fetchall()]


def slowness():
    """How much longer than on an idle machine a program takes to load at this moment; 1 when it is not slower."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import django.contrib.admin, celery, lxml.etree"], check=True)
    return max(1.0, (time.monotonic() - began) / SECONDS_TO_LOAD)


def test_it_starts_heals_stops_and_starts_again(start, server_folder):
    folder = server_folder
    run = start()
    run.wait_until_ready()
    assert run.report()["worker"] == "ok"
    assert set(run.children()) == {"gunicorn", "worker", "beat"}
    note(folder, "được giữ lại")

    # Whatever of it is killed comes back.
    for name in ("gunicorn", "worker", "beat"):
        killed = run.children()[name]
        killed.kill()
        assert processes.wait_until(
            lambda name=name, killed=killed: run.children().get(name, killed).pid != killed.pid, seconds=30
        ), name
    Services(folder).postgres.process().kill()
    Services(folder).valkey.process().kill()
    assert processes.wait_until(run.is_ready, seconds=60), run.said()
    assert notes(folder) == ["được giữ lại"]

    # A second run in the same folder would be one too many; Ctrl-C leaves nothing behind.
    everybody = run.everybody()
    assert len(everybody) >= 7
    assert run.stop(signal.SIGINT) == 0
    assert all(processes.has_ended(process) for process in everybody)

    # Nothing changed, so the second start is quick.
    again = start()
    assert again.wait_until_ready() < SECONDS_TO_START_AGAIN * slowness()
    assert "Preparing" not in again.said()
    assert notes(folder) == ["được giữ lại"]

    # Killed without a chance to clean up: its programs go by themselves, and the next start loses nothing.
    everybody = again.children().values()
    again.stop(signal.SIGKILL)
    third = start()
    third.wait_until_ready()
    assert all(processes.has_ended(process) for process in everybody)
    assert notes(folder) == ["được giữ lại"]
    everybody = third.everybody()
    assert third.stop(signal.SIGTERM) == 0
    assert all(processes.has_ended(process) for process in everybody)


def test_a_taken_port_is_named(server_folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "config.supervisor"],
            cwd=ROOT,
            env={**outside(os.environ), "VAR_FOLDER": str(server_folder), "PORT": str(port)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
