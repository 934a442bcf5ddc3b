"""Compare two Word or text files article by article, as the comparison page does, without storing anything."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from drafts.alignment import Row, align
from drafts.likeness import Article, articles_of_nodes
from drafts.management.commands.import_document import chosen, read

KINDS = {
    "kept": "giữ nguyên",
    "amended": "sửa đổi, bổ sung",
    "new": "mới",
    "dropped": "lược bỏ",
    "split": "tách",
    "merged": "gộp",
    "moved": "chuyển chỗ",
}


class Command(BaseCommand):
    help = "Say which article of an old text became which of a new one. Exit code 2: unreadable file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", type=Path)
        parser.add_argument("new", type=Path)
        parser.add_argument("--component", type=int, metavar="N", help="number of the document in both files, from 1")
        parser.add_argument("--old-component", type=int, metavar="N", help="of the old file only")
        parser.add_argument("--new-component", type=int, metavar="N", help="of the new file only")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            old = articles(options["old"], number=options["old_component"] or options["component"])
            new = articles(options["new"], number=options["new_component"] or options["component"])
        rows = align(old, new)
        if options["json"]:
            answer = {"rows": [answer_of(row, old, new) for row in rows]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(table_of(rows, old, new)))


def articles(path: Path, *, number: int | None) -> list[Article]:
    _data, opened = read(path)
    return articles_of_nodes(chosen(opened.file, number=number).nodes)


def answer_of(row: Row, old: list[Article], new: list[Article]) -> dict[str, Any]:
    return {
        "old": [old[place].label for place in row.old],
        "new": [new[place].label for place in row.new],
        "kind": row.kind.value,
        "confidence": row.confidence,
    }


def table_of(rows: list[Row], old: list[Article], new: list[Article]) -> list[str]:
    """One line a row, in columns."""
    cells = [
        (
            ", ".join(old[place].label for place in row.old) or "–",
            ", ".join(new[place].label for place in row.new) or "–",
            KINDS[row.kind.value],
            f"{row.confidence:.0%}",
            heading_of(row, old, new),
        )
        for row in rows
    ]
    cells.insert(0, ("CŨ", "MỚI", "THAY ĐỔI", "TIN CẬY", "TÊN ĐIỀU"))
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    return ["  ".join([*map(str.ljust, line[:4], widths), line[4]]).rstrip() for line in cells]


def heading_of(row: Row, old: list[Article], new: list[Article]) -> str:
    return new[row.new[0]].heading if row.new else old[row.old[0]].heading
