"""Print the comments on a draft that say the same, without storing anything."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.grouping import group
from comments.meaning import Opinion
from comments.topics import answers_of, opinions_on
from drafts.models import Document, Provision


class Command(BaseCommand):
    help = (
        "Print groups of comments on a draft that say the same, and where else they stand. Exit code 2: no such draft."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", type=int, help="number of the draft, as its address has it")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        document = Document.objects.filter(pk=options["document"]).first()
        if document is None:
            raise CommandError(f"There is no draft {options['document']}.", returncode=2)
        opinions = opinions_on(Document.objects.values_list("pk", flat=True))
        by_key = {opinion.key: opinion for opinion in opinions}
        names = dict(Provision.objects.values_list("pk", "label"))

        def place(opinion: Opinion) -> str:
            return names.get(int(opinion.place), "") if opinion.place else ""

        groups = [answers_of(alike, by_key, place) for alike in group(opinions, document=document.pk)]
        if options["json"]:
            count = sum(opinion.document == document.pk for opinion in opinions)
            answer = {"document": document.pk, "comments": count, "groups": groups}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n\n".join(_lines(one, by_key) for one in groups) or "Không thấy ý kiến nào giống nhau.")


def _lines(one: dict[str, Any], opinions: dict[int, Opinion]) -> str:
    head = f"{one['article'] or 'Ý kiến chung'} ({one['likeness']:.0%})"
    said = [f"  #{key} {opinions[key].text}" for key in one["comments"]]
    elsewhere = [
        f"  dự thảo {other['document']}, {other['article'] or 'ý kiến chung'}: #{other['comment']} "
        f"{opinions[other['comment']].text}"
        for other in one["elsewhere"]
    ]
    return "\n".join([head, *said, *elsewhere])
