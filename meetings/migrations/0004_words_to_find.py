from django.db import migrations

from drafts.migrations._searchable import columns


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_record_earlier_links"), ("drafts", "0015_words_to_find")]
    operations = columns("meetings_conclusion", "text")
