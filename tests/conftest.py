"""Tests run on a real PostgreSQL and a real Valkey of their own, each run in a database of its own."""

import os
import secrets

import psutil
import pytest
from django.core.management import call_command
from django.db import connections

from config import services


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
    cluster.create_database(name)
    connection = connections["default"]
    connection.settings_dict["NAME"] = name
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def broker():
    """A real Valkey; the value is its address as Celery wants it."""
    services.testing.use_valkey()
    return services.testing.valkey.url
