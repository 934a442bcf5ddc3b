from django.db import migrations

from drafts.migrations._searchable import columns


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_initial"), ("drafts", "0015_words_to_find")]
    operations = columns("comments_comment", "text || ' ' || proposed_text || ' ' || quote")
