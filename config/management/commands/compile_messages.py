"""Compile the message catalogs that changed, without system tools."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from config import catalogs


class Command(BaseCommand):
    help = "Write django.mo beside every django.po that is newer."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in catalogs.compile_changed():
            if options["verbosity"]:
                self.stdout.write(f"compiled {path}")
