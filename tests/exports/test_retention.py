"""How long logs are kept, as far as anybody has said so."""

from typing import get_args

import pytest

from telusur.domain import marked_yaml
from telusur.domain.account import PLATFORMS
from telusur.domain.record import LogName
from telusur.exports.retention import UNKNOWN, Status, retention_of

TABLE = marked_yaml.packaged("telusur.exports", "retention.yaml").value


@pytest.mark.parametrize("platform", TABLE)
def test_every_entry_says_how_it_is_known(platform):
    assert platform in PLATFORMS
    for log in TABLE[platform]:
        assert log in get_args(LogName)
        found = retention_of(platform, log)
        assert found.status in get_args(Status)
        assert found.source
        assert found.period.id
        assert found.period.en


def test_what_is_not_listed_is_unknown():
    assert retention_of("tiktok", "apps") is UNKNOWN
    assert retention_of("x", "apps").status == "unknown"
