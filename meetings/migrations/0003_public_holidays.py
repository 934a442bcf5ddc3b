"""A new calendar begins with Vietnam's public holidays of 2025 to 2027."""

from django.db import migrations
from django.utils import timezone

from meetings.public_holidays import EXPECTED, SETTLED


def load(apps, schema_editor):
    special_day = apps.get_model("meetings", "SpecialDay")
    history = apps.get_model("meetings", "HistoricalSpecialDay")
    rows = [
        special_day(
            day=holiday.day,
            name=holiday.name,
            kind="worked" if holiday.is_worked else "off",
            is_settled=holidays is SETTLED,
        )
        for holidays in (SETTLED, EXPECTED)
        for holiday in holidays
    ]
    columns = ("id", "day", "name", "kind", "is_settled")
    history.objects.bulk_create(
        history(
            **{name: getattr(row, name) for name in columns},
            history_date=timezone.now(),
            history_type="+",
            history_change_reason="Public holidays of 2025 to 2027",
        )
        for row in special_day.objects.bulk_create(rows)
    )


class Migration(migrations.Migration):
    replaces = [("meetings", "0006_public_holidays")]

    dependencies = [("meetings", "0002_searchable_words")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
