import datetime as dt
import re

import time_machine
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse

from accounts import outbox
from accounts.models import OutgoingMail, Unit, UnitContact, User
from meetings.models import SpecialDay
from tests.people import DraftTestCase, allow, make_unit, make_user

NO_DRAFTS = ("drafts", "comments", "meetings", "reversion", "simple_history")


class AdministrationTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.boss = User.objects.create_superuser("quantri", email="quantri@example.org", full_name="Quản trị viên")
        cls.unit = make_unit("Ban Tổ chức Tỉnh ủy", founded_on=dt.date(2020, 7, 1))
        for number, name in enumerate(["Nguyễn Văn Bình", "Đỗ Thị Ân", "Trần Đức", "Lê Văn Dũng", "Nguyễn Thị Ánh"]):
            make_user(f"person{number}", full_name=name, unit=cls.unit)

    def setUp(self):
        self.client.force_login(self.boss)

    def names_on(self, address, **parameters):
        page = self.client.get(address, parameters)
        return [row.full_name for row in page.context["cl"].result_list]


class PeopleTests(AdministrationTestCase):
    address = "/admin/accounts/user/"

    def test_they_stand_in_vietnamese_order_of_their_given_names(self):
        expected = ["Nguyễn Thị Ánh", "Đỗ Thị Ân", "Nguyễn Văn Bình", "Lê Văn Dũng", "Trần Đức", "Quản trị viên"]
        self.assertEqual(self.names_on(self.address), expected)
        self.assertEqual(self.names_on(self.address, o="-1"), expected[::-1])

    def test_they_are_found_without_diacritics(self):
        for typed, found in [("tran duc", ["Trần Đức"]), ("nguyen van", ["Nguyễn Văn Bình"]), ("ĐỖ", ["Đỗ Thị Ân"])]:
            with self.subTest(typed):
                self.assertEqual(self.names_on(self.address, q=typed), found)

    def test_they_are_found_without_diacritics_where_one_is_chosen(self):
        field = {"app_label": "accounts", "model_name": "unitcontact", "field_name": "user"}
        found = self.client.get("/admin/autocomplete/", {**field, "term": "le van dung"}).json()
        self.assertEqual([result["text"] for result in found["results"]], ["Lê Văn Dũng"])

    def test_a_new_person_has_one_full_name_and_no_password_of_the_administrators(self):
        form = {"username": "moi", "full_name": "Phạm Thị Mới", "email": "moi@example.org", "rank": 1000}
        added = self.client.post(f"{self.address}add/", {**form, "usable_password": "false"})
        self.assertEqual(added.status_code, 302)
        person = User.objects.get(username="moi")
        self.assertEqual((person.full_name, person.has_usable_password()), ("Phạm Thị Mới", False))
        self.assertEqual(person.history.get().history_user, self.boss)

    def test_a_name_that_differs_in_capitals_alone_is_refused(self):
        form = {"username": "PERSON1", "full_name": "Phạm Thị Mới", "email": "moi@example.org", "rank": 1000}
        self.assertEqual(self.client.post(f"{self.address}add/", {**form, "usable_password": "false"}).status_code, 200)
        self.assertFalse(User.objects.filter(username="PERSON1").exists())

    def test_the_list_costs_the_same_with_more_people(self):
        self.client.get(self.address)
        with self.assertNumQueries(6):
            self.client.get(self.address)
        for number in range(20, 30):
            make_user(f"person{number}", unit=self.unit)
        with self.assertNumQueries(6):
            self.client.get(self.address)

    def test_only_rights_that_mean_something_are_offered(self):
        page = self.client.get(f"{self.address}{self.boss.pk}/change/")
        offered = page.context["adminform"].form.fields["user_permissions"].queryset
        codenames = set(offered.values_list("codename", flat=True))
        self.assertLessEqual({"create_documents", "create_meetings", "change_user", "change_unit"}, codenames)
        self.assertFalse({"add_logentry", "delete_revision", "add_session"} & codenames)

    def test_staff_cannot_raise_themselves_nor_take_over_an_administrator(self):
        staff = make_user("staff", is_staff=True)
        allow(staff, "accounts.change_user")
        allow(staff, "accounts.view_user")
        self.client.force_login(staff)
        mine = f"{self.address}{staff.pk}/change/"
        form = {"username": "staff", "full_name": "Staff", "email": "staff@example.org", "rank": 1000}
        self.assertEqual(self.client.post(mine, {**form, "is_active": "on", "is_superuser": "on"}).status_code, 302)
        staff.refresh_from_db()
        self.assertEqual((staff.is_superuser, staff.is_staff), (False, True))
        for address in (f"{self.address}{self.boss.pk}/change/", f"{self.address}{self.boss.pk}/password/"):
            with self.subTest(address):
                self.assertEqual(self.client.post(address, {"password1": "x", "password2": "x"}).status_code, 403)


class UnitTests(AdministrationTestCase):
    address = "/admin/accounts/unit/"

    def form(self, **fields):
        inlines = {"contacts-TOTAL_FORMS": 0, "contacts-INITIAL_FORMS": 0}
        return {"name": "Ban Nội chính Tỉnh ủy", "rank": 20, **inlines, **fields}

    def test_they_are_found_without_diacritics(self):
        page = self.client.get(self.address, {"q": "ban to chuc"})
        self.assertEqual(list(page.context["cl"].result_list), [self.unit])

    def test_they_have_days_of_validity_and_contacts(self):
        person = User.objects.get(username="person1")
        contact = {"contacts-TOTAL_FORMS": 1, "contacts-0-user": person.pk}
        added = self.client.post(f"{self.address}add/", self.form(founded_on="2021-03-01", **contact))
        self.assertEqual(added.status_code, 302)
        unit = Unit.objects.get(name="Ban Nội chính Tỉnh ủy")
        self.assertEqual((unit.founded_on, unit.stands_on(dt.date(2021, 2, 28))), (dt.date(2021, 3, 1), False))
        self.assertTrue(UnitContact.objects.filter(unit=unit, user=person).exists())

    def test_they_do_not_end_before_they_begin(self):
        form = self.form(founded_on="2021-03-01", dissolved_on="2020-03-01")
        self.assertEqual(self.client.post(f"{self.address}add/", form).status_code, 200)
        self.assertFalse(Unit.objects.filter(name="Ban Nội chính Tỉnh ủy").exists())

    def test_a_successor_is_not_set_without_moving_the_work(self):
        other = make_unit("Ban khác")
        self.client.post(f"{self.address}{self.unit.pk}/change/", self.form(name=self.unit.name, successor=other.pk))
        self.unit.refresh_from_db()
        self.assertIsNone(self.unit.successor)

    def test_who_changed_what_is_on_the_record(self):
        self.client.post(f"{self.address}{self.unit.pk}/change/", self.form(name="Ban Tổ chức"))
        page = self.client.get(f"{self.address}{self.unit.pk}/history/")
        self.assertContains(page, "Ban Tổ chức Tỉnh ủy → Ban Tổ chức")
        self.assertContains(page, "Quản trị viên")
        self.assertNotContains(page, "style=")
        entry = self.unit.history.first()
        self.assertEqual(entry.history_user, self.boss)
        self.assertEqual(
            self.client.get(f"{self.address}{self.unit.pk}/history/{entry.pk}/").status_code,
            200,
        )


class WhatIsNotThereTests(AdministrationTestCase):
    def test_no_draft_no_comment_and_no_meeting_is_in_the_administration(self):
        registered = {model._meta.app_label for model in admin.site._registry if model is not SpecialDay}
        self.assertLessEqual(registered, {"accounts", "auth", "mfa", "socialaccount"})
        self.assertFalse(registered & set(NO_DRAFTS))

    def test_people_units_and_mails_are_not_deleted(self):
        mail = outbox.post(key="k", recipient=self.boss, subject="s", body="b")
        for row in (self.unit, User.objects.get(username="person1"), mail):
            label = f"admin:accounts_{row._meta.model_name}"
            with self.subTest(label):
                self.assertEqual(
                    self.client.post(reverse(f"{label}_delete", args=[row.pk]), {"post": "yes"}).status_code, 403
                )
                chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
                self.client.post(reverse(f"{label}_changelist"), chosen)
                self.assertTrue(type(row).objects.filter(pk=row.pk).exists())

    def test_the_words_of_a_mail_are_its_recipients(self):
        mail = outbox.post(key="k", recipient=self.boss, subject="CANARY-SUBJECT", body="CANARY-BODY")
        addresses = ["/admin/accounts/outgoingmail/", f"/admin/accounts/outgoingmail/{mail.pk}/change/"]
        for address in addresses:
            with self.subTest(address):
                page = self.client.get(address)
                self.assertContains(page, "Quản trị viên")
                self.assertNotContains(page, "CANARY")

    def test_no_page_needs_what_our_content_security_policy_refuses(self):
        pages = [
            "/admin/",
            "/admin/accounts/",
            "/admin/accounts/user/",
            "/admin/accounts/user/add/",
            f"/admin/accounts/user/{self.boss.pk}/change/",
            f"/admin/accounts/user/{self.boss.pk}/password/",
            "/admin/accounts/unit/",
            f"/admin/accounts/unit/{self.unit.pk}/change/",
            "/admin/mfa/authenticator/",
            "/admin/socialaccount/socialaccount/",
        ]
        for address in pages:
            with self.subTest(address):
                page = self.client.get(address).content.decode()
                self.assertIsNone(re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\s(src|type)=)", page))

    def test_handing_over_is_one_click_away(self):
        page = self.client.get("/admin/")
        for name in ("handover_person", "handover_unit"):
            self.assertContains(page, f'href="{reverse(name)}"')


class AdministratorWithoutSeatTests(DraftTestCase):
    def test_sees_no_draft(self):
        self.client.force_login(User.objects.create_superuser("quantri", email="q@example.org", full_name="Quản trị"))
        self.assertNotContains(self.client.get("/drafts/"), self.document.title)
        for name in ("drafts:about", "comments:reader", "comments:feedback"):
            with self.subTest(name):
                self.assertEqual(self.client.get(reverse(name, args=[self.document.pk])).status_code, 404)


class InvitationTests(AdministrationTestCase):
    address = "/admin/accounts/user/"

    def invite(self, *people):
        chosen = {"action": "send_invitations", "_selected_action": [person.pk for person in people]}
        return self.client.post(self.address, chosen, follow=True)

    def test_the_link_in_the_mail_lets_the_person_choose_a_password(self):
        person = User.objects.create_user("moi", full_name="Phạm Thị Mới", email="moi@example.org")
        self.invite(person)
        mail = OutgoingMail.objects.get()
        self.assertEqual(mail.recipient, person)
        self.assertIn("Phạm Thị Mới", mail.body)
        link = re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]
        visitor = Client()
        page = visitor.get(link, follow=True)
        chosen = {"password1": "gió mùa đông bắc", "password2": "gió mùa đông bắc"}
        self.assertEqual(visitor.post(page.request["PATH_INFO"], chosen).status_code, 302)
        visitor.post("/accounts/login/", {"login": "moi", "password": "gió mùa đông bắc"})
        self.assertEqual(visitor.get("/drafts/").status_code, 200)
        self.assertTrue(Client().get(link, follow=True).context["token_fail"])

    def add(self, **fields):
        form = {"username": "moi", "full_name": "Phạm Thị Mới", "email": "moi@example.org", "rank": 1000}
        form |= {"usable_password": "false", "invites": "on"} | fields
        return self.client.post(f"{self.address}add/", form, follow=True)

    def test_adding_somebody_offers_to_invite_them_and_does_so_at_once(self):
        form = self.client.get(f"{self.address}add/").context["adminform"].form
        self.assertEqual((form["invites"].value(), form["usable_password"].value()), (True, "false"))
        self.add()
        self.assertEqual(OutgoingMail.objects.get().recipient.username, "moi")
        self.add(username="khac", email="khac@example.org", invites="")
        self.assertEqual(OutgoingMail.objects.count(), 1)

    def test_a_form_sent_twice_adds_one_person_and_sends_one_invitation(self):
        self.add()
        page = self.add()
        person = User.objects.get(username="moi")
        self.assertRedirects(page, f"{self.address}{person.pk}/change/")
        self.assertEqual(OutgoingMail.objects.count(), 1)

    def test_somebody_without_an_address_is_added_and_the_administrator_told(self):
        self.assertContains(self.add(email=""), "Phạm Thị Mới")
        self.assertTrue(User.objects.filter(username="moi").exists())
        self.assertFalse(OutgoingMail.objects.exists())

    def test_it_is_sent_again_when_asked_for_but_not_by_a_second_click(self):
        person = User.objects.get(username="person1")
        address = f"{self.address}{person.pk}/change/"
        form = {"username": "person1", "full_name": person.full_name, "email": person.email, "rank": 1000}
        form |= {"unit": self.unit.pk, "is_active": "on", "_invite": "x"}
        with time_machine.travel("2026-11-05 09:00+07:00", tick=False) as clock:
            for _click in range(2):
                page = self.client.post(address, form, follow=True)
                self.assertEqual(OutgoingMail.objects.count(), 1)
            self.assertContains(page, "_invite")
            self.client.post(address, form | {"email": "dung@example.org"})
            self.assertEqual(OutgoingMail.objects.count(), 2)
            clock.shift(dt.timedelta(minutes=6))
            self.invite(person)
            self.assertEqual(OutgoingMail.objects.count(), 3)

    def test_who_cannot_be_reached_is_named(self):
        without = make_user("without", full_name="Không Thư", email="")
        gone = make_user("gone", full_name="Đã Nghỉ", is_active=False)
        page = self.invite(without, gone, User.objects.get(username="person1"))
        self.assertContains(page, "Không Thư")
        self.assertContains(page, "Đã Nghỉ")
        self.assertEqual([mail.recipient.username for mail in OutgoingMail.objects.all()], ["person1"])


class FirstAdministratorTests(TestCase):
    def test_one_command_makes_the_first_administrator(self):
        call_command(
            "createsuperuser", interactive=False, username="quantri", email="q@example.org", full_name="Quản trị"
        )
        person = User.objects.get()
        self.assertEqual((person.full_name, person.is_superuser, person.is_staff), ("Quản trị", True, True))


class LanguageTests(AdministrationTestCase):
    """In Vietnamese there is nothing of the libraries' English left: no two plain words together on any page."""

    def pages(self):
        person = User.objects.get(username="person1")
        factor = Authenticator.objects.create(user=person, type="totp", data={})
        self.client.post("/admin/accounts/user/", {"action": "send_invitations", "_selected_action": [person.pk]})
        self.client.post(f"/admin/accounts/unit/{self.unit.pk}/change/", UnitTests.form(None, name="Ban Tổ chức"))
        mail = OutgoingMail.objects.get()
        yield from ["/admin/", "/admin/accounts/", "/admin/auth/group/add/", "/admin/password_change/done/"]
        for label, pk in (("accounts/user", person.pk), ("accounts/unit", self.unit.pk)):
            yield from [f"/admin/{label}/{rest}" for rest in ("", "add/", f"{pk}/change/", f"{pk}/history/", "?q=zz")]
        yield f"/admin/accounts/user/{person.pk}/password/"
        yield from ["/admin/accounts/outgoingmail/", f"/admin/accounts/outgoingmail/{mail.pk}/change/"]
        yield from [f"/admin/mfa/authenticator/{rest}" for rest in ("", f"{factor.pk}/change/", f"{factor.pk}/delete/")]
        yield "/admin/socialaccount/socialaccount/"

    def test_no_english_is_left(self):
        for page in self.pages():
            with self.subTest(page):
                shown = self.client.get(page).content.decode()
                shown = re.sub(r"<(script|style)\b.*?</\1>", "", shown, flags=re.S)
                words = re.findall(r">([^<>]+)<", shown)
                words += re.findall(r'(?:title|placeholder|aria-label|alt)="([^"]+)"', shown)
                plain = [text.strip() for text in words if re.fullmatch(r"[\sa-zA-Z,.:’'()|-]+", text)]
                english = {text for text in plain if re.search(r"[a-z]{2}\W+[a-zA-Z]{2}", text)}
                self.assertEqual(english - {"Xem trang web"}, set())
