"""A case whose particulars were served, and its respondent present, in each language."""

from __future__ import annotations

import pytest

from portal_case import enter, with_particulars


@pytest.fixture
def told(db):
    """Give a case whose particulars were served."""
    return with_particulars()


@pytest.fixture(params=["id", "en"])
def inside(request, told):
    """Give the respondent's browser."""
    return enter(told, request.param)
