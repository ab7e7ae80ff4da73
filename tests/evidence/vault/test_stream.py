"""What an encrypted stream promises: all of it, in its order, or an error."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from telusur.evidence.vault import stream
from telusur.evidence.vault.stream import CHUNK, HEADER, TAG, StreamRefused, decrypt, encrypt, sealed_length

KEY = bytes(range(32))
SMALL = 16


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 16 bytes, so that every place of a stream of many chunks can be tried."""
    monkeypatch.setattr(stream, "CHUNK", SMALL)


def sealed(plain: bytes, key: bytes = KEY) -> bytes:
    sink = io.BytesIO()
    assert encrypt(io.BytesIO(plain), sink, key) == len(plain)
    return sink.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(decrypt(io.BytesIO(content), key))


def parts(content: bytes, chunk: int) -> tuple[bytes, list[bytes]]:
    body = content[HEADER:]
    step = chunk + TAG
    return content[:HEADER], [body[at : at + step] for at in range(0, len(body), step)]


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_a_stream_comes_back_as_it_was_and_has_the_length_that_was_foretold(length):
    plain = os.urandom(length)
    content = sealed(plain)
    assert opened(content) == plain
    assert len(content) == sealed_length(length)


@given(st.binary(max_size=100))
def test_any_bytes_come_back(plain):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "CHUNK", SMALL)
        assert opened(sealed(plain)) == plain


def test_a_source_that_gives_little_at_a_time_is_read_to_its_end():
    class Dripping(io.BytesIO):
        def readinto(self, buffer, /):
            return super().readinto(buffer[:7001])

    plain = os.urandom(CHUNK + 17)
    sink = io.BytesIO()
    encrypt(Dripping(plain), sink, KEY)
    assert opened(sink.getvalue()) == plain


def test_whoever_looks_on_sees_every_plain_byte_once():
    plain = os.urandom(2 * CHUNK + 1)
    digest = hashlib.sha256()
    encrypt(io.BytesIO(plain), io.BytesIO(), KEY, seen=digest.update)
    assert digest.digest() == hashlib.sha256(plain).digest()


def test_the_same_bytes_never_look_the_same_twice():
    assert sealed(b"x" * 100) != sealed(b"x" * 100)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("length", [0, 1, SMALL, SMALL + 1, 5 * SMALL])
def test_every_single_flipped_bit_is_refused(length):
    content = sealed(os.urandom(length))
    for at in range(len(content) * 8):
        altered = bytearray(content)
        altered[at // 8] ^= 1 << at % 8
        with pytest.raises(StreamRefused):
            opened(bytes(altered))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("length", [0, 1, SMALL, SMALL + 1, 5 * SMALL, 5 * SMALL + 3])
def test_a_stream_that_is_cut_anywhere_or_goes_on_is_refused(length):
    content = sealed(os.urandom(length))
    for kept in range(len(content)):
        with pytest.raises(StreamRefused):
            opened(content[:kept])
    for more in (b"\0", content[HEADER:], os.urandom(SMALL + TAG)):
        with pytest.raises(StreamRefused):
            opened(content + more)


def test_real_chunks_cut_at_each_boundary_are_refused_before_the_end():
    content = sealed(os.urandom(4 * CHUNK))
    for count in range(4):
        cut = content[: HEADER + count * (CHUNK + TAG)]
        before_the_error: list[bytes] = []
        with pytest.raises(StreamRefused):
            before_the_error.extend(decrypt(io.BytesIO(cut), KEY))
        # What would have been taken for the last chunk is not even given.
        assert len(before_the_error) == max(0, count - 1)


@pytest.mark.usefixtures("small")
def test_chunks_that_are_swapped_repeated_or_left_out_are_refused():
    header, chunks = parts(sealed(os.urandom(5 * SMALL + 3)), SMALL)
    for one in range(len(chunks)):
        for other in range(len(chunks)):
            swapped = list(chunks)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            repeated = [*chunks[:one], chunks[other], *chunks[one:]]
            for altered in ([] if one == other else [swapped]) + [repeated]:
                with pytest.raises(StreamRefused):
                    opened(header + b"".join(altered))
        with pytest.raises(StreamRefused):
            opened(header + b"".join(chunks[:one] + chunks[one + 1 :]))


@pytest.mark.usefixtures("small")
def test_a_chunk_or_header_of_another_stream_is_refused_even_under_the_same_key():
    header, chunks = parts(sealed(os.urandom(4 * SMALL)), SMALL)
    other_header, others = parts(sealed(os.urandom(4 * SMALL)), SMALL)
    for at in range(len(chunks)):
        with pytest.raises(StreamRefused):
            opened(header + b"".join([*chunks[:at], others[at], *chunks[at + 1 :]]))
    with pytest.raises(StreamRefused):
        opened(other_header + b"".join(chunks))


@pytest.mark.usefixtures("small")
def test_an_empty_last_chunk_ends_no_stream_but_an_empty_one():
    plain = os.urandom(SMALL)
    header, _ = parts(sealed(plain), SMALL)
    cipher = AESGCM(KEY)
    first = cipher.encrypt(stream.nonce(header, 0, last=False), plain, header)
    empty = cipher.encrypt(stream.nonce(header, 1, last=True), b"", header)
    with pytest.raises(StreamRefused):
        opened(header + first + empty)


def test_another_key_opens_nothing():
    with pytest.raises(StreamRefused):
        opened(sealed(b"x"), bytes(32))


@pytest.mark.parametrize("content", [b"", b"tlsr.obj", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_such_stream_is_refused(content):
    with pytest.raises(StreamRefused):
        opened(content)


def test_a_later_version_is_refused():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_VERSION", 2)
        content = sealed(b"x")
        assert opened(content) == b"x"
    with pytest.raises(StreamRefused):
        opened(content)


def test_the_number_of_a_chunk_never_comes_round_again():
    with pytest.raises(OverflowError):
        stream.nonce(bytes(HEADER), 1 << 32, last=False)


def test_a_stream_is_what_its_description_says():
    """Decrypted by hand, from the description alone."""
    plain = os.urandom(CHUNK + 5)
    content = sealed(plain)
    header = content[:16]
    assert header[:9] == b"tlsr.obj\x01"
    first, second = content[16 : 16 + CHUNK + 16], content[16 + CHUNK + 16 :]
    cipher = AESGCM(KEY)
    assert cipher.decrypt(header[9:] + bytes([0, 0, 0, 0, 0]), first, header) == plain[:CHUNK]
    assert cipher.decrypt(header[9:] + bytes([0, 0, 0, 1, 1]), second, header) == plain[CHUNK:]


def test_a_file_as_sink_holds_the_whole_stream(tmp_path: Path):
    with (tmp_path / "x").open("wb") as sink:
        encrypt(io.BytesIO(b"abc"), sink, KEY)
    assert opened((tmp_path / "x").read_bytes()) == b"abc"
