"""Platforms' notices: what they say, and whether they come from whom they say."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.document import FactName
from telusur.domain.evidence import Grade
from telusur.exports.correspondence import mail
from telusur.exports.correspondence.mail import Letter, read_mail

X, META = "x.com", "facebookmail.com"
WIB = timezone(timedelta(hours=7))
AT = datetime(2023, 12, 23, 7, 28, 1, tzinfo=UTC)
DATE = "Sat, 23 Dec 2023 07:28:01 +0000"
HOP = f"from out.x.com ([192.0.2.25]) by mx.pos.example.org with ESMTPS id 1 for <a@pos.example.org>; {DATE}"
PASS = f"mx.pos.example.org; dkim=pass header.d={X}; spf=pass smtp.mailfrom=info@{X}; dmarc=pass header.from={X}"
BODY = "Halo,\nAda login.\nWaktu: 2023-12-23T07:27:00Z\nPerangkat: Lontar L5\nAlamat IP: 198.51.100.59\n"


def letter(*, sender=f"X <info@{X}>", subject="Login baru ke X", body=BODY, results=PASS, hop=HOP, **more):
    headers = [("Received", hop), ("Authentication-Results", results), ("Date", DATE), ("Subject", subject)]
    headers = [(key, value) for key, value in headers if value]
    return Letter((*headers, ("From", sender), *more.pop("headers", ())), body, **more)


def read(given, zone=WIB):
    return read_mail(given, name="evidence/a.eml", grade=Grade.D, zone=zone)


def names(document):
    return [fact.name for fact in document.facts]


# --- what a notice says -----------------------------------------------------------------------------------------

SUBJECTS = {
    "login_new_device_at": [
        "Login baru ke X",
        "Ada login dari perangkat yang belum pernah dipakai",
        "New login to Instagram from Chrome on Windows",
        "We noticed a new login, contoh_akun",
        "Kami mendeteksi login yang tidak biasa",
        "Was this you? Unrecognized login near Kota Contoh",
        "Did you just log in near Kota Contoh on a new device?",
        "New sign-in on Windows",
        "WhatsApp Anda didaftarkan di perangkat lain",
        "A new device was linked to your account",
    ],
    "login_known_device_at": [
        "Login ke Instagram dari perangkat yang dikenal",
        "Anda masuk dari perangkat yang pernah dipakai",
        "Signed in from a known device",
    ],
    "password_changed_at": [
        "Kata sandi Instagram Anda telah diubah",
        "Your Facebook password was changed",
        "Your password has been reset",
        "Password reset successful",
        "Perubahan kata sandi pada akun Anda",
        "Password change on your TikTok account",
    ],
    "email_changed_at": [
        "Email X Anda telah diubah",
        "Your email address was changed",
        "Alamat surel ditambahkan ke akun Facebook",
        "Penggantian alamat email",
    ],
    "phone_changed_at": [
        "Nomor ponsel Anda telah diganti",
        "A phone number was added to your account",
        "Penghapusan nomor dari akun Anda",
    ],
    "recovery_requested_at": [
        "Permintaan pemulihan akun Instagram",
        "Reset your password",
        "Kode pemulihan akun Facebook Anda",
        "Lupa kata sandi?",
        "Password reset request",
        "We received your request to recover your account",
    ],
    "recovered_at": ["Akun Anda telah dipulihkan", "Your account has been restored", "Pemulihan akun berhasil"],
}


@pytest.mark.parametrize(("fact", "subject"), [(fact, s) for fact, many in SUBJECTS.items() for s in many])
def test_notices_are_told_apart_by_many_wordings(fact, subject):
    assert names(read(letter(subject=subject))) == [fact]


@pytest.mark.parametrize(
    "subject",
    [
        "Kata sandi Anda tidak diubah",
        "Your password was not changed",
        "Percobaan login baru digagalkan",
        "Kata sandi Anda akan diubah",
        "A failed login attempt from a new device",
        "Selamat ulang tahun",
        "Kode verifikasi Anda",
        "Two-factor authentication is on",
        "",
    ],
)
def test_what_did_not_happen_or_is_no_notice_gives_no_fact_and_says_so(subject):
    document = read(letter(subject=subject, body="Halo,\nPerangkat: Lontar L5\n"))
    assert names(document) == []
    assert document.problems


def test_a_fact_has_time_device_address_and_line():
    [fact] = read(letter()).facts
    assert (fact.at, fact.precision) == (AT.replace(minute=27, second=0), timedelta(seconds=1))
    assert (fact.device, fact.ip, fact.line, fact.read_by) == ("Lontar L5", "198.51.100.59", 3, None)


def test_a_general_subject_is_decided_by_the_first_sentences():
    body = "Halo Contoh,\nKami mendeteksi login dari perangkat baru. Jika kata sandi diubah, hubungi kami.\n"
    assert names(read(letter(subject="Peringatan keamanan", body=body))) == ["login_new_device_at"]


def test_labels_on_lines_of_their_own_are_read_as_tables_give_them():
    body = "Ada login\n\nPerangkat\nLontar L5\n\nAlamat IP\n198.51.100.59\nWaktu\n23 Desember 2023 14.27 WIB\n"
    [fact] = read(letter(body=body)).facts
    assert (fact.device, fact.ip, fact.at) == ("Lontar L5", "198.51.100.59", AT.replace(minute=27, second=0))


def test_no_change_in_so_many_days_is_a_stretch_up_to_the_receipt():
    body = "Kami menerima permintaan. Tidak ada perubahan email atau kata sandi dalam 90 hari terakhir."
    document = read(letter(subject="Permintaan pemulihan akun", body=body))
    requested, unchanged = document.facts
    assert (requested.name, requested.at) == ("recovery_requested_at", AT)
    assert (unchanged.at, unchanged.until) == (AT - timedelta(days=90), AT)


@pytest.mark.parametrize("written", ["2021-01-01T00:00:00Z", "kemarin", "2023-12-23 07:27 CEST"])
def test_a_time_that_cannot_be_is_not_used_and_the_receipt_s_is(written):
    document = read(letter(body=f"Waktu: {written}\n"))
    [fact] = document.facts
    assert (fact.at, fact.line) == (AT, None)
    assert "time of receipt" in document.problems[0].message.en


def test_a_time_without_a_zone_is_read_in_the_act_s_and_that_is_said():
    document = read(letter(body="Waktu: 2023-12-23 14:27\n"))
    assert document.facts[0].at == AT.replace(minute=27, second=0)
    assert "no zone" in document.problems[0].message.en
    assert read(letter(body="Waktu: 2023-12-23 14:27\n"), zone=None).facts[0].at == AT


def test_an_e_mail_whose_content_is_a_picture_says_so():
    document = read(letter(body=" ", pictures=True))
    assert any("picture" in problem.message.en for problem in document.problems)


# --- who sent it ------------------------------------------------------------------------------------------------


def test_a_letter_that_the_receiving_server_passed_is_shown():
    document = read(letter())
    assert (document.authenticity, document.platform, document.at) == ("shown", "x", AT)
    assert "mx.pos.example.org" in document.why[0].en


FORGED = {
    "another domain": letter(sender="X <security@bantuan-x.example>"),
    "the platform's domain as a part": letter(sender=f"X <info@{X}.example>"),
    "an address as a name": letter(sender=f'"info@{X}" <a@lain.example>'),
    "two senders": letter(sender=f"X <info@{X}>, Lain <a@lain.example>"),
    "two headers": letter(headers=(("From", "a@lain.example"),)),
    "dmarc failed": letter(results="mx.pos.example.org; spf=pass; dmarc=fail header.from=x.com"),
    "all failed": letter(results="mx.pos.example.org; dkim=fail header.d=x.com; spf=softfail smtp.mailfrom=x.com"),
    "a comment that says pass": letter(
        results="mx.pos.example.org; spf=fail (dkim=pass header.d=x.com; dmarc=pass) smtp.mailfrom=a@lain.example"
    ),
    "quoted words that say pass": letter(
        results='mx.pos.example.org; spf=fail smtp.mailfrom="a; dmarc=pass header.from=x.com"@lain.example'
    ),
    "a signature that does not fit": letter(signature="fail"),
    "dates apart": letter(hop=HOP.replace("23 Dec", "27 Dec")),
    "sent after it was received": letter(hop=HOP.replace("23 Dec", "22 Dec")),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_letter_is_contradicted_with_the_reason(how):
    document = read(FORGED[how])
    assert document.authenticity == "contradicted"
    assert document.why
    assert document.platform == "x"


UNKNOWN = {
    "no results": letter(results=""),
    "no hop": letter(hop=""),
    "results by another server": letter(results=PASS.replace("mx.pos", "mx.lain")),
    "only SPF": letter(results="mx.pos.example.org; spf=pass smtp.mailfrom=info@" + X),
    "another's signature": letter(results="mx.pos.example.org; dkim=pass header.d=lain.example"),
    "results below another hop": Letter(
        (
            ("Received", HOP),
            ("Received", f"from a by mx.pos.example.org; {DATE}"),
            ("Authentication-Results", PASS),
            ("Date", DATE),
            ("From", f"X <info@{X}>"),
            ("Subject", "Login baru"),
        ),
        BODY,
    ),
}


@pytest.mark.parametrize("how", UNKNOWN)
def test_what_the_sender_may_have_written_himself_shows_nothing(how):
    assert read(UNKNOWN[how]).authenticity == "unknown"


def test_a_forwarded_letter_fails_spf_and_is_still_the_platform_s():
    results = "mx.pos.example.org; spf=fail smtp.mailfrom=a@lain.example; dkim=fail header.d=lain.example; "
    assert read(letter(results=results + "dkim=pass header.d=x.com")).authenticity == "shown"


def test_a_large_provider_s_inner_hop_names_no_sender():
    inner = ("Received", f"by 2001:db8::1 with SMTP id 1; {DATE}")
    given = letter()
    assert read(Letter((inner, *given.headers), BODY)).authenticity == "shown"


def test_a_letter_of_nobody_known_tells_nothing():
    document = read(letter(sender="Kawan <kawan@lain.example>", subject="Fwd: kata sandi diubah"))
    assert (document.platform, document.authenticity, names(document)) == (None, "unknown", [])
    assert "original .eml" in document.problems[0].message.en


def test_instagram_s_letter_from_its_owner_s_domain_is_instagram_s():
    given = letter(sender=f"Instagram <security@{META}>", results=PASS.replace(X, META))
    assert (read(given).platform, read(given).authenticity) == ("instagram", "shown")


# --- the tables -------------------------------------------------------------------------------------------------


def test_every_row_of_the_table_names_a_fact_and_patterns_that_compile():
    table = mail._notices()
    for row in (*table["subject"], *table["body"]):
        assert row["fact"] in {*get_args(FactName), "other"}
        assert all(re.compile(pattern) for pattern in row["any"])
        assert row.get("unless", "failed") in {"failed", "not_done"}


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=200))
def test_no_letter_stops_the_reader_or_is_shown_by_chance(body, subject, results):
    assert read(letter(body=body, subject=subject, results=results)).authenticity != "shown"
