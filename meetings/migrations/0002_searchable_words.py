from django.db import migrations

from drafts.migrations._searchable import columns


class Migration(migrations.Migration):
    replaces = [("meetings", "0004_words_to_find")]

    dependencies = [("meetings", "0001_tables"), ("drafts", "0002_searchable_words")]

    operations = columns("meetings_conclusion", "text")
