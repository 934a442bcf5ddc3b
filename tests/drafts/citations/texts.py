"""Small texts with citations, written for these tests."""

import uuid

from drafts.texts import Sheet, Text

WORDS = {"part": "Phần", "chapter": "Chương", "section": "Mục", "article": "Điều", "appendix": "Phụ lục"}


def wid(name):
    return uuid.uuid5(uuid.NAMESPACE_OID, name)


def sheet(kind, number, text="", *, name="", heading="", parent=None, label=None):
    name = name or f"{kind} {number}"
    return Sheet(
        pk=1,
        wid=wid(name),
        kind=kind,
        number=number,
        label=label if label is not None else f"{WORDS[kind]} {number}" if kind in WORDS else "",
        heading=heading or name,
        text=text,
        parent=wid(parent) if parent else None,
    )


def article(number, text="1. Một.\n2. Hai:\na) Ý a;\nb) Ý b.\n3. Ba.", **more):
    return sheet("article", str(number), text, **more)


def text(*sheets, title="Quy chế làm việc"):
    return Text(title=title, sheets=sheets)


def of_articles(*bodies, title="Quy chế làm việc"):
    return text(*(article(number, body) for number, body in enumerate(bodies, start=1)), title=title)


def body(of, name):
    return of.find(wid(name)).text


def titles(of):
    return [one.label or one.heading for one in of]
