"""What a spoken conclusion cites: the right place of the right draft, or said to be unsure; never guessed."""

import uuid

from django.test import SimpleTestCase

from drafts.texts import Sheet, Text
from meetings.citing import KnownDraft, Unsure, read_citations

COMMITTEE, INSPECTION, PROGRAMME = 1, 2, 3


def known(key, title, articles):
    """Every article has two clauses, the second with a point a."""
    body = "1. Một.\n2. Hai:\na) Điểm a."
    sheets = [
        Sheet(number, uuid.uuid4(), "article", str(number), f"Điều {number}", "Tên", body, None)
        for number in range(1, articles + 1)
    ]
    return KnownDraft(key, title, Text(title, tuple(sheets)))


DRAFTS = [
    known(COMMITTEE, "Quy chế làm việc của Tỉnh ủy, nhiệm kỳ 2025 - 2030", 40),
    known(INSPECTION, "Quy chế làm việc của Ủy ban Kiểm tra Tỉnh ủy, nhiệm kỳ 2025 - 2030", 12),
    known(PROGRAMME, "Chương trình hành động thực hiện Nghị quyết Đại hội, nhiệm kỳ 2025 - 2030", 0),
]

# Words and what is proposed for certain: of which draft, which articles.
SURE = {
    "Sửa Điều 12 Quy chế làm việc của Tỉnh ủy.": (COMMITTEE, "12"),
    "Sửa khoản 2 Điều 5 dự thảo Quy chế làm việc của Ủy ban Kiểm tra Tỉnh ủy.": (INSPECTION, "5"),
    "Rà soát điểm a khoản 2 Điều 7 của dự thảo Quy chế làm việc của Tỉnh uỷ trước ngày 10/11.": (COMMITTEE, "7"),
    "Giao Ban Tổ chức sửa Điều 12 dự thảo quy chế làm việc của Tỉnh ủy, báo cáo trước ngày 10/11.": (COMMITTEE, "12"),
    "Viết lại các Điều 5, 6 và 7 Quy chế Ủy ban Kiểm tra.": (INSPECTION, "5 6 7"),
    "Viết lại từ Điều 5 đến Điều 8 Quy chế làm việc của Tỉnh ủy.": (COMMITTEE, "5 6 7 8"),
    "Viết lại Điều 9 và Điều 11 Quy chế làm việc của Tỉnh ủy.": (COMMITTEE, "9 11"),
    "Sửa Điều 3 Quy chế làm việc của Tỉnh ủy, nhiệm kỳ 2025 - 2030.": (COMMITTEE, "3"),
    "Về dự thảo Quy chế làm việc của Tỉnh ủy: quy định rõ chủ thể tại Điều 1.": (COMMITTEE, "1"),
    "Về dự thảo Quy chế làm việc của Ủy ban Kiểm tra Tỉnh ủy. Sắp xếp lại. Sửa Điều 4.": (INSPECTION, "4"),
    "Tại dự thảo Quy chế làm việc của Ủy ban Kiểm tra Tỉnh ủy, khoản 1 Điều 2 cần gọn hơn.": (INSPECTION, "2"),
}
# Words, why they are not certain, and the drafts that are offered to choose from.
UNSURE = {
    "Sửa Điều 5.": (Unsure.DRAFT, {COMMITTEE, INSPECTION}),
    "Sửa Điều 5 dự thảo Quy chế.": (Unsure.DRAFT, {COMMITTEE, INSPECTION}),
    "Sửa Điều 5 dự thảo Quy chế làm việc, trình lại.": (Unsure.DRAFT, {COMMITTEE, INSPECTION}),
    "Sửa Điều 5 Quy chế này.": (Unsure.DRAFT, {COMMITTEE, INSPECTION}),
    "Sửa Điều 38.": (Unsure.DRAFT, {COMMITTEE}),  # only one draft has so many, but nobody said so
    "Sửa Điều 99 Quy chế làm việc của Tỉnh ủy.": (Unsure.ARTICLE, set()),
    "Sửa khoản 9 Điều 5 Quy chế làm việc của Tỉnh ủy.": (Unsure.CLAUSE, {COMMITTEE}),
    "Quy chế làm việc của Tỉnh ủy và Quy chế Ủy ban Kiểm tra phải giống nhau tại Điều 3.": (
        Unsure.DRAFT,
        {COMMITTEE, INSPECTION},
    ),
    "Đối chiếu dự thảo Quy chế làm việc của Tỉnh ủy với Luật Quy hoạch, xem lại Điều 5.": (Unsure.OTHER, {COMMITTEE}),
}
OF_OTHERS = (
    "Căn cứ Điều 5 Luật Đất đai.",
    "Theo khoản 2 Điều 25 Điều lệ Đảng, giao Ban Tổ chức rà soát.",
    "So với Điều 7 Quy chế làm việc của Tỉnh ủy, nhiệm kỳ 2020 - 2025.",
    "Như Điều 7 Quy chế làm việc của Hội đồng nhân dân tỉnh.",
    "Như Điều 7 Quy chế làm việc hiện hành của Tỉnh ủy.",
    "Đồng chí nói: “Điều 5 phải sửa”.",
    "Giao Văn phòng tổng hợp trước ngày 10/11.",
)


class ReadingTests(SimpleTestCase):
    def read(self, text, drafts=DRAFTS):
        return read_citations(text, [(0, len(text))], drafts)

    def test_what_is_clear_is_proposed_with_the_words_it_came_from(self):
        for text, (draft, numbers) in SURE.items():
            with self.subTest(text):
                found = self.read(text)
                self.assertEqual([one.unsure for one in found], [None] * len(found))
                self.assertEqual([one.places[0].draft for one in found], [draft] * len(found))
                self.assertEqual([one.places[0].label for one in found], [f"Điều {n}" for n in numbers.split()])
                for one in found:
                    self.assertEqual(text[one.start : one.end], one.words)
                    self.assertIn("iều", one.words)

    def test_the_words_reach_to_the_end_of_the_drafts_name(self):
        (one,) = self.read("Sửa Điều 4 dự thảo Quy chế làm việc của Ủy ban Kiểm tra trước ngày 10/11.")
        self.assertEqual(one.words, "Điều 4 dự thảo Quy chế làm việc của Ủy ban Kiểm tra")
        first, last = self.read("Sửa Điều 9 và Điều 11 Quy chế làm việc của Tỉnh ủy.")
        self.assertEqual((first.words, last.words), ("Điều 9", "Điều 11 Quy chế làm việc của Tỉnh ủy"))

    def test_what_is_not_clear_says_why_and_chooses_nothing(self):
        for text, (why, drafts) in UNSURE.items():
            with self.subTest(text):
                (found,) = self.read(text)
                self.assertEqual((found.unsure, {place.draft for place in found.places}), (why, drafts))

    def test_what_is_of_another_text_is_nobodys_here(self):
        for text in OF_OTHERS:
            with self.subTest(text):
                self.assertEqual(self.read(text), [])

    def test_the_only_draft_of_the_meeting_need_not_be_named(self):
        found = self.read("Sửa Điều 5 và khoản 2 Điều 7 theo ý kiến hội nghị.", DRAFTS[:1])
        self.assertEqual([(one.places[0].label, one.unsure) for one in found], [("Điều 5", None), ("Điều 7", None)])
        (other,) = self.read("Theo Luật Tổ chức chính quyền địa phương, sửa Điều 5.", DRAFTS[:1])
        self.assertEqual((other.unsure, len(other.places)), (Unsure.OTHER, 1))
        self.assertEqual(self.read("Căn cứ Điều 5 Luật Đất đai.", DRAFTS[:1]), [])
        self.assertEqual(self.read("Sửa Điều 5.", []), [])

    def test_a_point_speaks_of_its_own_draft(self):
        text = "1. Quy chế làm việc của Tỉnh ủy: sửa Điều 1.\n2. Quy chế Ủy ban Kiểm tra: sửa Điều 2."
        cut = text.index("2. Quy")
        found = read_citations(text, [(0, cut), (cut, len(text))], DRAFTS)
        self.assertEqual([(one.places[0].draft, one.unsure) for one in found], [(COMMITTEE, None), (INSPECTION, None)])
