"""Complain about every message that is not properly translated."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import catalogs


class Command(BaseCommand):
    help = "Fail when a catalog lacks a message, is unsure of one, or changes its placeholders."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = catalogs.found_messages()
        count = 0
        for language in catalogs.LANGUAGES:
            for complaint in catalogs.complaints(language, found=found):
                self.stderr.write(f"{language}: {complaint}")
                count += 1
        if count:
            raise CommandError(f"{count} messages to see to: make messages, then translate.")
