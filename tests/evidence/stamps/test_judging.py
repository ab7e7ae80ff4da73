"""What a reply proves, judged beside ``openssl ts -verify`` on the same bytes."""

import dataclasses
import pickle
import random

import pytest

from evidence.stamps.defects import DEFECTS, REFUSED, SOUND, STRICTER
from evidence.tsa_lab import forge, openssl_says
from telusur.evidence import stamps
from telusur.evidence.stamps import StampRefused, Trust, make_request, verify

#: Unsigned bytes of a reply may be written in ways that OpenSSL overlooks; those that DER forbids are refused here.
_OF_FORM = {"malformed", "no_certificate", "ambiguous_certificate", "too_large", "signers"}


def verdict(case):
    try:
        verify(case.reply, case.document, Trust.read(case.roots), request=case.request, policy=case.policy)
    except StampRefused as refused:
        return refused.reason
    return None


def judged(folder, case):
    return openssl_says(folder, case.reply, case.document, case.roots, case.request)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_reply_is_taken_here_and_by_openssl(tmp_path, name, capfd):
    case = SOUND[name](random.Random(name), tmp_path)
    assert verdict(case) is None
    assert judged(tmp_path, case)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_refused_for_its_reason_and_openssl_agrees_but_where_we_are_stricter(tmp_path, name, capfd):
    case = DEFECTS[name](random.Random(name), tmp_path)
    assert verdict(case) == REFUSED[name]
    assert judged(tmp_path, case) == (name in STRICTER)
    # The Rust part of the library tells of its panics there.
    assert capfd.readouterr().err == ""


def test_there_are_more_than_twenty_classes_of_defect():
    assert len(DEFECTS) >= 20
    assert len(DEFECTS) - len(STRICTER) >= 20


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_hundreds_of_generated_replies_have_the_verdict_of_openssl(tmp_path, seed):
    wrong = []
    for name, make in {**SOUND, **DEFECTS}.items():
        case = make(random.Random(f"{seed} {name}"), tmp_path)
        found = (verdict(case), judged(tmp_path, case))
        if found != (REFUSED.get(name), name in SOUND or name in STRICTER):
            wrong.append((name, found))
    assert wrong == []


def _altered(rng, folder):
    """Give a sound reply with one byte, bit or place of it changed."""
    while True:
        case = rng.choice(list(SOUND.values()))(rng, folder)
        reply = bytearray(case.reply)
        place = rng.randrange(len(reply))
        match rng.randrange(4):
            case 0:
                reply[place] ^= 1 << rng.randrange(8)
            case 1:
                reply[place] = rng.randrange(256)
            case 2:
                reply.insert(place, rng.randrange(256))
            case _:
                del reply[place]
        if bytes(reply) != case.reply:
            return dataclasses.replace(case, reply=bytes(reply))


def _agree(rng, folder, count):
    for _ in range(count):
        case = _altered(rng, folder)
        ours, theirs = verdict(case), judged(folder, case)
        assert (ours is None) == theirs or (theirs and ours in _OF_FORM), (ours, theirs, case.reply.hex())


def test_altered_replies_have_the_verdict_of_openssl(tmp_path):
    _agree(random.Random(1), tmp_path, 25)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_altered_replies_have_the_verdict_of_openssl(tmp_path, seed):
    _agree(random.Random(seed), tmp_path, 250)


def test_a_reply_that_is_cut_off_anywhere_is_refused(tmp_path):
    case = SOUND["forged_without_fault"](random.Random(5), tmp_path)
    for length in range(len(case.reply)):
        assert verdict(dataclasses.replace(case, reply=case.reply[:length])) == "malformed"


def test_no_flipped_bit_changes_what_a_reply_proves(tmp_path):
    case = SOUND["forged_without_fault"](random.Random(6), tmp_path)
    trust = Trust.read(case.roots)
    sound = verify(case.reply, case.document, trust, request=case.request)
    for place in range(0, len(case.reply), 3):
        reply = bytearray(case.reply)
        reply[place] ^= 1 << place % 8
        try:
            found = verify(bytes(reply), case.document, trust, request=case.request)
        except StampRefused:
            continue
        assert dataclasses.replace(found, token=b"") == dataclasses.replace(sound, token=b"")


def test_a_reply_of_a_hundred_megabytes_is_refused_unread():
    with pytest.raises(StampRefused, match="larger than") as caught:
        verify(bytes(100_000_000), b"x", Trust.read(forge().root.pem))
    assert caught.value.reason == "too_large"


def test_the_facts_are_those_of_the_reply():
    own = forge()
    document = b"catatan"
    forged = own.good(document, serial=255, nonce=None)
    reply = forged.reply()
    found = verify(reply, document, Trust.read(own.root.pem))
    assert (found.at, found.serial, found.policy) == (forged.at, 255, forged.policy)
    assert found.authority == "CN=Otoritas Uji"
    assert found.until == own.signer.certificate.not_valid_after_utc
    assert found.token in reply


def test_a_stamp_ends_with_the_first_certificate_of_its_chain():
    own = forge()
    soon = own.signer.certificate.not_valid_after_utc.replace(year=2030)
    from evidence.tsa_lab import certify  # noqa: PLC0415 - this test alone

    signer = certify("Otoritas Singkat", own.link, until=soon)
    reply = own.good(b"x", signer=signer, certificates=(signer.der, own.link.der)).reply()
    assert verify(reply, b"x", Trust.read(own.root.pem)).until == soon


def test_what_the_library_throws_is_a_refusal_and_no_panic(monkeypatch):
    class Panic(BaseException):
        pass

    def panics(*_):
        raise Panic

    monkeypatch.setattr("telusur.evidence.stamps.judging.decode_timestamp_response", panics)
    with pytest.raises(StampRefused, match="does not hold"):
        verify(forge().good(b"x").reply(), b"x", Trust.read(forge().root.pem))


def test_an_interrupt_is_no_verdict(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("telusur.evidence.stamps.judging.decode_timestamp_response", interrupted)
    with pytest.raises(KeyboardInterrupt):
        verify(forge().good(b"x").reply(), b"x", Trust.read(forge().root.pem))


def test_a_library_that_does_not_say_yes_says_no(monkeypatch):
    class Undecided:
        def __init__(self, **_):
            pass

        def build(self):
            return self

        def verify(self, *_):
            return None

    monkeypatch.setattr("telusur.evidence.stamps.judging.VerifierBuilder", Undecided)
    with pytest.raises(StampRefused, match="does not hold"):
        verify(forge().good(b"x").reply(), b"x", Trust.read(forge().root.pem))


def test_checking_twice_changes_nothing():
    own = forge()
    trust = Trust.read(own.root.pem + own.link.pem)
    reply = own.good(b"x").reply()
    before = (trust.roots, trust.between)
    assert verify(reply, b"x", trust) == verify(reply, b"x", trust)
    assert (trust.roots, trust.between) == before


def test_a_request_that_is_none_is_answered_by_nothing():
    own = forge()
    reply = own.good(b"x").reply()
    for request in (b"", b"rusak", bytes(5000), make_request(b"x")[:-1]):
        with pytest.raises(StampRefused) as caught:
            verify(reply, b"x", Trust.read(own.root.pem), request=request)
        assert caught.value.reason == "other_request"


def test_a_refusal_travels_between_processes():
    refused = StampRefused("policy", found="1.2", expected="1.3")
    again = pickle.loads(pickle.dumps(refused))
    assert (again.reason, again.words, str(again)) == ("policy", refused.words, str(refused))


def test_the_door_is_what_it_says():
    assert all(hasattr(stamps, name) for name in stamps.__all__)
