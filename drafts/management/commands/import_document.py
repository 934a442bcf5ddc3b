"""Import a Word file, web page or text as a draft, as the import page does."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from accounts.models import User
from drafts import services, sources
from drafts.apart import Opened, open_apart
from drafts.findings import sentence_of
from drafts.importing import Component, ImportedFile, UnreadableFile
from drafts.models import Document

UNREADABLE = 2
"""Exit code for what is not a readable file."""

Answer = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Import a file (.docx, .doc, .rtf, .html, .md, .txt, .xml) as a draft and issue its first edition."
        " Exit code 2: unreadable file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="USER", help="user name of the lead drafter; else the first superuser")
        parser.add_argument("--title", help="else the title found in the text")
        parser.add_argument("--kind", choices=Document.Kind.values, help="else guessed from the title")
        parser.add_argument("--component", type=int, metavar="N", help="number of the document in the file, from 1")
        parser.add_argument("--no-edition", action="store_true", help="do not issue edition 1")
        parser.add_argument("--dry-run", action="store_true", help="only say what was found; store nothing")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            data, opened = read(options["file"])
            imported = opened.file
            component = chosen(imported, number=options["component"])
            document = None
            if not options["dry_run"]:
                by = lead_drafter(options["by"])
                document = store(data, component, opened=opened, by=by, options=options)
            answer = answer_of(imported, document=document)
            if options["json"]:
                self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            else:
                self.stdout.write("\n".join(words_of(answer)))


def read(path: Path) -> tuple[bytes, Opened]:
    try:
        data = path.read_bytes()
        return data, open_apart(data, name=path.name)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=UNREADABLE) from error
    except UnreadableFile as refusal:
        raise CommandError(f"{path.name}: {sentence_of(refusal)}", returncode=UNREADABLE) from refusal


def chosen(imported: ImportedFile, *, number: int | None) -> Component:
    if number is None:
        return imported.components[imported.main]
    if not 1 <= number <= len(imported.components):
        raise CommandError(f"--component must be between 1 and {len(imported.components)}: the file holds no more.")
    return imported.components[number - 1]


def lead_drafter(username: str | None) -> User:
    if username is not None:
        user = User.objects.active().filter(username=username).first()
        if user is None:
            raise CommandError(f'There is no active account named "{username}"; give another with --by.')
        return user
    user = User.objects.active().filter(is_superuser=True).order_by("pk").first()
    if user is None:
        raise CommandError("Say whose draft it is with --by USER: there is no superuser.")
    return user


@transaction.atomic
def store(data: bytes, component: Component, *, opened: Opened, by: User, options: dict[str, Any]) -> Document:
    title = options["title"] or component.title
    document = services.create_document(
        by=by,
        title=title,
        kind=options["kind"] or sources.likely_kind(title),
        nodes=component.nodes,
        source=sources.keep(data, name=opened.file.name, by=by, modern=opened.modern, remarks=len(opened.file.remarks)),
    )
    if not options["no_edition"]:
        services.issue_edition(document, by=by)
    return document


def answer_of(imported: ImportedFile, *, document: Document | None) -> Answer:
    return {
        "document": document.pk if document else None,
        "components": [
            {
                "title": component.title,
                "chapters": component.chapters,
                "sections": component.sections,
                "articles": component.articles,
                "items": component.items,
                "warnings": [{"line": finding.line, "message": sentence_of(finding)} for finding in component.findings],
            }
            for component in imported.components
        ],
    }


def words_of(answer: Answer) -> list[str]:
    lines = []
    for number, part in enumerate(answer["components"], start=1):
        lines.append(f"{number}. {part['title']}")
        counts = (("chapters", "chương"), ("sections", "mục"), ("articles", "điều"), ("items", "nhiệm vụ"))
        lines.append("   " + ", ".join(f"{part[key]} {word}" for key, word in counts if part[key]))
        lines += [f"   dòng {warning['line']}: {warning['message']}" for warning in part["warnings"]]
    if answer["document"] is not None:
        lines.append(f"Đã tạo dự thảo số {answer['document']}.")
    return lines
