from django.db import migrations, models

import drafts.models.sources


class Migration(migrations.Migration):
    dependencies = [
        ("drafts", "0004_more_kinds_of_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcefile",
            name="modern",
            field=models.FileField(blank=True, upload_to=drafts.models.sources._source_path),
        ),
    ]
