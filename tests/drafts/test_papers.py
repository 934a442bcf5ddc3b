"""Arranging papers: who may, what is stored, what it looks like."""

import re

from django.urls import reverse

from drafts import papers
from drafts.exporting import PRESETS, Profile
from drafts.models import Operation, PaperLayout
from drafts.models.papers import COLUMNS
from tests.people import DraftTestCase, allow, make_user


class PapersTestCase(DraftTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        allow(cls.thu, "drafts.arrange_papers")
        cls.administrator = make_user("quantri", is_superuser=True)
        cls.mine = cls.store(cls.thu, unit=cls.office, name="Văn phòng")
        cls.others = cls.store(cls.administrator, unit=cls.department, name="Ban Tổ chức")
        cls.sites = cls.store(cls.administrator, unit=None, name="Toàn tỉnh")

    @classmethod
    def store(cls, by, **columns):
        row = PaperLayout.from_preset("party_2026")
        columns = {name: getattr(row, name) for name in [*COLUMNS, "recipients"]} | columns
        row = PaperLayout()
        papers.save_layout(row, by=by, columns=columns)
        return row

    def data(self, **changes):
        """A form filled in as the preset says."""
        row = PaperLayout.from_preset("party_2026")
        fields = {name: getattr(row, name) for name in COLUMNS if not name.startswith("kind_")}
        fields["mirrors_margins"] = ""
        return fields | {"unit": self.office.pk, "recipients": "", "kind_symbol_regulation": "QC"} | changes


class TestList(PapersTestCase):
    url = reverse("drafts:papers")

    def test_administrators_see_all_others_their_units(self):
        self.client.force_login(self.administrator)
        with self.assertNumQueries(3):
            page = self.client.get(self.url).content.decode()
        assert all(name in page for name in ("Văn phòng", "Ban Tổ chức", "Toàn tỉnh"))
        self.client.force_login(self.thu)
        page = self.client.get(self.url).content.decode()
        assert reverse("drafts:paper", args=[self.mine.pk]) in page
        assert reverse("drafts:paper", args=[self.others.pk]) not in page

    def test_refusals(self):
        assert self.client.get(self.url).status_code == 302
        self.client.force_login(self.lan)
        assert self.client.get(self.url).status_code == 403
        self.client.force_login(self.thu)
        assert self.client.post(self.url).status_code == 405


class TestNew(PapersTestCase):
    url = reverse("drafts:paper_new")

    def test_a_layout_is_stored_with_its_act(self):
        self.client.force_login(self.thu)
        response = self.client.post(
            self.url, self.data(name="Mới", issuing_body="VĂN PHÒNG", recipients=" - A \n\n- B")
        )
        assert response.status_code == 302
        row = PaperLayout.objects.get(name="Mới")
        assert (row.unit, row.issuing_body, row.recipients) == (self.office, "VĂN PHÒNG", "- A\n- B")
        assert row.kind_symbols["regulation"] == "QC"
        assert row.history.get().operation.kind == Operation.Kind.ARRANGED_PAPERS
        assert row.layout().recipients == ("- A", "- B")

    def test_opened_it_says_what_the_rules_say(self):
        self.client.force_login(self.thu)
        page = self.client.get(self.url, {"profile": "state"}).content.decode()
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
        assert "<svg" in page

    def test_wrong_input(self):
        self.client.force_login(self.thu)
        response = self.client.post(self.url, self.data(name="", body_size="90"))
        assert response.status_code == 422
        assert not PaperLayout.objects.filter(body_size=90).exists()
        assert self.client.post(self.url, self.data(unit=self.department.pk)).status_code == 422
        assert self.client.get(self.url, {"profile": "nope"}).status_code == 409

    def test_refusals(self):
        assert self.client.get(self.url).status_code == 302
        self.client.force_login(self.lan)
        assert self.client.post(self.url, self.data()).status_code == 403
        assert self.client.put(self.url).status_code == 405


class TestLayout(PapersTestCase):
    @property
    def url(self):
        return reverse("drafts:paper", args=[self.mine.pk])

    def test_it_is_changed_and_the_change_recorded(self):
        self.client.force_login(self.thu)
        assert self.client.get(self.url).status_code == 200
        response = self.client.post(self.url, self.data(name="Văn phòng", place="Sơn Hà"))
        assert response.status_code == 302
        self.mine.refresh_from_db()
        assert self.mine.place == "Sơn Hà"
        assert self.mine.history.count() == 2

    def test_the_same_again_changes_nothing(self):
        self.client.force_login(self.thu)
        self.client.post(self.url, self.data(name="Văn phòng", place="Sơn Hà"))
        before = Operation.objects.count()
        self.client.post(self.url, self.data(name="Văn phòng", place="Sơn Hà"))
        assert Operation.objects.count() == before

    def test_refusals(self):
        assert self.client.get(self.url).status_code == 302
        self.client.force_login(self.lan)
        assert self.client.get(self.url).status_code == 403
        self.client.force_login(self.thu)
        assert self.client.get(reverse("drafts:paper", args=[self.others.pk])).status_code == 404
        assert self.client.post(self.url, self.data(name="")).status_code == 422
        assert self.client.put(self.url).status_code == 405


class TestPreview(PapersTestCase):
    url = reverse("drafts:paper_preview")

    def test_the_first_page_as_the_form_stands(self):
        self.client.force_login(self.thu)
        before = PaperLayout.objects.count()
        part = self.client.post(
            self.url, self.data(issuing_body="BAN MỚI", draft_mark="Bản {n}"), headers={"hx-request": "true"}
        )
        assert part.content.decode().count("<svg") == 1
        assert "BAN MỚI" in part.content.decode()
        assert "Bản 2" in part.content.decode()
        whole = self.client.post(self.url, self.data(issuing_body="BAN MỚI"))
        assert "<form" in whole.content.decode()
        assert "BAN MỚI" in whole.content.decode()
        assert PaperLayout.objects.count() == before

    def test_lines_of_the_picture_end_within_its_margins_whatever_the_type(self):
        self.client.force_login(self.thu)
        page = self.client.post(self.url, self.data(), headers={"hx-request": "true"}).content.decode()
        left, width = (float(re.search(rf'class="area" .*?{name}="([\d.]+)"', page)[1]) for name in ("x", "width"))
        drawn = re.findall(r'<text x="([\d.]+)"[^>]* text-anchor="start"[^>]* textLength="([\d.]+)"', page)
        assert drawn
        assert all(float(x) + float(length) <= left + width for x, length in drawn)

    def test_numbers_of_the_picture_have_dots_in_every_language(self):
        self.client.force_login(self.thu)
        part = self.client.post(
            self.url, self.data(left="30.5"), headers={"hx-request": "true", "accept-language": "vi"}
        )
        assert 'x="30.5"' in part.content.decode()

    def test_wrong_input(self):
        self.client.force_login(self.thu)
        wrong = self.data(body_size="x")
        assert self.client.post(self.url, wrong).status_code == 422
        assert self.client.post(self.url, wrong, headers={"hx-request": "true"}).status_code == 422

    def test_refusals(self):
        assert self.client.post(self.url).status_code == 302
        self.client.force_login(self.lan)
        assert self.client.post(self.url, self.data()).status_code == 403
        assert self.client.get(self.url).status_code == 405


class TestWithdrawal(PapersTestCase):
    @property
    def url(self):
        return reverse("drafts:paper_withdrawal", args=[self.mine.pk])

    def test_it_is_offered_no_more(self):
        self.client.force_login(self.thu)
        assert self.client.post(self.url).status_code == 302
        assert str(self.mine.pk) not in [offer.key for offer in papers.offers(self.office)]
        assert self.client.get(reverse("drafts:paper", args=[self.mine.pk])).status_code == 404
        assert PaperLayout.objects.get(pk=self.mine.pk).history.count() == 2

    def test_refusals(self):
        assert self.client.post(self.url).status_code == 302
        self.client.force_login(self.lan)
        assert self.client.post(self.url).status_code == 403
        self.client.force_login(self.thu)
        assert self.client.post(reverse("drafts:paper_withdrawal", args=[self.others.pk])).status_code == 404
        assert self.client.get(self.url).status_code == 405


class TestOffers(PapersTestCase):
    def test_the_units_own_come_first_then_the_sites_then_the_rules(self):
        with self.assertNumQueries(1):
            names = [offer.name for offer in papers.offers(self.department, self.office)]
        assert names == ["Ban Tổ chức", "Văn phòng", "Toàn tỉnh", *(PRESETS[profile].name for profile in Profile)]
        assert papers.offers(None)[0].name == "Toàn tỉnh"

    def test_a_stored_preset_is_the_preset(self):
        for profile in Profile:
            assert PaperLayout.from_preset(profile.value).layout() == PRESETS[profile]

    def test_who_has_no_unit_arranges_nothing(self):
        person = make_user("vodonvi")
        allow(person, "drafts.arrange_papers")
        assert papers.layouts_of(person) == []
