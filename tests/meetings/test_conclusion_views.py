from accounts.models import Notice
from drafts import services as drafts
from drafts.models import Seat
from meetings import queries, services
from meetings.models import Conclusion, ConclusionComment
from tests.meetings.cast import MeetingTestCase
from tests.people import make_document


class RecordTests(MeetingTestCase):
    def setUp(self):
        self.url = f"/meetings/{self.meeting.pk}/conclusions/"

    def test_a_conclusion_is_recorded_with_the_drafts_it_concerns(self):
        self.sign_in(self.thu)
        response = self.client.post(self.url, {"text": "Nói rõ chủ thể", "documents": [self.document.pk]})
        self.assertRedirects(response, self.url)
        conclusion = Conclusion.objects.get(number=2)
        self.assertEqual((conclusion.text, list(conclusion.documents.all())), ("Nói rõ chủ thể", [self.document]))

    def test_it_names_articles_and_comments_of_several_drafts(self):
        other, hidden = (make_document(by=self.lan, title=title) for title in ("Quy chế hai", "Canary11"))
        drafts.give_seat(other, by=self.lan, role=Seat.Role.SECRETARY, user=self.thu)
        for draft in (other, hidden):
            services.add_agenda_item(self.meeting, by=self.thu, title="Mục", document=draft)
        mine, theirs = self.say(self.edition, self.minh), self.say(drafts.issue_edition(hidden, by=self.lan), self.lan)
        third = other.provisions.get(number="2")
        self.sign_in(self.thu)
        data = {
            "text": "Thống nhất Điều 1 và Điều 2.",
            f"articles-{self.document.pk}": "đ1, Điều 1",
            f"articles-{other.pk}": "Điều 2",
            "comment_numbers": f"số {mine.pk}",
        }
        for wrong in ({f"articles-{other.pk}": "Đ77"}, {"comment_numbers": f"{theirs.pk}"}):
            response = self.client.post(self.url, data | wrong)
            self.assertContains(response, "Thống nhất Điều 1", status_code=422)
        for _twice in range(2):
            self.assertRedirects(self.client.post(self.url, data), self.url)
        conclusion = Conclusion.objects.get(number=2)
        self.assertEqual(set(conclusion.documents.all()), {self.document, other})
        self.assertEqual(list(conclusion.articles.order_by("pk")), [self.article_1, third])
        self.assertEqual(list(conclusion.comments.all()), [mine])
        ConclusionComment.objects.bulk_create([ConclusionComment(conclusion=conclusion, comment=theirs)])
        address = f"/conclusions/{conclusion.pk}/"
        page = self.client.get(address)
        self.assertContains(page, 'value="Điều 1"')
        self.assertContains(page, f'value="{mine.pk}"')
        self.assertNotContains(page, "Canary11")
        start = page.context["form"].initial
        self.assertNotIn(f"c{theirs.pk}", start["seen"])
        data = {"text": "Khác", "seen_text": start["seen_text"], "documents": [other.pk]}
        # Whatever a form says it was made with: what the person cannot see stays linked.
        self.client.post(address, data | {"seen": f"{start['seen']} c{theirs.pk}"})
        self.assertEqual(list(conclusion.documents.all()), [other])
        self.assertEqual((list(conclusion.articles.all()), list(conclusion.comments.all())), ([], [theirs]))

    def test_one_goes_on_to_assign_a_task_unless_there_is_none(self):
        self.sign_in(self.thu)
        response = self.client.post(self.url, {"text": "Giao việc", "assign": "1"})
        conclusion = Conclusion.objects.get(number=2)
        self.assertRedirects(response, f"/conclusions/{conclusion.pk}/assignments/")
        response = self.client.post(self.url, {"text": "Nhất trí", "assign": "1", "gives_no_task": "on"})
        self.assertRedirects(response, self.url)

    def test_what_was_accepted_is_not_offered_again_and_what_was_refused_is(self):
        self.sign_in(self.thu)
        self.client.post(self.url, {"text": "Đã ghi"})
        self.assertContains(self.client.get(self.url), " data-sent")
        self.assertNotContains(self.client.get(self.url), " data-sent")
        refused = self.client.post(self.url, {"text": "x" * 20_001})
        self.assertContains(refused, " data-bound", status_code=422)
        self.assertNotContains(refused, " data-sent", status_code=422)

    def test_wrong_input_keeps_what_was_typed(self):
        stranger = make_document(by=self.lan, title="Canary9")
        self.sign_in(self.thu)
        response = self.client.post(self.url, {"text": "Giữ lại chữ này", "documents": [stranger.pk]})
        self.assertContains(response, "Giữ lại chữ này", status_code=422)
        self.assertNotContains(response, "Canary9", status_code=422)
        self.assertEqual(self.client.post(self.url, {"text": "  "}).status_code, 422)

    def test_the_six_questions(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        for user, status in ((self.dai, 403), (self.hoa, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.client.post(self.url, {"text": "x"}).status_code, status)
        self.sign_in(self.chi)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.assertEqual(self.client.put(self.url).status_code, 405)
        self.assertEqual(Conclusion.objects.count(), 1)


class ConclusionTests(MeetingTestCase):
    def setUp(self):
        self.url = f"/conclusions/{self.conclusion.pk}/"
        self.seen = self.conclusion.text

    def post(self, **data):
        return self.client.post(self.url, {"text": "Khác", "seen_text": self.seen} | data)

    def test_a_conclusion_is_reworded(self):
        self.sign_in(self.thu)
        self.assertContains(self.client.get(self.url), self.seen)
        self.assertEqual(self.post(documents=[self.document.pk]).status_code, 302)
        self.conclusion.refresh_from_db()
        self.assertEqual(self.conclusion.text, "Khác")

    def test_a_draft_the_secretary_cannot_see_stays_linked(self):
        secret = make_document(by=self.lan, title="Canary10")
        drafts.give_seat(secret, by=self.lan, role=Seat.Role.READER, user=self.chi)
        self.conclusion.documents.add(secret)
        self.sign_in(self.thu)
        page = self.client.get(self.url)
        self.assertNotContains(page, "Canary10")
        self.post(seen=f"{page.context['form'].initial['seen']} d{secret.pk}")
        self.assertEqual(list(self.conclusion.documents.all()), [secret])

    def test_somebody_elses_newer_words_are_shown_and_nothing_is_lost(self):
        services.edit_conclusion(self.conclusion, by=self.chi, text="Của chủ trì", gives_no_task=False)
        self.sign_in(self.thu)
        response = self.post(text="Chữ của tôi")
        self.assertContains(response, "Chữ của tôi", status_code=422)
        self.assertContains(response, "Của chủ trì", status_code=422)
        self.assertContains(response, 'name="seen_text" value="Của chủ trì"', status_code=422)
        self.assertEqual(self.post(text="Chữ của tôi", seen_text="Của chủ trì").status_code, 302)

    def test_links_a_colleague_makes_or_takes_away_meanwhile_stay_as_they_are(self):
        kept, theirs, mine, dropped = (self.say(self.edition, self.minh, f"Ý kiến {n}.") for n in range(4))
        linked = {"documents": [self.document], "articles": [self.article_1]}
        same = {"text": self.seen, "gives_no_task": False}
        services.edit_conclusion(self.conclusion, by=self.thu, **same, **linked, comments=[kept, dropped])
        self.sign_in(self.chi)
        start = self.client.get(self.url).context["form"].initial
        services.edit_conclusion(
            self.conclusion, by=self.thu, **same, articles=[self.article_1, self.article_2], comments=[kept, theirs]
        )
        typed = {"seen": start["seen"], f"articles-{self.document.pk}": "", "comment_numbers": f"{kept.pk}, {mine.pk}"}
        self.assertEqual(self.post(**typed, documents=[self.document.pk]).status_code, 302)
        self.assertEqual(set(self.conclusion.comments.all()), {kept, theirs, mine})
        self.assertEqual(list(self.conclusion.articles.all()), [self.article_2])
        self.assertEqual(list(self.conclusion.documents.all()), [self.document])

    def test_what_is_taken_out_of_the_form_is_unlinked(self):
        self.sign_in(self.chi)
        start = self.client.get(self.url).context["form"].initial
        self.assertEqual(self.post(seen=start["seen"], documents=[]).status_code, 302)
        self.assertFalse(self.conclusion.documents.exists())

    def test_with_tasks_it_cannot_say_that_it_has_none(self):
        self.sign_in(self.thu)
        self.assertEqual(self.post(gives_no_task="on").status_code, 422)

    def test_a_signed_one_is_read_on_the_meetings_page_and_not_changed(self):
        self.sign_notice(self.conclusion.notice)
        self.sign_in(self.thu)
        address = f"/meetings/{self.meeting.pk}/#conclusion-{self.conclusion.pk}"
        self.assertRedirects(self.client.get(self.url), address)
        response = self.post()
        self.assertContains(response, "Khác", status_code=422)
        self.conclusion.refresh_from_db()
        self.assertEqual(self.conclusion.text, self.seen)
        self.assertNotContains(self.client.get(f"/meetings/{self.meeting.pk}/"), f'href="{self.url}"')

    def test_the_six_questions(self):
        self.assertEqual(self.client.get(self.url).status_code, 302)
        for user, status in ((self.dai, 403), (self.hoa, 404), (self.lan, 404)):
            self.sign_in(user)
            self.assertEqual(self.client.get(self.url).status_code, status)
            self.assertEqual(self.post().status_code, status)
        self.sign_in(self.thu)
        self.assertEqual(self.post(text="").status_code, 422)
        self.assertEqual(self.client.delete(self.url).status_code, 405)


class SignatureTests(MeetingTestCase):
    """Submitted by the secretary, agreed or given back by the chair, signed as agreed."""

    def setUp(self):
        self.page = f"/meetings/{self.meeting.pk}/"
        self.url = f"{self.page}signature/"

    def seen(self):
        return self.client.get(self.page).context["digest"]

    def act(self, user, part, **data):
        self.sign_in(user)
        return self.client.post(f"{self.page}{part}/", data)

    def notice(self):
        return self.meeting.notices.get(signed_at=None)

    def told(self, user):
        return list(Notice.objects.filter(recipient=user, kind="conclusion").values_list("text", flat=True))

    def test_from_the_secretarys_draft_to_the_chairs_signature(self):
        for _twice in range(2):
            self.assertRedirects(self.act(self.thu, "submission"), f"{self.page}#conclusions")
        self.assertEqual((self.notice().state, len(self.told(self.chi))), ("submitted", 1))
        self.assertEqual(waiting(self.chi), ["submitted"])
        self.assertNotContains(self.client.get(self.page), f"{self.page}submission/")
        self.assertEqual(self.act(self.chi, "giving-back", reason=" ").status_code, 422)
        self.act(self.chi, "giving-back", reason="Nói rõ thời hạn.")
        self.assertEqual((self.notice().state, self.told(self.thu)), ("returned", ["Nói rõ thời hạn."]))
        self.assertEqual((waiting(self.thu), waiting(self.chi)), (["returned"], []))
        self.sign_in(self.thu)
        self.assertContains(self.client.get(self.page), "Nói rõ thời hạn.")
        self.sign_in(self.dai)
        self.assertNotContains(self.client.get(self.page), "Nói rõ thời hạn.")
        self.act(self.thu, "submission")
        self.sign_in(self.chi)
        self.assertNotContains(self.client.get(self.page), self.url)
        for _twice in range(2):
            self.assertRedirects(self.act(self.chi, "agreement", seen=self.seen()), f"{self.page}#conclusions")
        self.assertEqual((self.notice().state, len(self.told(self.thu))), ("agreed", 2))
        self.assertEqual((waiting(self.thu), waiting(self.chi)), ([], ["agreed"]))
        response = self.act(self.chi, "signature", seen=self.seen(), symbol="07-KL/TU")
        self.assertRedirects(response, f"{self.page}#conclusions")
        notice = self.meeting.notices.get()
        self.assertEqual((notice.signed_by, notice.symbol, notice.state), (self.chi, "07-KL/TU", "signed"))
        self.assertNotContains(self.client.get(self.page), self.url)
        kinds = [row.operation.kind for row in notice.history.select_related("operation").order_by("history_id")]
        self.assertEqual(
            kinds, ["concluded", "submitted", "gave_back_conclusion", "submitted", "agreed_conclusions", "signed"]
        )
        self.sign_in(self.thu)
        self.client.post(f"{self.page}conclusions/", {"text": "Bổ sung.", "gives_no_task": "on"})
        self.assertContains(self.client.get(self.page), "Thông báo kết luận bổ sung")
        self.assertEqual((self.notice().state, self.meeting.notices.count()), ("drafted", 2))

    def test_how_far_a_unit_has_got_with_its_task_leaves_the_agreement_as_it_is(self):
        self.sign_in(self.chi)
        self.act(self.chi, "agreement", seen=self.seen())
        for state, note in (("acknowledged", ""), ("in_progress", ""), ("reported", "Đã lập bảng")):
            services.move_assignment(self.assignment, by=self.lan, state=state, note=note)
        self.assertRedirects(self.act(self.chi, "signature", seen=self.seen()), f"{self.page}#conclusions")
        self.assertTrue(self.meeting.notices.get().is_signed)

    def test_a_task_that_was_cancelled_is_agreed_to_again(self):
        self.sign_in(self.chi)
        other = self.make_assignment(task="Việc khác")
        self.act(self.chi, "agreement", seen=self.seen())
        services.move_assignment(other, by=self.thu, state="cancelled", note="Thôi")
        self.assertEqual(self.act(self.chi, "signature", seen=self.seen()).status_code, 409)

    def test_what_changed_meanwhile_is_neither_agreed_to_nor_signed(self):
        self.sign_in(self.chi)
        seen = self.seen()
        services.edit_conclusion(self.conclusion, by=self.thu, text="Đổi vào phút chót", gives_no_task=False)
        self.assertContains(self.act(self.chi, "agreement", seen=seen), "Đổi vào phút chót", status_code=409)
        for change in (
            lambda: self.make_assignment(task="Thêm một việc"),
            lambda: services.edit_conclusion(
                self.conclusion, by=self.thu, text="Đổi vào phút chót", gives_no_task=False, documents=[]
            ),
        ):
            self.act(self.chi, "agreement", seen=self.seen())
            seen = self.seen()
            change()
            for digest in (seen, self.seen()):
                response = self.act(self.chi, "signature", seen=digest, symbol="07-KL/TU")
                self.assertEqual(response.status_code, 409)
            self.assertContains(self.client.get(self.page), f"{self.page}agreement/")
            self.sign_in(self.thu)
            self.assertContains(self.client.get(self.page), f"{self.page}submission/")
        self.assertFalse(self.notice().is_signed)
        self.act(self.chi, "agreement", seen=self.seen())
        self.assertEqual(self.act(self.chi, "signature", seen=self.seen()).status_code, 302)

    def test_a_conclusion_without_a_task_stops_all_of_it(self):
        services.add_conclusion(self.meeting, by=self.thu, text="Chưa giao")
        self.assertContains(self.act(self.thu, "submission"), "Kết luận 2 chưa có nhiệm vụ", status_code=409)
        for part in ("agreement", "signature"):
            self.assertEqual(self.act(self.chi, part, seen=self.seen()).status_code, 409)

    def test_the_six_questions(self):
        for part, keepers in (("submission", 1), ("agreement", 0), ("giving-back", 0), ("signature", 0)):
            self.client.logout()
            self.assertEqual(self.client.post(f"{self.page}{part}/").status_code, 302)
            refused = [(self.dai, 403), (self.hoa, 404)] + ([] if keepers else [(self.thu, 403)])
            for user, status in refused:
                self.assertEqual(self.act(user, part, seen="x", reason="x").status_code, status)
            self.sign_in(self.chi)
            self.assertEqual(self.client.get(f"{self.page}{part}/").status_code, 405)
        self.assertEqual(self.act(self.chi, "signature").status_code, 422)
        self.assertFalse(self.meeting.notices.get().is_signed)
        self.sign_notice()
        for part in ("submission", "agreement", "giving-back", "signature"):
            self.assertEqual(self.act(self.chi, part, seen="x", reason="x").status_code, 409)


def waiting(user):
    """What the first page says is to be done with conclusions."""
    return [str(notice.state) for notice in queries.conclusions_waiting(user)]
