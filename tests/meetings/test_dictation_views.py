"""From words to assignments: read, corrected, recorded in one act; nothing doubtful passes for certain."""

import datetime as dt

from django.test import SimpleTestCase

from accounts.models import Unit
from drafts import services as drafts
from drafts.models import Operation
from meetings import services
from meetings.dictation import KnownUnit
from meetings.models import Assignment, Conclusion, SpecialDay
from meetings.spoken import take_apart
from tests.meetings.cast import MeetingTestCase
from tests.people import make_document

SAID = """1. Thống nhất nội dung dự thảo.
2. Giao Ban Tổ chức chủ trì, phối hợp với Văn phòng hoàn thiện dự thảo trước ngày 10/11.
3. Giao Sở Nội vụ báo cáo.
4. Giao Văn phòng:
- Gửi lại các cơ quan chậm nhất ngày 15/12;
- Trình Thường trực trước 17 giờ ngày 20/12."""


class SpokenTests(SimpleTestCase):
    def read(self, text):
        units = [KnownUnit(1, "Ban Tổ chức Tỉnh ủy", "Ban Tổ chức"), KnownUnit(2, "Văn phòng Tỉnh ủy", "Văn phòng")]
        return take_apart(text, meeting=dt.date(2026, 11, 5), units=units)

    def test_numbers_divide_the_points_and_items_stay_under_theirs(self):
        spoken = self.read(SAID)
        self.assertEqual([point.split(" ")[0] for point in spoken.points], ["Thống", "Giao", "Giao", "Giao"])
        self.assertEqual([task.point for task in spoken.tasks], [1, 2, 3, 3])

    def test_without_numbers_each_paragraph_is_a_point(self):
        points = self.read("Nhất trí.\n\nGiao Văn phòng:\n- gửi lại;\n- tổng hợp.\nHết.").points
        self.assertEqual(points, ("Nhất trí.", "Giao Văn phòng:\n- gửi lại;\n- tổng hợp.", "Hết."))

    def test_a_part_of_nothing_is_nothing(self):
        self.assertEqual(self.read("").points, ())
        self.assertEqual(self.read("2026 là năm đầu nhiệm kỳ.").points, ("2026 là năm đầu nhiệm kỳ.",))

    def test_every_word_of_a_statement_is_there_and_the_telling_ones_are_apart(self):
        task = self.read(SAID).tasks[0]
        self.assertEqual("".join(piece.words for piece in task.pieces), SAID.splitlines()[1][3:])
        parts = {piece.part: piece.words for piece in task.pieces if piece.part}
        self.assertEqual(parts, {"lead": "Ban Tổ chức", "support": "Văn phòng", "due": "trước ngày 10/11"})
        named_above = self.read(SAID).tasks[2].pieces
        self.assertEqual([named_above[0].words, named_above[0].part], ["Văn phòng", "lead"])


class DictationTests(MeetingTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for unit, name in ((cls.department, "Ban Tổ chức"), (cls.office, "Văn phòng")):
            Unit.objects.filter(pk=unit.pk).update(name=name, short_name="")

    def setUp(self):
        self.url = f"/meetings/{self.meeting.pk}/conclusions/dictation/"
        self.sign_in(self.thu)

    def test_working_days_are_counted_with_the_table_of_the_year(self):
        said, days = "Giao Văn phòng gửi báo cáo trong 10 ngày làm việc kể từ ngày họp.", []
        for occasion in ("Nghỉ bù", ""):
            days.append(self.read(said).context["dictation"].tasks[0][0]["due_on"].value())
            if occasion:
                SpecialDay.objects.create(day=dt.date(2026, 11, 10), name=occasion)
        self.assertEqual(days, [dt.date(2026, 11, 19), dt.date(2026, 11, 20)])

    def read(self, text=SAID):
        return self.client.post(self.url, {"text": text, "read": "1"})

    def as_shown(self, response, **changed):
        """What a browser sends back for the page."""
        dictation = response.context["dictation"]
        data = {"text": dictation.text, "as_read": dictation.text, "record": "1"}
        for form in [*dictation.points, *(form for form, _task, _doubts in dictation.tasks)]:
            for field in form:
                value = field.value()
                if value is None or value is False or value == []:
                    continue
                data[field.html_name] = (
                    value.strftime("%d/%m/%Y")
                    if isinstance(value, dt.date)
                    else str(value)
                    if isinstance(value, dt.time)
                    else value
                )
        return {name: value for name, value in (data | changed).items() if value is not None}

    def test_what_is_read_is_shown_with_its_words_marked_and_nothing_is_recorded(self):
        before = Conclusion.objects.count()
        response = self.read()
        self.assertContains(response, '<mark title="Đơn vị chủ trì">Ban Tổ chức</mark>', html=True)
        self.assertContains(response, "trước ngày 10/11</mark>")
        self.assertContains(response, "“Sở Nội vụ”")
        self.assertContains(response, "Cần xem lại")
        self.assertEqual(Conclusion.objects.count(), before)

    def test_confirming_writes_all_in_one_act_and_once(self):
        shown = self.read()
        data = self.as_shown(shown, **{"task-1-keep": None, "point-0-gives_no_task": "on"})
        for _again in range(2):
            response = self.client.post(self.url, data)
            self.assertRedirects(response, f"/meetings/{self.meeting.pk}/conclusions/")
        conclusions = list(Conclusion.objects.filter(number__gt=1))
        self.assertEqual(
            [(one.number, one.gives_no_task) for one in conclusions], [(2, True), (3, False), (4, False), (5, False)]
        )
        first, hour = conclusions[1].assignments.get(), conclusions[3].assignments.order_by("pk")[1]
        self.assertEqual(
            (first.lead_unit, first.due_on, first.limit, first.last_day),
            (self.department, dt.date(2026, 11, 10), "before", dt.date(2026, 11, 9)),
        )
        self.assertEqual(list(first.supporting_units.all()), [self.office])
        self.assertEqual((hour.last_day, hour.limit, hour.due_time), (dt.date(2026, 12, 20), "by", dt.time(17)))
        self.assertEqual(first.document, self.document)
        self.assertEqual(list(conclusions[1].documents.all()), [self.document])
        operations = Operation.objects.filter(kind="concluded", by=self.thu).order_by("-pk")
        self.assertEqual(Assignment.history.filter(operation=operations[0]).count(), 3)

    def test_cited_articles_are_proposed_with_their_words_and_linked_once_confirmed(self):
        said = "1. Giao Ban Tổ chức sửa khoản 2 Điều 1 và Điều 99 trước ngày 10/11.\n2. Xem lại Điều 2."
        shown = self.read(said)
        self.assertContains(shown, '<mark title="Vị trí trong dự thảo">khoản 2 Điều 1</mark>', html=True)
        self.assertContains(shown, "“Điều 99”: dự thảo đang xem xét không có chỗ này.")
        first, second = [point["articles"].value() for point in shown.context["dictation"].points]
        self.assertEqual(first, [f"{self.document.pk}-{self.article_1.wid}"])
        self.assertEqual(second, [f"{self.document.pk}-{self.article_2.wid}"])
        data = self.as_shown(shown, **{"point-1-articles": None, "point-1-documents": None})
        for strange in ("x", f"{self.document.pk}-{self.article_2.wid}"):  # not read from the words of this point
            refused = self.client.post(self.url, data | {"point-0-articles": strange})
            self.assertEqual(refused.status_code, 422)
        self.client.post(self.url, data)
        conclusions = Conclusion.objects.filter(number__gt=1)
        self.assertEqual([list(one.articles.all()) for one in conclusions], [[self.article_1], []])
        self.assertEqual([list(one.documents.all()) for one in conclusions], [[self.document], []])

    def test_of_several_drafts_none_is_guessed(self):
        other = make_document(by=self.thu, title="Quy chế khác")
        drafts.issue_edition(other, by=self.thu)
        services.add_agenda_item(self.meeting, by=self.thu, document=other)
        shown = self.read("Giao Văn phòng sửa Điều 1 trước ngày 10/11.")
        (point,) = shown.context["dictation"].points
        self.assertEqual((point["articles"].value(), point["documents"].value()), ([], []))
        self.assertEqual(len(point.fields["articles"].choices), 2)
        self.assertContains(shown, "“Điều 1”: chưa nói rõ của dự thảo nào.")
        (named,) = self.read("Sửa Điều 1 Quy chế khác.").context["dictation"].points
        self.assertEqual(named["documents"].value(), [other.pk])
        chosen = f"{other.pk}-{other.provisions.get(kind='article', number='1').wid}"
        self.client.post(self.url, self.as_shown(shown, **{"point-0-articles": chosen}))
        written = Conclusion.objects.latest("pk")
        self.assertEqual([one.document for one in written.articles.all()], [other])
        self.assertEqual([list(written.documents.all()), written.assignments.get().document], [[other], other])

    def test_what_is_missing_or_contradicts_is_refused_and_nothing_is_lost(self):
        shown = self.read()
        before = Conclusion.objects.count()
        for changed, words in (
            ({}, "Chọn đơn vị chủ trì"),
            ({"task-1-lead_unit": self.city.pk}, "Ghi thời hạn."),
            ({"task-1-keep": None, "task-0-due_on": "hôm nào đó"}, "hôm nào đó"),
            ({"task-1-keep": None, "point-1-keep": None}, "không được ghi"),
            ({"task-1-keep": None, "point-1-gives_no_task": "on"}, "Ý này ghi là không phát sinh"),
            ({"task-1-keep": None, "text": f"{SAID} Thêm."}, "Đọc lại"),
            (
                {f"point-{place}-keep": None for place in range(4)} | {f"task-{n}-keep": None for n in range(4)},
                "ít nhất",
            ),
        ):
            with self.subTest(changed):
                changed = {"task-0-task": "Chữ tôi đã sửa"} | changed
                response = self.client.post(self.url, self.as_shown(shown, **changed))
                self.assertContains(response, words, status_code=422)
                self.assertContains(response, "Chữ tôi đã sửa", status_code=422)
        self.assertEqual(Conclusion.objects.count(), before)

    def test_the_queries_do_not_follow_the_tasks(self):
        self.read()
        with self.assertNumQueries(7):
            self.read("Giao Văn phòng báo cáo trước ngày 10/12.")
        with self.assertNumQueries(7):
            self.read("\n".join(f"Giao Văn phòng báo cáo việc {n} trước ngày 10/12." for n in range(20)))
        self.read("Giao Văn phòng sửa Điều 1 trước ngày 10/12.")  # an edition's text is kept once it was read
        for count in (1, 20):
            with self.assertNumQueries(9):  # the editions on the table and their provisions
                self.read("\n".join(f"Giao Văn phòng sửa Điều {1 + n % 2} trước ngày 10/12." for n in range(count)))

    def test_the_six_questions(self):
        self.assertContains(self.client.get(self.url), "<textarea")
        self.assertEqual(self.read(" ").status_code, 422)
        self.assertEqual(self.client.put(self.url).status_code, 405)
        for user, status in ((self.dai, 403), (self.hoa, 404)):
            self.sign_in(user)
            self.assertEqual((self.client.get(self.url).status_code, self.read().status_code), (status, status))
        self.client.logout()
        self.assertEqual(self.read().status_code, 302)
