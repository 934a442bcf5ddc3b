from django.db import migrations

from drafts.migrations._searchable import columns, functions

LINE = "label || ' ' || heading || ' ' || text"
HEADING = "label || ' ' || heading"


class Migration(migrations.Migration):
    replaces = [("drafts", "0015_words_to_find")]

    dependencies = [("drafts", "0001_tables")]

    operations = [
        *functions(),
        *columns("drafts_document", "title || ' ' || issuing_body || ' ' || term"),
        *columns("drafts_provision", LINE, heading=HEADING),
        *columns("drafts_circulatedsheet", LINE, heading=HEADING),
    ]
