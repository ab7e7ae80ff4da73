"""A reply is read piece by piece; each piece that is missing or another is told."""

import pytest

from evidence.tsa_lab import algorithm, forge, number, oid, tlv
from telusur.evidence.stamps import StampRefused, der
from telusur.evidence.stamps.reply import imprint_of, read_reply
from telusur.evidence.stamps.request import read_request

_SIGNED = oid("1.2.840.113549.1.7.2")
_INFO = oid("1.2.840.113549.1.9.16.1.4")
_GRANTED = tlv(0x30, number(0))


def reason(reply):
    with pytest.raises(StampRefused) as caught:
        read_reply(reply)
    return caught.value.reason


def signed(*parts):
    return tlv(0x30, _GRANTED, tlv(0x30, _SIGNED, tlv(0xA0, tlv(0x30, *parts))))


def test_a_sound_reply_is_read():
    forged = forge().good(b"x", nonce=7, accuracy=tlv(0x30, number(1)), ordering=tlv(1, b"\xff"))
    found = read_reply(forged.reply())
    assert (found.info.nonce, found.info.at, found.info.serial) == (7, forged.at, 4711)
    assert len(found.certificates) == 2
    assert found.token in found.ordered


def test_only_the_order_of_certificates_is_mended():
    for order in ("sorted", "reversed"):
        reply = forge().good(b"x", order=order).reply()
        ordered = read_reply(reply).ordered
        assert (ordered == reply) == (order == "sorted")
        assert sorted(ordered) == sorted(reply)
        assert read_reply(ordered).ordered == ordered


def test_revocation_lists_may_come_along():
    reply = forge().good(b"x").token()
    outer = der.read(reply).children()
    parts = [one.raw for one in outer[1].children()[0].children()]
    parts.insert(4, tlv(0xA1))
    assert read_reply(signed(*parts)).info.serial == 4711


_ALGORITHMS = tlv(0x31, algorithm("sha256"))
_SOUND = [one.raw for one in der.read(forge().good(b"x").token()).children()[1].children()[0].children()]
_SIGNER = der.read(_SOUND[4]).children()[0]
_PIECES = [one.raw for one in _SIGNER.children()]
_ATTRIBUTES = [one.raw for one in _SIGNER.children()[3].children()]


def with_info(*parts):
    return signed(_SOUND[0], _SOUND[1], tlv(0x30, *parts), *_SOUND[3:])


def with_signer(*parts):
    return signed(*_SOUND[:4], tlv(0x31, tlv(0x30, *parts)))


def with_attributes(*attributes):
    return with_signer(*_PIECES[:3], tlv(0xA0, *attributes), *_PIECES[4:])


@pytest.mark.parametrize(
    "reply",
    [
        tlv(0x30),
        tlv(0x31, _GRANTED),
        tlv(0x30, tlv(0x30)),
        tlv(0x30, _GRANTED, tlv(0x30)),
        tlv(0x30, _GRANTED, tlv(0x30, _SIGNED)),
        tlv(0x30, _GRANTED, tlv(0x30, oid("1.2.3"), tlv(0xA0))),
        tlv(0x30, _GRANTED, tlv(0x30, _SIGNED, tlv(0xA0))),
        tlv(0x30, _GRANTED, tlv(0x30, _SIGNED, tlv(0xA0)), _GRANTED),
        signed(),
        signed(*_SOUND[:3]),
        signed(*_SOUND, tlv(0x31)),
        signed(*_SOUND[:3], tlv(0xA0, *([forge().root.der] * 17)), _SOUND[4]),
        with_info(),
        with_info(_INFO, tlv(0xA0)),
        with_info(oid("1.2.3"), tlv(0xA0, tlv(4, b""))),
        with_info(_INFO, tlv(0xA0, tlv(4, b""))),
        with_info(_INFO, tlv(0xA0, tlv(4, tlv(0x30, number(1))))),
        with_signer(),
        with_signer(number(3), *_PIECES[1:]),
        with_signer(*_PIECES[:3], *_PIECES[4:]),
        with_signer(_PIECES[0], tlv(0x30), *_PIECES[2:]),
        with_signer(*_PIECES[:2], tlv(0x30), *_PIECES[3:]),
        with_attributes(),
        with_attributes(*_ATTRIBUTES, _ATTRIBUTES[0]),
        with_attributes(*_ATTRIBUTES[1:]),
        with_attributes(tlv(0x30, oid("1.2.3")), *_ATTRIBUTES),
        with_attributes(tlv(0x30, oid("1.2.3"), tlv(0x31)), *_ATTRIBUTES),
    ],
)
def test_what_is_not_in_its_place_is_told(reply):
    assert reason(reply) == "malformed"


def test_two_nonces_are_none():
    assert reason(forge().good(b"x", nonce=5, extensions=number(6)).reply()) == "malformed"


def test_the_words_of_a_rejection_are_shown_harmlessly():
    reply = tlv(0x30, tlv(0x30, number(2), tlv(0x30, tlv(0x0C, b"satu\x1b[2J"), tlv(0x0C, b"dua"))))
    with pytest.raises(StampRefused, match=r"status 2: satu\\x1b\[2J dua"):
        read_reply(reply)
    assert reason(tlv(0x30, tlv(0x30, number(2), tlv(3, b"\x00\x01")))) == "rejected"


@pytest.mark.parametrize("data", [b"\x30\x00", tlv(0x30, tlv(0x30)), tlv(0x30, algorithm("sha256"))])
def test_an_imprint_has_an_algorithm_and_a_hash(data):
    with pytest.raises(der.Malformed):
        imprint_of(der.read(data))


@pytest.mark.parametrize("data", [b"", tlv(0x30), tlv(0x30, number(2), tlv(0x30)), tlv(0x30, number(1))])
def test_a_request_that_is_none_is_refused(data):
    with pytest.raises(der.Malformed):
        read_request(data)
