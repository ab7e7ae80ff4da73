"""What the archive says of itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

import x_archive
from telusur.exports.x_archive.manifest import read_manifest


def written(**archive_info):
    return json.loads(x_archive.manifest(x_archive.ordinary(), **archive_info).partition(b" = ")[2])


def test_an_ordinary_manifest_tells_whose_when_and_how_many():
    manifest = read_manifest(written())
    assert (manifest.account_id, manifest.handle) == (x_archive.ACCOUNT_ID, x_archive.HANDLE)
    assert manifest.generated_at == datetime(2024, 1, 9, 2, 55, 5, tzinfo=UTC)
    assert manifest.partial is False
    assert manifest.promised["data/tweets.js"] == ("tweets", 5)
    assert manifest.remarks == []


def test_a_partial_archive_says_so():
    assert read_manifest(written(isPartialArchive=True)).partial is True


@pytest.mark.parametrize("value", [None, 17, [], {}, {"userInfo": 3, "archiveInfo": [], "dataTypes": {"a": 1}}])
def test_a_manifest_of_another_shape_promises_nothing_and_says_so(value):
    manifest = read_manifest(value)
    assert manifest.promised == {}
    assert [remark.en for remark in manifest.remarks] == ["it promises no records, so completeness cannot be judged"]


def test_what_does_not_fit_is_remarked_on():
    told = written(generationDate="kemarin")
    told["dataTypes"]["x"] = {"files": ["y", {"fileName": "a", "globalName": "YTD.x.part0", "count": "banyak"}]}
    told["dataTypes"]["media"] = {"files": [{"fileName": "a", "globalName": "other", "count": "1"}]}
    manifest = read_manifest(told)
    assert "generationDate could not be used" in manifest.remarks[0].en
    assert manifest.remarks[1].en == "one of its counts could not be used"
    assert manifest.generated_at is None
