"""The one Django application of the office."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The office, as Django knows it."""

    name = "telusur.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"
