"""A keyed hash of what a form sent, and what a case waits for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add both."""

    dependencies = [("office", "0005_setup_given_until")]
    operations = [
        migrations.AddField("sent", "digest", models.CharField(max_length=64, blank=True, default="")),
        migrations.AddField("case", "waiting", models.CharField(max_length=20, blank=True, default="")),
    ]
