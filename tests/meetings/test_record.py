"""Minutes, notice of conclusions and register of tasks: what they say, in each layout, and to whom they are given."""

import datetime as dt
import io
import os
from pathlib import Path
from unittest import mock

import docx

from config import handover
from drafts import services as drafts
from drafts.exporting import Profile
from drafts.models import Seat
from meetings import calling, following, leading, polling, services, speaking
from tests.meetings.cast import SECRET_TITLE, MeetingTestCase
from tests.people import make_document, make_user


def paragraphs(word):
    body = docx.Document(io.BytesIO(word)).element.body
    return [docx.text.paragraph.Paragraph(paragraph, None) for paragraph in body.iter("{*}p")]


def lines_of(word):
    """Every paragraph of the file in its order, cells included."""
    return [paragraph.text for paragraph in paragraphs(word)]


def in_bold_italics(word):
    return [run.text for paragraph in paragraphs(word) for run in paragraph.runs if run.bold and run.italic]


class PaperTests(MeetingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        calling.rearrange(cls.meeting, by=cls.thu, ends_at=cls.meeting.starts_at + dt.timedelta(hours=2, minutes=30))
        services.record_attendance(
            cls.meeting, by=cls.thu, states={cls.unit_place.pk: "present", cls.dai_place.pk: "excused"}
        )
        services.add_agenda_item(cls.meeting, by=cls.thu, title="Chương trình hành động")
        services.add_agenda_item(cls.meeting, by=cls.thu, title="Kết luận hội nghị", presenter=str(cls.chi))
        cls.said = services.add_conclusion(
            cls.meeting,
            by=cls.thu,
            text=f"Giao {cls.office.name} gửi lại dự thảo trước ngày 15/11/2026.\nCác nội dung khác: nhất trí.",
        )
        cls.make_assignment(
            conclusion=cls.said,
            lead_unit=cls.office,
            supporting_units=[],
            task="Gửi lại dự thảo",
            due_on=dt.date(2026, 11, 15),
        )
        services.add_conclusion(cls.meeting, by=cls.thu, text="Nhất trí với tờ trình.", gives_no_task=True)
        dropped = cls.make_assignment(task="Việc đã thôi", due_on=dt.date(2026, 11, 20))
        services.move_assignment(dropped, by=cls.thu, state="cancelled", note="Thôi")

    def setUp(self):
        self.url = f"/meetings/{self.meeting.pk}/record/"
        self.sign_in(self.thu)

    def paper(self, which, **more):
        asked = {"which": which, "layout": "party_2026", "format": "docx"} | more
        response = self.client.get(f"{self.url}file/", asked)
        self.assertEqual(response.status_code, 200, response.content[:500])
        if folder := os.environ.get("KEEP_PAPERS"):
            Path(folder, f"{which}-{asked['layout']}-{len(response.content)}.docx").write_bytes(response.content)
        return response.content

    def test_the_notice_says_who_concluded_what_and_gives_each_task_once(self):
        word = self.paper("notice")
        lines = lines_of(word)
        text = "\n".join(lines)
        self.assertIn("THÔNG BÁO", lines)
        self.assertIn("để cho ý kiến về: Quy chế làm việc; Chương trình hành động.", text)
        self.assertIn("Sau khi nghe Trưởng Ban báo cáo và ý kiến thảo luận", text)
        order = (
            f"- Giao {self.department.name} chủ trì, phối hợp với {self.office.name} lập bảng so sánh;"
            " hoàn thành trước ngày 10/11/2026."
        )
        self.assertEqual(text.count(order), 1)
        self.assertEqual(text.lower().count("gửi lại dự thảo"), 1)
        self.assertNotIn("Việc đã thôi", text)
        self.assertIn("(Không phát sinh nhiệm vụ.)", lines)
        self.assertEqual(in_bold_italics(word), ["trước ngày 10/11/2026", "trước ngày 15/11/2026"])
        self.assertIn(f"- {self.department.name},", lines)
        self.assertNotIn(f"- {self.city.name},", lines)
        self.assertIn("Dự thảo", lines)

    def test_the_notice_names_as_attending_only_those_who_came(self):
        attending = f"Thành phần dự họp gồm: {self.city.name}."
        self.assertIn(attending, lines_of(self.paper("notice")))
        services.record_attendance(self.meeting, by=self.thu, states={self.unit_place.pk: "excused"})
        self.assertNotIn("Thành phần dự họp", "\n".join(lines_of(self.paper("notice"))))

    def test_a_guest_is_named_with_the_post(self):
        guest = services.invite(self.meeting, by=self.thu, guest="Nguyễn Văn A; Vụ trưởng, Ban Tổ chức Trung ương")
        services.record_attendance(self.meeting, by=self.thu, states={guest.pk: "present"})
        named = f"{self.city.name}; Nguyễn Văn A (Vụ trưởng, Ban Tổ chức Trung ương)."
        self.assertIn(f"Thành phần dự họp gồm: {named}", lines_of(self.paper("notice")))
        self.assertIn(f"- Có mặt (2): {named}", lines_of(self.paper("minutes")))

    def test_a_signed_notice_has_its_number_and_a_further_one_names_it(self):
        self.sign_notice(self.conclusion.notice, symbol="07-TB/TU")
        more = services.add_conclusion(self.meeting, by=self.thu, text="Bổ sung phụ lục.", gives_no_task=True)
        first, second = (lines_of(self.paper("notice", notice=row.pk)) for row in (self.conclusion.notice, more.notice))
        self.assertIn("Số 07-TB/TU", first)
        self.assertNotIn("Dự thảo", first)
        self.assertNotIn("4. Bổ sung phụ lục.", first)
        self.assertIn("4. Bổ sung phụ lục.", second)
        self.assertTrue(any("bổ sung Thông báo số 07-TB/TU" in line for line in second))
        minutes = lines_of(self.paper("minutes", notice=more.notice.pk))
        self.assertIn("BIÊN BẢN BỔ SUNG", minutes)
        self.assertNotIn("1. Lập bảng so sánh quy chế cũ với dự thảo.", minutes)

    def test_what_a_signed_notice_says_does_not_change_with_its_tasks(self):
        dropped = self.make_assignment(task="Rà soát thẩm quyền", due_on=dt.date(2026, 11, 20))
        notice = self.sign_notice(self.conclusion.notice, symbol="07-TB/TU")
        signed = lines_of(self.paper("notice", notice=notice.pk))
        asked = following.ask_for_time(
            self.assignment, by=self.lan, due_on=dt.date(2026, 12, 6), limit="by", reason="Chờ ý kiến"
        )
        following.grant(asked, by=self.chi)
        following.reassign(
            self.assignment, by=self.thu, lead_unit=self.city, supporting_units=[], people=[], reason="Đúng thẩm quyền"
        )
        services.move_assignment(dropped, by=self.thu, state="cancelled", note="Thôi")
        self.assertEqual(lines_of(self.paper("notice", notice=notice.pk)), signed)
        self.assertIn("chậm nhất ngày 06/12/2026", "\n".join(lines_of(self.paper("register"))))

    def test_conclusions_stay_those_of_the_chair_who_signed_them(self):
        self.sign_notice()
        papers = [lines_of(self.paper(which)) for which in ("notice", "minutes")]
        boss = make_user("quantri", is_superuser=True)
        handover.hand_over_person(self.chi, to=make_user("moi"), by=boss, reason="Nghỉ hưu")
        self.assertEqual([lines_of(self.paper(which)) for which in ("notice", "minutes")], papers)

    def test_what_is_not_signed_yet_says_how_its_tasks_stand(self):
        following.reassign(
            self.assignment, by=self.thu, lead_unit=self.city, supporting_units=[], people=[], reason="Đúng thẩm quyền"
        )
        self.assertIn(
            f"- Giao {self.city.name} lập bảng so sánh; hoàn thành trước ngày 10/11/2026.",
            lines_of(self.paper("notice")),
        )

    def test_the_minutes_say_when_where_who_and_what_and_are_signed_by_two(self):
        for layout, keeper, chair in (
            (Profile.PARTY_2026, "NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ"),
            (Profile.PARTY_2018, "NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ"),
            (Profile.STATE, "THƯ KÝ", "CHỦ TỌA"),
        ):
            with self.subTest(layout):
                lines = lines_of(self.paper("minutes", layout=layout.value))
                for words in (
                    "BIÊN BẢN", "Thời gian bắt đầu: 14 giờ 00, ngày 05/11/2026.", "Địa điểm: Phòng họp số 1.",
                    f"- Có mặt (1): {self.city.name}.", "1. Quy chế làm việc (Trưởng Ban trình bày).",
                    "3. Nhất trí với tờ trình.", "Cuộc họp kết thúc vào 16 giờ 30, ngày 05/11/2026.", keeper, chair,
                    str(self.thu), str(self.chi),
                ):  # fmt: skip
                    self.assertIn(words, lines)
                self.assertTrue(any(line.startswith("- Vắng có lý do (1): đồng chí") for line in lines))

    def test_the_minutes_say_who_spoke_and_how_it_was_voted(self):
        item = leading.begin(self.meeting.agenda.first(), by=self.thu)
        speaking.ask(self.meeting, by=self.thu, name="Đồng chí Đại")
        speaking.call_next(self.meeting, by=self.thu)
        speaking.ask(self.meeting, by=self.thu, name="Chưa được nói")
        poll = polling.open_poll(self.meeting, by=self.thu, question="Thông qua?")
        self.assertNotIn("Thông qua", "".join(lines_of(self.paper("minutes"))))
        polling.close(poll, by=self.thu, hands=(1, 0, 0))
        lines = lines_of(self.paper("minutes"))
        self.assertIn("- Ý kiến phát biểu: Đồng chí Đại.", lines)
        voted = "- Biểu quyết “Thông qua”: có mặt 1; nhất trí 1, không nhất trí 0, ý kiến khác 0."
        self.assertEqual(lines.index(voted), lines.index(f"1. {item.title} (Trưởng Ban trình bày).") + 2)

    def test_the_table_of_opinions_covers_every_draft_the_person_consolidates(self):
        other, hidden = (make_document(by=self.lan, title=title) for title in ("Quy chế hai", "Canary13"))
        drafts.give_seat(other, by=self.lan, role=Seat.Role.SECRETARY, user=self.thu)
        for draft in (other, hidden):
            services.add_agenda_item(self.meeting, by=self.thu, title="Mục", document=draft)
            self.say(drafts.issue_edition(draft, by=self.lan), self.lan, f"Ý kiến về {draft.title}.")
        self.say(self.edition, self.minh, "Ý kiến thứ nhất.")
        word = self.paper("opinions")
        rows = [
            row.cells[0].text for row in max(docx.Document(io.BytesIO(word)).tables, key=lambda t: len(t.rows)).rows
        ]
        self.assertEqual(
            [row for row in rows if row in (self.document.title, "Quy chế hai")], [self.document.title, "Quy chế hai"]
        )
        text = "\n".join(lines_of(word))
        for words in ("Ý kiến thứ nhất.", "Ý kiến về Quy chế hai.", "2. Quy chế hai: 1 ý kiến (chưa trả lời: 1)."):
            self.assertIn(words, text)
        self.assertNotIn("Canary13", text)
        self.sign_in(self.dai)
        self.assertNotContains(self.client.get(self.url), 'value="opinions"')

    def test_the_register_has_a_row_for_each_task_with_its_deadline_and_progress(self):
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Đã lập bảng")
        word = self.paper("register")
        rows = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(word)).tables[-1].rows]
        self.assertEqual(rows[0][1:3], ["Nhiệm vụ", "Căn cứ"])
        self.assertEqual([row[1] for row in rows[1:]], ["Lập bảng so sánh", "Gửi lại dự thảo"])
        self.assertEqual(rows[1][5], "trước ngày 10/11/2026")
        self.assertIn("Đã lập bảng", rows[1][7])

    def test_the_register_gives_a_report_to_those_who_deal_with_the_task_only(self):
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Đã lập bảng")
        services.invite(self.meeting, by=self.thu, user=self.lan)
        deals_with_it = {self.thu, self.chi, self.lan}
        for user in (*deals_with_it, self.dai, self.minh):
            self.sign_in(user)
            said = "\n".join(lines_of(self.paper("register")))
            self.assertIn("Đã báo cáo", said)
            self.assertEqual("Đã lập bảng" in said, user in deals_with_it, user)

    def test_as_pdf_too_and_what_does_not_exist_is_refused(self):
        with (
            mock.patch("drafts.pdf.can_make_pdf", return_value=True),
            mock.patch("drafts.pdf.as_pdf", return_value=b"%PDF") as made,
        ):
            self.assertEqual(self.paper("notice", format="pdf"), b"%PDF")
        self.assertIn("THÔNG BÁO", lines_of(made.call_args[0][0]))
        for wrong in ({"which": "letter"}, {"layout": "mine"}, {"format": "exe"}):
            asked = {"which": "notice", "layout": "state", "format": "docx"} | wrong
            self.assertEqual(self.client.get(f"{self.url}file/", asked).status_code, 422)

    def test_a_meeting_without_conclusions_has_its_papers_too(self):
        meeting = services.convene(by=self.thu, title="UBND họp", starts_at=self.meeting.starts_at, chair=self.chi)
        self.url = f"/meetings/{meeting.pk}/record/"
        for which in ("notice", "minutes", "register"):
            self.assertIn("UBND họp", "\n".join(lines_of(self.paper(which))))

    def test_a_meeting_that_is_called_by_what_is_done_is_named_as_a_meeting(self):
        calling.rearrange(self.meeting, by=self.thu, title="Họp thẩm định Quy chế")
        notice, minutes = lines_of(self.paper("notice")), lines_of(self.paper("minutes"))
        self.assertIn("tại cuộc họp thẩm định Quy chế", notice)
        self.assertTrue(any("chủ trì cuộc họp thẩm định Quy chế" in line for line in notice))
        self.assertIn("họp thẩm định Quy chế", minutes)
        register = "\n".join(lines_of(self.paper("register")))
        self.assertIn("thực hiện kết luận tại cuộc họp thẩm định Quy chế", register)

    def test_the_title_of_a_draft_stays_with_those_who_sit_on_it(self):
        secret = make_document(by=self.lan, title=SECRET_TITLE)
        drafts.give_seat(secret, by=self.lan, role=Seat.Role.READER, user=self.thu)
        services.add_agenda_item(self.meeting, by=self.thu, title="Việc khác", document=secret)
        self.conclusion.documents.add(secret)
        self.sign_in(self.dai)
        for which in ("notice", "minutes", "register"):
            self.assertNotIn(SECRET_TITLE, "\n".join(lines_of(self.paper(which))))

    def test_the_queries_do_not_follow_the_length(self):
        services.move_assignment(self.assignment, by=self.lan, state="reported", note="Đã lập bảng")
        for asked, queries in (("notice", 13), ("minutes", 15), ("register", 12)):
            with self.subTest(asked):
                self.paper(asked)
                with self.assertNumQueries(queries):
                    self.paper(asked)
        self.sign_notice()
        with self.assertNumQueries(15):
            self.paper("notice")

    def test_the_six_questions(self):
        self.assertContains(self.client.get(self.url), 'name="which"')
        self.assertEqual(self.client.post(self.url).status_code, 405)
        for user, status in ((self.dai, 200), (self.hoa, 404), (self.lan, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)
