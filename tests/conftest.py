"""What all tests share: how examples are drawn, and a machine that is the same for everyone."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no reason to fail, so there is no deadline; a run that others must be able to repeat draws the
# same examples every time.
settings.register_profile("desk", deadline=None, max_examples=60)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("TELUSUR_HYPOTHESIS") or ("ci" if os.environ.get("CI") else "desk"))


# An office of the tests' own, one a worker, away from anybody's; Django reads these when it is first imported.
os.environ["TELUSUR_HOME"] = tempfile.mkdtemp(prefix="telusur-test-office-")
os.environ["DJANGO_SETTINGS_MODULE"] = "telusur.office.settings"


@pytest.fixture(autouse=True)
def _plain_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every program that a test starts the same plain, wide screen."""
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "100")
    # A dumb terminal is 80 columns wide to Rich, whatever width a test asks for, unless its height is known too.
    monkeypatch.setenv("LINES", "40")
