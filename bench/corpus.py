"""Drafts of any size to measure with: the words are those of the demonstration, shuffled the same way every time."""

from __future__ import annotations

import datetime as dt
import random
import re
from functools import cache

from django.conf import settings
from django.db import transaction
from django.test import Client

from accounts.models import Unit, User
from comments.anchoring import Anchor, make_anchor
from comments.models import Comment, Response
from config import services
from drafts import diary
from drafts import services as drafts
from drafts.importing import Kind, Node
from drafts.models import Document, Edition, Operation, Provision, Seat
from drafts.outline import outline

WORDS_PER_ARTICLE = 250
ARTICLES_PER_CHAPTER = 10
FEWEST_MEMBERS = 40
COMMENTS_OF_A_MEMBER = 50
UNITS = 10
AT_ONCE = 2_000


def make_document(*, articles: int = 40, versions: int = 1, comments: int = 0, seed: int = 1) -> Document:
    """A draft with edition 1 as imported, comments on it, and every article revised until it has so many versions.

    Where an article was revised, edition 2 was issued afterwards.
    """
    chance = random.Random(seed)
    lead = member(0)
    with transaction.atomic():
        document = drafts.create_document(
            by=lead,
            title=f"Quy chế làm việc số {seed}",
            kind=Document.Kind.REGULATION,
            nodes=make_nodes(articles, chance),
        )
        for place in range(1, FEWEST_MEMBERS):
            drafts.give_seat(document, by=lead, role=Seat.Role.COMMENTER, user=member(place))
        edition = drafts.issue_edition(document, by=lead)
        if versions > 1:
            revise(document, times=versions - 1, chance=chance)
            drafts.issue_edition(document, by=lead)
        add_comments(edition, count=comments, chance=chance)
    return document


def make_nodes(articles: int, chance: random.Random) -> list[Node]:
    nodes: list[Node] = []
    chapter = 0
    for number in range(1, articles + 1):
        if (number - 1) % ARTICLES_PER_CHAPTER == 0:
            chapter = len(nodes)
            roman = str(1 + number // ARTICLES_PER_CHAPTER)
            nodes.append(Node(Kind.CHAPTER, roman, "NHỮNG QUY ĐỊNH", "", None, 0, 1, f"Chương {roman}"))
        heading = " ".join(chance.choice(sentences()).split()[:8])
        nodes.append(Node(Kind.ARTICLE, str(number), heading, make_text(chance), chapter, 1, 1, f"Điều {number}"))
    return nodes


def make_text(chance: random.Random) -> str:
    """Clauses, every third of them with points, until the article has its number of words."""
    lines: list[str] = []
    words = clause = 0
    while words < WORDS_PER_ARTICLE:
        clause += 1
        lines.append(f"{clause}. {chance.choice(sentences())}")
        if clause % 3 == 0:
            lines += [f"{letter}) {chance.choice(sentences())}" for letter in "abc"]
        words = sum(len(line.split()) for line in lines)
    return "\n".join(lines)


def revise(document: Document, *, times: int, chance: random.Random) -> None:
    """Write another sentence into every article, so many times; one operation and one history row each time."""
    rows = list(document.provisions.filter(kind=Provision.Kind.ARTICLE))
    for _ in range(times):
        for row in rows:
            lines = row.text.split("\n")
            place = chance.randrange(len(lines))
            lines[place] = f"{lines[place].partition(' ')[0]} {chance.choice(sentences())}"
            row.text, row.version = "\n".join(lines), row.version + 1
        operation = diary.start(Operation.Kind.REVISED, by=member(0), document=document, reason="Tiếp thu ý kiến")
        diary.write(operation, rows, "~")
    Provision.objects.bulk_update(rows, ["text", "version"])


def add_comments(edition: Edition, *, count: int, chance: random.Random) -> None:
    """Seven of ten quote words, two name a clause, one is on the whole draft; half of them are answered."""
    rows = list(Provision.objects.filter(document=edition.document_id, kind=Provision.Kind.ARTICLE))
    authors = [member(place) for place in range(1, max(FEWEST_MEMBERS, count // COMMENTS_OF_A_MEMBER))]
    first = {row.pk: row.history.earliest("history_id").text for row in rows}
    for start in range(0, count, AT_ONCE):
        operation = diary.start(Operation.Kind.COMMENTED, by=member(0), document=edition.document)
        made = [
            make_comment(edition, number, by=authors[number % len(authors)], texts=first, chance=chance)
            for number in range(start, min(start + AT_ONCE, count))
        ]
        diary.add(operation, made)
        operation = diary.start(Operation.Kind.ANSWERED, by=member(0), document=edition.document)
        answered = [Response(comment=comment, by=member(0), **answer(chance)) for comment in made[::2]]
        diary.add(operation, answered)


def make_comment(edition: Edition, number: int, *, by: User, texts: dict[int, str], chance: random.Random) -> Comment:
    comment = Comment(
        document_id=edition.document_id,
        edition=edition,
        author=by,
        on_behalf_of=by.unit,
        kind=chance.choice(Comment.Kind.values),
        text=f"Đề nghị xem lại: {chance.choice(sentences())}",
        created_at=edition.issued_at + dt.timedelta(seconds=number),
    )
    if number % 10 == 0:
        return comment
    comment.provision_id, text = chance.choice(list(texts.items()))
    line = chance.choice([line for line in outline(text) if line.label])
    comment.clause_label = line.label
    if number % 10 > 2:
        anchor = some_words(text, line.offset, line.raw, chance)
        comment.quote, comment.prefix, comment.suffix = anchor.quote, anchor.prefix, anchor.suffix
    return comment


def some_words(text: str, offset: int, line: str, chance: random.Random) -> Anchor:
    """Two to nine words of the line, after its marker."""
    words = list(re.finditer(r"\S+", line))[1:]
    first = chance.randrange(len(words) - 1)
    last = min(first + chance.randint(1, 8), len(words) - 1)
    return make_anchor(text, offset + words[first].start(), offset + words[last].end())


def answer(chance: random.Random) -> dict[str, str]:
    outcome = chance.choice(Response.Outcome.values)
    return {"outcome": outcome, "explanation": "" if outcome == "accepted" else chance.choice(sentences())}


def member(place: int) -> User:
    """Number 0 drafts, the others comment; every tenth of one unit. Made when first asked for."""
    name = f"bench-{place}"
    user = User.objects.filter(username=name).select_related("unit").first()
    if user is not None:
        return user
    unit, _ = Unit.objects.get_or_create(name=f"Đơn vị số {place % UNITS}", defaults={"rank": place % UNITS})
    user = User.objects.create_user(name, email=f"{name}@example.org", full_name=f"Ủy viên số {place}", unit=unit)
    return user


def client_of(user: User) -> Client:
    """A browser without a screen, signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@cache
def sentences() -> list[str]:
    """The clauses of the demonstration's draft, without their numbers."""
    text = (services.ROOT / "demo" / "quy-che-lam-viec-du-thao.txt").read_text()
    found = [re.sub(r"^(\d+\.|[a-zđ]\)|-)\s+", "", line.strip()) for line in text.splitlines()]
    return sorted({sentence for sentence in found if 8 <= len(sentence.split()) <= 60 and sentence[0].isalpha()})
