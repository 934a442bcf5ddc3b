"""Eight people save the same articles at the same moment in every way an article can be written: nothing is lost.

Each attempt carries a word of its own. Whoever was told "saved" wrote it down; afterwards every such word stands in
the very version that followed the one its writer had started from, and nowhere did a version vanish.
"""

import random
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from comments import services as comments
from comments.models import Comment, Response
from comments.revising import TakenIn, revise_article
from comments.services import Selection
from config.errors import RuleBrokenError
from drafts import services
from drafts.merging import Choice
from drafts.models import Operation, Provision, Seat
from drafts.photographs import edition_text
from drafts.queries import version_of
from drafts.reconciling import Reconciliation
from drafts.services import StaleTextError
from drafts.undoing import ObstructedError, undo_operation
from tests.people import make_document, make_unit, make_user

PEOPLE = 8
ATTEMPTS = 100
WAYS = {"revise": 54, "take in": 12, "restore": 12, "merge": 16, "undo": 6}
LAST = ["apply"]  # by way of the page, which takes longest: when the crowd thins out somebody gets through
ARTICLES = 4
BUSY = (5, 5, 1, 1)
TEXT = "1. Mở đầu.\n" + "\n".join(
    f"{number}. Nội dung thứ {number} của người {number} là chỗ-{number} trong điều này." for number in range(2, 10)
)


@pytest.fixture
def writers(transactional_db):
    unit = make_unit("Ban Tổ chức Tỉnh ủy")
    people = [make_user(f"writer{number}", unit=unit) for number in range(PEOPLE)]
    document = make_document(by=people[0], articles=[TEXT] * ARTICLES)
    for person in people[1:]:
        services.give_seat(document, by=people[0], role=Seat.Role.DRAFTER, user=person)
    return document, people, services.issue_edition(document, by=people[0])


def grown(text, word):
    """The text with the word at its end. Of what others added only the last lines stay: it is to be quick, not long."""
    lines = text.split("\n")
    first = TEXT.count("\n") + 1
    return "\n".join([*lines[:first], *lines[first:][-2:], word])


class Writer:
    """One person's way through the hour: what was tried, what was told to be saved, what was refused."""

    def __init__(self, number, person, keys, opinions):
        self.number, self.person, self.keys, self.opinions = number, person, keys, opinions
        self.chance = random.Random(number)
        self.browser = Client()
        self.browser.force_login(person)
        self.journal, self.refused = [], Counter()

    def work(self):
        ways = self.chance.choices(list(WAYS), weights=WAYS.values(), k=ATTEMPTS - len(LAST)) + LAST
        for attempt, way in enumerate(ways):
            article = Provision.objects.select_related("document").get(
                pk=self.chance.choices(self.keys, weights=BUSY)[0]
            )
            word = f"Dòng-{self.number}-{attempt:02}"
            try:
                version = getattr(self, way.replace(" ", "_"))(article, word)
            except (StaleTextError, RuleBrokenError):
                version = None
            if version is None:
                self.refused[way] += 1
            else:
                self.journal.append((way, article.pk, version, word))

    def save(self, article, text, base_version, **more):
        operation = revise_article(
            article, by=self.person, base_version=base_version, heading="Tên", text=text, reason="", **more
        )
        return base_version + 1 if operation else None

    def revise(self, article, word):
        return self.save(article, grown(article.text, word), article.version)

    def take_in(self, article, word):
        comment = next((c for c in self.opinions["take in"] if c.provision_id == article.pk), None)
        if comment is None:
            return None
        version = self.save(article, grown(article.text, word), article.version, taken_in=[TakenIn(comment)])
        self.opinions["take in"].remove(comment)
        return version

    def apply(self, article, word):
        """By way of the page; whoever finds the article newer looks again, as people do."""
        if not self.opinions["apply"]:
            return None
        comment = self.opinions["apply"][0]
        article.pk = comment.provision_id
        for _ in range(5):
            article.version = Provision.objects.values_list("version", flat=True).get(pk=article.pk)
            sent = {"reason": word, "outcome": "accepted", "base_version": article.version}
            answer = self.browser.post(reverse("comments:application", args=[comment.pk]), sent)
            assert answer.status_code in (302, 409, 422), answer.status_code
            if answer.status_code == 302:
                self.opinions["apply"].remove(comment)
                return article.version + 1
        return None

    def restore(self, article, word):
        earlier = self.chance.randint(1, article.version)
        operation = services.restore_version(
            article, by=self.person, version=earlier, base_version=article.version, reason=word
        )
        return article.version + 1 if operation else None

    def undo(self, article, word):
        """The last act on the article, whoever's it was."""
        last = article.history.latest("history_id").operation
        if last.kind not in (Operation.Kind.REVISED, Operation.Kind.RESTORED):
            return None
        try:
            operation = undo_operation(last, by=self.person)
        except ObstructedError:
            return None
        return Provision.history.get(operation=operation).version

    def merge(self, article, word):
        """From an older version, as somebody who has been writing for a while."""
        base = max(1, article.version - 2)
        began = version_of(article, base)
        mine = ("Tên", grown(began.text, word))
        for _ in range(3):
            try:
                return self.save(article, mine[1], base)
            except StaleTextError as stale:
                common, theirs = version_of(article, base), stale.provision
                both = Reconciliation.between(
                    base=(common.heading, common.text), mine=mine, theirs=(theirs.heading, theirs.text)
                )
                mine = both.merged([Choice.BOTH] * len(both.questions))
                base = theirs.version
        return None


def opinions_of(number, person, edition, keys):
    """Of one person: comments to be taken in, and proposals whose words nobody else's stand in."""

    def comment(key, quote, proposed=""):
        sheet = next(sheet for sheet in edition_text(edition) if sheet.pk == key)
        return comments.add_comment(
            edition,
            by=person,
            key=uuid.uuid4(),
            kind="wording",
            text="Ý kiến.",
            sheet=sheet,
            selection=Selection(quote=quote),
            proposed_text=proposed,
        )

    own = f"chỗ-{number + 2}"
    return {
        "take in": [comment(key, "Mở đầu") for key in keys[:2]],
        "apply": [comment(key, own, f"chỗ-{number + 2} (Áp-{number}-{key})") for key in keys[2:3]],
    }


def test_800_attempts_in_every_way_lose_nothing_that_was_accepted(writers):
    document, people, edition = writers
    keys = list(document.provisions.filter(kind="article").values_list("pk", flat=True))
    crowd = [Writer(n, person, keys, opinions_of(n, person, edition, keys)) for n, person in enumerate(people)]
    together = Barrier(PEOPLE)

    def work(writer):
        try:
            together.wait(timeout=60)
            writer.work()
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(work, crowd))

    journal = [entry for writer in crowd for entry in writer.journal]
    refused = sum((writer.refused for writer in crowd), Counter())
    assert len(journal) + refused.total() == PEOPLE * ATTEMPTS == 800
    accepted = Counter(way for way, *_ in journal)
    assert set(accepted) == {*WAYS, *LAST}, f"some way was never gone: {accepted}"
    assert refused["revise"] and refused["restore"], "nobody met anybody: the test proves nothing"

    rows = {(row.id, row.version): row for row in Provision.history.filter(id__in=keys).select_related("operation")}
    in_text, in_reason = ("revise", "take in", "merge"), ("apply", "restore")
    lost = [entry for entry in journal if entry[0] in in_text and entry[3] not in rows[entry[1:3]].text]
    lost += [entry for entry in journal if entry[0] in in_reason and entry[3] != rows[entry[1:3]].operation.reason]
    lost += [entry for entry in journal if entry[0] == "undo" and rows[entry[1:3]].operation.undoes is None]
    assert lost == []

    # No version twice, none missing; one operation for each save, and no answer without its save.
    stored = {article.pk: article for article in Provision.objects.filter(pk__in=keys)}
    assert sum(article.version - 1 for article in stored.values()) == len(journal)
    assert Provision.history.filter(id__in=keys).count() == len(journal) + ARTICLES
    acts = Operation.objects.filter(kind__in=(Operation.Kind.REVISED, Operation.Kind.RESTORED, Operation.Kind.UNDONE))
    assert acts.count() == len(journal)
    assert Response.objects.count() == accepted["take in"] + accepted["apply"]
    for response in Response.objects.select_related("comment", "carried_out_by"):
        assert Provision.history.filter(id=response.comment.provision_id, operation=response.carried_out_by).exists()
    assert Comment.objects.filter(response=None).exists() or accepted["apply"] == PEOPLE
