from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.errors import RuleBrokenError
from drafts import photographs, reimports, services, sources
from drafts.importing import Component, ImportedFile, Kind, Node, read_document
from drafts.importing.returning import fingerprint
from drafts.models import Operation, Provision, Reimport, Seat, SourceFile
from drafts.undoing import undo_operation
from tests.people import ARTICLE_1, ARTICLE_2, DraftTestCase, make_document

HEAD = "Chương I\nNHỮNG QUY ĐỊNH CHUNG\n"
FIRST = f"Điều 1. Phạm vi, đối tượng áp dụng\n{ARTICLE_1}\n"
SECOND = f"Điều 2. Nguyên tắc làm việc\n{ARTICLE_2}\n"
THIRD = "Điều 3. Chế độ họp\n1. Tổ họp mỗi tháng một lần.\n2. Họp bất thường khi cần.\n"
UNCHANGED = HEAD + FIRST + SECOND
EDITED = SECOND.replace("cá nhân phụ trách", "cá nhân chịu trách nhiệm")


class ReimportCase(DraftTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A process for each file would take longest here; reading apart has tests of its own.
        cls.enterClassContext(mock.patch("drafts.sources.read_apart", read_document))

    def setUp(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.DRAFTER, user=self.dai)
        self.client.force_login(self.lan)

    def offer(self, text, *, by=None, document=None):
        source = sources.keep(text.encode(), name="ban-moi.txt", by=by or self.lan)
        self.reimport = reimports.offer(document or self.document, source)
        return self.reimport

    def take_over(self, reason="Bản Word mới", **decided):
        reimports.decide(self.reimport, **({"taken": {}, "answers": {}, "reason": ""} | decided))
        self.reimport.refresh_from_db()
        seen = reimports.look(self.reimport).seen
        return reimports.take_over(self.reimport, by=self.lan, reason=reason, seen=seen)

    def colleague_saves(self, text, article=None):
        article = article or self.article_2
        services.revise_article(
            article, by=self.dai, base_version=article.version, heading=article.heading, text=text, reason="Cho rõ"
        )

    def numbers(self):
        return list(self.document.provisions.standing().filter(kind="article").values_list("number", flat=True))

    def positions(self):
        return list(self.document.provisions.order_by("position").values_list("position", flat=True))


class TakingOverTests(ReimportCase):
    def test_an_unchanged_file_records_nothing_but_is_kept_with_the_draft(self):
        self.offer(UNCHANGED)
        before = Operation.objects.count()
        self.assertIsNone(self.take_over())
        self.assertEqual(Operation.objects.count(), before)
        self.assertEqual(self.document.sources.get(), self.reimport.source)

    def test_one_operation_writes_every_change_and_its_history(self):
        self.offer(HEAD + FIRST + EDITED + THIRD)
        before = Operation.objects.count()
        operation = self.take_over()
        self.assertEqual(Operation.objects.count(), before + 1)
        self.assertEqual((operation.kind, operation.by, operation.reason), ("reimported", self.lan, "Bản Word mới"))
        self.article_2.refresh_from_db()
        self.assertEqual((self.article_2.version, self.numbers()), (2, ["1", "2", "3"]))
        self.assertIn("chịu trách nhiệm", self.article_2.text)
        entries = Provision.history.filter(operation=operation).values_list("number", "history_type", "version")
        self.assertEqual(set(entries), {("2", "~", 2), ("3", "+", 1)})
        new = self.document.provisions.get(number="3")
        self.assertEqual((new.parent, new.label), (self.article_1.parent, "Điều 3"))
        self.reimport.refresh_from_db()
        self.assertEqual(self.reimport.operation, operation)

    def test_a_removal_waits_for_its_tick_and_keeps_the_row(self):
        self.offer(HEAD + FIRST)
        self.assertIsNone(self.take_over())
        self.offer(HEAD + FIRST)
        (row,) = [row for row in reimports.look(self.reimport).plan.rows if row.fate == "dropped"]
        self.take_over(taken={row.key: True})
        self.article_2.refresh_from_db()
        self.assertTrue(self.article_2.is_removed)
        self.assertEqual(self.numbers(), ["1"])
        self.assertEqual(self.positions(), list(range(1, 4)))

    def test_renumbered_and_moved_provisions_stay_themselves(self):
        inserted = THIRD.replace("Điều 3", "Điều 1")
        renumbered = FIRST.replace("Điều 1", "Điều 2") + SECOND.replace("Điều 2", "Điều 3")
        self.offer(HEAD + inserted + renumbered)
        self.take_over()
        self.article_1.refresh_from_db()
        self.article_2.refresh_from_db()
        self.assertEqual((self.article_1.number, self.article_1.label, self.article_1.version), ("2", "Điều 2", 1))
        self.assertEqual((self.article_2.number, self.article_2.version), ("3", 1))
        self.assertEqual(self.numbers(), ["1", "2", "3"])
        self.assertEqual(self.positions(), list(range(1, 5)))

    def test_a_change_can_be_left_out(self):
        self.offer(HEAD + FIRST + EDITED + THIRD)
        row = next(row for row in reimports.look(self.reimport).plan.rows if row.fate == "amended")
        self.take_over(taken={row.key: False})
        self.article_2.refresh_from_db()
        self.assertEqual((self.article_2.text, self.numbers()), (ARTICLE_2, ["1", "2", "3"]))

    def test_what_a_colleague_saved_meanwhile_is_never_overwritten_unseen(self):
        self.offer(HEAD + FIRST + EDITED)
        seen = reimports.look(self.reimport).seen
        self.colleague_saves(ARTICLE_2.replace("gần nhất", "kế tiếp"))
        with self.assertRaises(reimports.StaleReimportError):
            reimports.take_over(self.reimport, by=self.lan, reason="r", seen=seen)
        look = reimports.look(self.reimport)
        self.assertFalse(look.plan.open_rows)
        reimports.take_over(self.reimport, by=self.lan, reason="r", seen=look.seen)
        self.article_2.refresh_from_db()
        self.assertEqual(self.article_2.version, 3)
        self.assertIn("chịu trách nhiệm", self.article_2.text)
        self.assertIn("kế tiếp", self.article_2.text)

    def test_a_contradiction_must_be_decided_first(self):
        self.offer(HEAD + FIRST + EDITED)
        self.colleague_saves(ARTICLE_2.replace("cá nhân phụ trách", "cá nhân đảm nhiệm"))
        with self.assertRaises(RuleBrokenError):
            self.take_over()
        (row,) = reimports.look(self.reimport).plan.open_rows
        answer = reimports.Answer(row.words.fingerprint, ("theirs",))
        self.take_over(answers={self.article_2.wid: answer})
        self.article_2.refresh_from_db()
        self.assertIn("đảm nhiệm", self.article_2.text)

    def test_a_file_made_from_an_edition_does_not_undo_what_came_since(self):
        self.colleague_saves("1. Viết lại hoàn toàn.\n2. Không còn chữ nào như trước.")
        self.offer(HEAD + FIRST.replace("nguyên tắc, chế độ", "phạm vi, nguyên tắc, chế độ") + SECOND)
        self.assertEqual(self.reimport.edition, self.edition)
        self.take_over()
        self.article_1.refresh_from_db()
        self.article_2.refresh_from_db()
        self.assertIn("phạm vi, nguyên tắc", self.article_1.text)
        self.assertIn("Viết lại hoàn toàn", self.article_2.text)

    def test_a_file_of_our_own_is_merged_with_what_stood_there_when_it_went_out(self):
        self.colleague_saves(ARTICLE_2.replace("gần nhất", "kế tiếp"))
        self.article_2.refresh_from_db()
        went_out = fingerprint(self.article_2.heading, self.article_2.text)
        mine = self.article_2.text.replace("cá nhân phụ trách", "cá nhân chịu trách nhiệm")
        self.colleague_saves(self.article_2.text.replace("kế tiếp", "tiếp theo"))
        nodes = [
            Node(
                Kind.ARTICLE, "2", self.article_2.heading, mine, None, 0, 1, "Điều 2", self.article_2.wid.hex, went_out
            )
        ]
        file = ImportedFile("ban-moi.docx", "docx", (Component("Quy chế", tuple(nodes)),))
        with mock.patch("drafts.sources.read_source", return_value=file):
            self.offer("Điều 2")
            self.take_over()
        self.article_2.refresh_from_db()
        self.assertIn("chịu trách nhiệm", self.article_2.text)
        self.assertIn("tiếp theo", self.article_2.text)

    def test_it_is_undone_as_the_one_act_it_was(self):
        before = photographs.working_text(self.document)
        inserted = THIRD.replace("Điều 3", "Điều 1")
        self.offer(HEAD + inserted + EDITED.replace("Điều 2.", "Điều 3."))
        (removal,) = [row for row in reimports.look(self.reimport).plan.rows if row.fate == "dropped"]
        operation = self.take_over(taken={removal.key: True})
        self.assertEqual(self.numbers(), ["1", "3"])
        undo_operation(operation, by=self.lan)
        self.assertEqual(photographs.working_text(self.document), before)
        self.assertEqual(self.positions(), list(range(1, 5)))

    def test_it_is_taken_over_once(self):
        self.offer(HEAD + FIRST + EDITED)
        seen = reimports.look(self.reimport).seen
        self.assertIsNotNone(self.take_over())
        with self.assertRaises(RuleBrokenError):
            reimports.take_over(self.reimport, by=self.lan, reason="r", seen=seen)
        self.assertEqual(Operation.objects.filter(kind="reimported").count(), 1)

    def test_once_an_edition_is_out_a_reason_is_required(self):
        self.offer(HEAD + FIRST + EDITED)
        with self.assertRaises(RuleBrokenError):
            self.take_over(reason=" ")
        other = make_document(by=self.lan)
        self.offer(HEAD + FIRST + EDITED, document=other)
        self.assertIsNotNone(self.take_over(reason=""))

    def test_nothing_is_half_written_when_it_breaks(self):
        self.offer(HEAD + FIRST + EDITED + THIRD)
        with mock.patch("drafts.diary.write", side_effect=RuntimeError), self.assertRaises(RuntimeError):
            self.take_over()
        self.article_2.refresh_from_db()
        self.assertEqual((self.article_2.version, self.numbers()), (1, ["1", "2"]))

    def test_an_unclaimed_version_is_dropped_with_its_file(self):
        self.offer(UNCHANGED)
        sources.drop(self.reimport.source)
        self.assertFalse(Reimport.objects.exists())


class PageTests(ReimportCase):
    def address(self, name="reimport"):
        return reverse(f"drafts:{name}", args=[self.document.pk, self.reimport.pk])

    def rows(self, response, fate):
        return [line for line in response.context["changing"] if line["row"].fate == fate]

    def sent(self, response, **more):
        """What the page's form sends as it stands."""
        changing = response.context["changing"]
        return {
            "seen": response.context["seen"],
            "base": response.context["base"],
            "row": [line["row"].key for line in changing],
            "take": [line["row"].key for line in changing if line["row"].is_taken],
            "reason": "Bản Word mới",
        } | more

    def test_a_file_is_uploaded_and_what_it_changes_is_shown(self):
        upload = reverse("drafts:reimports", args=[self.document.pk])
        self.assertEqual(self.client.get(upload).status_code, 200)
        file = SimpleUploadedFile("moi.txt", (HEAD + FIRST + EDITED + THIRD).encode())
        response = self.client.post(upload, {"file": file}, follow=True)
        self.assertEqual([line["row"].change.sheet.number for line in self.rows(response, "amended")], ["2"])
        self.assertContains(response, "<ins>chịu</ins>")
        self.assertEqual([line["row"].change.sheet.number for line in self.rows(response, "new")], ["3"])
        self.assertContains(self.client.get(upload), "moi.txt")
        self.assertEqual(self.document.operations.filter(kind="reimported").count(), 0)

    def test_a_file_that_cannot_be_read_is_refused_and_not_stored(self):
        upload = reverse("drafts:reimports", args=[self.document.pk])
        response = self.client.post(upload, {"file": SimpleUploadedFile("a.docx", b"%PDF-1.7 x")})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.client.post(upload).status_code, 422)
        self.assertFalse(SourceFile.objects.exists())

    def test_what_is_ticked_is_taken_over(self):
        self.offer(HEAD + EDITED + THIRD)
        response = self.client.get(self.address())
        (removal,) = self.rows(response, "dropped")
        self.assertFalse(removal["row"].is_taken)
        sent = self.sent(response, take=[removal["row"].key])
        response = self.client.post(self.address("reimport_application"), sent)
        self.assertTrue(response["Location"].endswith("?text=working"))
        self.assertEqual(self.numbers(), ["2"])
        self.assertEqual(self.client.get(self.address()).status_code, 302)

    def test_a_double_click_takes_over_once(self):
        self.offer(HEAD + FIRST + EDITED)
        sent = self.sent(self.client.get(self.address()))
        statuses = [self.client.post(self.address("reimport_application"), sent).status_code for _ in range(2)]
        self.assertEqual(statuses, [302, 409])
        self.assertEqual(Operation.objects.filter(kind="reimported").count(), 1)

    def test_without_a_reason_it_is_refused_and_everything_chosen_stays(self):
        self.offer(HEAD + FIRST + EDITED + THIRD)
        sent = self.sent(self.client.get(self.address()), reason="", take=[])
        response = self.client.post(self.address("reimport_application"), sent)
        self.assertEqual(response.status_code, 422)
        self.assertFalse(any(line["row"].is_taken for line in response.context["changing"]))

    def test_a_draft_changed_meanwhile_is_shown_brought_together_before_it_is_written(self):
        self.offer(HEAD + FIRST + EDITED)
        sent = self.sent(self.client.get(self.address()))
        self.colleague_saves(ARTICLE_2.replace("cá nhân phụ trách", "cá nhân đảm nhiệm"))
        response = self.client.post(self.address("reimport_application"), sent)
        self.assertContains(response, "đảm nhiệm", status_code=409)
        self.article_2.refresh_from_db()
        self.assertEqual(self.article_2.version, 2)
        sent = self.sent(response)
        self.assertEqual(self.client.post(self.address("reimport_application"), sent).status_code, 422)
        choice = {f"{self.article_2.wid.hex}-choice_1": "theirs"}
        self.assertEqual(self.client.post(self.address("reimport_application"), sent | choice).status_code, 302)
        self.article_2.refresh_from_db()
        self.assertIn("đảm nhiệm", self.article_2.text)

    def test_choices_are_kept_for_another_day(self):
        self.offer(HEAD + FIRST + EDITED + THIRD)
        response = self.client.get(self.address())
        (new,) = self.rows(response, "new")
        sent = self.sent(response, take=[new["row"].key], reason="Để sau")
        self.client.post(self.address("reimport_decisions"), sent)
        response = self.client.get(self.address())
        self.assertEqual([line["row"].is_taken for line in response.context["changing"]], [False, True])
        self.assertContains(response, "Để sau")

    def test_a_match_is_put_right_and_taken_back(self):
        self.offer(HEAD + FIRST + THIRD.replace("Điều 3", "Điều 2"))
        response = self.client.get(self.address())
        (new,) = self.rows(response, "new")
        key = new["row"].key
        asked = self.client.post(self.address("reimport_decisions") + f"?row={key}", self.sent(response))
        self.assertRedirects(asked, f"{self.address()}?row={key}#row-{key}")
        self.assertContains(self.client.get(self.address(), {"row": key}), 'name="match"')
        said = {"key": key, "match": self.article_2.wid.hex}
        self.client.post(self.address("reimport_matches"), self.sent(response) | said)
        response = self.client.get(self.address())
        self.assertEqual(
            [line["row"].change.sheet.wid for line in self.rows(response, "amended")], [self.article_2.wid]
        )
        self.client.post(self.address("reimport_matches"), self.sent(response) | said | {"match": "auto"})
        self.assertTrue(self.rows(self.client.get(self.address()), "new"))
        for wrong in ({"key": "nothing"}, {"match": "0" * 32}):
            refused = self.client.post(self.address("reimport_matches"), self.sent(response) | said | wrong)
            self.assertEqual(refused.status_code, 404)

    def test_one_says_from_which_text_the_file_was_made(self):
        self.colleague_saves(ARTICLE_2 + "\n3. Thêm một khoản.")
        self.offer(HEAD + FIRST + SECOND)
        response = self.client.get(self.address())
        self.assertEqual((response.context["base"], response.context["changing"]), ("1", []))
        self.client.post(self.address("reimport_base"), {"base": "working"})
        response = self.client.get(self.address())
        self.assertEqual([line["row"].fate for line in response.context["changing"]], ["amended"])
        self.assertEqual(self.client.post(self.address("reimport_base"), {"base": "77"}).status_code, 404)

    def test_the_structure_of_the_file_is_corrected_as_in_any_import(self):
        self.offer(HEAD + FIRST + SECOND + THIRD.replace("Điều 3", "Đieu 3"))
        preview = reverse("drafts:import_preview", args=[self.reimport.source_id])
        response = self.client.get(preview)
        self.assertContains(response, self.address())
        self.assertNotContains(response, 'id="creation"')
        row = next(row for row in response.context["component"].rows if row.text.startswith("Đieu"))
        url = reverse("drafts:import_corrections", args=[self.reimport.source_id])
        self.client.post(url, {"index": row.index, "role": "article"})
        self.assertTrue(self.rows(self.client.get(self.address()), "new"))
        self.assertEqual(self.client.post(preview, {"title": "Khác", "kind": "rules"}).status_code, 409)

    def test_it_is_discarded(self):
        self.offer(UNCHANGED)
        self.assertRedirects(
            self.client.post(self.address("reimport_removal")), reverse("drafts:about", args=[self.document.pk])
        )
        self.assertFalse(SourceFile.objects.exists())

    def test_a_drafter_without_the_right_to_create_documents_does_it_too(self):
        self.offer(HEAD + FIRST + EDITED, by=self.dai)
        self.client.force_login(self.dai)
        response = self.client.get(self.address())
        self.assertEqual(
            self.client.get(reverse("drafts:import_preview", args=[self.reimport.source_id])).status_code, 200
        )
        self.assertEqual(self.client.post(self.address("reimport_application"), self.sent(response)).status_code, 302)

    def test_who_may_not(self):
        self.offer(UNCHANGED)
        names = ("decisions", "matches", "base", "application", "removal")
        posts = [self.address(f"reimport_{name}") for name in names]
        gets = [self.address(), reverse("drafts:reimports", args=[self.document.pk])]
        for user, status in ((self.minh, 403), (self.thu, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual({self.client.get(url).status_code for url in gets}, {status})
            self.assertEqual({self.client.post(url).status_code for url in posts}, {status})
        self.client.force_login(self.dai)
        self.assertEqual(self.client.get(self.address()).status_code, 404)
        self.assertEqual({self.client.post(url).status_code for url in posts}, {404})
        self.client.logout()
        self.assertEqual({self.client.get(url).status_code for url in gets}, {302})
        self.assertEqual({self.client.post(url).status_code for url in posts}, {302})
        self.client.force_login(self.lan)
        self.assertEqual({self.client.get(url).status_code for url in posts}, {405})
        self.assertEqual({self.client.put(url).status_code for url in gets}, {405})

    def test_the_queries_do_not_grow_with_the_text(self):
        self.offer(HEAD + FIRST + SECOND)
        with self.assertNumQueries(9):
            self.client.get(self.address())
        more = "".join(f"Điều {n}. Việc thứ {n}\n1. Một.\n2. Hai.\n" for n in range(3, 30))
        self.offer(HEAD + FIRST + EDITED + more)
        with self.assertNumQueries(9):
            self.client.get(self.address())
