"""Refuse, in the database itself, to change or delete what may only be added."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TABLES = ("office_steprow", "office_reading")


def _guard(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    sqlite = schema.connection.vendor == "sqlite"
    if not sqlite:
        schema.execute(
            "CREATE FUNCTION office_only_added() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME; END$$"
        )
    for table in _TABLES:
        for act in ("UPDATE", "DELETE"):
            name = f"{table}_no_{act.lower()}"
            schema.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                + (
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
                    if sqlite
                    else "FOR EACH ROW EXECUTE FUNCTION office_only_added()"
                )
            )


class Migration(migrations.Migration):
    """Steps and readings are append-only."""

    dependencies = [("office", "0001_first")]
    operations = [migrations.RunPython(_guard, migrations.RunPython.noop)]
