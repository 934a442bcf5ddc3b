"""The cast of every test: the same people, the same small draft.

Lan drafts the text, Minh and Đại comment from two units, Thu keeps the record, Chi chairs, Hoa has no seat at all.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import TestCase

from accounts.models import Unit, UnitContact, User
from drafts import diary, services, telling
from drafts.importing import Kind, Node
from drafts.models import Document, Edition, Operation, Provision, Seat

ARTICLE_1 = (
    "1. Quy chế này quy định nguyên tắc, chế độ làm việc và quan hệ công tác của Tỉnh ủy.\n"
    "2. Quy chế áp dụng đối với:\n"
    "a) Ủy viên Ban Chấp hành;\n"
    "b) Các ban tham mưu của Tỉnh ủy."
)
ARTICLE_2 = (
    "1. Tập trung dân chủ, tập thể lãnh đạo, cá nhân phụ trách.\n"
    "2. Ban Thường vụ báo cáo Ban Chấp hành tại kỳ họp gần nhất."
)


def make_unit(name: str, **fields) -> Unit:
    return Unit.objects.create(name=name, **fields)


def make_user(username: str, **fields) -> User:
    fields.setdefault("full_name", username.capitalize())
    fields.setdefault("email", f"{username}@example.org")
    return User.objects.create_user(username, **fields)


def allow(user: User, permission: str) -> None:
    app_label, codename = permission.split(".")
    user.user_permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


def node(kind: Kind, number: str = "", heading: str = "", text: str = "", *, parent: int | None = None) -> Node:
    labels = {Kind.CHAPTER: "Chương", Kind.ARTICLE: "Điều", Kind.SECTION: "Mục", Kind.PART: "Phần"}
    label = f"{labels[kind]} {number}" if kind in labels else ""
    depth = 0 if parent is None else 1
    return Node(kind=kind, number=number, heading=heading, text=text, parent=parent, depth=depth, line=1, label=label)


def make_document(
    *, by: User, title: str = "Quy chế làm việc của Tỉnh ủy", articles=(ARTICLE_1, ARTICLE_2)
) -> Document:
    """One chapter with the given articles; ``by`` gets the lead seat. No edition yet."""
    nodes = [node(Kind.CHAPTER, "I", "NHỮNG QUY ĐỊNH CHUNG")]
    headings = ["Phạm vi, đối tượng áp dụng", "Nguyên tắc làm việc"]
    for number, text in enumerate(articles, start=1):
        heading = headings[number - 1] if number <= len(headings) else f"Nội dung {number}"
        nodes.append(node(Kind.ARTICLE, str(number), heading, text, parent=0))
    return services.create_document(by=by, title=title, kind=Document.Kind.REGULATION, nodes=nodes)


class People:
    """Makes the cast; mixed into test cases, or used by the ``people`` fixture."""

    lan: User
    minh: User
    dai: User
    thu: User
    chi: User
    hoa: User
    document: Document
    edition: Edition

    @classmethod
    def make_people(cls) -> None:
        cls.department = make_unit("Ban Tổ chức Tỉnh ủy", short_name="Ban Tổ chức", rank=10)
        cls.office = make_unit("Văn phòng Tỉnh ủy", short_name="Văn phòng", rank=20)
        cls.city = make_unit("Thành ủy", rank=30)
        cls.front = make_unit("Ủy ban Mặt trận Tổ quốc tỉnh", short_name="Mặt trận", rank=40)
        cls.lan = make_user("lan", unit=cls.department, position="Trưởng Ban Tổ chức")
        cls.minh = make_user("minh", unit=cls.city)
        cls.dai = make_user("dai", unit=cls.front, full_name="Đại")
        cls.thu = make_user("thu", unit=cls.office)
        cls.chi = make_user("chi", position="Chủ trì")
        cls.hoa = make_user("hoa")
        UnitContact.objects.create(unit=cls.city, user=cls.minh)
        allow(cls.lan, "drafts.create_documents")
        allow(cls.thu, "meetings.create_meetings")

    @classmethod
    def make_draft(cls) -> None:
        cls.document = make_document(by=cls.lan)
        roles = Seat.Role.COMMENTER, Seat.Role.COMMENTER, Seat.Role.SECRETARY, Seat.Role.CHAIR
        holders = cls.minh, cls.dai, cls.thu, cls.chi
        # In one act; by services.give_seat one after the other they take half of the time of many a test.
        operation = diary.start(Operation.Kind.SEATED, by=cls.lan, document=cls.document)
        seats = [Seat(document=cls.document, user=user, role=role) for user, role in zip(holders, roles, strict=True)]
        telling.of_seats(cls.document, operation, diary.add(operation, seats))
        cls.edition = services.issue_edition(cls.document, by=cls.lan)
        cls.article_1, cls.article_2 = Provision.objects.filter(
            document=cls.document, kind=Provision.Kind.ARTICLE
        ).order_by("position")


class DraftTestCase(People, TestCase):
    """A test with the cast and their draft, edition 1 issued."""

    @classmethod
    def setUpTestData(cls):
        cls.make_people()
        cls.make_draft()


@pytest.fixture
def people(db) -> type[People]:
    """The cast and their draft, for tests written as functions."""
    cast = type("Cast", (People,), {})
    cast.make_people()
    cast.make_draft()
    return cast
