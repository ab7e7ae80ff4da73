"""Which files of an archive are opened, and which are not even looked at."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

import x_archive
from telusur.domain.errors import BadInput
from telusur.evidence import Member
from telusur.exports.x_archive.layout import data_name, lay_out


class Watched:
    """An archive in memory that knows what was opened of it, and how much was taken."""

    refused = ()

    def __init__(self, contents):
        self._contents = contents
        self.members = [Member(name, len(content)) for name, content in contents.items()]
        self.taken = {}

    @contextmanager
    def open(self, name):
        if self._contents[name] is DAMAGED:
            raise BadInput("damaged")
        self.taken.setdefault(name, 0)
        yield _Stream(self, name, self._contents[name])


class _Stream:
    def __init__(self, archive, name, content):
        self._archive, self._name, self._content = archive, name, content

    def read(self, size, /):
        found, self._content = self._content[:size], self._content[size:]
        self._archive.taken[self._name] += len(found)
        return found


DAMAGED = b"damaged"
LONG = b"window.YTD.anything.part0 = [" + b"x" * 5000


@pytest.mark.parametrize(
    "name",
    [
        "direct-messages",
        "direct-messages-group-part1",
        "group_dm-headers",
        "contact",
        "ad-impressions",
        "ads_revenue",
        "saved-search",
        "personalization",
        "follower",
        "lists-member",
        "grok-chat-item",
    ],
)
def test_a_file_whose_name_speaks_of_private_things_is_not_looked_at(name):
    archive = Watched(x_archive.files() | {f"data/{name}.js": LONG})
    layout = lay_out(archive)
    assert f"data/{name}.js" not in archive.taken
    assert f"data/{name}.js" in layout.left_out


def test_of_a_file_with_a_name_that_says_nothing_only_the_head_is_taken():
    archive = Watched(x_archive.files() | {"data/entah.js": LONG})
    lay_out(archive)
    assert archive.taken["data/entah.js"] <= 256


def test_the_pages_own_programs_are_no_data():
    archive = Watched(x_archive.files() | {"assets/js/main.js": LONG, "assets/fonts/a.woff": b""})
    layout = lay_out(archive)
    assert "assets/js/main.js" not in archive.taken
    assert layout.left_out == ()
    data_alone = {name.removeprefix("data/"): content for name, content in x_archive.files().items()}
    assert lay_out(Watched(data_alone | {"assets/js/main.js": LONG})).left_out == ()


def test_a_damaged_file_is_left_for_its_reading_to_tell():
    assert "data/like.js" in lay_out(Watched(x_archive.files() | {"data/like.js": DAMAGED})).read


def test_what_begins_otherwise_is_no_archive_of_x():
    assert lay_out(Watched({"data/like.js": b"$(function"})) is None
    assert lay_out(Watched({"data/manifest.js": x_archive.files()["data/manifest.js"]})) is None
    assert lay_out(Watched({})) is None


def test_folders_beside_are_named_once():
    media = {f"data/tweets_media/{number}.jpg": b"" for number in range(700)}
    assert lay_out(Watched(x_archive.files() | media)).left_out == ("data/tweets_media/",)


def test_the_names_that_are_left_out_are_bounded():
    many = {f"data/entah{number}.js": b"" for number in range(700)}
    assert len(lay_out(Watched(x_archive.files() | many)).left_out) == 500


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("data/tweets.js", "tweets"),
        ("data/tweets-part1.js", "tweets"),
        ("data/tweets-part12 (1).js", "tweets"),
        ("data/Deleted-Tweets.js", "deleted_tweets"),
        ("data/tweets.json", None),
        ("data/tweet-headers.js", None),
        ("data/direct-messages.js", None),
    ],
)
def test_a_files_name_speaks_of_its_data(path, name):
    assert data_name(path) == name
