"""What bytes are taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.evidence.media_type import _CALLED, _NEVER, HEAD, UNKNOWN, detect, misfits

LONG = b"kata " * (HEAD // 5 + 1)


def of(content: bytes) -> str:
    return detect(content[:HEAD], content[-HEAD:], len(content)).type


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "application/x-empty"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heif"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\x1f\x8b\x08\0", "application/gzip"),
        (b"WARC/1.1\r\n", "application/warc"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"PK\x03\x04...", "application/zip"),
        (b'{"a": 1}', "application/json"),
        (b'{"a": 1}\n{"a": 2}\n', "application/jsonl"),
        (b'{\n  "a": 1\n}\n', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a": "' + b"x" * HEAD + b'"}\n{"a": 2}', "application/json"),
        (b'{"a": 1}\n' * HEAD, "application/jsonl"),
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b"<svg onload='x'>", "image/svg+xml"),
        (b"Received: from a\n by b\nFrom: c\n\nisi", "message/rfc822"),
        (b"X-Own: 1\nSubject: a\nFrom: b@c\n\nisi", "message/rfc822"),
        ("Surat dari kantor – 🙂".encode(), "text/plain"),
        (b"\xef\xbb\xbfsurat", "text/plain"),
        (b"\xff\xfea\0", "text/plain"),
        (b"caf\xe9 di kantor, surat lama", "text/plain"),
        (LONG, "text/plain"),
        (LONG[: HEAD - 1] + "é".encode() + LONG, "text/plain"),
        (bytes(range(256)) * 4, UNKNOWN),
        (b"\xe9\xe8\xe7", UNKNOWN),
        (b"a\0b", UNKNOWN),
        (b"fLaC\0\0\0\x22", "audio/x-flac"),
    ],
)
def test_bytes_are_known_by_their_signs(content, expected):
    found = of(content)
    assert found == expected or (expected.startswith("audio/") and found.startswith("audio/"))


@pytest.mark.parametrize(
    ("content", "both"),
    [
        (b"PK\x03\x04" + b"x" * 20 + b"%PDF-1.4", "application/zip and application/pdf"),
        (b"%PDF-1.4" + b"PK\x05\x06" + bytes(18), "application/pdf and application/zip"),
        (b"GIF89a/*%PDF-1.4", "image/gif and application/pdf"),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "image/png and text/html"),
    ],
)
def test_bytes_that_two_programs_read_differently_are_called_ambiguous(content, both):
    assert f"its bytes can be read as {both}" in detect(content, content, len(content)).problems[0].en


def test_a_pdf_with_bytes_before_it_is_a_pdf_still():
    assert of(b"\n\n%PDF-1.4\n") == "application/pdf"


def test_the_words_of_a_zips_end_within_a_text_do_not_make_it_a_zip():
    assert of(b"PK\x05\x06 adalah tanda akhir arsip zip, kata buku itu, begitulah") != "application/pdf"
    assert of(b"kata PK\x05\x06 di tengah kalimat yang panjang sekali sampai selesai") == UNKNOWN


@given(st.binary(max_size=3000))
def test_every_file_gets_a_type(content):
    found = detect(content, content, len(content))
    assert "/" in found.type


@given(st.text(min_size=1, max_size=300))
def test_text_of_any_script_is_text_or_something_written_in_text(text):
    content = text.encode()
    if any(byte < 32 and byte not in b"\t\n\r\x0c" for byte in content) or content.startswith((b"MZ", b"PK", b"GIF")):
        return
    assert not of(content).startswith(("application/x-exec", "video/"))


@pytest.mark.parametrize(
    ("detected", "name", "kind", "count"),
    [
        ("image/png", "layar.png", "screenshot", 0),
        ("application/pdf", "layar.pdf", "screenshot", 0),
        ("image/png", "layar.jpg", "screenshot", 1),
        ("image/png", "ekspor.zip", "platform_export", 2),
        ("text/plain", "chat.txt", "platform_export", 0),
        ("application/pdf", "surat", "operator_letter", 0),
        ("text/plain", "layar", "screenshot", 1),
        ("application/jsonl", "tulisan.jsonl", "known_writing", 0),
        ("application/x-empty", "a.zip", None, 0),
    ],
)
def test_a_type_is_compared_with_the_name_and_with_what_the_case_says(detected, name, kind, count):
    assert len(misfits(detected, name, kind)) == count


def test_what_does_not_fit_is_said_in_both_languages():
    first, second = misfits("image/png", "ekspor.zip", "platform_export")
    assert first.id == "namanya berakhiran .zip, tetapi isinya image/png"
    assert second.id == "perkara menyebutnya ekspor platform, tetapi isinya image/png"
    assert second.en == "the case calls it platform export, but its bytes are image/png"


def test_each_kind_that_has_misfits_has_a_name():
    assert set(_NEVER) == set(_CALLED)
