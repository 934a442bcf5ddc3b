import uuid

import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import accounts.models
import accounts.vietnamese
import config.tables


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_count_attempts"),
        ("accounts", "0003_give_reasons_room"),
        ("accounts", "0004_name_columns_of_mails"),
        ("accounts", "0005_notices"),
        ("accounts", "0006_attachments_of_mails"),
        ("accounts", "0007_mail_only_by_day"),
        ("accounts", "0008_notices_of_tasks"),
        ("accounts", "0009_agreed_conclusions"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        config.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AttemptCount",
                    fields=[
                        ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("attempts", models.PositiveIntegerField()),
                        ("ends_at", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("answer", "answers to my comments"),
                                    ("reply", "replies to my comments"),
                                    ("comment", "new comments on drafts I prepare"),
                                    ("edition", "editions issued or recalled"),
                                    ("stage", "drafts that move to another stage"),
                                    ("seat", "drafts I get a part in"),
                                    ("contest", "contested answers and rulings"),
                                    ("task", "tasks: reports, more time, decisions"),
                                    ("conclusion", "conclusions of meetings submitted, agreed or given back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("key", models.CharField(max_length=120)),
                        ("subject", models.CharField(max_length=300)),
                        ("text", models.TextField(blank=True)),
                        ("path", models.CharField(max_length=300)),
                        ("about", models.CharField(blank=True, max_length=40)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("mailed_at", models.DateTimeField(null=True)),
                        (
                            "mail",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="notices",
                                to="accounts.outgoingmail",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("mailed_at", None)), fields=["recipient"], name="notices_to_mail"
                            ),
                            models.Index(fields=["recipient", "-id"], name="notices_of_a_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("recipient", "key"), name="a_person_is_told_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeSettings",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notice_settings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pace",
                            models.CharField(
                                choices=[
                                    ("at_once", "at once"),
                                    ("hourly", "once an hour"),
                                    ("daily", "once a day"),
                                    ("never", "never: on the page only"),
                                ],
                                default="hourly",
                                max_length=7,
                                verbose_name="mail",
                            ),
                        ),
                        ("hour", models.PositiveSmallIntegerField(default=8, verbose_name="hour of the daily mail")),
                        ("muted", models.JSONField(blank=True, default=list)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hour__lt", 24)), name="a_daily_mail_has_an_hour_of_the_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutgoingMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200, unique=True)),
                        ("message_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mails",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recipient",
                            ),
                        ),
                        ("subject", models.CharField(max_length=250)),
                        ("body", models.TextField()),
                        ("headers", models.JSONField(blank=True, default=dict)),
                        ("attachments", models.JSONField(blank=True, default=list)),
                        ("only_by_day", models.BooleanField(default=False)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at"),
                        ),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="due at")),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("last_error", models.TextField(blank=True, verbose_name="last error")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                        ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up at")),
                    ],
                    options={
                        "verbose_name": "outgoing mail",
                        "verbose_name_plural": "outgoing mails",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("given_up_at", None), ("sent_at", None)),
                                fields=["due_at"],
                                name="outgoing_mail_waiting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("short_name", models.CharField(blank=True, max_length=80, verbose_name="short name")),
                        ("rank", models.PositiveIntegerField(default=1000, verbose_name="protocol rank")),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded on")),
                        ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved on")),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="accounts.unit",
                                verbose_name="successor",
                            ),
                        ),
                        (
                            "name_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.sort_key,
                                source="name",
                            ),
                        ),
                        (
                            "search_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.fold,
                                source="name",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "unit",
                        "verbose_name_plural": "units",
                        "ordering": ["rank", "name_key"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dissolved_on", None),
                                    ("founded_on", None),
                                    ("dissolved_on__gte", models.F("founded_on")),
                                    _connector="OR",
                                ),
                                name="unit_dissolved_after_it_was_founded",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("dissolved_on", None)),
                                fields=("name",),
                                name="one_standing_unit_per_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalUnit",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("short_name", models.CharField(blank=True, max_length=80, verbose_name="short name")),
                        ("rank", models.PositiveIntegerField(default=1000, verbose_name="protocol rank")),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded on")),
                        ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved on")),
                        (
                            "name_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.sort_key,
                                source="name",
                            ),
                        ),
                        (
                            "search_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.fold,
                                source="name",
                            ),
                        ),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.unit",
                                verbose_name="successor",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical unit",
                        "verbose_name_plural": "historical units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="UnitContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="accounts.unit",
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact_for",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "unit contact",
                        "verbose_name_plural": "unit contacts",
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "user"), name="one_contact_per_unit_and_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("full_name", models.CharField(max_length=150, verbose_name="full name")),
                        ("position", models.CharField(blank=True, max_length=200, verbose_name="position")),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="accounts.unit",
                                verbose_name="unit",
                            ),
                        ),
                        ("rank", models.PositiveIntegerField(default=1000, verbose_name="protocol rank")),
                        (
                            "name_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.name_sort_key,
                                source="full_name",
                            ),
                        ),
                        (
                            "search_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.fold,
                                source="full_name",
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ["name_key"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("email", ""), _negated=True),
                                name="one_person_per_email",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("username"), name="one_person_per_user_name"
                            ),
                        ],
                    },
                    managers=[
                        ("objects", accounts.models.PeopleManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="HistoricalUser",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                db_index=True,
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("full_name", models.CharField(max_length=150, verbose_name="full name")),
                        ("position", models.CharField(blank=True, max_length=200, verbose_name="position")),
                        ("rank", models.PositiveIntegerField(default=1000, verbose_name="protocol rank")),
                        (
                            "name_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.name_sort_key,
                                source="full_name",
                            ),
                        ),
                        (
                            "search_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.fold,
                                source="full_name",
                            ),
                        ),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.unit",
                                verbose_name="unit",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
