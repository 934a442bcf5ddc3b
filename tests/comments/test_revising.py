from django.urls import reverse

from drafts import services
from drafts.models import Operation, Provision, Seat
from tests.people import ARTICLE_1, DraftTestCase, make_document

THEIRS = ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:")
MINE_ELSEWHERE = ARTICLE_1.replace("nguyên tắc, chế độ", "phạm vi, nguyên tắc, chế độ")
MINE_SAME_PLACE = ARTICLE_1.replace("áp dụng đối với:", "áp dụng với:")


class RevisionCase(DraftTestCase):
    def setUp(self):
        services.give_seat(self.document, by=self.lan, role=Seat.Role.DRAFTER, user=self.dai)
        self.client.force_login(self.lan)

    def url(self, name="revision", wid=None):
        return reverse(f"comments:{name}", args=[self.document.pk, wid or self.article_1.wid])

    def sent(self, **changed):
        base = {
            "heading": self.article_1.heading,
            "text": "1. Một.\r\n2. Hai.",
            "reason": "Gọn hơn",
            "base_version": 1,
        }
        return base | changed

    def revise(self, **changed):
        return self.client.post(self.url(), self.sent(**changed))

    def somebody_saves(self, text=THEIRS):
        services.revise_article(
            self.article_1, by=self.dai, base_version=1, heading=self.article_1.heading, text=text, reason="Cho rõ"
        )

    def stored(self):
        return Provision.objects.get(pk=self.article_1.pk)


class RevisionTests(RevisionCase):
    def test_the_editor_opens_with_the_text_and_its_structure(self):
        response = self.client.get(self.url())
        self.assertContains(response, "1. Quy chế này quy định nguyên tắc")
        self.assertEqual(response.context["form"]["base_version"].value(), 1)
        markers = [line["checked"].line.marker.strip() for line in response.context["lines"]]
        self.assertEqual(markers, ["1.", "2.", "a)", "b)"])

    def test_saving_writes_text_and_reason_and_goes_back_to_the_reading_page(self):
        response = self.revise(heading="Phạm vi")
        self.assertEqual(response.status_code, 302)
        self.assertTrue(response["Location"].endswith("?text=working#dieu-1"))
        stored = self.stored()
        self.assertEqual((stored.version, stored.heading, stored.text), (2, "Phạm vi", "1. Một.\n2. Hai."))
        operation = self.document.operations.first()
        self.assertEqual((operation.kind, operation.by, operation.reason), ("revised", self.lan, "Gọn hơn"))

    def test_an_article_is_left_without_text_only_after_a_question(self):
        asked = self.revise(text=" \r\n ", reason="Bỏ")
        self.assertContains(asked, 'name="leaves_empty"', status_code=422)
        self.assertContains(asked, "Điều 1", status_code=422)
        self.assertEqual(self.stored().version, 1)
        self.assertEqual(self.revise(text="", reason="Bỏ", leaves_empty="on").status_code, 302)
        self.assertEqual((self.stored().text, self.stored().version), ("", 2))

    def test_what_never_had_a_text_is_saved_without_a_question(self):
        chapter = self.document.provisions.get(kind="chapter")
        body = self.sent(heading="QUY ĐỊNH CHUNG", text="")
        self.assertEqual(self.client.post(self.url(wid=chapter.wid), body).status_code, 302)

    def test_the_question_is_asked_only_when_it_arises(self):
        self.assertNotContains(self.client.get(self.url()), "leaves_empty")
        self.assertNotContains(self.revise(heading="", text=""), "leaves_empty", status_code=422)

    def test_once_an_edition_is_out_a_reason_is_required_and_what_was_typed_stays(self):
        response = self.revise(reason="", text="1. Chữ đã gõ.")
        self.assertContains(response, "1. Chữ đã gõ.", status_code=422)
        self.assertEqual(self.stored().version, 1)

    def test_before_the_first_edition_no_reason_is_needed(self):
        other = make_document(by=self.lan)
        article = other.provisions.get(number="1", kind="article")
        url = reverse("comments:revision", args=[other.pk, article.wid])
        self.assertEqual(self.client.post(url, self.sent(reason="")).status_code, 302)
        self.assertEqual(Provision.objects.get(pk=article.pk).version, 2)

    def test_nothing_is_recorded_when_nothing_differs(self):
        before = Operation.objects.count()
        self.assertEqual(self.revise(text=ARTICLE_1).status_code, 302)
        self.assertEqual(Operation.objects.count(), before)

    def test_wrong_input_is_refused(self):
        for wrong in ({"base_version": "x"}, {"base_version": ""}, {"heading": " ", "text": " \n"}):
            self.assertEqual(self.revise(**wrong).status_code, 422)
        self.assertEqual(self.stored().version, 1)

    def test_after_saving_the_browser_is_told_to_forget_its_copy_once(self):
        self.assertNotContains(self.client.get(self.url()), "data-sent")
        self.revise()
        self.assertContains(self.client.get(self.url()), "data-sent")
        self.assertNotContains(self.client.get(self.url()), "data-sent")

    def test_a_refused_text_is_not_taken_for_sent(self):
        self.revise(reason="")
        self.assertNotContains(self.client.get(self.url()), "data-sent")

    def test_markup_in_the_text_is_text(self):
        self.revise(text="1. </textarea><script>alert(1)</script>")
        self.assertNotContains(self.client.get(self.url()), "<script>alert")

    def test_what_is_no_longer_in_the_text_cannot_be_revised(self):
        Provision.objects.filter(pk=self.article_1.pk).update(is_removed=True)
        self.assertEqual(self.client.get(self.url()).status_code, 409)
        self.assertEqual(self.revise().status_code, 409)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.thu, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url()).status_code, status)
            self.assertEqual(self.revise().status_code, status)
        self.client.force_login(self.lan)
        self.assertEqual(self.client.delete(self.url()).status_code, 405)
        self.client.logout()
        self.assertEqual(self.revise().status_code, 302)
        self.assertEqual(self.stored().version, 1)

    def test_the_queries_do_not_grow_with_the_document(self):
        with self.assertNumQueries(8):
            self.client.get(self.url())
        for number in range(1, 15):
            services.revise_article(
                self.article_1, by=self.lan, base_version=number, heading="A", text=f"1. {number}.", reason="r"
            )
        with self.assertNumQueries(8):
            self.client.get(self.url())


class StructureTests(RevisionCase):
    text = "1. Một:\na) A;\nb) B;\nc) C;\nd) D;\ne) E.\n3. Ba."

    def problems(self, response):
        return [(line["checked"].number, line["findings"]) for line in response.context["lines"] if line["findings"]]

    def test_htmx_gets_the_outline_with_the_missing_đ_marked(self):
        response = self.client.post(self.url("structure"), {"text": self.text}, headers={"HX-Request": "true"})
        self.assertTemplateUsed(response, "comments/_structure.html")
        self.assertTemplateNotUsed(response, "base.html")
        places = dict(self.problems(response))
        self.assertEqual(list(places), [6, 7])
        self.assertIn("đ", places[6][0])

    def test_without_script_the_editor_comes_back_with_all_that_was_typed(self):
        response = self.client.post(self.url("structure"), self.sent(text=self.text, heading="Tên mới"))
        self.assertTemplateUsed(response, "comments/revision.html")
        self.assertEqual([place for place, _ in self.problems(response)], [6, 7])
        form = response.context["form"]
        self.assertEqual(form["heading"].value(), "Tên mới")
        self.assertEqual(form["base_version"].value(), "1")
        self.assertEqual(self.stored().version, 1)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.post(self.url("structure"), {"text": "1. A."}).status_code, status)
        self.assertEqual(self.client.get(self.url("structure")).status_code, 405)


class ConflictTests(RevisionCase):
    def test_two_people_in_different_places_come_together_and_nothing_is_saved_unseen(self):
        self.somebody_saves()
        response = self.revise(text=MINE_ELSEWHERE)
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "Đại", status_code=409)
        self.assertEqual((self.stored().version, self.stored().text), (2, THEIRS))
        sides = [(side["made_by"], [c.label for c in side["changes"]]) for side in response.context["sides"]]
        self.assertEqual(sides, [("Đại đã sửa:", ["khoản 2"]), ("Đồng chí đã sửa:", ["khoản 1"])])
        for side in response.context["sides"]:
            self.assertContains(response, f'id="change-{side["changes"][0].place}"', status_code=409)
        merged = response.context["merged_form"]
        together = MINE_ELSEWHERE.replace("áp dụng đối với:", "áp dụng cho:")
        self.assertEqual(merged["text"].value(), together)
        self.assertEqual(self.revise(text=merged["text"].value(), base_version=2).status_code, 302)
        self.assertEqual((self.stored().version, self.stored().text), (3, together))

    def test_the_same_words_are_a_question_and_both_answers_are_shown(self):
        self.somebody_saves()
        response = self.revise(text=MINE_SAME_PLACE)
        self.assertEqual(response.status_code, 409)
        self.assertEqual(response.context["question_count"], 1)
        self.assertContains(response, "2. Quy chế áp dụng với:", status_code=409)
        self.assertContains(response, "2. Quy chế áp dụng cho:", status_code=409)
        self.assertNotIn("merged_form", response.context)

    def test_two_tabs_of_one_person_meet_as_two_people_do(self):
        self.assertEqual(self.revise(text=THEIRS).status_code, 302)
        self.assertEqual(self.revise(text=MINE_SAME_PLACE).status_code, 409)
        self.assertEqual(self.stored().text, THEIRS)

    def test_the_same_change_twice_needs_no_question(self):
        self.somebody_saves()
        response = self.revise(text=THEIRS)
        self.assertEqual((response.status_code, response.context["question_count"]), (409, 0))

    def test_a_heading_both_changed_is_a_question_too(self):
        services.revise_article(
            self.article_1, by=self.dai, base_version=1, heading="Phạm vi áp dụng", text=ARTICLE_1, reason="r"
        )
        response = self.revise(text=ARTICLE_1, heading="Phạm vi điều chỉnh")
        self.assertEqual(response.context["question_count"], 1)


class MergeTests(RevisionCase):
    def setUp(self):
        super().setUp()
        self.somebody_saves()

    def merge(self, text=MINE_SAME_PLACE, **choices):
        sent = self.sent(text=text) | {"theirs_version": 2} | choices
        return self.client.post(self.url("merge"), sent)

    def test_the_chosen_words_stand_in_the_editor_and_save_on_top_of_the_newer_version(self):
        response = self.merge(choice_1="mine")
        form = response.context["form"]
        self.assertEqual(form["text"].value(), MINE_SAME_PLACE)
        self.assertEqual((form["base_version"].value(), form["reason"].value()), (2, "Gọn hơn"))
        self.assertEqual(self.stored().version, 2)
        self.revise(text=form["text"].value(), base_version=form["base_version"].value())
        self.assertEqual(self.stored().text, MINE_SAME_PLACE)

    def test_theirs_and_the_text_before_can_be_chosen(self):
        self.assertEqual(self.merge(choice_1="theirs").context["form"]["text"].value(), THEIRS)
        self.assertEqual(self.merge(choice_1="base").context["form"]["text"].value(), ARTICLE_1)

    def test_both_keeps_the_words_of_both(self):
        text = self.merge(choice_1="both").context["form"]["text"].value()
        self.assertIn("áp dụng với", text)
        self.assertIn("cho:", text)

    def test_an_unanswered_place_is_asked_again_with_nothing_lost(self):
        response = self.merge()
        self.assertEqual(response.status_code, 422)
        self.assertContains(response, "2. Quy chế áp dụng với:", status_code=422)
        self.assertEqual(response.context["form"]["reason"].value(), "Gọn hơn")
        self.assertEqual(self.merge(choice_1="nonsense").status_code, 422)

    def test_who_saves_in_between_is_not_overwritten_either(self):
        services.revise_article(
            self.article_1, by=self.dai, base_version=2, heading="Mới", text=THEIRS + "\nc) Thêm.", reason="r"
        )
        form = self.merge(choice_1="mine").context["form"]
        self.assertEqual(form["base_version"].value(), 2)
        again = self.revise(text=form["text"].value(), base_version=2)
        self.assertEqual(again.status_code, 409)
        self.assertTrue(again.context["merged_form"]["text"].value().endswith("\nc) Thêm."))

    def test_a_forged_version_is_refused(self):
        self.assertEqual(self.merge(theirs_version=9).status_code, 409)
        self.assertEqual(self.merge(theirs_version="").status_code, 409)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.merge(choice_1="mine").status_code, status)
        self.assertEqual(self.client.get(self.url("merge")).status_code, 405)
