"""The history of a whole draft, the text as it stood, and what changed between two moments."""

import datetime as dt

from django.utils import timezone

from drafts import diary, photographs, services
from drafts.arranging import Where
from drafts.moments import moment_of, text_after
from drafts.restructuring import Merging, Moving, Removal, Splitting
from drafts.timeline import deeds
from drafts.undoing import undo_operation
from tests.drafts.test_structure_pages import PageCase


class DeedTests(PageCase):
    def told(self, operation):
        (deed,) = deeds([operation])
        return {effect.value: count for effect, count in deed.counts}

    def test_an_insertion_is_one_new_and_the_others_renumbered(self):
        self.assertEqual(self.told(self.insert()), {"inserted": 1, "reworded": 3, "renumbered": 3})

    def test_a_move_is_a_move_and_not_an_article_gone_and_another_come(self):
        told = self.told(self.act(Moving(self.a1.wid, self.a4.wid, Where.AFTER)))
        self.assertEqual(told, {"moved": 1, "renumbered": 4, "reworded": 3})

    def test_a_chapter_moves_its_articles_travel(self):
        told = self.told(self.act(Moving(self.two.wid, self.one.wid, Where.BEFORE)))
        self.assertEqual((told["moved"], told["renumbered"]), (1, 6))

    def test_a_split_and_a_merge_name_both_articles(self):
        split = self.act(Splitting(self.a1.wid, 1, "Hai khoản"))
        (deed,) = deeds([split])
        self.assertEqual([touch.row.label for touch in deed.main], ["Điều 1", "Điều 2"])
        merged = self.act(Merging(self.a1.wid, "Một"))
        (deed,) = deeds([merged])
        self.assertEqual([touch.row.label for touch in deed.main], ["Điều 1", "Điều 2"])
        page = self.client.get(self.url("timeline"))
        self.assertContains(page, "1 gộp vào điều trước")
        self.assertNotContains(page, "1 bị bỏ")

    def test_removing_and_undoing(self):
        operation = self.act(Removal(self.a4.wid))
        self.assertEqual(self.told(operation), {"removed": 1})
        self.assertEqual(self.told(undo_operation(operation, by=self.lan)), {"reinstated": 1})
        (deed,) = deeds([operation])
        self.assertEqual((deed.undone_by.by, deed.is_undoable), (self.lan, False))

    def test_undoing_an_undoing_does_it_again_and_so_on(self):
        act = self.act(Removal(self.a4.wid))
        undone = undo_operation(act, by=self.lan)
        again = undo_operation(undone, by=self.lan)
        undone_again = undo_operation(again, by=self.lan)
        taken_back = [one.taken_back for one in (undone, again, undone_again)]
        self.assertEqual(taken_back, [(act, False), (act, True), (act, False)])
        self.client.force_login(self.lan)
        page = self.client.get(self.url("timeline"))
        self.assertContains(page, "làm lại: bỏ khỏi văn bản", 1)
        self.assertContains(page, "hoàn tác: bỏ khỏi văn bản", 2)
        self.assertNotContains(page, "hoàn tác: hoàn tác")

    def test_the_queries_do_not_grow(self):
        for _ in range(3):
            self.insert()
        inserted = self.draft.operations.filter(kind="inserted")
        with self.assertNumQueries(4):
            deeds(inserted[:1])
        with self.assertNumQueries(4):
            deeds(inserted)


class TimelineTests(PageCase):
    def test_who_when_why_and_what(self):
        self.insert(reason="Theo kết luận")
        self.client.force_login(self.thu)
        response = self.client.get(self.url("timeline"))
        self.assertContains(response, "Theo kết luận")
        self.assertContains(response, "Điều 2")
        self.assertNotContains(response, "/undoing/")
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url("timeline")), "/undoing/")

    def test_a_recall_names_the_edition(self):
        edition = services.issue_edition(self.draft, by=self.lan)
        services.recall_edition(edition, by=self.lan, reason="Nhầm")
        self.client.force_login(self.lan)
        self.assertContains(self.client.get(self.url("timeline"), {"kind": "recalled"}), f": {edition.label}")

    def test_filters(self):
        self.insert()
        services.revise_article(self.a1, by=self.thu, base_version=1, heading="Một", text="1. Khác.", reason="Rõ")
        address = self.url("timeline")

        def kinds(**asked):
            return [deed.operation.kind for deed in self.client.get(address, asked).context["deeds"]]

        self.assertEqual(kinds(who=self.thu.pk), ["revised"])
        self.assertEqual(kinds(kind="inserted"), ["inserted"])
        self.assertEqual(kinds(article=self.a1.wid), ["revised", "imported"])
        self.assertEqual(kinds(who="x", article="y")[0], "revised")

    def test_pages_go_on_by_key(self):
        for number in range(1, 31):
            services.revise_article(
                self.a4, by=self.lan, base_version=number, heading="Bốn", text=f"Lần {number}.", reason=""
            )
        address = self.url("timeline")
        first = self.client.get(address, {"kind": "revised"})
        self.assertEqual(len(first.context["deeds"]), 25)
        self.assertContains(first, f"kind=revised&amp;before={first.context['older']}")
        second = self.client.get(address, {"kind": "revised", "before": first.context["older"]})
        self.assertEqual((len(second.context["deeds"]), second.context["older"]), (5, None))

    def test_the_queries_do_not_grow_with_the_acts(self):
        self.insert()
        self.client.get(self.url("timeline"))
        with self.assertNumQueries(12):
            self.client.get(self.url("timeline"))
        for _ in range(6):
            self.insert()
        with self.assertNumQueries(12):
            self.client.get(self.url("timeline"))

    def test_others_are_refused(self):
        self.assertEqual(self.client.post(self.url("timeline")).status_code, 405)
        self.assertRefused("get", self.url("timeline"), editors=(403, 200, 200))


class MomentTests(PageCase):
    def test_the_text_after_any_act(self):
        texts = []
        operations = [self.draft.operations.first()]
        texts.append(self.text)
        for act in (Moving(self.a1.wid, self.a4.wid, Where.AFTER), Removal(self.a3.wid)):
            operations.append(self.act(act))
            texts.append(self.text)
        services.describe_document(self.draft, by=self.lan, title="Tên khác")
        for operation, text in zip(operations, texts, strict=True):
            self.assertEqual(text_after(self.draft, operation), text)

    def test_the_page_reads_whole(self):
        operation = self.draft.operations.order_by("pk").first()
        self.act(Removal(self.a1.wid))
        response = self.client.get(self.url("moment", operation.pk))
        self.assertContains(response, "Phân công rõ người.")
        with self.assertNumQueries(8):
            self.client.get(self.url("moment", operation.pk))

    def test_any_time_leads_to_the_act_before_it(self):
        with diary.dated(timezone.now() + dt.timedelta(hours=2)):
            operation = self.act(Removal(self.a1.wid))
        later = timezone.localtime(operation.at)
        address = self.url("timeline")
        response = self.client.get(address, {"at": later.strftime("%Y-%m-%dT%H:%M")})
        self.assertRedirects(response, self.url("moment", operation.pk))
        earlier = (later - dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
        self.assertNotEqual(self.client.get(address, {"at": earlier})["Location"], self.url("moment", operation.pk))
        for impossible in ("1999-01-01T00:00", "2026-13-45T00:00", "x"):
            page = self.client.get(address, {"at": impossible}, follow=True)
            self.assertRedirects(page, address)
            self.assertContains(page, "Lúc đó chưa có dự thảo này")

    def test_others_are_refused(self):
        address = self.url("moment", self.draft.operations.first().pk)
        self.assertEqual(self.client.post(address).status_code, 405)
        self.assertEqual(self.client.get(self.url("moment", self.document.operations.first().pk)).status_code, 404)
        self.assertRefused("get", address, editors=(403, 200, 200))


class ChangesTests(PageCase):
    def test_editions_acts_and_now(self):
        services.issue_edition(self.draft, by=self.lan)
        operation = self.act(Moving(self.a1.wid, self.a4.wid, Where.AFTER))
        services.revise_article(self.a3, by=self.lan, base_version=2, heading="Ba", text="1. Viết lại.", reason="")
        response = self.client.get(self.url("changes"), {"from": "edition-1", "to": "now"})
        self.assertEqual(response.context["two"].counts, {"amended": 1, "moved": 1, "cited": 2})
        self.assertContains(response, "Viết lại.</ins>")
        act = self.client.get(self.url("changes"), {"from": f"act-{operation.pk}", "to": "now"})
        self.assertEqual(act.context["two"].counts, {"kept": 3, "amended": 1})

    def test_moments_are_named(self):
        edition = services.issue_edition(self.draft, by=self.lan)
        self.assertEqual(moment_of(self.draft, "edition-1").text, photographs.edition_text(edition))
        for name in ("edition-9", "act-999999999", "x", "act-x", "act-", ""):
            self.assertIsNone(moment_of(self.draft, name))
        self.assertEqual(self.client.get(self.url("changes"), {"from": "edition-9"}).status_code, 404)

    def test_nothing_changed_is_said(self):
        response = self.client.get(self.url("changes"))
        self.assertTrue(response.context["two"].are_the_same)
        self.assertContains(response, "Không thay đổi")

    def test_the_queries_are_few(self):
        services.issue_edition(self.draft, by=self.lan)
        self.client.get(self.url("changes"))
        with self.assertNumQueries(7):
            self.client.get(self.url("changes"), {"from": "edition-1", "to": "now"})

    def test_others_are_refused(self):
        self.assertEqual(self.client.post(self.url("changes")).status_code, 405)
        self.assertRefused("get", self.url("changes"), editors=(403, 200, 200))
