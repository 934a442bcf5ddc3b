"""Empties the database after a test that committed: the record too, which the application's role may not.

Deleting the few rows of a test takes a twentieth of Django's TRUNCATE, which makes new files for each of a hundred
tables and their indexes; and a connection that is kept knows the tables already.
"""

from functools import cache

from django.core.cache import cache as answers
from django.core.management.commands import flush
from django.db import connections
from psycopg import OperationalError, sql

from config import services

# What migrating wrote of migrations and models stays.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


class Command(flush.Command):
    def handle(self, *, database, **options):
        empty(connections[database].settings_dict["NAME"])
        answers.clear()


def empty(name):
    """Every row of the test database goes, in whatever order."""
    question = which_are_filled(name)
    try:
        connect(name).execute("SELECT")
    except OperationalError:  # the test has restarted the server
        connect.cache_clear()
    connection = connect(name)
    with connection.transaction():
        filled = connection.execute(question).fetchall()
        for (table,) in filled:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@cache
def connect(name):
    """As the superuser, and without triggers: whatever refers to a row that is gone goes too."""
    connection = services.testing.postgres.connect(database=name)
    connection.execute("SET session_replication_role = replica")
    return connection


@cache
def which_are_filled(name):
    tables = connect(name).execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    questions = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(table, sql.Identifier(table))
        for (table,) in tables
        if table not in KEPT
    ]
    return sql.SQL(" UNION ALL ").join(questions)
