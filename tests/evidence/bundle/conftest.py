"""One office, its bundles, and what somebody could put into them from elsewhere; made once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bundle_alterations import World
from bundle_lab import FILES, Office, stamped
from evidence.tsa_lab import make_authority
from telusur.evidence import bundle, signing


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    for name in ("one", "two"):
        (folder / name).mkdir()
    authority = make_authority(folder / "tsa")
    evil = make_authority(folder / "evil", "satu")
    office = Office(folder / "one")
    office.fill(3)
    older = office.note()
    pieces = office.seal(FILES)
    office.fill(9)
    contents = office.contents(pieces)
    contents = stamped(contents, *authority.stamp(contents.note))
    bundle.make(contents, folder / "bundle")
    elsewhere = Office(folder / "two", before=2, seed=b"o" * 32)
    others = elsewhere.seal({**FILES, "lain.txt": b"other"})
    bundle.make(elsewhere.contents(others), folder / "other-log")
    foreign = office.seal({"asing.txt": b"of another case"}, "K-002")
    note = office.note()
    records = office.records([foreign[0].seq], json.loads(note.split(b"\n")[1]))
    bundle.make(bundle.Contents("K-002", foreign, records, note, office.key), folder / "other-case")
    request, reply = authority.stamp(note)
    return World(
        bundle=folder / "bundle",
        other_case=folder / "other-case",
        other_log=folder / "other-log",
        older_note=older,
        key=office.key,
        other_key=signing.SigningKey(office.key.name, b"x" * 32),
        evil_reply=evil.stamp(contents.note)[1],
        request_for_other=request,
        reply_for_other=reply,
    )


@pytest.fixture(scope="session")
def roots(world: World) -> Path:
    return world.bundle.parent / "tsa/roots.pem"
