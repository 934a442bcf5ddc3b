from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drafts", "0011_paper_layouts"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcefile",
            name="remarks",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
