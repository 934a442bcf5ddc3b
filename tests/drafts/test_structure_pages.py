"""The outline of a draft and the acts on it, as a person meets them."""

import uuid

from django.urls import reverse

from drafts import services
from drafts.models import Operation, Provision
from drafts.restructuring import Removal
from tests.drafts.test_restructuring import FIRST, SECOND, StructureCase


class PageCase(StructureCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for user, role in ((cls.minh, "commenter"), (cls.thu, "secretary"), (cls.chi, "chair")):
            services.give_seat(cls.draft, by=cls.lan, role=role, user=user)

    def setUp(self):
        self.client.force_login(self.lan)

    def url(self, name, *args):
        return reverse(f"drafts:{name}", args=[self.draft.pk, *args])

    def post(self, act, **sent):
        sent = {"act": act, "numbering": "renumber"} | {k: str(getattr(v, "wid", v)) for k, v in sent.items()}
        return self.client.post(self.url("restructuring"), sent)

    def seen(self, response):
        return response.context["seen"]

    def assertRefused(self, method, address, data=None, *, editors=(403, 403, 403)):
        for user, status in zip((self.minh, self.thu, self.chi), editors, strict=True):
            self.client.force_login(user)
            self.assertEqual(getattr(self.client, method)(address, data or {}).status_code, status, user)
        self.client.force_login(self.hoa)
        self.assertEqual(getattr(self.client, method)(address, data or {}).status_code, 404)
        self.client.logout()
        self.assertEqual(getattr(self.client, method)(address, data or {}).status_code, 302)


class OutlineTests(PageCase):
    def test_it_shows_the_text_in_its_order_and_what_was_removed(self):
        self.act(Removal(self.a2.wid), reason="Trùng Điều 1")
        response = self.client.get(self.url("outline"))
        shown = [(branch.provision.label, branch.depth) for branch in response.context["branches"]]
        self.assertEqual(shown, [("Chương I", 0), ("Điều 1", 1), ("Điều 2", 1), ("Chương II", 0), ("Điều 3", 1)])
        self.assertContains(response, "Trùng Điều 1")
        self.assertContains(response, f"act=reinstate&amp;wid={self.a2.wid}")

    def test_what_was_merged_says_so_among_the_removed(self):
        preview = self.post("merge", wid=self.a1, heading="Một")
        self.assertContains(preview, "nội dung chuyển vào Điều 1")
        self.post("merge", wid=self.a1, heading="Một", seen=self.seen(preview))
        outline = self.client.get(self.url("outline"))
        self.assertContains(outline, "Lan gộp điều")
        merging = self.draft.operations.latest("pk")
        self.assertContains(outline, f'action="{self.url("undoing", merging.pk)}"')
        asked = {"act": "reinstate", "wid": self.a2.wid}
        self.assertContains(self.client.get(self.url("restructuring"), asked), "hãy hoàn tác việc gộp")
        self.client.post(self.url("undoing", merging.pk))
        self.assertEqual([self.words(self.a1), self.words(self.a2)], [FIRST, SECOND])
        self.act(Removal(self.a2.wid))
        self.assertNotContains(self.client.get(self.url("restructuring"), asked), "hãy hoàn tác việc gộp")
        self.assertNotContains(self.client.get(self.url("outline")), f'action="{self.url("undoing", merging.pk)}"')

    def test_what_can_be_done_depends_on_the_article(self):
        branches = {b.provision.wid: b for b in self.client.get(self.url("outline")).context["branches"]}
        self.assertEqual(
            [
                (branches[row.wid].may_split, branches[row.wid].may_merge)
                for row in (self.a1, self.a3, self.a4, self.one)
            ],
            [(True, True), (False, False), (False, False), (False, False)],
        )

    def test_the_queries_do_not_grow_with_the_draft(self):
        self.act(Removal(self.a2.wid))
        self.client.get(self.url("outline"))
        with self.assertNumQueries(8):
            self.client.get(self.url("outline"))
        for _ in range(8):
            self.insert()
        self.act(Removal(self.a3.wid))
        with self.assertNumQueries(8):
            self.client.get(self.url("outline"))

    def test_others_are_refused(self):
        self.assertEqual(self.client.post(self.url("outline")).status_code, 405)
        self.assertRefused("get", self.url("outline"))


class RestructuringTests(PageCase):
    def test_what_touches_no_citation_is_done_at_once_and_can_be_undone(self):
        response = self.post("insert", kind="article", heading="Mới", where="after", beside=self.a4)
        new = Provision.objects.get(heading="Mới")
        self.assertRedirects(response, self.url("outline") + f"#muc-{new.wid}", fetch_redirect_response=False)
        operation = self.draft.operations.first()
        page = self.client.get(self.url("outline"))
        self.assertContains(page, f'action="{self.url("undoing", operation.pk)}"')
        self.assertEqual(new.label, "Điều 5")

    def test_moving_starts_from_where_it_stands(self):
        for row, beside, where in (
            (self.a2, self.a1, "after"),
            (self.a4, self.two, "first"),
            (self.two, self.one, "after"),
        ):
            form = self.client.get(self.url("restructuring"), {"act": "move", "wid": row.wid}).context["form"]
            self.assertEqual((form["beside"].value(), form["where"].value()), (str(beside.wid), where))

    def test_a_split_shows_who_cites_the_whole_article(self):
        services.revise_article(self.a4, by=self.lan, base_version=1, heading="Bốn", text="Theo Điều 1.", reason="")
        response = self.post("split", wid=self.a1, line=1, heading="Nửa sau", numbering="keep")
        self.assertContains(response, "điều được viện dẫn đã tách làm hai")

    def test_citations_are_shown_before_anything_is_written(self):
        response = self.post("move", wid=self.a1, beside=self.a4, where="after", reason="Cho gọn")
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "<del>khoản 2 Điều 1</del> <ins>khoản 2 Điều 4</ins>")
        self.assertContains(response, "Cho gọn")
        self.assertEqual(self.draft.operations.filter(kind="moved").count(), 0)
        rows = response.context["replacements"]
        keys = [row["one"].key for row in rows if row["one"].found.sheet.wid == self.a2.wid]
        self.post("move", wid=self.a1, beside=self.a4, where="after", reason="Gọn", seen=self.seen(response))
        self.assertEqual(self.words(self.a2).split("\n")[0], "1. Theo khoản 2 Điều 1.")
        self.assertTrue(keys)

    def test_the_ticked_ones_are_written(self):
        response = self.post("move", wid=self.a1, beside=self.a4, where="after")
        sent = {"act": "move", "numbering": "renumber", "wid": self.a1.wid, "beside": self.a4.wid, "where": "after"}
        keys = [row["one"].key for row in response.context["replacements"]]
        self.client.post(self.url("restructuring"), sent | {"seen": self.seen(response), "follow": keys[:1]})
        self.assertEqual(self.words(self.a2), "1. Theo khoản 2 Điều 4.\n2. Theo Điều 3 và Chương II.")
        self.assertEqual(self.words(self.a4), "Theo các điều 1, 2 và 3.")

    def test_a_draft_changed_since_the_preview_is_shown_again(self):
        response = self.post("move", wid=self.a1, beside=self.a4, where="after")
        services.revise_article(self.a3, by=self.thu, base_version=1, heading="Ba", text="Theo Điều 1.", reason="")
        again = self.post("move", wid=self.a1, beside=self.a4, where="after", seen=self.seen(response))
        self.assertEqual(again.status_code, 409)
        self.assertContains(again, "<ins>Điều 4</ins>", status_code=409)
        self.assertEqual(self.draft.operations.filter(kind="moved").count(), 0)

    def test_removal_is_always_looked_at_first(self):
        response = self.post("remove", wid=self.a4)
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "Điều 4. Bốn")
        self.post("remove", wid=self.a4, seen=self.seen(response), reason="Không cần")
        self.a4.refresh_from_db()
        self.assertTrue(self.a4.is_removed)
        self.assertEqual(self.draft.operations.first().reason, "Không cần")

    def test_what_leads_nowhere_is_named(self):
        response = self.post("remove", wid=self.a2)
        self.assertContains(response, "<mark>Điều 2</mark>")

    def test_what_would_lead_to_another_article_is_marked_in_the_text(self):
        response = self.post("remove", wid=self.a2)
        self.assertContains(response, "<mark>Điều 2</mark><ins> [cũ]</ins>")
        self.assertContains(response, "<mark>các điều 1, 2 và 3</mark><ins> [cũ]</ins>")
        self.post("remove", wid=self.a2, seen=self.seen(response))
        self.assertEqual(self.words(self.a4), "Theo các điều 1, 2 và 3 [cũ].")
        self.assertContains(self.client.get(reverse("drafts:checks", args=[self.draft.pk])), "viện dẫn theo số cũ")
        self.client.post(self.url("undoing", self.draft.operations.latest("pk").pk))
        self.assertEqual(self.words(self.a4), "Theo các điều 1, 2 và 3.")

    def test_what_leads_nowhere_already_and_would_mislead_is_among_what_a_person_must_see_to(self):
        kept = self.post("remove", wid=self.a2, numbering="keep")
        self.assertNotContains(kept, "[cũ]")
        self.post("remove", wid=self.a2, numbering="keep", seen=self.seen(kept))
        response = self.post("renumber")
        self.assertContains(response, "vốn đã không có chỗ đến")
        self.assertContains(response, "<mark>Điều 2</mark><ins> [cũ]</ins>")

    def test_a_chapter_may_go_with_or_without_its_articles(self):
        response = self.post("remove", wid=self.two, extent="heading")
        self.post("remove", wid=self.two, extent="heading", seen=self.seen(response))
        self.assertEqual(self.labels(), ["Chương I", "Điều 1", "Điều 2", "Điều 3", "Điều 4"])

    def test_split_merge_reinstate_renumber(self):
        split = self.post("split", wid=self.a1, line=1, heading="Phân công")
        keys = [row["one"].key for row in split.context["replacements"]]
        sent = {"act": "split", "numbering": "renumber", "wid": self.a1.wid, "line": 1, "heading": "Phân công"}
        self.client.post(self.url("restructuring"), sent | {"seen": self.seen(split), "follow": keys})
        self.assertEqual(self.text.article("2").heading, "Phân công")
        merge = self.post("merge", wid=self.a1, heading="Một")
        self.post("merge", wid=self.a1, heading="Một", seen=self.seen(merge))
        self.assertEqual(len(self.labels()), 6)
        gone = Provision.objects.get(document=self.draft, is_removed=True)
        back = self.post("reinstate", wid=gone, numbering="keep")
        self.assertEqual(back.status_code, 302)
        self.assertEqual(self.text.find(gone.wid).number, "1a")
        renumbered = self.post("renumber")
        self.post("renumber", seen=self.seen(renumbered))
        self.assertEqual(self.text.find(gone.wid).number, "2")
        kinds = list(self.draft.operations.order_by("pk").values_list("kind", flat=True))[-4:]
        self.assertEqual(kinds, ["split", "merged", "reinstated", "renumbered"])

    def test_forms_stand_on_pages_of_their_own_and_in_dialogs(self):
        address = self.url("restructuring")
        for act in ("insert", "move", "split", "merge", "remove", "reinstate", "renumber"):
            response = self.client.get(address, {"act": act, "wid": self.a1.wid, "beside": self.a2.wid})
            self.assertContains(response, 'id="act-questions"', msg_prefix=act)
            self.assertContains(response, "<h1>")
        part = self.client.get(address, {"act": "split", "wid": self.a1.wid}, headers={"HX-Request": "true"})
        self.assertContains(part, "2. Phân công rõ người.")
        self.assertNotContains(part, "<h1>")

    def test_nothing_to_do_is_said(self):
        response = self.post("move", wid=self.a2, beside=self.a1, where="after")
        self.assertRedirects(response, self.url("outline"))
        self.assertEqual(self.draft.operations.filter(kind="moved").count(), 0)

    def test_wrong_input_is_refused(self):
        for sent in (
            {"act": "move", "wid": self.a1, "beside": uuid.uuid4(), "where": "after"},
            {"act": "move", "wid": self.a1, "beside": self.a2, "where": "under"},
            {"act": "move", "wid": self.a1, "beside": self.a2, "where": "first"},
            {"act": "split", "wid": self.a1, "line": 77},
            {"act": "insert", "kind": "preamble", "beside": self.a1, "where": "after"},
            {"act": "merge", "wid": self.a3},
            {"act": "insert", "kind": "article", "beside": self.one, "where": "first", "numbering": "keep"},
        ):
            with self.subTest(sent["act"]):
                self.assertEqual(self.post(**sent).status_code, 422)
        self.assertEqual(self.post("merge", wid=uuid.uuid4()).status_code, 404)
        self.assertEqual(self.post("merge", wid="x").status_code, 404)
        self.assertEqual(self.post("explode", wid=self.a1).status_code, 404)
        self.assertEqual(self.draft.operations.exclude(kind__in=["imported", "seated"]).count(), 0)

    def test_others_are_refused(self):
        self.assertEqual(self.client.put(self.url("restructuring")).status_code, 405)
        self.assertRefused("get", self.url("restructuring") + "?act=renumber")
        self.assertRefused("post", self.url("restructuring"), {"act": "renumber", "numbering": "renumber"})


class UndoingPageTests(PageCase):
    def test_undone_and_back_where_the_button_stood(self):
        operation = self.insert()
        response = self.client.post(
            self.url("undoing", operation.pk), headers={"Referer": "http://testserver" + self.url("outline")}
        )
        self.assertRedirects(response, "http://testserver" + self.url("outline"), fetch_redirect_response=False)
        undone = self.draft.operations.first()
        self.assertEqual(undone.kind, Operation.Kind.UNDONE)
        page = self.client.get(self.url("outline"))
        self.assertContains(page, self.url("undoing", undone.pk))

    def test_undoing_an_undoing_says_what_is_done_again(self):
        operation = self.insert()
        self.client.post(self.url("undoing", operation.pk))
        again = self.client.post(self.url("undoing", self.draft.operations.first().pk), follow=True)
        self.assertContains(again, "Đã làm lại: thêm điều.")

    def test_a_strange_address_is_not_followed(self):
        operation = self.insert()
        response = self.client.post(self.url("undoing", operation.pk), {"next": "https://example.org/"})
        self.assertRedirects(response, self.url("timeline"))

    def test_who_changed_what_since_is_named_and_the_rest_can_be_undone(self):
        operation = self.insert()
        self.a4.refresh_from_db()
        services.revise_article(self.a4, by=self.thu, base_version=2, heading="Bốn", text="Viết lại.", reason="")
        response = self.client.post(self.url("undoing", operation.pk))
        self.assertContains(response, "Thu", status_code=409)
        self.assertContains(response, 'name="rest"', status_code=409)
        self.client.post(self.url("undoing", operation.pk), {"rest": "1"})
        self.assertEqual(len(self.labels()), 6)
        self.assertEqual(self.words(self.a4), "Viết lại.")

    def test_an_act_on_another_draft_is_not_found(self):
        elsewhere = self.document.operations.first()
        self.assertEqual(self.client.post(self.url("undoing", elsewhere.pk)).status_code, 404)

    def test_twice_is_refused(self):
        operation = self.insert()
        self.client.post(self.url("undoing", operation.pk))
        self.assertEqual(self.client.post(self.url("undoing", operation.pk)).status_code, 409)

    def test_others_are_refused(self):
        operation = self.insert()
        self.assertEqual(self.client.get(self.url("undoing", operation.pk)).status_code, 405)
        self.assertRefused("post", self.url("undoing", operation.pk))
