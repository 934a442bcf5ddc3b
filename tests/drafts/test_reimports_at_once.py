"""A new Word version taken over, twice at once, while colleagues go on saving: once, and no word is lost."""

from unittest import mock

import pytest

from config.errors import RuleBrokenError
from drafts import reimports, services, sources
from drafts.importing import read_document
from drafts.models import Operation, Provision
from tests.drafts.test_concurrent_saving import PEOPLE, in_parallel, writers  # noqa: F401

TITLES = ("Phạm vi, đối tượng áp dụng", "Nguyên tắc làm việc", "Nội dung 3", "Nội dung 4")
FILE = "Chương I\nNHỮNG QUY ĐỊNH CHUNG\n" + "".join(
    f"Điều {number}. {title}\n0. Viết trong Word {number}.\n1. Mở đầu.\n"
    for number, title in enumerate(TITLES, start=1)
)
SAVES = 3


@pytest.mark.filterwarnings("error")
def test_what_colleagues_save_meanwhile_and_what_the_file_says_both_stand(writers):  # noqa: F811
    document, people = writers
    with mock.patch("drafts.sources.read_apart", read_document):
        reimport = reimports.offer(document, sources.keep(FILE.encode(), name="moi.txt", by=people[0]))
        keys = list(document.provisions.filter(kind="article").values_list("pk", flat=True))

        def work(number):
            return take_over() if number < 2 else write(number)

        def take_over():
            """Look and take over, again and again until nobody was faster."""
            while True:
                mine = reimports.get_reimport_for(people[0], document, pk=reimport.pk)
                try:
                    return reimports.take_over(mine, by=people[0], reason="", seen=reimports.look(mine).seen)
                except reimports.StaleReimportError:
                    continue
                except RuleBrokenError:
                    return None

        def write(number):
            for save in range(SAVES):
                key = keys[number % len(keys)]
                while True:
                    article = Provision.objects.get(pk=key)
                    text = f"{article.text}\nDòng {number}-{save}."
                    try:
                        services.revise_article(
                            article, by=people[number], base_version=article.version, heading=article.heading,
                            text=text, reason="",
                        )  # fmt: skip
                        break
                    except services.StaleTextError:
                        continue

        results = in_parallel(work)
    assert sum(result is not None for result in results) == 1
    assert Operation.objects.filter(kind="reimported").count() == 1
    texts = dict(document.provisions.filter(kind="article").values_list("number", "text"))
    assert all(f"Viết trong Word {number}." in text for number, text in texts.items())
    written = "\n".join(texts.values())
    assert all(f"Dòng {n}-{save}." in written for n in range(2, PEOPLE) for save in range(SAVES))
