"""Read a conclusion from standard input and print the assignments it proposes, without storing anything."""

from __future__ import annotations

import json
import sys
import unicodedata
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.deadlines import numeric_date
from meetings.dictation import Proposed, read_conclusion
from meetings.due_words import Due
from meetings.queries import known_units
from meetings.working_days import work_calendar


def day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"not a day like 2026-11-10: {words}") from None


class Command(BaseCommand):
    help = "Print the assignments that a conclusion (standard input, UTF-8) proposes. Exit code 2: unreadable input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day of the meeting; today if not given")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig") if hasattr(sys.stdin, "buffer") else sys.stdin.read()
        except UnicodeDecodeError as error:
            raise CommandError(f"Not UTF-8 (byte {error.start}). Save the text as UTF-8.", returncode=2) from None
        meeting = options["date"] or timezone.localdate()
        found = read_conclusion(
            unicodedata.normalize("NFC", text),
            meeting=meeting,
            units=known_units(on=meeting),
            calendar=work_calendar(),
        )
        if options["json"]:
            answer = {"assignments": [answer_of(proposed) for proposed in found]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(map(line_of, found)) or "Không thấy nhiệm vụ nào được giao.")


def answer_of(proposed: Proposed) -> dict[str, Any]:
    return {
        "lead": proposed.lead.name if proposed.lead else None,
        "supporting": [named.name for named in proposed.supporting],
        "task": proposed.task,
        "due": due_of(proposed.due) if proposed.due else None,
    }


def due_of(due: Due) -> dict[str, Any]:
    return {
        "words": due.words,
        "limit": due.limit.value,
        "date": due.on.isoformat() if due.on else None,
        "time": due.at.strftime("%H:%M") if due.at else None,
        "last_day": due.last_day.isoformat() if due.last_day else None,
        "sure": due.sure,
    }


def line_of(proposed: Proposed) -> str:
    parts = [proposed.lead.name if proposed.lead else "(chưa rõ đơn vị)", proposed.task]
    if proposed.supporting:
        parts.insert(1, "phối hợp: " + ", ".join(named.name for named in proposed.supporting))
    if due := proposed.due:
        last = f"hạn cuối {numeric_date(due.last_day)}" if due.last_day else "chưa rõ ngày"
        parts.append(f"{due.words} ({last}{'' if due.sure else ', cần xem lại'})")
    return " | ".join(parts)
