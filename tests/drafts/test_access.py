"""The door to a document: every role, every ability, and every page of the workshop."""

from typing import get_args

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse

from drafts import access, services
from drafts.models import Document, Seat
from tests.people import DraftTestCase, People, make_user

READER, COMMENTER, DRAFTER, LEAD, SECRETARY, CHAIR = Seat.Role.values

# Written out once more on purpose: whoever widens a role must say so here too.
WHO_MAY = {
    "read": {READER, COMMENTER, DRAFTER, LEAD, SECRETARY, CHAIR},
    "read_working": {DRAFTER, LEAD, SECRETARY, CHAIR},
    "comment": {COMMENTER, DRAFTER, LEAD, SECRETARY, CHAIR},
    "draft": {DRAFTER, LEAD},
    "answer": {DRAFTER, LEAD},
    "consolidate": {DRAFTER, LEAD, SECRETARY, CHAIR},
    "record": {SECRETARY},
    "take_over": {LEAD, SECRETARY},
    "issue": {LEAD, SECRETARY},
    "seat": {LEAD, SECRETARY},
    "stage": {LEAD, SECRETARY, CHAIR},
    "override": {CHAIR},
    "publish": {LEAD},
    "rule": {CHAIR},
}


def test_every_ability_is_in_the_table():
    assert set(WHO_MAY) == set(get_args(access.Ability))


@pytest.fixture
def cast(db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast


@pytest.fixture
def seated(cast):
    """One person for every role."""
    persons = {}
    for role in Seat.Role.values:
        persons[role] = make_user(f"the_{role}")
        services.give_seat(cast.document, by=cast.lan, role=role, user=persons[role])
    return persons


@pytest.mark.parametrize("ability", WHO_MAY)
def test_the_door_opens_to_those_who_may_and_tells_the_others_why_not(cast, seated, ability):
    for role, person in seated.items():
        if role in WHO_MAY[ability]:
            assert access.get_document_for(person, ability, pk=cast.document.pk) == cast.document
            assert access.may(person, ability, cast.document) is True
        else:
            with pytest.raises(PermissionDenied) as refusal:
                access.get_document_for(person, ability, pk=cast.document.pk)
            assert len(str(refusal.value)) > 20
            assert access.may(person, ability, cast.document).reason == str(refusal.value)


class DoorTests(DraftTestCase):
    def test_outsiders_strangers_and_administrators_find_nothing(self):
        administrator = make_user("quantri", is_superuser=True, is_staff=True)
        for user in (self.hoa, administrator, AnonymousUser()):
            with self.assertRaises(Http404):
                access.get_document_for(user, "read", pk=self.document.pk)
            self.assertFalse(access.may(user, "read", self.document))

    def test_who_left_finds_nothing(self):
        self.minh.is_active = False
        self.minh.save(update_fields=["is_active"])
        with self.assertRaises(Http404):
            access.get_document_for(self.minh, "read", pk=self.document.pk)

    def test_a_units_seat_seats_its_members_and_ends_with_membership(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, unit=self.office)
        newcomer = make_user("moi", unit=self.office)
        self.assertEqual(access.abilities_of(newcomer, self.document), {"read"})
        newcomer.unit = None
        self.assertEqual(access.abilities_of(newcomer, self.document), frozenset())

    def test_a_person_and_a_unit_add_up(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.DRAFTER, unit=self.city)
        self.assertIn("draft", access.abilities_of(self.minh, self.document))
        self.assertIn("comment", access.abilities_of(self.minh, self.document))

    def test_somebody_without_a_unit_gets_nothing_from_units_seats(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.READER, unit=self.city)
        self.assertFalse(access.may(self.hoa, "read", self.document))
        self.assertFalse(Document.objects.visible_to(self.hoa).exists())

    def test_a_misspelt_ability_is_an_error_and_not_a_refusal(self):
        with self.assertRaises(ValueError):
            access.may(self.lan, "drafts", self.document)

    def test_every_edition_is_for_whoever_takes_part_but_a_recalled_one(self):
        services.revise_article(self.article_1, by=self.lan, base_version=1, heading="A", text="1. B.", reason="r")
        second = services.issue_edition(self.document, by=self.lan)
        member = access.get_document_for(self.minh, "read", pk=self.document.pk)
        self.assertEqual(access.get_edition_for(member, None), second)
        self.assertEqual(access.get_edition_for(member, 2), second)
        self.assertEqual(access.get_edition_for(member, 1), self.edition)
        services.recall_edition(second, by=self.lan, reason="Gửi nhầm")
        self.assertEqual(access.get_edition_for(member, None), self.edition)
        with self.assertRaises(access.RecalledError) as caught:
            access.get_edition_for(member, 2)
        self.assertEqual(caught.exception.edition, second)
        self.assertIsInstance(caught.exception, Http404)
        drafter = access.get_document_for(self.lan, "read", pk=self.document.pk)
        self.assertEqual(access.get_edition_for(drafter, 2), second)


# Page or act: (method, name, arguments beyond the document, ability it needs).
WORKSHOP = [
    ("get", "about", "", "read"),
    ("get", "description", "", "draft"),
    ("post", "description", "", "draft"),
    ("get", "editions", "", "read"),
    ("get", "new_edition", "", "issue"),
    ("post", "new_edition", "", "issue"),
    ("get", "edition_difference", "", "read"),
    ("post", "stage", "", "stage"),
    ("post", "seats", "", "seat"),
    ("post", "seat_removal", "seat", "seat"),
    ("get", "revision", "article", "draft"),
    ("post", "revision", "article", "draft"),
    ("post", "structure", "article", "draft"),
    ("post", "merge", "article", "draft"),
    ("get", "history", "article", "read_working"),
    ("get", "difference", "versions", "read_working"),
    ("post", "restoration", "article", "draft"),
]


@pytest.mark.parametrize(("method", "name", "about", "ability"), WORKSHOP)
def test_every_page_asks_for_its_ability(cast, seated, method, name, about, ability):
    arguments = {
        "": [],
        "article": [cast.article_1.wid],
        "versions": [cast.article_1.wid, 1, 1],
        "seat": [cast.document.seats.get(user=cast.minh).pk],
    }[about]
    app = "comments" if name in ("revision", "structure", "merge") else "drafts"
    url = reverse(f"{app}:{name}", args=[cast.document.pk, *arguments])
    for role in [*(set(seated) - WHO_MAY[ability]), None, "stranger", *(set(seated) & WHO_MAY[ability])]:
        browser = Client()
        if role != "stranger":
            browser.force_login(cast.hoa if role is None else seated[role])
        status = getattr(browser, method)(url).status_code
        if role is None:
            assert status == 404
        elif role == "stranger":
            assert status == 302
        elif role in WHO_MAY[ability]:
            assert status in (200, 302, 404, 409, 422), role
        else:
            assert status == 403, role
