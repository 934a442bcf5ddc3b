from django.urls import reverse

from comments import services
from comments.models import Response
from drafts import services as drafts
from drafts.models import Operation, Provision, Seat
from tests.comments.test_taking_in import TakingInCase
from tests.people import ARTICLE_1

CHANGED = ARTICLE_1.replace("áp dụng đối với:", "áp dụng với:")


class ApplyingCase(TakingInCase):
    def setUp(self):
        drafts.give_seat(self.document, by=self.lan, role=Seat.Role.DRAFTER, user=self.dai)
        self.client.force_login(self.lan)

    def stored(self):
        return Provision.objects.get(pk=self.article_1.pk)

    def somebody_saves(self, text, base_version=1):
        drafts.revise_article(
            self.article_1,
            by=self.dai,
            base_version=base_version,
            heading=self.article_1.heading,
            text=text,
            reason="Cho rõ",
        )


class EditorTests(ApplyingCase):
    """The editor with comments at hand."""

    def setUp(self):
        super().setUp()
        self.url = reverse("comments:revision", args=[self.document.pk, self.article_1.wid])

    def save(self, **more):
        text = more.pop("text", ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"))
        sent = {"heading": self.article_1.heading, "text": text, "base_version": 1} | more
        return self.client.post(self.url, sent)

    def tick(self, comment=None, **answer):
        pk = (comment or self.first).pk
        return {f"take_{pk}": "on"} | {f"answer-{pk}-{name}": value for name, value in answer.items()}

    def test_it_shows_the_open_comments_with_their_proposals_as_a_difference(self):
        page = self.client.get(self.url)
        self.assertContains(page, f'id="comment-{self.first.pk}"')
        self.assertContains(page, "<del>đối với</del><ins>cho</ins>", html=False)
        self.assertEqual(len(page.context["to_decide"]), 2)
        self.assertContains(page, "data-applicable", count=2)

    def test_a_ticked_comment_is_answered_with_the_save_and_its_reason_follows(self):
        response = self.save(**self.tick())
        self.assertEqual(response.status_code, 302)
        operation = self.document.operations.first()
        answer = Response.objects.get(comment=self.first)
        self.assertEqual((answer.outcome, answer.carried_out_by), ("accepted", operation))
        self.assertEqual(operation.kind, "revised")
        self.assertIn(f"ý kiến {self.first.pk}", operation.reason)
        self.assertIn("Thành ủy", operation.reason)
        difference = reverse("drafts:difference", args=[self.document.pk, self.article_1.wid, 1, 2])
        for name, args in (("feedback", [self.document.pk]), ("comment", [self.first.pk])):
            self.assertContains(self.client.get(reverse(f"comments:{name}", args=args)), f"{difference}#changed")
        self.assertContains(self.client.get(difference), 'id="changed"', count=1)
        self.assertContains(self.client.get(difference, {"view": "sides"}), 'id="changed"', count=1)

    def test_when_all_are_answered_nobody_is_asked_to_tick(self):
        self.assertNotContains(self.client.get(self.url), "Đã trả lời hết")
        for comment in (self.first, self.second):
            services.answer_comment(comment, by=self.lan, outcome="explained", explanation="Đã rõ.")
        page = self.client.get(self.url)
        self.assertContains(page, "Đã trả lời hết")
        self.assertNotContains(page, "0 ý kiến chưa trả lời")

    def test_without_a_tick_a_reason_is_still_required(self):
        self.assertEqual(self.save().status_code, 422)
        self.assertEqual(self.save(reason="Gọn hơn").status_code, 302)

    def test_in_part_needs_an_explanation_and_nothing_typed_is_lost(self):
        refused = self.save(**self.tick(outcome="partly", explanation=" "), text="1. Chữ đã gõ.")
        self.assertContains(refused, "1. Chữ đã gõ.", status_code=422)
        self.assertTrue(refused.context["taking_in"].ticked)
        self.assertFalse(Response.objects.exists())
        self.assertEqual(self.save(**self.tick(outcome="partly", explanation="Chỉ một chỗ.")).status_code, 302)
        self.assertEqual(Response.objects.get().explanation, "Chỉ một chỗ.")

    def test_outcomes_that_no_change_carries_out_are_not_taken(self):
        self.assertEqual(self.save(**self.tick(outcome="explained", explanation="x")).status_code, 422)

    def test_what_was_answered_meanwhile_is_told_and_nothing_is_saved(self):
        services.answer_comment(self.first, by=self.dai, outcome="explained", explanation="Đã rõ.")
        refused = self.save(**self.tick())
        self.assertContains(refused, str(self.first.pk), status_code=422)
        self.assertEqual(self.stored().version, 1)
        self.assertEqual(Response.objects.get().by, self.dai)

    def test_what_was_proposed_meanwhile_is_shown_before_it_is_replaced(self):
        proposal = self.propose()
        refused = self.save(**self.tick(outcome="partly", explanation="Một phần."))
        for words in ("Đã đủ rõ.", "Một phần.", f'value="{proposal.stamp}"'):
            self.assertContains(refused, words, status_code=409)
        self.assertEqual((self.stored().version, Response.objects.count()), (1, 0))
        page = self.client.get(self.url)
        self.assertContains(page, "Đã đủ rõ.")
        stamp = page.context["taking_in"][f"seen-{self.first.pk}"].value()
        again = self.save(**self.tick(outcome="partly", explanation="Một phần."), **{f"seen-{self.first.pk}": stamp})
        self.assertEqual(again.status_code, 302)
        self.assertEqual(Response.objects.get().explanation, "Một phần.")

    def test_what_was_seen_goes_through_a_conflict_and_its_merge(self):
        seen = {f"seen-{self.first.pk}": ""}
        self.propose()
        self.somebody_saves(ARTICLE_1 + "\nc) Thêm.")
        conflict = self.save(**self.tick(), **seen)
        self.assertContains(conflict, f'name="seen-{self.first.pk}"', status_code=409)
        self.assertEqual(conflict.context["taking_in"][f"seen-{self.first.pk}"].value(), "")
        merged = {"text": ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:") + "\nc) Thêm.", "base_version": 2}
        self.assertContains(self.save(**merged, **self.tick(), **seen), "Đã đủ rõ.", status_code=409)
        self.assertFalse(Response.objects.exists())

    def test_no_change_carries_nothing_out(self):
        self.assertEqual(self.save(**self.tick(), text=ARTICLE_1).status_code, 422)
        self.assertFalse(Response.objects.exists())

    def test_ticks_survive_a_conflict_and_its_merge(self):
        self.somebody_saves(CHANGED)
        seen = {f"seen-{self.first.pk}": ""}
        conflict = self.save(**self.tick(outcome="partly", explanation="Một chỗ."), **seen, reason="Rõ hơn")
        self.assertEqual(conflict.status_code, 409)
        sent = {field.html_name: field.value() for field in conflict.context["taking_in"].hidden_fields_of_all()}
        self.assertEqual(sent[f"answer-{self.first.pk}-explanation"], "Một chỗ.")
        self.assertContains(conflict, f'name="take_{self.first.pk}"', status_code=409)
        merged = self.client.post(
            reverse("comments:merge", args=[self.document.pk, self.article_1.wid]),
            {
                "heading": self.article_1.heading,
                "text": ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"),
                "reason": "Rõ hơn",
                "base_version": 1,
                "theirs_version": 2,
                "choice_1": "mine",
            }
            | sent,
        )
        self.assertEqual(merged.context["taking_in"].ticked, [self.first.pk])
        self.assertEqual(merged.context["taking_in"].answers[self.first.pk]["outcome"].value(), "partly")

    def test_it_says_what_a_save_did_to_other_proposals(self):
        rival = self.comment("áp dụng đối với:", "áp dụng với:", by=self.dai)
        page = self.client.post(
            self.url,
            {
                "heading": self.article_1.heading,
                "text": ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"),
                "base_version": 1,
            }
            | self.tick(),
            follow=True,
        )
        said = [str(message) for message in page.context["messages"]]
        self.assertEqual(len(said), 2)
        self.assertIn(str(rival.pk), said[1])
        self.assertFalse(Response.objects.filter(comment=rival).exists())

    def test_saving_and_writing_on_stays_in_the_editor(self):
        self.assertRedirects(self.save(reason="Gọn hơn", go_on="1"), self.url)

    def test_htmx_gets_outline_marks_and_changes(self):
        url = reverse("comments:structure", args=[self.document.pk, self.article_1.wid])
        sent = {"text": "0. Mới.\r\n" + ARTICLE_1.replace("\n", "\r\n")}
        page = self.client.post(url, sent, headers={"HX-Request": "true"})
        self.assertContains(page, f"[{len('0. Mới.') + 1 + ARTICLE_1.index('áp dụng đối')}, ")
        self.assertContains(page, 'hx-swap-oob="true"')
        self.assertContains(page, "<ins>0. Mới.</ins>")

    def test_the_structure_button_keeps_ticks_and_answers(self):
        url = reverse("comments:structure", args=[self.document.pk, self.article_1.wid])
        sent = {"heading": "A", "text": ARTICLE_1, "base_version": 1} | self.tick(
            outcome="partly", explanation="Một chỗ."
        )
        form = self.client.post(url, sent).context["taking_in"]
        self.assertEqual(form.ticked, [self.first.pk])
        self.assertEqual(form.answers[self.first.pk]["explanation"].value(), "Một chỗ.")

    def test_what_people_said_is_text(self):
        self.comment("quy định nguyên tắc", "<script>alert(1)</script>", text="<img src=x onerror=alert(2)>")
        page = self.client.get(self.url)
        self.assertNotContains(page, "<script>alert")
        self.assertNotContains(page, "<img src=x")


class ProposalTests(ApplyingCase):
    """Into the text in the editor; nothing is stored."""

    def setUp(self):
        super().setUp()
        self.url = reverse("comments:proposal", args=[self.document.pk, self.article_1.wid])

    def apply(self, comment=None, text=ARTICLE_1, **more):
        sent = {"heading": self.article_1.heading, "text": text, "reason": "", "base_version": 1}
        return self.client.post(self.url, sent | {"apply": (comment or self.first).pk} | more)

    def text_of(self, response):
        return response.context["form"]["text"].value()

    def test_words_that_stand_there_are_replaced_and_the_comment_is_ticked(self):
        response = self.apply(text=ARTICLE_1 + "\n3. Đang viết.")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(
            self.text_of(response), ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:") + "\n3. Đang viết."
        )
        self.assertEqual(response.context["taking_in"].ticked, [self.first.pk])
        self.assertEqual((self.stored().version, Response.objects.count()), (1, 0))

    def test_contradictions_are_decided_one_by_one_and_nothing_typed_is_lost(self):
        typed = CHANGED + "\n3. Đang viết."
        asked = self.apply(text=typed, reason="Vì sao")
        self.assertTemplateUsed(asked, "comments/placing.html")
        self.assertEqual((asked.status_code, asked.context["question_count"]), (200, 1))
        self.assertEqual(asked.context["form"]["reason"].value(), "Vì sao")
        self.assertEqual(self.apply(text=typed, choice_1="nonsense").status_code, 422)
        done = self.apply(text=typed, choice_1="mine")
        self.assertEqual(self.text_of(done), typed.replace("áp dụng với:", "áp dụng cho:"))
        self.assertEqual(self.text_of(self.apply(text=typed, choice_1="theirs")), typed)

    def test_words_that_are_gone_leave_the_text_alone(self):
        response = self.apply(text="1. Viết lại hết.")
        self.assertEqual(self.text_of(response), "1. Viết lại hết.")
        self.assertEqual(response.context["notices"][0].kind, "warning")
        self.assertEqual(response.context["taking_in"].ticked, [])

    def test_it_says_what_it_did_to_the_others_without_answering_them(self):
        rival = self.comment("áp dụng đối với:", "áp dụng với:", by=self.dai)
        response = self.apply()
        self.assertIn(str(rival.pk), response.context["notices"][1].text)
        self.assertEqual(response.context["taking_in"].ticked, [self.first.pk])

    def test_it_says_that_it_overwrote_one_put_in_before(self):
        rival = self.comment("áp dụng đối với:", "áp dụng với:", by=self.dai)
        applied = self.text_of(self.apply())
        response = self.apply(rival, text=applied, choice_1="mine", **{f"take_{self.first.pk}": "on"})
        self.assertEqual(self.text_of(response), ARTICLE_1.replace("áp dụng đối với:", "áp dụng với:"))
        self.assertIn(f"ý kiến {self.first.pk}", response.context["notices"][1].text)

    def test_the_offered_reason_grows_with_every_proposal_and_a_written_one_stays(self):
        applied = self.apply()
        offered = applied.context["form"]["reason"].value()
        sent = {"text": self.text_of(applied), f"take_{self.first.pk}": "on"}
        both = self.apply(self.second, reason=offered, **sent)
        self.assertIn(f"ý kiến {self.second.pk}", both.context["form"]["reason"].value())
        self.assertIn(f"ý kiến {self.first.pk}", both.context["form"]["reason"].value())
        own = self.apply(self.second, reason="Cho rõ", **sent)
        self.assertEqual(own.context["form"]["reason"].value(), "Cho rõ")

    def test_what_cannot_be_applied_is_refused(self):
        answered = self.comment("Quy chế này", "Bản quy chế này", by=self.dai)
        services.answer_comment(answered, by=self.lan, outcome="explained", explanation="Không cần.")
        bare = self.comment("Quy chế này")
        for wrong in (answered.pk, bare.pk, 99_999, "x", ""):
            self.assertEqual(self.apply(apply=wrong).status_code, 409)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.thu, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.apply().status_code, status)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        self.client.logout()
        self.assertEqual(self.apply().status_code, 302)


class ApplicationTests(ApplyingCase):
    """Straight into the article, with the answer: one act."""

    def setUp(self):
        super().setUp()
        self.url = reverse("comments:application", args=[self.first.pk])

    def apply(self, **more):
        sent = {"reason": "Tiếp thu", "outcome": "accepted", "explanation": "", "base_version": 1}
        return self.client.post(self.url, sent | more)

    def test_the_change_is_shown_before_it_is_saved(self):
        page = self.client.get(self.url)
        self.assertContains(page, "2. Quy chế áp dụng <del>đối với</del><ins>cho</ins>:")
        self.assertContains(page, "Tiếp thu ý kiến của Thành ủy")
        self.assertEqual(self.stored().version, 1)

    def test_article_and_answer_are_saved_in_one_act(self):
        before = Operation.objects.count()
        response = self.apply(outcome="partly", explanation="Theo đề nghị, trừ tên gọi.")
        self.assertRedirects(response, reverse("comments:comment", args=[self.first.pk]) + "#answer")
        self.assertEqual(Operation.objects.count(), before + 1)
        self.assertEqual(self.stored().text, ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:"))
        answer = Response.objects.get(comment=self.first)
        self.assertEqual((answer.outcome, answer.carried_out_by), ("partly", self.document.operations.first()))
        difference = reverse("drafts:difference", args=[self.document.pk, self.article_1.wid, 1, 2])
        self.assertContains(self.client.get(response["Location"]), difference)

    def test_wrong_input_is_refused(self):
        for wrong in ({"reason": ""}, {"outcome": "partly"}, {"outcome": "x"}, {"base_version": ""}):
            self.assertEqual(self.apply(**wrong).status_code, 422)
        self.assertEqual((self.stored().version, Response.objects.count()), (1, 0))

    def test_changes_apart_come_together(self):
        self.somebody_saves(ARTICLE_1 + "\nc) Thêm.")
        self.assertEqual(self.apply(base_version=2).status_code, 302)
        self.assertEqual(self.stored().text, ARTICLE_1.replace("áp dụng đối với:", "áp dụng cho:") + "\nc) Thêm.")

    def test_contradictions_are_decided_piece_by_piece(self):
        self.somebody_saves(CHANGED)
        self.assertEqual(self.client.get(self.url).context["question_count"], 1)
        self.assertEqual(self.apply(base_version=2).status_code, 422)
        self.assertEqual(self.apply(base_version=2, choice_1="mine").status_code, 302)
        self.assertIn("áp dụng cho:", self.stored().text)

    def test_who_was_slower_looks_again_and_overwrites_nothing(self):
        self.somebody_saves(CHANGED + "\nc) Thêm.")
        again = self.apply(reason="Lý do đã gõ", choice_1="mine")
        self.assertEqual(again.status_code, 409)
        self.assertContains(again, "Lý do đã gõ", status_code=409)
        self.assertEqual(again.context["form"]["base_version"].value(), 2)
        self.assertEqual((self.stored().text, Response.objects.count()), (CHANGED + "\nc) Thêm.", 0))

    def test_what_was_proposed_meanwhile_is_shown_before_it_is_replaced(self):
        proposal, seen = self.propose(), f"seen-{self.first.pk}"
        refused = self.apply(reason="Lý do đã gõ")
        for words in ("Đã đủ rõ.", "Lý do đã gõ", f'name="{seen}" value="{proposal.stamp}"'):
            self.assertContains(refused, words, status_code=409)
        self.assertEqual((self.stored().version, Response.objects.count()), (1, 0))
        # Refused for another reason, it still says what it had shown.
        self.assertContains(self.apply(reason=""), f'name="{seen}" value=""', status_code=422)
        self.assertContains(self.client.get(self.url), f'name="{seen}" value="{proposal.stamp}"')
        self.assertEqual(self.apply(**{seen: proposal.stamp}).status_code, 302)
        self.assertEqual(Response.objects.get().outcome, "accepted")

    def test_words_that_are_gone_are_left_to_a_person(self):
        self.somebody_saves("1. Viết lại hết.")
        page = self.client.get(self.url)
        self.assertFalse(page.context["look"].can_be_applied)
        self.assertEqual(self.apply(base_version=2).status_code, 422)
        self.assertEqual(self.stored().text, "1. Viết lại hết.")

    def test_alternatives_are_shown_and_stay_open(self):
        rival = self.comment("áp dụng đối với:", "áp dụng với:", by=self.dai)
        self.assertContains(self.client.get(self.url), reverse("comments:application", args=[rival.pk]))
        page = self.client.get(self.apply()["Location"])
        self.assertIn(str(rival.pk), " ".join(map(str, page.context["messages"])))
        self.assertFalse(Response.objects.filter(comment=rival).exists())
        self.assertEqual(self.client.get(reverse("comments:application", args=[rival.pk])).context["question_count"], 1)

    def test_an_answer_that_waited_is_carried_out_as_it_is(self):
        services.answer_comment(self.first, by=self.dai, outcome="partly", explanation="Sẽ viết gọn.")
        self.assertNotContains(self.client.get(self.url), 'name="outcome"')
        self.assertEqual(self.apply().status_code, 302)
        answer = Response.objects.get(comment=self.first)
        self.assertEqual((answer.outcome, answer.explanation, answer.by), ("partly", "Sẽ viết gọn.", self.dai))
        self.assertEqual(answer.carried_out_by, self.document.operations.first())

    def test_what_is_decided_or_gone_is_refused(self):
        services.answer_comment(self.second, by=self.dai, outcome="explained", explanation="Đã rõ.")
        self.assertEqual(self.client.get(reverse("comments:application", args=[self.second.pk])).status_code, 409)
        bare = self.comment("Quy chế này")
        self.assertEqual(self.client.get(reverse("comments:application", args=[bare.pk])).status_code, 404)
        Provision.objects.filter(pk=self.article_1.pk).update(is_removed=True)
        self.assertEqual(self.client.get(self.url).status_code, 409)
        services.withdraw_comment(self.first, by=self.minh)
        self.assertEqual(self.apply().status_code, 409)

    def test_answering_and_comment_pages_lead_here_for_drafters(self):
        for name in ("response", "comment"):
            self.assertContains(self.client.get(reverse(f"comments:{name}", args=[self.first.pk])), self.url)
        self.assertContains(self.client.get(reverse("comments:feedback", args=[self.document.pk])), self.url)
        for person in (self.minh, self.thu):
            self.client.force_login(person)
            self.assertNotContains(self.client.get(reverse("comments:comment", args=[self.first.pk])), self.url)

    def test_it_can_be_undone_at_once_and_the_answer_waits_again(self):
        undo = reverse("drafts:undoing", args=[self.document.pk, self.document.operations.first().pk + 1])
        page = self.client.get(self.apply()["Location"])
        self.assertContains(page, undo)
        self.client.post(undo)
        self.assertEqual((self.stored().text, self.stored().version), (ARTICLE_1, 3))
        self.assertEqual(Response.objects.get(comment=self.first).outcome, "accepted")
        difference = reverse("drafts:difference", args=[self.document.pk, self.article_1.wid, 1, 2])
        self.assertNotContains(self.client.get(reverse("comments:comment", args=[self.first.pk])), difference)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.assertEqual(self.apply(base_version=3).status_code, 302)
        self.assertIn("áp dụng cho:", self.stored().text)

    def test_others_are_refused(self):
        for user, status in ((self.minh, 403), (self.thu, 403), (self.chi, 403), (self.hoa, 404)):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.apply().status_code, status)
        self.assertEqual(self.client.put(self.url).status_code, 405)
        self.client.logout()
        self.assertEqual(self.apply().status_code, 302)
        self.assertEqual(self.stored().version, 1)
