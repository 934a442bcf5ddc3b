"""Message catalogs without system tools: found with Babel and Django's ``templatize``, written, checked, compiled.

Source strings are English. ``vi`` is translated by people; ``en`` says the same as the source.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.services import ROOT

LANGUAGES = ("vi", "en")
SOURCE_LANGUAGE = "en"
SOURCES = ("config", "accounts", "drafts", "comments", "meetings", "templates")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# Dates and tools in the head would differ with every run and person.
CHANGING_HEADERS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid|Project-Id|Language-Team).*\n',
    re.M,
)


def path_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


# Finding


def found_messages() -> Catalog:
    """Every message of our code and templates."""
    catalog = Catalog(charset="utf-8")
    for file in source_files():
        for _line, message, comments, context in messages_of(file):
            catalog.add(message, context=context, auto_comments=comments)
    return catalog


def source_files() -> Iterator[Path]:
    for name in SOURCES:
        for suffix in ("py", "html", "txt"):
            yield from sorted((ROOT / name).rglob(f"*.{suffix}"))


def messages_of(file: Path) -> Iterable[tuple[int, Any, list[str], str | None]]:
    code = file.read_text()
    if file.suffix != ".py":
        # What templatize leaves of the page is indented at random, which the tokenizer would refuse.
        code = "\n".join(line.strip() for line in templatize(code, origin=str(file)).splitlines())
    return extract("python", io.BytesIO(code.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


# Reading and writing


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def collect(language: str, *, found: Catalog, known: dict[str, str] | None = None) -> Catalog:
    """The language's catalog with exactly the found messages; old translations stay, ``known`` ones are added."""
    old = read(language)
    new = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message in real(found):
        translation = translated(message, old, language=language, known=known or {})
        new.add(message.id, translation, context=message.context, auto_comments=message.auto_comments)
    write(language, new)
    return new


def translated(message: Message, old: Catalog, *, language: str, known: dict[str, str]) -> Any:
    if language == SOURCE_LANGUAGE:
        return message.id
    singular = forms(message.id)[0]
    name = f"{message.context}\4{singular}" if message.context else singular
    if name in known:
        return (known[name],) if message.pluralizable else known[name]
    before = old.get(message.id, context=message.context)
    return before.string if before is not None and before.pluralizable == message.pluralizable else ""


def write(language: str, catalog: Catalog) -> None:
    """Sorted and without line numbers: a change shows what changed and nothing else."""
    output = io.BytesIO()
    write_po(output, catalog, width=110, no_location=True, sort_output=True, omit_header=False, ignore_obsolete=True)
    text = CHANGING_HEADERS.sub("", output.getvalue().decode())
    text = text[text.index('msgid ""') :]
    path = path_of(language)
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def compile_changed() -> list[Path]:
    """Write the ``.mo`` beside every ``.po`` that is newer; returns those written."""
    written = []
    for language in LANGUAGES:
        source = path_of(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns):
            continue
        unfinished = target.with_suffix(f".{os.getpid()}.new")
        with unfinished.open("wb") as file:
            write_mo(file, read(language))
        unfinished.replace(target)
        written.append(target)
    return written


# Checking


def complaints(language: str, *, found: Catalog) -> Iterator[str]:
    """One sentence per message that is missing, untranslated, unsure, unused, or has other placeholders."""
    catalog = read(language)
    wanted = {key(message) for message in real(found)}
    have = {key(message): message for message in real(catalog)}
    for message_key in sorted(wanted - have.keys()):
        yield f"missing: {shown(message_key)}"
    for message_key in sorted(have.keys() - wanted):
        yield f"unused: {shown(message_key)}"
    for message_key, message in sorted(have.items()):
        if message_key in wanted:
            yield from complaints_about(message)
    for message in catalog.obsolete.values():
        yield f"obsolete: {shown(key(message))}"


def complaints_about(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield f"fuzzy: {shown(key(message))}"
    if not is_translated(message):
        yield f"untranslated: {shown(key(message))}"
    elif not has_its_placeholders(message):
        yield f"other placeholders than the source: {shown(key(message))}"


def is_translated(message: Message) -> bool:
    return all(forms(message.string))


def has_its_placeholders(message: Message) -> bool:
    """The last form uses exactly the source's placeholders; a singular may leave the number out."""
    *singulars, last = forms(message.string)
    wanted = placeholders(forms(message.id)[-1])
    return placeholders(last) == wanted and all(placeholders(form) <= wanted for form in singulars)


def forms(text: Any) -> list[str]:
    """The forms of a message or translation: one, or several when it counts something."""
    return [form or "" for form in text] if isinstance(text, (tuple, list)) else [text or ""]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def real(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def key(message: Message) -> tuple[str, str]:
    return message.context or "", forms(message.id)[0]


def shown(message_key: tuple[str, str]) -> str:
    context, text = message_key
    return f"{text!r}" + (f" ({context})" if context else "")
