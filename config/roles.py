"""Two logins of one database: the owner makes the tables; the application cannot rewrite the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from simple_history.models import HistoricalChanges

from config import postgres

EXTENSIONS = ("unaccent", "pg_trgm")


@contextmanager
def owner_login(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside, the connection is the owner's; the database stays the same."""
    if not settings.DATABASE_OWNER_URL:
        raise ImproperlyConfigured("Set DATABASE_OWNER_URL: tables are made by their owner, not by the application.")
    owner = postgres.login(settings.DATABASE_OWNER_URL)
    application = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    if owner["USER"] == application["USER"]:
        raise ImproperlyConfigured("DATABASE_URL and DATABASE_OWNER_URL must be two different logins.")
    connection.close()
    connection.settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(application)


def append_only_models() -> list[type[models.Model]]:
    """Whose rows may be added and read, and nothing else."""
    return [model for model in apps.get_models(include_auto_created=True) if is_append_only(model)]


def is_append_only(model: type[models.Model]) -> bool:
    return (
        issubclass(model, HistoricalChanges)
        or model._meta.app_label == "reversion"
        or getattr(model, "append_only", False)
    )


def make_extensions(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def make_application_role(connection: BaseDatabaseWrapper) -> None:
    """For a new production database, whose only login is the owner's."""
    login = postgres.login(settings.DATABASE_URL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login["USER"]])
        if cursor.fetchone() is None:
            cursor.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(login["USER"]), sql.Literal(login["PASSWORD"])
                )
            )


def application_role() -> str:
    return postgres.login(settings.DATABASE_URL)["USER"]


def grant_rights(connection: BaseDatabaseWrapper) -> None:
    """The owner's tables to read and write, save the record, which can only grow. All in one transaction."""
    role = sql.Identifier(application_role())
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role),
    ]
    record = {model._meta.db_table for model in append_only_models()}
    for table in own_tables(connection):
        rights = rights_on(table, record=record)
        for template in ("REVOKE ALL ON {} FROM {}", f"GRANT {rights} ON {{}} TO {{}}"):
            statements.append(sql.SQL(template).format(sql.Identifier(table), role))
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def own_tables(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tableowner = current_user AND schemaname = 'public'")
        return [name for (name,) in cursor.fetchall()]


def rights_on(table: str, *, record: set[str]) -> str:
    if table == "django_migrations":
        return "SELECT"
    return "SELECT, INSERT" if table in record else "SELECT, INSERT, UPDATE, DELETE"
