"""How a respondent comes back after the code of the notice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One passphrase a case."""

    dependencies = [("office", "0002_only_added")]
    operations = [
        migrations.CreateModel(
            name="PortalAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret", models.CharField(max_length=128)),
                ("set_at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portal_access",
                        to="office.case",
                    ),
                ),
            ],
        )
    ]
