"""``make messages``: bring locale/*.po up to date with the source, keeping every translation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import catalogs


class Command(BaseCommand):
    help = "Collect the messages of code and templates into locale/<language>/LC_MESSAGES/django.po."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--merge",
            type=Path,
            nargs="*",
            default=[],
            metavar="FILE.json",
            help='Vietnamese translations to take in: {"English": "tiếng Việt", "context\\u0004English": "…"}.',
        )

    def handle(self, *args: Any, merge: list[Path], **options: Any) -> None:
        known: dict[str, str] = {}
        for file in merge:
            known |= json.loads(file.read_text())
        found = catalogs.found_messages()
        for language in catalogs.LANGUAGES:
            catalog = catalogs.collect(language, found=found, known=known)
            empty = sum(not catalogs.is_translated(message) for message in catalogs.real(catalog))
            self.stdout.write(f"{language}: {len(catalog)} messages, {empty} untranslated")
