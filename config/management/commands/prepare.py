"""What must be done before the site can start: called by ``make run`` when a file changed."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from config import services


class Command(BaseCommand):
    help = "Compile the catalogs, migrate, load the demonstration once, collect the static files."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compile_messages", verbosity=0)
        call_command("migrate", verbosity=0)
        load_demonstration()
        call_command("collectstatic", verbosity=0, interactive=False)


def load_demonstration() -> None:
    """Once in the life of a database; what it says about the accounts is kept beside the data."""
    notes = services.development.demo_notes
    if settings.IS_PRODUCTION or notes.exists():
        return
    if "load_demo" in get_commands():
        said = io.StringIO()
        call_command("load_demo", stdout=said)
        notes.write_text(said.getvalue())
