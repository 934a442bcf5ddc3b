from django.db import migrations, models

import drafts.models.sources


class Migration(migrations.Migration):
    dependencies = [
        ("drafts", "0006_recall_of_editions"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcefile",
            name="modern",
            field=models.FileField(blank=True, upload_to=drafts.models.sources._source_path),
        ),
    ]
