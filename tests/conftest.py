"""Tests run on a real PostgreSQL and a real Valkey of their own, each run in a database of its own."""

import gc
import os
import re
import secrets
import shutil

import hypothesis
import psutil
import pytest
from _pytest import runner
from django.conf import settings
from django.db import connections
from django.test.signals import language_changed

from config import catalogs, services
from config.stack import with_room
from config.valkey import Server
from tests.prepared import make_database

gc.disable()
pytest_plugins = ["tests.browsing"]

# The same examples in every run, and no complaint about a busy machine.
hypothesis.settings.register_profile("gopy", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("gopy")


def pytest_sessionstart(session):
    catalogs.compile_changed()
    language_changed(setting="LOCALE_PATHS")  # what was read before is read anew: in a fresh clone it was nothing


# Files that take long, the longest first: begun last, one of them would keep one worker busy and the other waiting.
# Two of the first three need no database of ours: they run while the other waits for the first migration.
LONG = (
    "browser/test_all_pages.py",
    "config/test_supervisor.py",
    "config/test_services.py",
    "config/test_every_url.py",
    "config/test_canaries.py",
    "reliability/test_faults.py",
    "browser/test_commenting.py",
    "browser/test_revising.py",
    "config/test_containers.py",
    "reliability/test_reminders.py",
    "browser/test_sitting.py",
    "browser/test_main_job.py",
)


def pytest_collection_modifyitems(items):
    """Otherwise the files stay in their order."""
    places = {str(services.ROOT / "tests" / name): place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(str(item.path), len(LONG)))


def pytest_collection_finish(session):
    """What is there now stays to the end; looking through it again and again for rubbish is a tenth of all the work."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


run_roomily = with_room(runner.pytest_runtest_protocol)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Where calls are quick, like everything else that is ours."""
    return run_roomily(item, nextitem)


def is_left_over(name):
    """A database is named test_<pid>_<random>; its run is over when that process is."""
    parts = name.split("_")
    return parts[0] == "test" and len(parts) == 3 and not psutil.pid_exists(int(parts[1]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    services.testing.use_postgres()
    cluster = services.testing.postgres
    for left_over in filter(is_left_over, cluster.databases()):
        cluster.drop_database(left_over)
    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    make_database(cluster, name)
    connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def broker():
    """A real Valkey of this run alone (workers of another run must not take its messages); its address for Celery."""
    for folder in services.testing.folder.glob("valkey-*"):
        if not psutil.pid_exists(int(folder.name.partition("-")[2])):
            remove_server(folder)
    server = Server(services.testing.folder / f"valkey-{os.getpid()}")
    server.start()
    yield server.url
    remove_server(server.folder)


@pytest.fixture(scope="module")
def server_folder(request):
    """A folder for servers. Not pytest's: root's servers run as an account that pytest shuts out of its folders."""
    name = re.sub(r"\W+", "-", request.module.__name__)
    folder = services.testing.folder / f"servers-{os.getpid()}-{name}" / "các máy chủ"
    yield folder
    left = services.Services(folder)
    left.valkey.stop()
    left.postgres.stop()
    shutil.rmtree(folder.parent, ignore_errors=True)


def remove_server(folder):
    Server(folder).stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def files_of_their_own(tmp_path, settings):
    """What a test uploads is gone with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def service_environment(transactional_db, broker, tmp_path):
    """The environment in which a process of its own (web, worker, beat, command) shares this test's database."""
    cluster = services.testing.postgres
    name = connections["default"].settings_dict["NAME"]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEPLOYMENT": "development",
        "DATABASE_URL": cluster.url("gopy", database=name),
        "DATABASE_OWNER_URL": cluster.url("gopy_owner", database=name),
        "REDIS_URL": broker,
        "SECRET_KEY": settings.SECRET_KEY,
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "BEAT_SCHEDULE_FILE": str(tmp_path / "beat-schedule"),
        "PYTHONUNBUFFERED": "1",
    }
