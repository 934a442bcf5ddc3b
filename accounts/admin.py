"""People and units for administrators. Drafts are not in the admin: an administrator has no seat by default.

Signing in to it is django-allauth's, second factor and limits included.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401  these three register what is taken back below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import ManyToManyField, Q, QuerySet
from django.forms import BooleanField, CheckboxSelectMultiple, ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from accounts import services
from accounts.models import OutgoingMail, Unit, UnitContact, User
from accounts.vietnamese import fold
from config.errors import RuleBrokenError

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = _("Administration of draft review")
admin.site.index_title = _("People and units")

for model in (Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)

# The library has no words for its rows that a catalogue could translate.
Authenticator._meta.verbose_name, Authenticator._meta.verbose_name_plural = _("second factor"), _("second factors")

# What an administrator can give: the rest of Django's list names tables nobody edits by hand.
GRANTED = (
    Q(content_type__app_label="accounts", content_type__model__in=["user", "unit", "unitcontact"])
    | Q(content_type__app_label="meetings", content_type__model="specialday")
    | Q(codename__in=["create_documents", "create_meetings", "arrange_papers"])
)


def granted() -> QuerySet[Permission]:
    return Permission.objects.filter(GRANTED).select_related("content_type")


class RightsField(ModelMultipleChoiceField):
    """Rights in the reader's language: the database keeps Django's English sentences."""

    VERBS = {
        "add": _("Add %(what)s"),
        "change": _("Change %(what)s"),
        "delete": _("Delete %(what)s"),
        "view": _("View %(what)s"),
    }

    def label_from_instance(self, obj: Any) -> str:
        model = obj.content_type.model_class()
        verb, _separator, what = obj.codename.partition("_")
        if verb in self.VERBS and model is not None and what == obj.content_type.model:
            return self.VERBS[verb] % {"what": model._meta.verbose_name}
        return gettext(obj.name)


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
    """The successor is not set here: merging moves seats and open work too, on its own page."""

    list_display = ["title", "short_name", "rank", "founded_on", "dissolved_on", "successor"]
    list_filter = [("dissolved_on", admin.EmptyFieldListFilter)]
    list_select_related = ["successor"]
    ordering = ["rank", "name_key"]
    readonly_fields = ["successor"]
    inlines = [UnitContactInline]

    @admin.display(description=_("name"), ordering="name_key")
    def title(self, unit: Unit) -> str:
        return unit.name


class PersonCreationForm(AdminUserCreationForm):
    """A new person gets a name and an address; the password is theirs to choose, from the invitation."""

    invites = BooleanField(
        label=_("Send the invitation at once"),
        help_text=_("A mail with a link, with which the person chooses a password."),
        initial=True,
        required=False,
    )

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "position", "unit", "rank"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["usable_password"].initial = "false"


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class PersonPasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:
            self.fields["usable_password"].help_text = format_html(
                '<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
                _("If disabled, the current password for this user will be lost."),
            )


RIGHTS = ["is_staff", "is_superuser", "groups", "user_permissions"]


@admin.register(User)
class PersonAdmin(FoldedSearch, SimpleHistoryAdmin, UserAdmin):
    form = PersonChangeForm
    add_form = PersonCreationForm
    change_password_form = PersonPasswordForm
    list_display = ["name", "username", "position", "unit", "rank", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", "unit"]
    list_select_related = ["unit"]
    search_fields = ["search_key", "username", "email"]
    ordering = ["name_key"]
    autocomplete_fields = ["unit"]
    actions = ["send_invitations"]
    filter_horizontal = []  # a widget whose words a catalogue of ours cannot reach
    readonly_fields = ["last_login", "date_joined", "invited_at"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["full_name", "email", "position", "unit", "rank"]}),
        (_("Rights"), {"fields": ["is_active", *RIGHTS]}),
        (_("Dates"), {"fields": ["invited_at", "last_login", "date_joined"]}),
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
                    "invites",
                    "usable_password",
                    "password1",
                    "password2",
                ],
            },
        )
    ]

    @admin.display(description=_("full name"), ordering="name_key")
    def name(self, person: User) -> str:
        return str(person)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may not do everything cannot take over the account of somebody who may."""
        is_out_of_reach = isinstance(obj, User) and obj.is_superuser and not _may_do_everything(request)
        return super().has_change_permission(request, obj) and not is_out_of_reach

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if _may_do_everything(request) else [*fields, *RIGHTS]

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.name == "user_permissions":
            kwargs |= {"queryset": granted(), "form_class": RightsField}
        kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("last invitation"))
    def invited_at(self, person: User) -> dt.datetime | str:
        invitation = services.last_invitation(person)
        return invitation.created_at if invitation else str(self.get_empty_value_display())

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A form sent twice, even at the same moment, leads to the one person it has made."""
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=request.user.pk)  # one at a time
            person = _just_added(request) if request.method == "POST" and self.has_add_permission(request) else None
            if person is not None:
                return redirect("admin:accounts_user_change", person.pk)
            return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change and form.cleaned_data.get("invites"):
            self._invite(request, [obj])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        person = kwargs.get("obj")
        context["was_invited"] = person is not None and services.last_invitation(person) is not None
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        if "_invite" not in request.POST:
            return super().response_change(request, obj)
        self._invite(request, [obj])
        return redirect("admin:accounts_user_change", obj.pk)

    @admin.action(description=_("Send an invitation to choose a password"))
    def send_invitations(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._invite(request, queryset)

    def _invite(self, request: HttpRequest, people: Iterable[User]) -> None:
        """Say of everybody whether an invitation is on its way, and why not."""
        sent = 0
        for person in people:
            try:
                mail = services.invite(person, by=request.user)  # type: ignore[arg-type]
            except RuleBrokenError as error:
                self.message_user(request, str(error), messages.WARNING)
                continue
            if mail is None:
                already = _("%(person)s was invited a moment ago; wait some minutes before you send it again.")
                self.message_user(request, already % {"person": person}, messages.INFO)
            else:
                sent += 1
        if sent:
            words = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", sent)
            self.message_user(request, words % {"count": sent}, messages.SUCCESS)


def _just_added(request: HttpRequest) -> User | None:
    """The person the very same form made a moment ago."""
    told = {name: request.POST.get(name, "").strip() for name in ("username", "full_name", "email")}
    return User.objects.filter(**told, date_joined__gt=timezone.now() - services.JUST_NOW).first()


admin.site.unregister(Group)


@admin.register(Group)
class RightsOfGroupAdmin(GroupAdmin):
    """Groups hold the same rights that can be given to a person."""

    filter_horizontal = []

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.name == "permissions":
            kwargs |= {"queryset": granted(), "form_class": RightsField, "widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):
    """What was sent to whom, when, and what failed. The words of a mail are its recipient's, so they are not shown."""

    list_display = ["recipient", "created_at", "sent_at", "attempts", "given_up_at", "last_error"]
    list_filter = ["sent_at", "given_up_at"]
    list_select_related = ["recipient"]
    fields = ["recipient", "created_at", "due_at", "sent_at", "attempts", "given_up_at", "last_error"]
    readonly_fields = ["recipient", "created_at", "due_at", "sent_at", "attempts", "given_up_at", "last_error"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """Second factors: the administrator removes the one of a lost telephone, and never sees the secret."""

    list_display = ["person", "kind", "added_at", "used_at"]
    list_select_related = ["user"]
    fields = ["person", "kind", "added_at", "used_at"]
    readonly_fields = ["person", "kind", "added_at", "used_at"]
    search_fields = ["user__search_key", "user__username"]

    @admin.display(description=_("person"), ordering="user__name_key")
    def person(self, factor: Authenticator) -> str:
        return str(factor.user)

    @admin.display(description=_("kind"), ordering="type")
    def kind(self, factor: Authenticator) -> str:
        return factor.get_type_display()

    @admin.display(description=_("added at"), ordering="created_at")
    def added_at(self, factor: Authenticator) -> dt.datetime:
        return factor.created_at

    @admin.display(description=_("last used"), ordering="last_used_at")
    def used_at(self, factor: Authenticator) -> dt.datetime | str:
        return factor.last_used_at or str(self.get_empty_value_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SocialAccount)
class SocialAccountAdmin(admin.ModelAdmin):
    """Which account of the office's directory opens which account here; the administrator can cut the tie."""

    list_display = ["user", "provider", "uid", "last_login"]
    list_select_related = ["user"]
    fields = ["user", "provider", "uid", "last_login", "date_joined"]
    readonly_fields = ["user", "provider", "uid", "last_login", "date_joined"]
    search_fields = ["user__search_key", "user__username", "uid"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _may_do_everything(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
