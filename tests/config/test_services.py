"""The embedded servers: started by the first user, stopped by the last, found again after every kind of death."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
import redis

from config import processes
from config.postgres import FAST_SETTINGS, Cluster, login
from config.services import ROOT, Services

# Another process that uses both servers, says so, and stays until it is told to go or is killed.
USER = """
    import sys
    from pathlib import Path
    from config.postgres import FAST_SETTINGS
    from config.services import Services
    services = Services(Path(sys.argv[1]), postgres_settings=FAST_SETTINGS)
    services.use_postgres()
    services.use_valkey()
    print("using", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def folder(server_folder):
    return server_folder


@pytest.fixture(autouse=True)
def nothing_runs_on(folder):
    yield
    leftover = Services(folder)
    leftover.valkey.stop()
    leftover.postgres.stop()


@pytest.fixture
def services(folder):
    services = Services(folder, postgres_settings=FAST_SETTINGS)
    yield services
    services.release()


def start_user(folder):
    user = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(USER), str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout.readline() == "using\n"
    return user


def dismiss(user):
    user.communicate("\n", timeout=30)


def remember(services, text):
    with services.postgres.connect(database="gopy") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text text)")
        connection.execute("INSERT INTO notes VALUES (%s)", [text])


def remembered(services):
    with services.postgres.connect(database="gopy") as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY text").fetchall()]


def test_they_start_on_demand_and_stop_with_their_only_user(services):
    assert not services.postgres.is_running()
    services.use_postgres()
    services.use_valkey()
    assert services.postgres.answers()
    assert services.valkey.answers()
    services.release()
    assert not services.postgres.is_running()
    assert services.valkey.process() is None


def test_the_last_user_stops_them_and_not_the_first(services, folder):
    other = start_user(folder)
    services.use_postgres()
    services.use_valkey()
    dismiss(other)
    assert services.postgres.answers()
    assert services.valkey.answers()
    services.release()
    assert not services.postgres.is_running()


def test_servers_of_a_killed_user_are_found_used_and_stopped(services, folder):
    killed = start_user(folder)
    postmaster = services.postgres.process().pid
    killed.kill()
    killed.wait()
    assert services.postgres.is_running()
    services.use_postgres()
    services.use_valkey()
    assert services.postgres.process().pid == postmaster
    services.release()
    assert processes.find(postmaster) is None
    assert services.valkey.process() is None


def test_nothing_is_lost_when_the_servers_themselves_are_killed(folder):
    services = Services(folder)
    services.use_postgres()
    services.use_valkey()
    remember(services, "trước")
    client = redis.Redis(unix_socket_path=str(services.valkey.socket))
    client.set("nhớ", "còn")
    client.execute_command("WAITAOF", 1, 0, 5000)
    client.close()
    services.postgres.process().kill()
    valkey = services.valkey.process()
    valkey.kill()
    assert processes.wait_until(lambda: services.valkey.process() is None, seconds=10)
    assert processes.wait_until(lambda: not services.postgres.is_running(), seconds=10)
    services.use_postgres()
    services.use_valkey()
    assert remembered(services) == ["trước"]
    assert redis.Redis(unix_socket_path=str(services.valkey.socket)).get("nhớ") == "còn".encode()
    services.release()


def test_a_pid_file_that_names_a_stranger_is_not_believed(services):
    services.use_postgres()
    services.release()
    # What a killed server leaves, with a number the system has given to somebody else since: to us.
    (services.postgres.data / "postmaster.pid").write_text(
        f"{os.getpid()}\n{services.postgres.data}\n1700000000\n5432\n{services.postgres.socket_folder}\n\n\nready\n"
    )
    (services.valkey.folder).mkdir(exist_ok=True)
    (services.valkey.folder / "valkey.pid").write_text(f"{os.getpid()}\n")
    assert not services.postgres.is_running()
    assert services.valkey.process() is None
    services.use_postgres()
    services.use_valkey()
    assert services.postgres.answers()
    assert services.valkey.answers()


def test_a_frozen_valkey_is_replaced(services):
    services.use_valkey()
    frozen = services.valkey.process()
    frozen.send_signal(signal.SIGSTOP)
    services.use_valkey()
    assert services.valkey.process().pid != frozen.pid
    assert services.valkey.answers()


def test_passwords_are_random_and_private(services):
    services.use_postgres()
    path = services.postgres.folder / "passwords.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(set(services.postgres.passwords().values())) == 3


def test_a_wrong_password_is_refused(services):
    services.use_postgres()
    services.postgres.passwords = lambda: {"gopy": "guessed"}
    with pytest.raises(Exception, match="password authentication failed"):
        services.postgres.connect("gopy", database="gopy")


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(tmp_path):
    cluster = Cluster(tmp_path / ("d" * 100) / "postgresql")
    assert len(str(cluster.socket_folder)) < 90
    assert login(cluster.url("gopy"))["HOST"] == str(cluster.socket_folder)


def test_an_address_is_taken_apart():
    assert login("postgres://a%40b:p%2Fw@[::1]:5433/gopy") == {
        "NAME": "gopy",
        "USER": "a@b",
        "PASSWORD": "p/w",
        "HOST": "::1",
        "PORT": "5433",
    }


def test_an_empty_folder_name_is_no_folder():
    """Data and keys would lie in whatever folder one stands in."""
    command = [sys.executable, "-c", "from config.services import VAR; print(VAR)"]
    environment = os.environ | {"VAR_FOLDER": ""}
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == str(ROOT / "var")
