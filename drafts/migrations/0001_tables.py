import uuid

import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import accounts.vietnamese
import config.tables
import drafts.models.sources


class Migration(migrations.Migration):
    replaces = [
        ("drafts", "0001_initial"),
        ("drafts", "0002_document_search_key"),
        ("drafts", "0003_fill_document_search_key"),
        ("drafts", "0004_more_kinds_of_acts"),
        ("drafts", "0005_corrections_of_source_files"),
        ("drafts", "0006_recall_of_editions"),
        ("drafts", "0007_keep_converted_sources"),
        ("drafts", "0008_reimports"),
        ("drafts", "0009_comparison_tables"),
        ("drafts", "0010_missing_on_submission"),
        ("drafts", "0011_paper_layouts"),
        ("drafts", "0012_count_comments_in_source_files"),
        ("drafts", "0013_circulated_sheets"),
        ("drafts", "0014_fill_circulated_sheets"),
        ("drafts", "0016_placing_of_comments"),
        ("drafts", "0017_answers_and_stages"),
        ("drafts", "0018_tables_of_opinions"),
        ("drafts", "0019_following_up"),
        ("drafts", "0020_put_aside"),
        ("drafts", "0021_leading_and_voting"),
        ("drafts", "0023_agreed_conclusions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
    ]

    operations = [
        config.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name="CirculatedSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.document"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="drafts.edition"
                            ),
                        ),
                        (
                            "provision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.provision"
                            ),
                        ),
                        ("wid", models.UUIDField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("preamble", "preamble"),
                                    ("part", "part"),
                                    ("chapter", "chapter"),
                                    ("section", "section"),
                                    ("subsection", "subsection"),
                                    ("article", "article"),
                                    ("item", "item"),
                                    ("appendix", "appendix"),
                                    ("closing", "closing part"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=20)),
                        ("label", models.CharField(blank=True, max_length=80)),
                        ("heading", models.TextField(blank=True)),
                        ("text", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "position"), name="one_circulated_sheet_per_place"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comparison",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comparisons",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "against",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="drafts.document",
                                verbose_name="compared with",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "against"), name="a_text_is_compared_once"),
                            models.CheckConstraint(
                                condition=models.Q(("document", models.F("against")), _negated=True),
                                name="a_text_is_compared_with_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalComparison",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "against",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.document",
                                verbose_name="compared with",
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
                        "verbose_name": "historical comparison",
                        "verbose_name_plural": "historical comparisons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ComparisonRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "comparison",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="drafts.comparison"
                            ),
                        ),
                        ("assessment", models.TextField(blank=True, verbose_name="how the old one worked")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("legal_basis", models.TextField(blank=True, verbose_name="legal basis")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        ("confidence", models.FloatField(blank=True, null=True)),
                        ("is_by_hand", models.BooleanField(default=False)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_confirmation_says_who_and_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalComparisonRow",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("assessment", models.TextField(blank=True, verbose_name="how the old one worked")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("legal_basis", models.TextField(blank=True, verbose_name="legal basis")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                        ("confidence", models.FloatField(blank=True, null=True)),
                        ("is_by_hand", models.BooleanField(default=False)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "comparison",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.comparison",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "verbose_name": "historical comparison row",
                        "verbose_name_plural": "historical comparison rows",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ComparisonSide",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "comparison",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sides",
                                to="drafts.comparison",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sides",
                                to="drafts.comparisonrow",
                            ),
                        ),
                        (
                            "provision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.provision"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("comparison", "provision"), name="a_provision_stands_in_one_row"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalComparisonSide",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "comparison",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.comparison",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.comparisonrow",
                            ),
                        ),
                        (
                            "provision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.provision",
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
                        "verbose_name": "historical comparison side",
                        "verbose_name_plural": "historical comparison sides",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("regulation", "working regulation"),
                                    ("rules", "rules"),
                                    ("programme", "programme"),
                                    ("resolution", "resolution"),
                                    ("decision", "decision"),
                                    ("other", "other document"),
                                ],
                                default="regulation",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("issuing_body", models.CharField(blank=True, max_length=200, verbose_name="issuing body")),
                        ("term", models.CharField(blank=True, max_length=60, verbose_name="term")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("drafting", "drafting"),
                                    ("consulting", "collecting opinions"),
                                    ("taking_in", "taking in opinions"),
                                    ("appraisal", "appraisal"),
                                    ("permanent_members", "submitted to the permanent members"),
                                    ("standing_committee", "submitted to the standing committee"),
                                    ("executive_committee", "submitted to the executive committee"),
                                    ("issued", "issued"),
                                    ("returned", "returned"),
                                ],
                                default="drafting",
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "drafting_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafted",
                                to="accounts.unit",
                                verbose_name="drafting unit",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successors",
                                to="drafts.document",
                                verbose_name="text it replaces",
                            ),
                        ),
                        (
                            "answers_need_approval",
                            models.BooleanField(
                                default=False, verbose_name="answers are approved before they are published"
                            ),
                        ),
                        ("symbol", models.CharField(blank=True, max_length=60, verbose_name="number and symbol")),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                        ("in_force_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("replaced_on", models.DateField(blank=True, null=True, verbose_name="replaced on")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "search_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.fold,
                                source="title",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "ordering": ["-id"],
                        "permissions": [("create_documents", "Can create documents")],
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDocument",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("regulation", "working regulation"),
                                    ("rules", "rules"),
                                    ("programme", "programme"),
                                    ("resolution", "resolution"),
                                    ("decision", "decision"),
                                    ("other", "other document"),
                                ],
                                default="regulation",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("issuing_body", models.CharField(blank=True, max_length=200, verbose_name="issuing body")),
                        ("term", models.CharField(blank=True, max_length=60, verbose_name="term")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("drafting", "drafting"),
                                    ("consulting", "collecting opinions"),
                                    ("taking_in", "taking in opinions"),
                                    ("appraisal", "appraisal"),
                                    ("permanent_members", "submitted to the permanent members"),
                                    ("standing_committee", "submitted to the standing committee"),
                                    ("executive_committee", "submitted to the executive committee"),
                                    ("issued", "issued"),
                                    ("returned", "returned"),
                                ],
                                default="drafting",
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "answers_need_approval",
                            models.BooleanField(
                                default=False, verbose_name="answers are approved before they are published"
                            ),
                        ),
                        ("symbol", models.CharField(blank=True, max_length=60, verbose_name="number and symbol")),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                        ("in_force_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("replaced_on", models.DateField(blank=True, null=True, verbose_name="replaced on")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "search_key",
                            accounts.fields.KeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                key=accounts.vietnamese.fold,
                                source="title",
                            ),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "drafting_unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.unit",
                                verbose_name="drafting unit",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.document",
                                verbose_name="text it replaces",
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
                        "verbose_name": "historical document",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="drafts.document",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("label", models.CharField(max_length=120)),
                        (
                            "operation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="edition",
                                to="drafts.operation",
                            ),
                        ),
                        (
                            "revision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reversion.revision"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "number"), name="edition_numbers_run")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Operation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="operations",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("imported", "imported a draft"),
                                    ("described", "changed the document's description"),
                                    ("revised", "revised an article"),
                                    ("restored", "restored an earlier version"),
                                    ("undone", "undid an act"),
                                    ("reimported", "took over a new Word version"),
                                    ("inserted", "inserted an article"),
                                    ("split", "split an article"),
                                    ("merged", "merged articles"),
                                    ("moved", "moved an article"),
                                    ("removed", "removed from the text"),
                                    ("reinstated", "put back into the text"),
                                    ("renumbered", "renumbered"),
                                    ("issued", "issued an edition"),
                                    ("recalled", "recalled an edition"),
                                    ("compared", "worked on the comparison table"),
                                    ("arranged_papers", "changed the layout of papers"),
                                    ("staged", "moved the document to another stage"),
                                    ("seated", "changed who takes part"),
                                    ("handed_over", "handed work over"),
                                    ("consulted", "opened a consultation"),
                                    ("round_changed", "changed a consultation"),
                                    ("sent", "sent an answer to a consultation"),
                                    ("asked", "wrote an opinion sheet"),
                                    ("sheet_returned", "returned an opinion sheet"),
                                    ("commented", "commented"),
                                    ("confirmed", "confirmed a recorded comment"),
                                    ("agreed", "agreed with a comment"),
                                    ("reworded", "edited a comment"),
                                    ("withdrew", "withdrew a comment"),
                                    ("replied", "replied to a comment"),
                                    ("placed", "placed a comment in the present text"),
                                    ("proposed", "proposed an answer"),
                                    ("approved", "approved a proposed answer"),
                                    ("gave_back", "gave a proposed answer back"),
                                    ("answered", "answered a comment"),
                                    ("satisfied", "was satisfied with an answer"),
                                    ("reopened", "contested an answer"),
                                    ("ruled", "ruled on a contested answer"),
                                    ("reserved", "reserved an opinion"),
                                    ("grouped", "grouped comments by topic"),
                                    ("allotted", "asked a colleague to answer"),
                                    ("flagged", "put a comment forward for the meeting"),
                                    ("noted", "wrote an internal note"),
                                    ("phrased", "changed the phrases of the office"),
                                    ("convened", "convened a meeting"),
                                    ("arranged", "changed a meeting's arrangements"),
                                    ("attended", "recorded attendance"),
                                    ("led", "led the meeting"),
                                    ("voted", "voted in a meeting"),
                                    ("concluded", "recorded a conclusion"),
                                    ("submitted", "submitted the conclusions to the chair"),
                                    ("agreed_conclusions", "agreed to the conclusions"),
                                    ("gave_back_conclusion", "gave the conclusions back"),
                                    ("repeated", "repeated a comment on another draft"),
                                    ("signed", "signed the notice of conclusions"),
                                    ("assigned", "assigned a task"),
                                    ("progressed", "reported on a task"),
                                    ("reassigned", "gave a task to others"),
                                    ("asked_time", "asked for more time"),
                                    ("decided_time", "decided on more time"),
                                    ("stood_in", "named a stand-in"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "undoes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="drafts.operation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["document", "-id"], name="operations_of_a_document")],
                    },
                ),
                migrations.CreateModel(
                    name="PaperLayout",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_layouts",
                                to="accounts.unit",
                                verbose_name="unit",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name of the layout")),
                        (
                            "profile",
                            models.CharField(
                                choices=[
                                    ("party_2026", "Đảng (Hướng dẫn 05-HD/VPTW, 2026)"),
                                    ("party_2018", "Đảng (Hướng dẫn 36-HD/VPTW, 2018)"),
                                    ("state", "Nhà nước (Nghị định 30/2020/NĐ-CP)"),
                                ],
                                max_length=20,
                                verbose_name="set of rules",
                            ),
                        ),
                        ("nation", models.CharField(max_length=120, verbose_name="head line")),
                        ("motto", models.CharField(blank=True, max_length=120, verbose_name="motto")),
                        ("upper_body", models.CharField(blank=True, max_length=200, verbose_name="upper body")),
                        ("issuing_body", models.CharField(blank=True, max_length=200, verbose_name="issuing body")),
                        ("body_symbol", models.CharField(blank=True, max_length=40, verbose_name="symbol of the body")),
                        ("number_form", models.CharField(max_length=80, verbose_name="number and symbol")),
                        ("place", models.CharField(blank=True, max_length=80, verbose_name="place name")),
                        (
                            "draft_mark",
                            models.CharField(blank=True, max_length=80, verbose_name="draft mark of an edition"),
                        ),
                        (
                            "working_mark",
                            models.CharField(blank=True, max_length=80, verbose_name="draft mark of the working text"),
                        ),
                        (
                            "recipients_head",
                            models.CharField(blank=True, max_length=40, verbose_name="head of the recipients"),
                        ),
                        ("recipients", models.TextField(blank=True, verbose_name="recipients")),
                        ("authority", models.CharField(blank=True, max_length=120, verbose_name="signing authority")),
                        ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
                        ("signer", models.CharField(blank=True, max_length=120, verbose_name="name of the signer")),
                        ("kind_names", models.JSONField(default=dict, verbose_name="names of the kinds")),
                        ("kind_symbols", models.JSONField(default=dict, verbose_name="symbols of the kinds")),
                        ("font", models.CharField(max_length=60, verbose_name="typeface")),
                        (
                            "body_size",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(8),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="size of the text",
                            ),
                        ),
                        (
                            "table_size",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(6),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="size in tables",
                            ),
                        ),
                        (
                            "line_points",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="exact line height",
                            ),
                        ),
                        (
                            "line_multiple",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3),
                                ],
                                verbose_name="line spacing",
                            ),
                        ),
                        (
                            "first_line",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="indent of the first line",
                            ),
                        ),
                        (
                            "gap_points",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="gap between paragraphs",
                            ),
                        ),
                        (
                            "top",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="top margin",
                            ),
                        ),
                        (
                            "bottom",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="bottom margin",
                            ),
                        ),
                        (
                            "left",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="left margin",
                            ),
                        ),
                        (
                            "right",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="right margin",
                            ),
                        ),
                        (
                            "mirrors_margins",
                            models.BooleanField(
                                default=False, verbose_name="printed on both sides: mirror the margins"
                            ),
                        ),
                        (
                            "page_number_size",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(8),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="size of the page number",
                            ),
                        ),
                        (
                            "comparison_title",
                            models.CharField(max_length=200, verbose_name="title of the comparison table"),
                        ),
                        (
                            "comparison_subject",
                            models.CharField(blank=True, max_length=300, verbose_name="its subject"),
                        ),
                        ("comparison_old", models.CharField(max_length=120, verbose_name="first column head")),
                        ("comparison_new", models.CharField(max_length=120, verbose_name="second column head")),
                        ("comparison_reason", models.CharField(max_length=120, verbose_name="third column head")),
                        (
                            "comparison_added",
                            models.CharField(max_length=60, verbose_name="in the place of what is new"),
                        ),
                        (
                            "comparison_dropped",
                            models.CharField(max_length=60, verbose_name="in the place of what was dropped"),
                        ),
                        (
                            "opinions_title",
                            models.CharField(
                                default="BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý",
                                max_length=200,
                                verbose_name="title of the table of opinions",
                            ),
                        ),
                        (
                            "opinions_subject",
                            models.CharField(
                                blank=True, default="đối với dự thảo {new}", max_length=300, verbose_name="its subject"
                            ),
                        ),
                        (
                            "opinions_place",
                            models.CharField(
                                default="NHÓM VẤN ĐỀ, ĐIỀU, KHOẢN", max_length=120, verbose_name="first column head"
                            ),
                        ),
                        (
                            "opinions_who",
                            models.CharField(
                                default="CHỦ THỂ GÓP Ý", max_length=120, verbose_name="second column head"
                            ),
                        ),
                        (
                            "opinions_said",
                            models.CharField(
                                default="NỘI DUNG GÓP Ý", max_length=120, verbose_name="third column head"
                            ),
                        ),
                        (
                            "opinions_answer",
                            models.CharField(
                                default="NỘI DUNG TIẾP THU, GIẢI TRÌNH",
                                max_length=120,
                                verbose_name="fourth column head",
                            ),
                        ),
                        (
                            "opinions_general",
                            models.CharField(
                                default="Ý kiến chung", max_length=120, verbose_name="name of the general comments"
                            ),
                        ),
                        ("is_withdrawn", models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        "verbose_name": "layout of papers",
                        "verbose_name_plural": "layouts of papers",
                        "ordering": ["name", "id"],
                        "permissions": [("arrange_papers", "Can arrange the papers of the own unit")],
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPaperLayout",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=120, verbose_name="name of the layout")),
                        (
                            "profile",
                            models.CharField(
                                choices=[
                                    ("party_2026", "Đảng (Hướng dẫn 05-HD/VPTW, 2026)"),
                                    ("party_2018", "Đảng (Hướng dẫn 36-HD/VPTW, 2018)"),
                                    ("state", "Nhà nước (Nghị định 30/2020/NĐ-CP)"),
                                ],
                                max_length=20,
                                verbose_name="set of rules",
                            ),
                        ),
                        ("nation", models.CharField(max_length=120, verbose_name="head line")),
                        ("motto", models.CharField(blank=True, max_length=120, verbose_name="motto")),
                        ("upper_body", models.CharField(blank=True, max_length=200, verbose_name="upper body")),
                        ("issuing_body", models.CharField(blank=True, max_length=200, verbose_name="issuing body")),
                        ("body_symbol", models.CharField(blank=True, max_length=40, verbose_name="symbol of the body")),
                        ("number_form", models.CharField(max_length=80, verbose_name="number and symbol")),
                        ("place", models.CharField(blank=True, max_length=80, verbose_name="place name")),
                        (
                            "draft_mark",
                            models.CharField(blank=True, max_length=80, verbose_name="draft mark of an edition"),
                        ),
                        (
                            "working_mark",
                            models.CharField(blank=True, max_length=80, verbose_name="draft mark of the working text"),
                        ),
                        (
                            "recipients_head",
                            models.CharField(blank=True, max_length=40, verbose_name="head of the recipients"),
                        ),
                        ("recipients", models.TextField(blank=True, verbose_name="recipients")),
                        ("authority", models.CharField(blank=True, max_length=120, verbose_name="signing authority")),
                        ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
                        ("signer", models.CharField(blank=True, max_length=120, verbose_name="name of the signer")),
                        ("kind_names", models.JSONField(default=dict, verbose_name="names of the kinds")),
                        ("kind_symbols", models.JSONField(default=dict, verbose_name="symbols of the kinds")),
                        ("font", models.CharField(max_length=60, verbose_name="typeface")),
                        (
                            "body_size",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(8),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="size of the text",
                            ),
                        ),
                        (
                            "table_size",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(6),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="size in tables",
                            ),
                        ),
                        (
                            "line_points",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="exact line height",
                            ),
                        ),
                        (
                            "line_multiple",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3),
                                ],
                                verbose_name="line spacing",
                            ),
                        ),
                        (
                            "first_line",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="indent of the first line",
                            ),
                        ),
                        (
                            "gap_points",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="gap between paragraphs",
                            ),
                        ),
                        (
                            "top",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="top margin",
                            ),
                        ),
                        (
                            "bottom",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="bottom margin",
                            ),
                        ),
                        (
                            "left",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="left margin",
                            ),
                        ),
                        (
                            "right",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="right margin",
                            ),
                        ),
                        (
                            "mirrors_margins",
                            models.BooleanField(
                                default=False, verbose_name="printed on both sides: mirror the margins"
                            ),
                        ),
                        (
                            "page_number_size",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(8),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="size of the page number",
                            ),
                        ),
                        (
                            "comparison_title",
                            models.CharField(max_length=200, verbose_name="title of the comparison table"),
                        ),
                        (
                            "comparison_subject",
                            models.CharField(blank=True, max_length=300, verbose_name="its subject"),
                        ),
                        ("comparison_old", models.CharField(max_length=120, verbose_name="first column head")),
                        ("comparison_new", models.CharField(max_length=120, verbose_name="second column head")),
                        ("comparison_reason", models.CharField(max_length=120, verbose_name="third column head")),
                        (
                            "comparison_added",
                            models.CharField(max_length=60, verbose_name="in the place of what is new"),
                        ),
                        (
                            "comparison_dropped",
                            models.CharField(max_length=60, verbose_name="in the place of what was dropped"),
                        ),
                        (
                            "opinions_title",
                            models.CharField(
                                default="BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý",
                                max_length=200,
                                verbose_name="title of the table of opinions",
                            ),
                        ),
                        (
                            "opinions_subject",
                            models.CharField(
                                blank=True, default="đối với dự thảo {new}", max_length=300, verbose_name="its subject"
                            ),
                        ),
                        (
                            "opinions_place",
                            models.CharField(
                                default="NHÓM VẤN ĐỀ, ĐIỀU, KHOẢN", max_length=120, verbose_name="first column head"
                            ),
                        ),
                        (
                            "opinions_who",
                            models.CharField(
                                default="CHỦ THỂ GÓP Ý", max_length=120, verbose_name="second column head"
                            ),
                        ),
                        (
                            "opinions_said",
                            models.CharField(
                                default="NỘI DUNG GÓP Ý", max_length=120, verbose_name="third column head"
                            ),
                        ),
                        (
                            "opinions_answer",
                            models.CharField(
                                default="NỘI DUNG TIẾP THU, GIẢI TRÌNH",
                                max_length=120,
                                verbose_name="fourth column head",
                            ),
                        ),
                        (
                            "opinions_general",
                            models.CharField(
                                default="Ý kiến chung", max_length=120, verbose_name="name of the general comments"
                            ),
                        ),
                        ("is_withdrawn", models.BooleanField(default=False, editable=False)),
                        ("history_change_reason", models.TextField(blank=True)),
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
                        "verbose_name": "historical layout of papers",
                        "verbose_name_plural": "historical layouts of papers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Provision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="provisions",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="drafts.provision",
                            ),
                        ),
                        ("wid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("preamble", "preamble"),
                                    ("part", "part"),
                                    ("chapter", "chapter"),
                                    ("section", "section"),
                                    ("subsection", "subsection"),
                                    ("article", "article"),
                                    ("item", "item"),
                                    ("appendix", "appendix"),
                                    ("closing", "closing part"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=20)),
                        ("label", models.CharField(blank=True, max_length=80)),
                        ("heading", models.TextField(blank=True)),
                        ("text", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("is_removed", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("document", "position"),
                                name="one_provision_per_place",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalProvision",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("wid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("preamble", "preamble"),
                                    ("part", "part"),
                                    ("chapter", "chapter"),
                                    ("section", "section"),
                                    ("subsection", "subsection"),
                                    ("article", "article"),
                                    ("item", "item"),
                                    ("appendix", "appendix"),
                                    ("closing", "closing part"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=20)),
                        ("label", models.CharField(blank=True, max_length=80)),
                        ("heading", models.TextField(blank=True)),
                        ("text", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("is_removed", models.BooleanField(default=False)),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.provision",
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
                        "verbose_name": "historical provision",
                        "verbose_name_plural": "historical provisions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Recall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="recall", to="drafts.edition"
                            ),
                        ),
                        (
                            "operation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recall",
                                to="drafts.operation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Reimport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reimports",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "source",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reimport",
                                to="drafts.sourcefile",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="drafts.edition",
                            ),
                        ),
                        ("base_rows", models.JSONField(default=list, editable=False)),
                        ("choices", models.JSONField(default=dict, editable=False)),
                        (
                            "operation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reimport",
                                to="drafts.operation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="drafts.document"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("reader", "reader"),
                                    ("commenter", "commenter"),
                                    ("drafter", "drafter"),
                                    ("lead_drafter", "lead drafter"),
                                    ("secretary", "secretary"),
                                    ("chair", "chair"),
                                ],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("unit__isnull", False), ("user", None)),
                                    models.Q(("unit", None), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_seat_is_a_persons_or_a_units",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("unit", None)),
                                fields=("document", "user"),
                                name="one_seat_per_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("user", None)),
                                fields=("document", "unit"),
                                name="one_seat_per_unit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSeat",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("reader", "reader"),
                                    ("commenter", "commenter"),
                                    ("drafter", "drafter"),
                                    ("lead_drafter", "lead drafter"),
                                    ("secretary", "secretary"),
                                    ("chair", "chair"),
                                ],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        ("history_change_reason", models.TextField(blank=True)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.unit",
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
                        "verbose_name": "historical seat",
                        "verbose_name_plural": "historical seats",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SourceFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.FileField(upload_to=drafts.models.sources._source_path)),
                        ("modern", models.FileField(blank=True, upload_to=drafts.models.sources._source_path)),
                        ("remarks", models.PositiveIntegerField(default=0)),
                        ("name", models.CharField(max_length=255)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sources",
                                to="drafts.document",
                            ),
                        ),
                        ("corrections", models.JSONField(default=list, editable=False)),
                        ("described", models.JSONField(default=dict, editable=False)),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="StageChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stage_changes",
                                to="drafts.document",
                            ),
                        ),
                        (
                            "operation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("drafting", "drafting"),
                                    ("consulting", "collecting opinions"),
                                    ("taking_in", "taking in opinions"),
                                    ("appraisal", "appraisal"),
                                    ("permanent_members", "submitted to the permanent members"),
                                    ("standing_committee", "submitted to the standing committee"),
                                    ("executive_committee", "submitted to the executive committee"),
                                    ("issued", "issued"),
                                    ("returned", "returned"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("missing", models.TextField(blank=True, default="")),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="StageName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("drafting", "drafting"),
                                    ("consulting", "collecting opinions"),
                                    ("taking_in", "taking in opinions"),
                                    ("appraisal", "appraisal"),
                                    ("permanent_members", "submitted to the permanent members"),
                                    ("standing_committee", "submitted to the standing committee"),
                                    ("executive_committee", "submitted to the executive committee"),
                                    ("issued", "issued"),
                                    ("returned", "returned"),
                                ],
                                max_length=20,
                                unique=True,
                                verbose_name="stage",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                    ],
                    options={
                        "verbose_name": "name of a stage",
                        "verbose_name_plural": "names of stages",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalStageName",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drafts.operation"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("drafting", "drafting"),
                                    ("consulting", "collecting opinions"),
                                    ("taking_in", "taking in opinions"),
                                    ("appraisal", "appraisal"),
                                    ("permanent_members", "submitted to the permanent members"),
                                    ("standing_committee", "submitted to the standing committee"),
                                    ("executive_committee", "submitted to the executive committee"),
                                    ("issued", "issued"),
                                    ("returned", "returned"),
                                ],
                                db_index=True,
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("history_change_reason", models.TextField(blank=True)),
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
                        "verbose_name": "historical name of a stage",
                        "verbose_name_plural": "historical names of stages",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
