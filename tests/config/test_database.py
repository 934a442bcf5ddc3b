import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config import services


@pytest.mark.django_db
def test_the_database_is_a_real_postgresql_18():
    assert connection.pg_version >= 180000


def test_every_migration_can_be_taken_back():
    ours = [app.label for app in apps.get_app_configs() if (services.ROOT / app.label).is_dir()]
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        if label in ours:
            assert [operation for operation in migration.operations if not operation.reversible] == [], (label, name)


@pytest.mark.django_db
def test_a_database_made_step_by_step_has_all_that_is_made_at_once(monkeypatch):
    """As migrations were before they were gathered; of that time they stand in the record, one by one."""
    replaced = {name for migration in MigrationLoader(None).disk_migrations.values() for name in migration.replaces}
    made_at_once = {key for key, migration in MigrationLoader(None).disk_migrations.items() if migration.replaces}
    applied = MigrationRecorder(connection).applied_migrations()
    assert ("meetings", "0011_agreed_conclusions") in replaced and made_at_once <= applied.keys()
    before = {key: row for key, row in applied.items() if key not in made_at_once} | dict.fromkeys(replaced)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda recorder: dict(before))
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
