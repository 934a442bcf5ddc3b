import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config import services


@pytest.mark.django_db
def test_the_database_is_a_real_postgresql_18():
    assert connection.pg_version >= 180000


def test_every_migration_can_be_taken_back():
    ours = [app.label for app in apps.get_app_configs() if (services.ROOT / app.label).is_dir()]
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        if label in ours:
            assert [operation for operation in migration.operations if not operation.reversible] == [], (label, name)
