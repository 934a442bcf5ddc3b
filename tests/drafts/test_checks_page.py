"""The page of checks, and applying what they suggest."""

from drafts import services
from drafts.models import Provision
from drafts.undoing import undo_operation
from tests.drafts.test_structure_pages import PageCase

WRONG = "1. Gồm:\na) Tỉnh uỷ\nb) Đảng ủy, Huyện ủy\n2. Theo Điều 9."


class ChecksTests(PageCase):
    def setUp(self):
        super().setUp()
        services.revise_article(self.a4, by=self.lan, base_version=1, heading="Bốn", text=WRONG, reason="")

    def keys(self, **asked):
        return self.client.get(self.url("checks"), asked).context["certain"]

    def test_findings_stand_under_their_article_with_a_way_to_it(self):
        response = self.client.get(self.url("checks"))
        self.assertContains(response, "<mark>Điều 9</mark>")
        self.assertContains(response, "<del>ỷ</del> <ins>ỷ;</ins>")
        self.assertContains(response, "?text=working#dieu-4")
        (group,) = (one for one in response.context["groups"] if one["sheet"].label == "Điều 4")
        self.assertEqual(len(group["findings"]), 3)

    def test_by_kind_and_with_spelling(self):
        only = self.client.get(self.url("checks"), {"kind": "citation"})
        count = only.context["count"]
        self.assertEqual(only.context["shown_count"], 1)
        spelling = self.client.get(self.url("checks"), {"spelling": "1"})
        self.assertEqual(spelling.context["count"], count + 1)
        self.assertEqual(self.client.get(self.url("checks"), {"kind": "x"}).context["shown_count"], count)

    def test_one_suggestion_is_one_act_that_can_be_undone(self):
        key = self.keys()[0]
        response = self.client.post(self.url("mending"), {"finding": key})
        self.assertRedirects(response, self.url("checks"))
        self.assertEqual(self.words(self.a4), WRONG.replace("Tỉnh uỷ", "Tỉnh uỷ;"))
        operation = self.draft.operations.first()
        self.assertEqual(operation.kind, "revised")
        undo_operation(operation, by=self.lan)
        self.assertEqual(self.words(self.a4), WRONG)

    def test_all_at_once_are_one_act(self):
        before = self.draft.operations.count()
        self.client.post(self.url("mending"), {"finding": self.keys(), "spelling": "1"})
        self.assertEqual(self.draft.operations.count(), before + 1)
        self.assertIn("b) Đảng ủy, Huyện ủy.", self.words(self.a4))
        self.assertEqual(Provision.objects.get(pk=self.a4.pk).version, 3)
        self.assertEqual(self.keys(), [])

    def test_a_text_that_changed_meanwhile_is_left_alone(self):
        keys = self.keys()
        services.revise_article(self.a4, by=self.thu, base_version=2, heading="Bốn", text="Khác.", reason="")
        self.assertEqual(self.client.post(self.url("mending"), {"finding": keys}).status_code, 409)
        self.assertEqual(self.client.post(self.url("mending"), {"finding": "x"}).status_code, 409)
        self.assertEqual(self.words(self.a4), "Khác.")

    def test_the_queries_are_few(self):
        self.client.get(self.url("checks"))
        with self.assertNumQueries(5):
            self.client.get(self.url("checks"))

    def test_others_are_refused(self):
        self.assertEqual(self.client.post(self.url("checks")).status_code, 405)
        self.assertEqual(self.client.get(self.url("mending")).status_code, 405)
        key = self.keys()[0]
        self.assertRefused("get", self.url("checks"))
        self.assertRefused("post", self.url("mending"), {"finding": key})
