"""What a tracing was asked of: the words of the post and the account's number, which no step holds."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add it."""

    dependencies: ClassVar = [("office", "0003_portal_access")]
    operations: ClassVar = [
        migrations.AddField("tracingrun", "asked", models.JSONField(default=dict)),
        migrations.AddField("tracingrun", "file_version", models.PositiveIntegerField(default=0)),
    ]
