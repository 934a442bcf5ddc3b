"""Compile the message catalogs that changed, without system tools."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed

from config import catalogs


class Command(BaseCommand):
    help = "Write django.mo beside every django.po that is newer; this process reads them anew."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in catalogs.compile_changed():
            translation_file_changed(None, path)  # what was looked up before stood in an older catalog, or in none
            if options["verbosity"]:
                self.stdout.write(f"compiled {path}")
