"""People who save at the same moment: all but one see both texts, and who merges loses no word.

That nothing accepted is ever lost, whatever way an article is written: tests/comments/test_every_way_of_saving.py.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from drafts import services
from drafts.merging import Choice
from drafts.models import Provision, Seat
from drafts.queries import version_of
from drafts.reconciling import Reconciliation
from tests.people import make_document, make_unit, make_user

PEOPLE = 8
ARTICLES = 4


def in_parallel(work):
    """Run ``work(number)`` for every person at once; each thread has a connection of its own and closes it."""
    together = Barrier(PEOPLE)

    def one(number):
        try:
            together.wait(timeout=60)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return [future.result() for future in [pool.submit(one, number) for number in range(PEOPLE)]]


@pytest.fixture
def writers(transactional_db):
    unit = make_unit("Ban Tổ chức Tỉnh ủy")
    people = [make_user(f"writer{number}", unit=unit) for number in range(PEOPLE)]
    document = make_document(by=people[0], articles=["1. Mở đầu."] * ARTICLES)
    for person in people[1:]:
        services.give_seat(document, by=people[0], role=Seat.Role.DRAFTER, user=person)
    return document, people


def test_who_merges_and_tries_again_loses_no_word(writers):
    document, people = writers
    key = document.provisions.filter(kind="article").values_list("pk", flat=True).first()
    rounds = 6

    def work(number):
        for save in range(rounds):
            article = Provision.objects.get(pk=key)
            base, mine = article.version, (article.heading, f"{article.text}\nDòng {number}-{save}.")
            while True:
                try:
                    services.revise_article(
                        article, by=people[number], base_version=base, heading=mine[0], text=mine[1], reason=""
                    )
                    break
                except services.StaleTextError as stale:
                    common, theirs = version_of(article, base), stale.provision
                    both = Reconciliation.between(
                        base=(common.heading, common.text), mine=mine, theirs=(theirs.heading, theirs.text)
                    )
                    mine = both.merged([Choice.BOTH] * len(both.questions))
                    base = theirs.version

    in_parallel(work)
    text = Provision.objects.get(pk=key).text
    missing = [f"{n}-{s}" for n in range(PEOPLE) for s in range(rounds) if f"Dòng {n}-{s}." not in text]
    assert missing == []


def test_of_people_who_press_save_at_once_one_saves_and_the_others_see_both_texts(writers):
    document, people = writers
    article = document.provisions.filter(kind="article").first()
    url = reverse("comments:revision", args=[document.pk, article.wid])
    browsers = []
    for person in people:
        browser = Client()
        browser.force_login(person)
        browsers.append(browser)

    def work(number):
        sent = {"heading": "Tên", "text": f"1. Người {number} viết.", "reason": "r", "base_version": 1}
        return browsers[number].post(url, sent)

    answers = in_parallel(work)
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * (PEOPLE - 1)
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            assert f"1. Người {number} viết." in answer.content.decode()
    assert Provision.objects.get(pk=article.pk).version == 2
