"""The container files, read as files; and the very command of each of our services, run for real."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

from config import processes
from config.services import ROOT

OURS = ("web", "worker", "beat", "migrate")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def example():
    """The variables of .env.example."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))


@pytest.fixture
def start(service_environment, compose, tmp_path):
    """Start a service's own command as a process here; everything started is stopped afterwards."""
    started = []

    def start(name, **environment):
        command = [with_defaults(word) for word in compose["services"][name]["command"]]
        program = str(Path(sys.executable).with_name(command[0]))
        process = subprocess.Popen(
            [program, *command[1:]],
            cwd=ROOT,
            env=service_environment | {name: str(value) for name, value in environment.items()},
            stdout=(tmp_path / f"{name}.log").open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(30)


def with_defaults(word):
    """Compose's ``${NAME:-default}``."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", word)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ready(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)
    except OSError:
        return {"status": "no answer"}


def probe(name, environment):
    return subprocess.run(
        [sys.executable, "-m", "config.probe", name], cwd=ROOT, env=environment, timeout=60
    ).returncode


def test_web_worker_and_beat_run_by_their_own_commands(start, service_environment):
    port = free_port()
    address = {"BIND": f"127.0.0.1:{port}"}
    web = start("web", **address)
    assert probe("worker", service_environment) == 1
    assert probe("beat", service_environment) == 1
    assert processes.wait_until(lambda: "database" in ready(port), seconds=60)
    report = ready(port)
    assert report["database"] == report["migrations"] == report["broker"] == "ok"
    assert report["status"] == "not ready", "nobody works yet"
    assert probe("web", service_environment | address) == 0

    worker = start("worker")
    assert processes.wait_until(lambda: ready(port)["status"] == "ok", seconds=60)
    assert probe("worker", service_environment) == 0

    # The worker said once that it lives; only the clock makes it say so again.
    before = ready(port)["last_heartbeat"]
    beat = start("beat", HEARTBEAT_SECONDS=0.5, SWEEP_SECONDS=0.5)
    assert processes.wait_until(lambda: ready(port)["last_heartbeat"] > before, seconds=60)
    assert processes.wait_until(lambda: probe("beat", service_environment) == 0, seconds=60)

    for process in (beat, worker, web):
        process.send_signal(signal.SIGTERM)
    for process in (beat, worker, web):
        process.wait(30)
    assert probe("web", service_environment | address) == 1


def test_migrate_runs_by_its_own_command(start):
    assert start("migrate").wait(60) == 0


def test_the_real_databases_of_the_right_versions_keep_their_data(compose):
    services, volumes = compose["services"], compose["volumes"]
    assert services["postgres"]["image"] == "postgres:18"
    assert services["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]
    assert re.fullmatch(r"valkey/valkey:9(\..*)?", services["valkey"]["image"])
    assert {"postgres", "valkey", "media"} <= volumes.keys()
    assert "--appendonly" in services["valkey"]["command"]


def test_every_lasting_service_has_a_health_check_and_comes_back(compose):
    for name in ("web", "worker", "beat", "postgres", "valkey"):
        service = compose["services"][name]
        assert service["healthcheck"]["test"], name
        assert service["restart"] == "unless-stopped", name


def test_only_the_migrate_step_is_the_owner(compose):
    for name in OURS:
        owner = compose["services"][name]["environment"]["DATABASE_OWNER_URL"]
        assert bool(owner) == (name == "migrate"), name
        assert compose["services"][name]["environment"]["DATABASE_OWNER_PASSWORD"] == "", name


def test_ours_wait_for_the_migration_and_may_write_nothing(compose):
    for name in OURS:
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        if name != "migrate":
            assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_no_secret_stands_in_the_file(compose):
    text = (ROOT / "docker-compose.yml").read_text()
    for line in text.splitlines():
        if re.search(r"PASSWORD|SECRET", line) and ":" in line:
            assert re.search(r'\$\{\w+:\?|""|^\s*#', line), line
    assert compose["services"]["web"]["env_file"] == ".env"


def test_the_mail_catcher_is_for_trials_only(compose):
    assert compose["services"]["mail"]["profiles"] == ["dev"]


def test_the_image_has_two_stages_and_does_not_run_as_root():
    text = (ROOT / "Dockerfile").read_text()
    assert len(re.findall(r"^FROM ", text, re.M)) == 2
    last_stage = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER gopy$", last_stage, re.M)
    assert "DEPLOYMENT=production" in last_stage
    assert last_stage.index("USER gopy") < last_stage.index("CMD [")
    command = json.loads(re.search(r"^CMD (\[.*\])$", last_stage, re.M).group(1))
    assert command == ["gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]


def test_nothing_private_gets_into_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".env", "var", ".venv"} <= set(ignored)


def test_every_variable_the_program_reads_is_explained(example):
    asked = set()
    for file in (ROOT / "config").glob("*.py"):
        asked |= set(re.findall(r'(?:env(?:\.\w+)?|variable|environ\.get)\(\s*"([A-Z_]+)"', file.read_text()))
    # Set by the image, by compose or by make run, not by people.
    internal = {"DEPLOYMENT", "DEBUG", "BIND", "HOST", "VAR_FOLDER", "BEAT_SCHEDULE_FILE", "MEDIA_ROOT", "STATIC_ROOT"}
    internal |= {"DATABASE_CONNECTION_SECONDS", "FORWARDED_ALLOW_IPS"}
    assert asked - internal - example.keys() == set()
    assert len(asked) > 20


def test_the_example_itself_is_refused(example):
    environment = {name: value for name, value in os.environ.items() if name not in ("DEPLOYMENT", "DEBUG")}
    filled = {name: value for name, value in example.items() if value} | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment | filled, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "SECRET_KEY is an example" in done.stderr
