"""What tests of the office share: people with roles, and a browser without a screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest

django.setup()  # the imports below are of models

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from office.browsing import browser, emptied, opened  # noqa: F401 - fixtures
from telusur.office import Home
from telusur.office.models import RoleHeld, User

PASSWORD = "sebuah kata sandi panjang"  # of the tests' own people


@pytest.fixture(autouse=True)
def office(settings) -> Iterator[Path]:
    """Give an empty folder of the office to each test, with plain static files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # A worker reads Django's settings before it is told its own folder; what they took from it is told again here.
    home = Home.here()
    settings.OFFICE, settings.STATIC_ROOT, settings.FILE_UPLOAD_TEMP_DIR = home, home.static, home.incoming
    # Slow on purpose where people log in; here it would only be slow.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    home.make()
    # Whoever asked for a page last chose a language for this thread.
    translation.activate(settings.LANGUAGE_CODE)
    # The tables are emptied after each test; what was signed in one is not held against the next.
    home.head.unlink(missing_ok=True)
    yield home.path
    cache.clear()
    for part in (home.objects, home.incoming):
        shutil.rmtree(part, ignore_errors=True)


@pytest.fixture
def person(db) -> Callable[..., User]:
    """Make a person who holds roles, with a second factor: ``person("bawaslu-general/reviewer")``."""

    def make(*roles: str, username: str | None = None, factor: bool = True) -> User:
        user = User.objects.create_user(username or f"orang-{User.objects.count() + 1}", password=PASSWORD)
        user.title = f"Petugas {user.pk}"
        user.save()
        RoleHeld.objects.bulk_create(RoleHeld(user=user, role=role) for role in roles)
        if factor:
            TOTP.activate(user, generate_totp_secret())
            assert Authenticator.objects.filter(user=user).exists()
        return user

    return make


@pytest.fixture
def logged_in(person) -> Callable[..., Client]:
    """Give a browser in which a new person with some roles is logged in."""

    def enter(*roles: str, **more: object) -> Client:
        client = Client()
        client.force_login(person(*roles, **more), backend=settings.AUTHENTICATION_BACKENDS[1])
        return client

    return enter
