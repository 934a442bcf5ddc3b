"""Links made before they were recorded: written down with the act that recorded their conclusion or gave their task."""

from django.db import migrations

from drafts.recording import fingerprint


def record(links, history, acts, parent):
    """One first history row per link, under the operation of the first history row of what it belongs to."""
    first = {}
    for row in acts.objects.order_by("history_id").select_related("operation"):
        first.setdefault(row.id, row.operation)
    rows = []
    for link in links.objects.all():
        operation = first.get(getattr(link, parent))
        if operation is None:
            continue
        columns = {field.attname: getattr(link, field.attname) for field in links._meta.concrete_fields}
        rows.append(
            history(
                **columns,
                operation=operation,
                sha256=fingerprint(columns),
                history_type="+",
                history_date=operation.at,
                history_user_id=operation.by_id,
                history_change_reason=operation.reason,
            )
        )
    history.objects.bulk_create(rows)


def record_all(apps, schema_editor):
    def model(name):
        return apps.get_model("meetings", name)

    record(
        model("ConclusionDocument"),
        model("HistoricalConclusionDocument"),
        model("HistoricalConclusion"),
        "conclusion_id",
    )
    record(model("SupportingUnit"), model("HistoricalSupportingUnit"), model("HistoricalAssignment"), "assignment_id")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_links_on_the_record")]

    operations = [migrations.RunPython(record_all, migrations.RunPython.noop)]
