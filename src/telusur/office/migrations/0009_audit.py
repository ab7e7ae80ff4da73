"""Tables of the audit; all but its runs are only ever added to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_ERASED = "EXISTS (SELECT 1 FROM office_erasing WHERE office_erasing.case_id = OLD.case_id)"


def _guard(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    sqlite = schema.connection.vendor == "sqlite"
    for table in ("office_auditfacts", "office_auditplan", "office_auditrelease"):
        for act in ("UPDATE", "DELETE"):
            erasable = act == "DELETE" and table == "office_auditfacts"
            function = "office_only_erased" if erasable else "office_only_added"
            when = f"WHEN NOT {_ERASED} " if erasable else ""
            schema.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                + (
                    f"{when}BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
                    if sqlite
                    else f"FOR EACH ROW EXECUTE FUNCTION {function}()"
                )
            )


_KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Make them."""

    dependencies = [("office", "0008_erasing")]
    operations = [
        migrations.CreateModel(
            name="AuditFacts",
            fields=[
                ("id", _KEY),
                ("contest", models.CharField(max_length=20)),
                ("mark", models.CharField(max_length=2)),
                ("region", models.CharField(max_length=8)),
                ("tie", models.CharField(blank=True, max_length=20)),
                ("source", models.CharField(blank=True, max_length=10)),
                ("phase", models.CharField(blank=True, max_length=20)),
                ("nonce", models.CharField(max_length=64)),
                ("commitment", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.case"),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="AuditPlan",
            fields=[
                ("id", _KEY),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("entry", models.BigIntegerField()),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="AuditRun",
            fields=[
                ("id", _KEY),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.JSONField(null=True)),
                ("result", models.JSONField(null=True)),
                ("files", models.JSONField(default=dict)),
                ("number", models.PositiveIntegerField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="office.auditplan"
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="AuditRelease",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("files", models.JSONField()),
                ("asked_by", models.CharField(max_length=60)),
                ("approved_by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("entry", models.BigIntegerField()),
            ],
            options={"ordering": ["-number"]},
        ),
        migrations.RunPython(_guard, migrations.RunPython.noop),
    ]
