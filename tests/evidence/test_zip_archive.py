"""What a zip may do to its reader: nothing. Each hostile shape has its sentence."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import x_archive
from telusur.domain.errors import BadInput
from telusur.evidence import Budget, open_archive
from telusur.evidence.zip_archive import Damaged


@pytest.fixture
def opened(tmp_path):
    """Open bytes as an archive; descriptors are closed at the end."""
    descriptors = []

    def open_bytes(content: bytes, budget: Budget | None = None):
        path = tmp_path / f"{len(descriptors)}.zip"
        path.write_bytes(content)
        descriptors.append(os.open(path, os.O_RDONLY))
        return open_archive(descriptors[-1], "a.zip", budget)

    yield open_bytes
    for descriptor in descriptors:
        os.close(descriptor)


def packed(
    members: dict[str, bytes] | None = None, *, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in (members or {"data/tweets.js": b"isi " * 20}).items():
            archive.writestr(name, content)
        archive.comment = comment
    return made.getvalue()


def read_all(archive, name, size=7):
    found = []
    with archive.open(name) as stream:
        while chunk := stream.read(size):
            found.append(chunk)
    return b"".join(found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z]{1,5})?\.js", fullmatch=True), st.binary(max_size=2000), min_size=1
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.integers(1, 500),
)
def test_what_was_packed_is_read(opened, members, method, size):
    archive = opened(packed(members, method=method))
    assert {member.name: member.size for member in archive.members} == {name: len(c) for name, c in members.items()}
    for name, content in members.items():
        assert read_all(archive, name, size) == content


def test_two_members_can_be_read_by_turns(opened):
    archive = opened(packed({"a": b"1" * 5000, "b": b"2" * 5000}))
    with archive.open("a") as one, archive.open("b") as other:
        assert one.read(10) + other.read(10) + one.read(10) == b"1" * 10 + b"2" * 10 + b"1" * 10


def test_a_zip_made_by_streaming_with_sizes_after_the_data_is_read(opened):
    class Unseekable(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

        def seek(self, *_):
            raise OSError

    made = Unseekable()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.js", b"isi" * 100)
        with archive.open("b.js", "w", force_zip64=True) as big:
            big.write(b"isi" * 100)
    archive = opened(made.getvalue())
    assert read_all(archive, "a.js") == read_all(archive, "b.js") == b"isi" * 100


def test_a_zip_with_large_numbers_is_read(opened, tmp_path):
    path = x_archive.write_many(tmp_path / "many.zip", 3)
    assert opened(path.read_bytes()).members


def test_a_zip_with_a_comment_is_read(opened):
    assert opened(packed(comment=b"dibuat oleh contoh")).members


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../naik.js", "climbs out"),
        ("data/../../naik.js", "climbs out"),
        ("/etc/passwd", "absolute"),
        ("C:/win.js", "absolute"),
        ("a\\..\\b.js", "backslash"),
        ("a//b.js", "empty part"),
        ("./a.js", "empty part"),
        ("/".join("a" * 40), "folders deep"),
    ],
)
def test_a_name_that_leads_elsewhere_is_listed_and_not_read(opened, name, why):
    archive = opened(packed({name: b"x", "data/tweets.js": b"y"}))
    assert [member.name for member in archive.members] == ["data/tweets.js"]
    assert why in archive.refused[0].why.en


def test_a_nul_in_a_name_is_refused(opened):
    content = packed({"data/tweets_js": b"x", "a": b"b"}).replace(b"data/tweets_js", b"data/tweets\0js")
    assert "NUL" in opened(content).refused[0].why.en


def test_a_name_that_turns_the_reading_direction_is_shown_escaped(opened):
    archive = opened(packed({"../\u202esj.steewt": b"x"}))
    assert "\u202e" not in archive.refused[0].name
    assert "\\u202e" in archive.refused[0].name


@pytest.mark.parametrize(
    ("mode", "why"),
    [(stat.S_IFLNK, "symbolic link"), (stat.S_IFCHR, "no ordinary file"), (stat.S_IFIFO, "no ordinary file")],
)
def test_a_link_or_device_member_is_not_read(opened, mode, why):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("data/tweets.js")
        info.external_attr = (mode | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert why in opened(made.getvalue()).refused[0].why.en


def test_a_bomb_is_not_unpacked(opened):
    archive = opened(packed({"data/tweets.js": bytes(20 << 20)}))
    assert not archive.members
    assert "zip bomb" in archive.refused[0].why.en


def test_more_than_the_budget_of_bytes_is_not_unpacked(opened):
    archive = opened(packed({"a": b"x" * 60_000, "b": b"y" * 60_000}), Budget(total_bytes=100_000))
    assert len(read_all(archive, "a", 8192)) == 60_000
    with pytest.raises(BadInput, match="unpacks to more than"):
        read_all(archive, "b", 8192)


def test_too_many_members_are_refused_before_they_are_listed(opened):
    with pytest.raises(BadInput, match="holds 30 members; at most 20"):
        opened(packed({str(number): b"" for number in range(30)}), Budget(entries=20))


def test_too_large_a_directory_is_refused(opened):
    with pytest.raises(BadInput, match="too large to be an export's"):
        opened(packed({"n" * 1000: b""}), Budget(directory_bytes=100))


def test_two_members_of_one_name_are_refused(opened):
    content = packed({"data/a.js": b"1", "data/b.js": b"2"}).replace(b"data/b.js", b"data/a.js")
    with pytest.raises(BadInput, match=r"two members named data/a.js"):
        opened(content)


def test_members_that_share_bytes_are_refused(opened):
    content = bytearray(packed({"a.js": b"1" * 50, "b.js": b"2" * 50}, method=zipfile.ZIP_STORED))
    second = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, second + 42, 0)
    with pytest.raises(BadInput, match=r"share bytes|two ways"):
        opened(bytes(content))


def test_a_member_within_another_members_bytes_is_refused(opened):
    # As the bombs of overlapping members are made: the inner one ends where the outer one does.
    inner = packed({"b.js": b"2" * 20}, method=zipfile.ZIP_STORED)
    split = inner.index(b"PK\x01\x02")
    outer = packed({"a.js": inner[:split]}, method=zipfile.ZIP_STORED)
    entry = bytearray(inner[split : inner.index(b"PK\x05\x06")])
    struct.pack_into("<I", entry, 42, 30 + len("a.js"))
    end = outer.rindex(b"PK\x05\x06")
    content = bytearray(outer[:end] + entry + outer[end:])
    _, length, _ = struct.unpack_from("<HII", outer, end + 10)
    struct.pack_into("<HHI", content, end + len(entry) + 8, 2, 2, length + len(entry))
    with pytest.raises(BadInput, match=r"members that share bytes \(b\.js\)"):
        opened(bytes(content))


def test_a_member_that_reaches_into_the_directory_is_refused(opened):
    content = bytearray(packed({"a.js": b"1" * 50}, method=zipfile.ZIP_STORED))
    for at in (18, content.index(b"PK\x01\x02") + 20):
        struct.pack_into("<I", content, at, 60)
    with pytest.raises(BadInput, match="share bytes with the directory"):
        opened(bytes(content))


def test_bytes_between_members_are_refused(opened):
    one, other = packed({"a.js": b"1" * 9}), packed({"a.js": b"1" * 9, "b.js": b"2" * 9})
    local = one.index(b"PK\x01\x02")
    gap = bytearray(other[:local] + b"tersembunyi" + other[local:])
    end = gap.rindex(b"PK\x05\x06")
    second = gap.rindex(b"PK\x01\x02")
    struct.pack_into("<I", gap, second + 42, local + 11)
    struct.pack_into("<I", gap, end + 16, struct.unpack_from("<I", gap, end + 16)[0] + 11)
    with pytest.raises(BadInput, match=r"belong to no member, before b\.js"):
        opened(bytes(gap))


@pytest.mark.parametrize("field", [6, 8, 14, 18, 22, 30], ids=["flags", "method", "crc", "packed", "unpacked", "name"])
def test_a_header_that_differs_from_the_directory_is_refused(opened, field):
    content = bytearray(packed())
    content[field] ^= 0x40 if field == 6 else 1
    with pytest.raises(BadInput, match="in two ways that differ"):
        opened(bytes(content))


def test_sizes_after_the_data_that_differ_are_refused(opened):
    content = bytearray(packed())
    directory = content.index(b"PK\x01\x02")
    content[6] |= 8
    content[directory + 8] |= 8
    with pytest.raises(BadInput, match="in two ways that differ"):
        opened(bytes(content))


def test_a_password_is_not_asked_for(opened):
    content = bytearray(packed())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BadInput, match="protected by a password"):
        opened(bytes(content))


def test_a_method_that_exports_do_not_use_is_not_unpacked(opened):
    archive = opened(packed(method=zipfile.ZIP_LZMA))
    assert "packed by a method" in archive.refused[0].why.en


def test_a_truncated_zip_is_told(opened):
    for cut in (0.3, 0.9):
        content = packed()
        with pytest.raises(BadInput, match="truncated"):
            opened(content[: int(len(content) * cut)])


def test_bytes_before_and_after_are_refused(opened):
    with pytest.raises(BadInput, match="belong to no member"):
        opened(b"#!/bin/sh\n" + packed())
    with pytest.raises(BadInput, match=r"further bytes after its end|no zip"):
        opened(packed() + b"ekor")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"bukan arsip", "is no zip and no folder"),
        (b"PK\x05\x06" + bytes(18), "an empty zip"),
        (b"PK\x05\x06" + struct.pack("<4H2IH", 1, 0, 0, 1, 0, 0, 0), "split"),
        (b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 1, 1, 0, 0, 0), "does not begin as a zip"),
        (b"PK\x03\x04" + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 1, 1, 4, 0, 0), "directory is damaged"),
    ],
)
def test_what_is_no_sound_zip_is_told(opened, content, words):
    with pytest.raises(BadInput, match=words):
        opened(content)


def test_a_directory_that_lists_fewer_than_announced_is_refused(opened):
    content = bytearray(packed({"a": b"1", "b": b"2"}))
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<2H", content, end + 8, 3, 3)
    with pytest.raises(BadInput, match="announces 3 members and lists 2"):
        opened(bytes(content))


def test_all_that_unpacks_is_given_before_a_wrong_checksum_is_told(opened):
    content = bytearray(packed({"a": b"isi yang utuh"}, method=zipfile.ZIP_STORED))
    content[31] ^= 1
    archive = opened(bytes(content))
    with archive.open("a") as stream:
        assert len(stream.read(100)) == 13
        with pytest.raises(Damaged, match="do not fit their checksum"):
            stream.read(100)


def test_packed_bytes_that_do_not_unpack_are_told(opened):
    content = bytearray(packed({"a": os.urandom(200)}))
    content[31] = 0xFF
    with pytest.raises(Damaged, match="packed bytes are damaged"):
        read_all(opened(bytes(content)), "a")


def test_a_member_that_unpacks_to_more_than_it_states_is_stopped(opened):
    content = bytearray(packed({"a": b"x" * 1000}))
    for at in (22, content.index(b"PK\x01\x02") + 24):
        struct.pack_into("<I", content, at, 500)
    with pytest.raises(Damaged, match="more bytes than it states"):
        read_all(opened(bytes(content)), "a", 600)


def test_a_member_cut_short_within_is_told(opened):
    half = zlib.compress(b"x" * 1000, wbits=-15)[:-4]
    content = bytearray(packed({"a": half}, method=zipfile.ZIP_STORED))
    directory = content.index(b"PK\x01\x02")
    for at in (8, directory + 10):
        struct.pack_into("<H", content, at, 8)
    with pytest.raises(Damaged):
        read_all(opened(bytes(content)), "a")


def _zip64(content: bytes, **changes: int) -> bytes:
    """Give a zip the large-number records."""
    end = content.rindex(b"PK\x05\x06")
    entries, length, offset = struct.unpack_from("<HII", content, end + 10)
    record = {
        "extent": 44,
        "here": entries,
        "entries": entries,
        "length": length,
        "offset": offset,
        "at": end,
    } | changes
    sixty = struct.pack(
        "<4sQ2H2I4Q",
        b"PK\x06\x06",
        record["extent"],
        45,
        45,
        0,
        0,
        *(record[k] for k in ("here", "entries", "length", "offset")),
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, record["at"], 1)
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return content[:end] + sixty + locator + last


def test_the_records_for_large_numbers_are_followed(opened):
    assert [member.name for member in opened(_zip64(packed())).members] == ["data/tweets.js"]


@pytest.mark.parametrize("changes", [{"at": 10**6}, {"at": 3}, {"extent": 45}, {"here": 7}])
def test_records_for_large_numbers_that_do_not_fit_are_refused(opened, changes):
    with pytest.raises(BadInput, match="directory is damaged"):
        opened(_zip64(packed(), **changes))


def test_large_numbers_without_their_records_are_refused(opened):
    content = bytearray(packed())
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<2I", content, end + 12, 0xFFFFFFFF, 0xFFFFFFFF)
    with pytest.raises(BadInput):
        opened(bytes(content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_altered_byte_makes_a_zip_crash_or_read_as_something_else(opened, data):
    members = {"data/tweets.js": b"isi " * 30, "data/like.js": b"suka"}
    content = bytearray(packed(members))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    try:
        archive = opened(bytes(content))
        found = {member.name: read_all(archive, member.name, 64) for member in archive.members}
    except BadInput:
        return
    # What is read is what was packed; a member that is not read is named.
    assert all(members.get(name) == content for name, content in found.items())
    assert len(found) + len(archive.refused) == 2
