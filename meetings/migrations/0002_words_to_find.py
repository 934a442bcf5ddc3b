from django.db import migrations

from drafts.migrations._searchable import columns


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("drafts", "0013_words_to_find")]
    operations = columns("meetings_conclusion", "text")
