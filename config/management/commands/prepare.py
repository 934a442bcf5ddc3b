"""What must be done before the site can start: called by ``make run`` when a file changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config import services
from config.management.commands import load_demo


class Command(BaseCommand):
    help = "Compile the catalogs, migrate, load the demonstration once, collect the static files."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compile_messages", verbosity=0)
        call_command("migrate", verbosity=0)
        load_demonstration()
        call_command("collectstatic", verbosity=0, interactive=False)


def load_demonstration() -> None:
    """Once in the life of a database; who can sign in is noted beside the data, for ``make run`` to print."""
    notes = services.development.demo_notes
    if settings.IS_PRODUCTION or notes.exists():
        return
    call_command("load_demo", verbosity=0)
    notes.parent.mkdir(parents=True, exist_ok=True)
    notes.write_text(accounts())


def accounts() -> str:
    lines = [f"  {name:<12}{role}" for name, role in load_demo.ACCOUNTS.items()]
    return "\n".join([f"Sign in with the password {load_demo.PASSWORD} as", *lines]) + "\n"
