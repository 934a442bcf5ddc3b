from django.db import migrations

from drafts.migrations._searchable import columns


class Migration(migrations.Migration):
    replaces = [("comments", "0003_words_to_find")]

    dependencies = [("comments", "0001_tables"), ("drafts", "0002_searchable_words")]

    operations = columns("comments_comment", "text || ' ' || proposed_text || ' ' || quote")
