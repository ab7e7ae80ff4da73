"""What a web archive must be to hold; each class of defect is found, and sound ones of several makers pass."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import zipfile

import pytest
from warcio.archiveiterator import ArchiveIterator

from evidence.web_archive import lab
from telusur.domain.errors import BadInput
from telusur.evidence import Limits, web_archive
from telusur.evidence.opening import Opened
from telusur.evidence.web_archive import checking, inspect

# warcio, which makes the archives, leaves its temporary files to be closed by chance.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


@pytest.fixture
def check(tmp_path):
    """Check bytes in the limited worker."""

    def look(content: bytes, **options):
        path = tmp_path / "a"
        path.write_bytes(content)
        return web_archive.check(path, name="a", **options)

    return look


@pytest.fixture
def check_here(check, monkeypatch):
    """Check bytes in this process, which saves starting another for each defect."""

    def look(_, path, *__, name):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            yield from json.loads(json.dumps(list(inspect.look(Opened(descriptor, name, {})))))
        finally:
            os.close(descriptor)

    monkeypatch.setattr(checking, "open_limited", look)
    return check


def english(found):
    return " | ".join(words.en for words in found.problems)


SOUND = {
    "warc": lambda: lab.warc(packed=False),
    "warc.gz": lab.warc,
    "sha256": lambda: lab.warc(sha256=True),
    "wacz": lab.wacz,
    "wacz with a packed index": lambda: lab.wacz(lab.packed_index()),
    "wacz signed as ArchiveWeb.page does": lab.signed_wacz,
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_holds(check, name):
    found = check(SOUND[name]())
    assert found.holds, english(found)
    assert found.captured_first == found.captured_last == lab.DATE
    assert found.addresses == (lab.ADDRESS, lab.OTHER)
    assert dict(found.records)["response"] == 2
    assert "warcio 1.8" in found.software


def test_a_signature_says_what_it_shows_and_what_not(check_here):
    found = check_here(lab.signed_wacz())
    assert found.signature == "fits"
    assert any("whose key it is, is not known" in words.en for words in found.notices)
    assert check_here(lab.wacz()).signature == "none"
    assert any("taken away would leave no trace" in words.en for words in check_here(lab.wacz()).notices)


def remade(**changes):
    return lambda: lab.wacz(lab.members(**changes))


def with_package(**changes):
    def make():
        held = lab.members()
        package = lab.described(held, **changes)
        return lab.zipped(held | {"datapackage.json": package, "datapackage-digest.json": lab.digested(package)})

    return make


def after_packing(change):
    """Change members after the list of them was written."""

    def make():
        held = lab.members()
        package = lab.described(held)
        whole = held | {"datapackage.json": package, "datapackage-digest.json": lab.digested(package)}
        change(whole)
        return lab.zipped(whole)

    return make


def dropped(name):
    return after_packing(lambda held: held.pop(name))


def flipped(name, at=-20):
    def change(held):
        content = bytearray(held[name])
        content[at] ^= 1
        held[name] = bytes(content)

    return after_packing(change)


def with_index(change):
    def make():
        content = lab.warc()
        lines = lab.index_lines(content)
        change(lines)
        return lab.wacz(lab.members() | {"archive/data.warc.gz": content, "indexes/index.cdx": lab.cdx(lines)})

    return make


def signed(change):
    def make():
        held = lab.members()
        package = lab.described(held, software="ArchiveWeb.page 0.11")
        mark = change(lab.signature(package), package)
        digest = lab.digested(package, mark)
        return lab.zipped(held | {"datapackage.json": package, "datapackage-digest.json": digest})

    return make


def twice():
    held = list((lab.members() | {"datapackage.json": b"{}"}).items())
    with pytest.warns(UserWarning, match="Duplicate"):
        return lab.zipped([*held, held[0]])


def idx(change):
    def make():
        held = lab.packed_index()
        held["indexes/index.idx"] = change(held["indexes/index.idx"])
        return lab.wacz(held)

    return make


def listed(change):
    def make():
        held = lab.members()
        package = json.loads(lab.described(held))
        change(package["resources"])
        written = json.dumps(package).encode()
        return lab.zipped(held | {"datapackage.json": written, "datapackage-digest.json": lab.digested(written)})

    return make


def edited(lines, number, **changes):
    lines[number].update(changes)


OTHER_KEY = {"publicKey": lab.signature(b"", lab.ec.derive_private_key(9, lab.ec.SECP384R1()))["publicKey"]}
WACZ = {
    "a flipped byte of a WARC": (flipped("archive/data.warc.gz"), "does not fit its hash"),
    "a flipped byte of the index": (flipped("indexes/index.cdx"), "does not fit its hash"),
    "a flipped byte of the list": (flipped("datapackage.json", 30), "does not fit its hash in datapackage-digest"),
    "no WARC": (remade(**{"archive/data.warc.gz": None}), "holds no archive/"),
    "no WARC, though listed": (dropped("archive/data.warc.gz"), "is listed but is not there"),
    "no index": (remade(**{"indexes/index.cdx": None}), "holds no indexes/"),
    "no pages": (remade(**{"pages/pages.jsonl": None}), "holds no pages/"),
    "no list": (dropped("datapackage.json"), "holds no datapackage.json"),
    "no digest of the list": (dropped("datapackage-digest.json"), "may have been taken away unseen"),
    "a member that nothing lists": (after_packing(lambda held: held.update({"logs/x.log": b"x"})), "is listed nowhere"),
    "a capture that nothing lists": (
        after_packing(lambda held: held.update({"archive/b.warc.gz": lab.warc()})), "is listed nowhere",
    ),
    "two members of one name": (twice, "two members named"),
    "names that differ in case alone": (
        remade(**{"archive/DATA.warc.gz": lab.warc()}), "are one file on some systems",
    ),
    "a stranger in archive/": (remade(**{"archive/x.exe": b"MZ"}), "does not belong in that folder"),
    "a listed path that climbs out": (
        listed(lambda found: found.append({"path": "../x", "hash": "sha256:" + "0" * 64, "bytes": 0})), "is not there",
    ),
    "a path listed twice": (listed(lambda found: found.append(found[0])), "is listed twice"),
    "an entry without a path": (listed(lambda found: found.append({"hash": ""})), "a file without a path"),
    "a hash of another kind": (listed(lambda found: found[0].update(hash="md5:00")), "without a SHA-256 hash"),
    "a wrong length": (listed(lambda found: found[0].update(bytes=1)), "not as long as stated"),
    "a list of nothing": (with_package(resources=[]), "lists no file"),
    "another profile": (with_package(profile="multi-wacz-package"), "profile is not data-package"),
    "a list with a name twice": (
        after_packing(lambda held: held.update({"datapackage.json": b'{"profile":"a","profile":"b"}'})),
        "read in one way only",
    ),
    "a list nested too deep": (
        after_packing(lambda held: held.update({"datapackage.json": b"[" * 100_000})), "read in one way only",
    ),
    "a digest of another file": (
        after_packing(lambda held: held.update({"datapackage-digest.json": b'{"path":"x","hash":"y"}'})),
        "does not name datapackage.json",
    ),
    "an index line to nowhere": (with_index(lambda lines: edited(lines, 0, offset="7")), "no record begins"),
    "an index line into another file": (
        with_index(lambda lines: edited(lines, 0, filename="b.warc.gz")), "no record begins",
    ),
    "an index line of another length": (with_index(lambda lines: edited(lines, 0, length="9")), "length differ"),
    "an index line of another address": (
        with_index(lambda lines: edited(lines, 0, url="https://lain.example/")), "url differ",
    ),
    "an index line of another digest": (
        with_index(lambda lines: edited(lines, 0, digest="sha1:" + "A" * 32)), "digest differ",
    ),
    "an index line of another record digest": (
        with_index(lambda lines: edited(lines, 0, recordDigest="sha256:" + "0" * 64)), "recordDigest differ",
    ),
    "a capture that the index leaves out": (with_index(lambda lines: lines.pop()), "would not show when opened"),
    "an index that is none": (remade(**{"indexes/index.cdx": b"apa saja\n"}), "is no line of an index"),
    "a second index to nowhere": (
        idx(lambda text: text.replace(b'"offset": 0', b'"offset": 3')), "points to no block",
    ),
    "a second index of another hash": (
        idx(lambda text: re.sub(rb"sha256:\w", b"sha256:x", text)), "points to no block",
    ),
    "a second index that leaves a block out": (
        idx(lambda text: text.rsplit(b"\n", 2)[0] + b"\n"), "would not be found",
    ),
    "a page that was never captured": (
        remade(**{"pages/pages.jsonl": b'{"url":"https://lain.example/","ts":"2024-01-20T02:35:00Z"}\n'}),
        "were never captured",
    ),
    "a page without a time": (
        remade(**{"pages/pages.jsonl": b'{"url":"https://contoh.example/unggahan/1"}\n'}), "no address or time",
    ),
    "pages that are no JSON": (remade(**{"pages/pages.jsonl": b"<html>\n"}), "is no line of JSON"),
    "a signature taken away": (signed(lambda *_: None), "it was taken away"),
    "a signature without its key": (
        signed(lambda mark, _: {k: v for k, v in mark.items() if k != "publicKey"}), "taken away",
    ),
    "a signature without its words": (signed(lambda mark, _: mark | {"signature": ""}), "incomplete"),
    "a signature with something added": (signed(lambda mark, _: mark | {"x": "y"}), "incomplete"),
    "a signature of another list": (signed(lambda mark, _: mark | {"hash": "sha256:00"}), "for another list"),
    "a signature by another key": (signed(lambda mark, _: mark | OTHER_KEY), "does not verify"),
    "a signature that is noise": (signed(lambda mark, _: mark | {"signature": "AAAA"}), "does not verify"),
    "a key that is noise": (signed(lambda mark, _: mark | {"publicKey": "AAAA"}), "does not verify"),
    "a certificate that is noise": (
        signed(
            lambda mark, _: {k: v for k, v in mark.items() if k != "publicKey"} | {"domain": "a", "domainCert": "b"}
        ),
        "does not verify",
    ),
    "a certificate of somebody else": (
        signed(lambda _, package: lab.certified(package, "lain.example")), "is not that of saksi.example",
    ),
    "a certified signature without its time": (
        signed(lambda _, package: lab.certified(package, timeSignature="")), "no timestamp",
    ),
    "a certified signature of another list": (
        signed(lambda _, package: lab.certified(package) | {"signature": lab.certified(b"")["signature"]}),
        "does not verify",
    ),
    "a list of something else": (after_packing(lambda held: held.update({"datapackage.json": b"[1]"})), "one way only"),
    "a number that is none": (
        after_packing(lambda held: held.update({"datapackage.json": b'{"a":NaN}'})), "one way only",
    ),
    "an index of endless lines": (remade(**{"indexes/index.cdx": b"x" * 3_000_000}), "line that is too long"),
    "a second index that is none": (idx(lambda _: b"apa saja\n"), "is no line of an index"),
    "a packed index that is cut": (
        lambda: lab.wacz((held := lab.packed_index()) | {"indexes/index.cdx.gz": held["indexes/index.cdx.gz"][:-9]}),
        "truncated",
    ),
    "bytes after the end": (lambda: lab.wacz() + b"x", "after its end"),
    "bytes before the beginning": (lambda: b"PK\x03\x04" + lab.wacz(), "two different files"),
    "a cut archive": (lambda: lab.wacz()[:-300], "truncated"),
}  # fmt: skip


@pytest.mark.parametrize("name", WACZ)
def test_each_defect_of_a_wacz_is_found(check_here, name):
    make, words = WACZ[name]
    found = check_here(make())
    assert not found.holds
    assert words in english(found)


def test_a_certified_signature_is_told_as_far_as_it_was_verified(check_here):
    found = check_here(signed(lambda _, package: lab.certified(package))())
    assert found.holds, english(found)
    assert (found.signature, found.signed_by) == ("unverified", "saksi.example")
    assert any("are not verified here" in words.en for words in found.notices)


def test_a_revisit_states_the_digest_of_what_it_does_not_hold(check_here):
    content = lab.warc(packed=False).replace(b"WARC-Type: response", b"WARC-Type: revisit").replace(b"nomor", b"Nomor")
    content = re.sub(rb"WARC-Block-Digest: \S+\r\n", b"", content)
    assert check_here(content).holds


def test_a_member_that_is_a_bomb_is_refused(check):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in lab.members(**{"pages/x.jsonl": bytes(64 << 20)}).items():
            archive.writestr(name, content)
    assert "a zip bomb" in english(check(made.getvalue()))


def plain(**changes):
    """Give an unpacked WARC with a change of its text."""

    def make():
        content = lab.warc(packed=False)
        for old, new in changes.values():
            assert re.search(old, content)
            content = re.sub(old, new, content, count=1)
        return content

    return make


def whole(content):
    return lambda: content


WARC = {
    "a changed payload": (plain(a=(rb"nomor satu", b"nomor dua ")), "does not fit its payload digest"),
    "a length that is too short": (
        plain(a=(rb"(?s)(Content-Length: 3)(\d\d)(.*nomor)", rb"\g<1>00\3")),
        "Content-Length",
    ),
    "a length that is too long": (
        plain(a=(rb"(?s)(Content-Length: )\d+(.*?nomor)", rb"\g<1>99999\2")),
        "Content-Length",
    ),
    "a length with a sign": (plain(a=(rb"Content-Length: ", b"Content-Length: +")), "Content-Length"),
    "a length of many digits": (plain(a=(rb"Content-Length: ", b"Content-Length: " + b"9" * 30)), "Content-Length"),
    "two lengths": (plain(a=(rb"Content-Length: ", b"Content-Length: 1\r\nContent-Length: ")), "Content-Length"),
    "no length": (plain(a=(rb"Content-Length", b"Content-Langth")), "Content-Length"),
    "an address on a computer": (
        plain(a=(rb"WARC-Target-URI: https://\S+", b"WARC-Target-URI: file:///etc/passwd")),
        "points into a computer",
    ),
    "an address that is none": (plain(a=(rb"WARC-Target-URI: \S+", b"WARC-Target-URI: a b")), "is no address"),
    "no address": (plain(a=(rb"WARC-Target-URI: \S+\r\n", b"")), "names no captured address"),
    "a time without a zone": (
        plain(a=(rb"WARC-Date: 2024-01-20T02:35:00Z", b"WARC-Date: 2024-01-20T02:35:00")),
        "no time in UTC",
    ),
    "no time": (plain(a=(rb"WARC-Date: 2024\S+\r\n", b"")), "has no WARC-Date"),
    "no identifier": (plain(a=(rb"WARC-Record-ID: \S+\r\n", b"")), "has no WARC-Record-ID"),
    "an unknown type": (plain(a=(rb"WARC-Type: response", b"WARC-Type: respons")), "of no known type"),
    "a digest of an unknown kind": (
        plain(a=(rb"WARC-Payload-Digest: sha1", b"WARC-Payload-Digest: crc7")),
        "of no known kind",
    ),
    "a digest that is none": (
        plain(a=(rb"WARC-Payload-Digest: sha1:\w", b"WARC-Payload-Digest: sha1:!")),
        "does not fit its payload digest",
    ),
    "a field twice": (
        plain(a=(rb"WARC-Type: response", b"WARC-Type: response\r\nWARC-Type: request")),
        "more than once",
    ),
    "a line that is no field": (plain(a=(rb"WARC-Type: response", b"response")), "no name and value"),
    "an endless line": (plain(a=(rb"WARC-Type: response", b"X: " + b"x" * 100_000)), "breaks off"),
    "endless fields": (plain(a=(rb"WARC-Type: response", b"X: x\r\n" * 100_000)), "too long"),
    "another version": (plain(a=(rb"WARC/1.1", b"WARC/9.9")), "no WARC record"),
    "line feeds alone": (lambda: lab.warc(packed=False).replace(b"\r\n", b"\n"), "no WARC record"),
    "the same record twice": (lambda: lab.warc(packed=False, info=False) * 2, "identifier of another record"),
    "a cut one": (lambda: lab.warc(packed=False)[:-80], "breaks off before"),
    "a cut packed one": (lambda: lab.warc()[:-10], "truncated"),
    "damaged packing": (lambda: lab.warc()[:40] + b"\xff" * 40 + lab.warc()[80:], "damaged"),
    "bytes after the end": (lambda: lab.warc() + b"\0\0\0", "belong to no member"),
    "a bomb": (lambda: lab.bomb(64 << 20), "no WARC record"),
    "a bomb within a record": (
        lambda: gzip.compress(
            b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 64000000\r\n\r\n" + bytes(64_000_000), 9
        ),
        "a bomb",
    ),
    "no capture": (lambda: lab.warc(pages={"https://a.example/": "x"})[:0] + gzip.compress(b""), "no record at all"),
    "something else": (whole(b"apa saja"), "no WARC record"),
}


@pytest.mark.parametrize("name", WARC)
def test_each_defect_of_a_warc_is_found(check_here, name):
    make, words = WARC[name]
    found = check_here(make())
    assert not found.holds
    assert words in english(found)


def test_warcio_and_this_reader_find_the_same_digests_wrong(check_here):
    """One byte of each capture is changed in turn; warcio is the oracle."""
    content = lab.warc(packed=False)
    for at in range(content.index(b"<!doctype"), content.index(b"<!doctype") + 40, 7):
        changed = bytearray(content)
        changed[at] ^= 4
        verdicts = []
        for record in ArchiveIterator(io.BytesIO(bytes(changed)), check_digests=True):
            record.content_stream().read()
            verdicts.append(record.digest_checker.passed)
        assert False in verdicts
        assert not check_here(bytes(changed)).holds


def test_records_that_share_one_member_are_told(check_here):
    found = check_here(gzip.compress(lab.warc(packed=False)))
    assert found.holds
    assert any("not packed one by one" in words.en for words in found.notices)


def test_a_chunked_payload_may_be_hashed_with_or_without_its_chunks(check_here):
    body = b"4\r\nisi!\r\n0\r\n\r\n"
    for hashed in (body, b"isi!"):
        digest = lab.base64.b32encode(lab.hashlib.sha1(hashed).digest()).decode()
        block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-01-20T02:35:00Z\r\n"
            f"WARC-Target-URI: <https://a.example/>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"WARC-Payload-Digest: sha1:{digest}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        found = check_here(head.encode() + block + b"\r\n\r\n")
        assert found.holds, english(found)
        assert found.addresses == ("https://a.example/",)


def test_captures_without_digests_are_told(check_here):
    content = re.sub(rb"WARC-(Payload|Block)-Digest: \S+\r\n", b"", lab.warc(packed=False))
    found = check_here(content)
    assert found.holds
    assert any("no capture has a digest" in words.en for words in found.notices)


def test_a_reader_that_is_stopped_says_at_which_limit(check):
    with pytest.raises(BadInput, match=r"took longer than 0\.001 s"):
        check(lab.wacz(), limits=Limits(wall_seconds=0.001))


def test_an_answer_that_makes_no_sense_is_refused(check, monkeypatch):
    for answer in ([{"x": 1}], [], [{"form": "warc", "title": "", "signature": "good", "by": ""}]):
        monkeypatch.setattr(checking, "open_limited", lambda *_, answer=answer, **__: iter(answer))
        with pytest.raises(BadInput, match="nonsense"):
            check(b"")
