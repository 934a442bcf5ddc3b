from django.db import migrations

from accounts.vietnamese import fold


def fill(apps, schema_editor):
    Document = apps.get_model("drafts", "Document")
    for pk, title in Document.objects.filter(search_key="").values_list("pk", "title"):
        Document.objects.filter(pk=pk).update(search_key=fold(title))


class Migration(migrations.Migration):
    dependencies = [("drafts", "0002_document_search_key")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
