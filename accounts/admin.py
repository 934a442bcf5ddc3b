"""People and units for administrators. Drafts are not in the admin: an administrator has no seat by default."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from accounts import services
from accounts.models import OutgoingMail, Unit, UnitContact, User
from accounts.vietnamese import fold
from config.errors import RuleBrokenError

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = _("Administration of draft review")
admin.site.index_title = _("People and units")


class FoldedSearch(admin.ModelAdmin):
    """Searches ``search_key`` without diacritics: "ban to chuc" finds "Ban Tổ chức"."""

    search_fields = ["search_key"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People and units are ended, never deleted: their words stay on the record."""
        return False


class UnitContactInline(admin.TabularInline):
    model = UnitContact
    extra = 1
    autocomplete_fields = ["user"]


@admin.register(Unit)
class UnitAdmin(FoldedSearch, SimpleHistoryAdmin):
    list_display = ["name", "short_name", "rank", "founded_on", "dissolved_on", "successor"]
    list_filter = ["dissolved_on"]
    ordering = ["rank", "name_key"]
    autocomplete_fields = ["successor"]
    inlines = [UnitContactInline]


class PersonCreationForm(AdminUserCreationForm):
    """A new person gets a name and an address; the password is theirs to choose, from the invitation."""

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "position", "unit", "rank"]


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(FoldedSearch, SimpleHistoryAdmin, UserAdmin):
    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ["full_name", "username", "position", "unit", "rank", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", "unit"]
    list_select_related = ["unit"]
    search_fields = ["search_key", "username", "email"]
    ordering = ["name_key"]
    autocomplete_fields = ["unit"]
    actions = ["send_invitations"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["full_name", "email", "position", "unit", "rank"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "username",
                    "full_name",
                    "email",
                    "position",
                    "unit",
                    "rank",
                    "usable_password",
                    "password1",
                    "password2",
                ],
            },
        )
    ]

    @admin.action(description=_("Send an invitation to choose a password"))
    def send_invitations(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        sent = 0
        for person in queryset:
            try:
                services.invite(person, by=request.user)  # type: ignore[arg-type]
            except RuleBrokenError as error:
                self.message_user(request, str(error), messages.WARNING)
            else:
                sent += 1
        if sent:
            words = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", sent)
            self.message_user(request, words % {"count": sent}, messages.SUCCESS)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):
    """What was sent to whom, when, and what failed. The words of a mail are its recipient's, so they are not shown."""

    list_display = ["recipient", "created_at", "sent_at", "attempts", "given_up_at", "last_error"]
    list_filter = ["sent_at", "given_up_at"]
    list_select_related = ["recipient"]
    fields = ["recipient", "created_at", "due_at", "sent_at", "attempts", "given_up_at", "last_error"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
