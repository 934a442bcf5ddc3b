import json

from django.db import migrations


def fill(apps, schema_editor):
    """Editions issued before their words could be searched: read from the photographs, as they were stored then."""
    Edition = apps.get_model("drafts", "Edition")
    CirculatedSheet = apps.get_model("drafts", "CirculatedSheet")
    Version = apps.get_model("reversion", "Version")
    for edition in Edition.objects.filter(sheets=None).iterator():
        versions = Version.objects.filter(
            revision=edition.revision_id, content_type__app_label="drafts", content_type__model="provision"
        )
        records = [json.loads(data)[0] for data in versions.values_list("serialized_data", flat=True)]
        CirculatedSheet.objects.bulk_create(
            CirculatedSheet(
                document_id=edition.document_id,
                edition_id=edition.pk,
                provision_id=record["pk"],
                **{
                    name: record["fields"][name]
                    for name in ("wid", "kind", "number", "label", "heading", "text", "position")
                },
            )
            for record in records
        )


class Migration(migrations.Migration):
    dependencies = [
        ("drafts", "0013_circulated_sheets"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
