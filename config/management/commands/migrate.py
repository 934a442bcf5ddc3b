"""``migrate`` as the owner of the database; afterwards the application's role gets its rights, and no more."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connections

from config import roles


class Command(migrate.Command):
    help = "Migrate as the database's owner, then give the application's role its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        try:
            with roles.owner_login(connection):
                if options["plan"] or options["check_unapplied"]:
                    super().handle(*args, **options)
                    return
                roles.make_application_role(connection)
                roles.make_extensions(connection)
                super().handle(*args, **options)
                call_command("createcachetable", database=options["database"], verbosity=0)
                roles.grant_rights(connection)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
