"""What was erased, and that rows of a case go only where two people had it erased."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TABLES = ("office_steprow", "office_reading")
_ERASED = "EXISTS (SELECT 1 FROM office_erasing WHERE office_erasing.case_id = OLD.case_id)"


def _guard(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    sqlite = schema.connection.vendor == "sqlite"
    if not sqlite:
        schema.execute(
            "CREATE FUNCTION office_only_erased() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN IF {_ERASED} THEN RETURN OLD; END IF; "
            "RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME; END$$"
        )
    for table in _TABLES:
        name = f"{table}_no_delete"
        schema.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
        schema.execute(
            f"CREATE TRIGGER {name} BEFORE DELETE ON {table} "
            + (
                f"WHEN NOT {_ERASED} BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
                if sqlite
                else "FOR EACH ROW EXECUTE FUNCTION office_only_erased()"
            )
        )
    for act in ("UPDATE", "DELETE"):
        schema.execute(
            f"CREATE TRIGGER office_erasing_no_{act.lower()} BEFORE {act} ON office_erasing "
            + (
                "BEGIN SELECT RAISE(ABORT, 'rows of office_erasing are only ever added'); END"
                if sqlite
                else "FOR EACH ROW EXECUTE FUNCTION office_only_added()"
            )
        )


class Migration(migrations.Migration):
    """Make the list, and let it open what it lists."""

    dependencies = [("office", "0007_custody")]
    operations = [
        migrations.CreateModel(
            name="Erasing",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20)),
                ("asked_by", models.CharField(max_length=60)),
                ("approved_by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("entry", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(_guard, migrations.RunPython.noop),
    ]
