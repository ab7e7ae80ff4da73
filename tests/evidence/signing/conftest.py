"""What the tests of signing share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from signed_logs import Office, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "store.db") as made:
        made.begin()
        yield made
