"""A meeting for tests: Thu keeps its record, Chi chairs it, Minh's unit is asked to it; Lan's unit gets the task.

Minh, Lan and Chi have seats on the draft on its agenda, Tâm of the same unit as Minh has none; Hoa has no part in it.
"""

import datetime as dt
import uuid

import time_machine
from django.utils import timezone

from comments import services as comments
from meetings import services, signing
from tests.people import DraftTestCase, People, make_user

TODAY = dt.date(2026, 11, 6)  # a Friday
HELD = dt.datetime(2026, 11, 5, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
SECRET_TITLE = "Quy chế bí mật chim hoàng yến"


class MeetingPeople(People):
    @classmethod
    def make_meeting(cls):
        cls.tam = make_user("tam", unit=cls.city)
        cls.meeting = services.convene(
            by=cls.thu, title="Hội nghị cho ý kiến ba dự thảo", starts_at=HELD, chair=cls.chi, place="Phòng họp số 1"
        )
        cls.item = services.add_agenda_item(
            cls.meeting, by=cls.thu, title="Quy chế làm việc", document=cls.document, presenter="Trưởng Ban", minutes=60
        )
        cls.unit_place = services.invite(cls.meeting, by=cls.thu, unit=cls.city)
        cls.dai_place = services.invite(cls.meeting, by=cls.thu, user=cls.dai)
        cls.guest_place = services.invite(cls.meeting, by=cls.thu, guest="Vụ trưởng, Ban Tổ chức Trung ương")
        cls.conclusion = services.add_conclusion(
            cls.meeting, by=cls.thu, text="Lập bảng so sánh quy chế cũ với dự thảo.", documents=[cls.document]
        )

    @classmethod
    def make_assignment(cls, *, at=HELD, **fields):
        """A task given at the end of the meeting, or at another moment."""
        fields = {
            "lead_unit": cls.department,
            "supporting_units": [cls.office],
            "task": "Lập bảng so sánh",
            "due_on": dt.date(2026, 11, 10),
            "limit": "before",
        } | fields
        with time_machine.travel(at, tick=False):
            return services.assign(fields.pop("conclusion", cls.conclusion), by=cls.thu, **fields)

    @staticmethod
    def say(edition, by, text="Nên rõ hơn.", **fields):
        return comments.add_comment(edition, by=by, key=uuid.uuid4(), kind="other", text=text, **fields)

    @classmethod
    def sign_notice(cls, notice=None, *, symbol=""):
        """The chair agrees to what stands there, and signs it."""
        notice = notice or cls.meeting.notices.get(signed_at=None)
        signing.agree(notice, by=cls.chi, seen=signing.notice_digest(notice))
        return signing.sign(notice, by=cls.chi, symbol=symbol)


class MeetingTestCase(MeetingPeople, DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.make_meeting()
        cls.assignment = cls.make_assignment()

    def sign_in(self, user):
        self.client.force_login(user)


def at_noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
