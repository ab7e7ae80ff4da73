"""A passphrase that the administrator gave is changed at the first login."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Until when."""

    dependencies = [("office", "0004_desk_tracing")]
    operations = [
        migrations.AddField(model_name="user", name="given_until", field=models.DateTimeField(blank=True, null=True)),
    ]
