"""The application's login cannot rewrite the record; the owner's can, and only commands use it."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from reversion.models import Version

from accounts.models import Unit
from config import roles
from drafts.models import Operation, Provision

pytestmark = pytest.mark.django_db


def refuses(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def test_tests_work_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == ("gopy", "gopy")


def test_every_history_the_operations_and_the_photographs_are_append_only():
    append_only = set(roles.append_only_models())
    histories = {model.history.model for model in apps.get_models() if hasattr(model, "history")}
    assert len(histories) >= 10
    assert histories | {Operation, Version} <= append_only
    assert Provision not in append_only


def test_the_application_cannot_change_delete_or_empty_what_is_append_only():
    for model in roles.append_only_models():
        table = f'"{model._meta.db_table}"'
        column = f'"{model._meta.pk.column}"'
        assert refuses(f"UPDATE {table} SET {column} = {column}"), model
        assert refuses(f"DELETE FROM {table}"), model
        assert refuses(f"TRUNCATE {table} CASCADE"), model


def test_the_application_can_neither_make_nor_drop_tables_nor_claim_a_migration():
    assert refuses("CREATE TABLE mine (id int)")
    assert refuses("DELETE FROM django_migrations")
    assert refuses("INSERT INTO django_migrations (app, name, applied) VALUES ('drafts', '0999', now())")
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE drafts_operation CASCADE")


def test_the_application_works_in_ordinary_tables():
    unit = Unit.objects.create(name="Văn phòng Tỉnh ủy")
    Unit.objects.filter(pk=unit.pk).update(short_name="Văn phòng")
    assert Unit.objects.get(pk=unit.pk).history.count() == 1


def test_migrate_refuses_to_run_as_the_application(settings):
    settings.DATABASE_OWNER_URL = ""
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("migrate", verbosity=0)
    settings.DATABASE_OWNER_URL = settings.DATABASE_URL
    with pytest.raises(CommandError, match="two different logins"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_second_migrate_changes_nothing_and_leaves_the_record_closed():
    call_command("migrate", verbosity=0)
    assert refuses("DELETE FROM drafts_operation")


def test_the_database_knows_vietnamese_letters():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ĐIỀU ƯỚC'), unaccent('Điều ước'), similarity('Điều ước', 'điều ước')")
        assert cursor.fetchone() == ("điều ước", "Dieu uoc", 1.0)
