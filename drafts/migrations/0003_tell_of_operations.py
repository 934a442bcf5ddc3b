from django.db import migrations

TELL = """
CREATE FUNCTION gopy_tell_of_operation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('operations', NEW.id::text);
    RETURN NULL;
END
$$
"""


class Migration(migrations.Migration):
    """Whoever listens hears of every act when it is committed: its number and nothing else."""

    replaces = [("drafts", "0022_tell_of_operations")]

    dependencies = [("drafts", "0002_searchable_words")]

    operations = [
        migrations.RunSQL([TELL], ["DROP FUNCTION gopy_tell_of_operation()"]),
        migrations.RunSQL(
            [
                "CREATE TRIGGER tell_of_operation AFTER INSERT ON drafts_operation "
                "FOR EACH ROW EXECUTE FUNCTION gopy_tell_of_operation()"
            ],
            ["DROP TRIGGER tell_of_operation ON drafts_operation"],
        ),
    ]
