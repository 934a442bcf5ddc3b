from django.db import migrations

from drafts.migrations._searchable import columns, functions

LINE = "label || ' ' || heading || ' ' || text"
HEADING = "label || ' ' || heading"


class Migration(migrations.Migration):
    dependencies = [("drafts", "0014_fill_circulated_sheets")]
    operations = [
        *functions(),
        *columns("drafts_document", "title || ' ' || issuing_body || ' ' || term"),
        *columns("drafts_provision", LINE, heading=HEADING),
        *columns("drafts_circulatedsheet", LINE, heading=HEADING),
    ]
