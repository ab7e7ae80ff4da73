"""Custody: the ledger's tables and the vault's in the office's own database, and where each step is entered."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from telusur.evidence import Database, ledger, signing, stamps, vault


def _create(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    schema.connection.ensure_connection()
    db = Database(schema.connection.connection)
    for part in (ledger, signing, vault, stamps):
        part.create(db)


class Migration(migrations.Migration):
    """Make them."""

    dependencies = [("office", "0006_sent_and_waiting")]
    operations = [
        migrations.AddField("steprow", "entry", models.BigIntegerField(null=True)),
        migrations.AddField("reading", "entry", models.BigIntegerField(null=True)),
        migrations.AddField("letter", "said", models.CharField(max_length=64, blank=True, default="")),
        migrations.RunPython(_create, migrations.RunPython.noop),
    ]
