"""What the task says of what it is handed; in this process."""

from __future__ import annotations

import pytest

import x_archive
from telusur import exports
from telusur.domain.errors import BadInput
from telusur.exports.platforms import looks_like, single_file_looks_like

pytestmark = pytest.mark.usefixtures("here")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"security_and_login_information/account_activity.json": b"{}"}, "holds no account data that can be read"),
        ({"catatan.txt": b"x"}, "no account data that is known"),
        ({"../x": b""}, "without a readable file"),
    ],
)
def test_an_archive_of_another_kind_is_named(tmp_path, members, words):
    with pytest.raises(BadInput, match=words):
        exports.read(x_archive.write_zip(tmp_path / "x.zip", members), name="x.zip")


def test_a_single_file_is_named(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"%PDF-1.7")
    with pytest.raises(BadInput, match="looks like a picture or PDF"):
        exports.read(tmp_path / "x.zip", name="x.zip")


@pytest.mark.parametrize(
    ("begun", "title"),
    [
        (b"GIF89a", "a picture or PDF, not the export itself"),
        (b"[1/2/24, 15:48:01] A: b", "a WhatsApp chat export"),
        (b" [1]", "a single JSON file; hand in the whole export"),
        (b"window.YTD.x", "a single file of an X archive; hand in the whole archive"),
        (b"PK", None),
        (b"", None),
    ],
)
def test_first_bytes_tell_what_a_file_is(begun, title):
    assert single_file_looks_like(begun) == title


def test_names_that_say_nothing_give_nothing():
    assert looks_like(["a", "b/c.txt"]) is None
    assert looks_like(["x/_chat.txt"]) == "a WhatsApp chat export"
