"""What the sources of a case say, and who is asked for what no program reads."""

import hashlib
import importlib
import json
import os
from datetime import UTC, datetime, timedelta

import pytest

import meta_export
from case_folders import CASE, make
from telusur import tracing
from telusur.domain.account import Account
from telusur.domain.document import Fact
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord
from telusur.dossier import material
from telusur.dossier.assessing import assess, trace
from telusur.dossier.material import left_to_people, read_records
from telusur.dossier.reading import read_case
from telusur.evidence import Opened
from telusur.exports.captured_page import door as page_door
from telusur.exports.correspondence import door as letter_door

OPERATOR = """OPERATOR SELULER CONTOH
Tanggal: 2024-02-14
Penggantian kartu SIM: 2024-01-19 16:05 WIB
Identitas: kartu identitas asli tidak ditunjukkan
"""
HEAD = CASE.partition("sources:")[0]
PAGE = """<html><body data-account-id="1234"><h1>Contoh</h1>
<article><time datetime="2024-01-20T02:35:30.000Z">x</time><p>Dukung paslon contoh</p></article></body></html>"""


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Read in this process; what is told still passes through JSON."""

    def run(named, path, _limits=None, *, name, **said):
        module, _, function = named.partition(":")
        task = getattr(importlib.import_module(module), function)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            for message in task(Opened(descriptor, name, {}), **json.loads(json.dumps(said))):
                yield json.loads(json.dumps(message))
        finally:
            os.close(descriptor)

    for door in (letter_door, page_door):
        monkeypatch.setattr(door, "open_limited", run)


def case_of(folder, *sources, files=None):
    """Give a case with some sources; each is the YAML of one, and files are what lies at their paths."""
    listed = "".join(f"- {{{source}}}\n" for source in sources)
    shot = "- {path: evidence/screenshot.png, kind: screenshot, supplied_by: reporter}\n"
    make(folder, HEAD + "sources:\n" + shot + listed)
    for path, content in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_case(folder)


def letter(facts=""):
    return f"path: evidence/surat.txt, kind: operator_letter, supplied_by: authority{facts}"


def facts_of(found):
    [document] = found.documents
    return {fact.name: fact for fact in document.facts}


def warc(html, url="https://x.com/contoh_akun"):
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2024-01-22T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Record-ID: <urn:uuid:706033d0-eabf-4d24-832f-bfcd64928787>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


# --- documents --------------------------------------------------------------------------------------------------


def test_a_letter_is_read_by_the_program(tmp_path):
    found = read_records(case_of(tmp_path, letter(), files={"evidence/surat.txt": OPERATOR}))
    fact = facts_of(found)["sim_replaced_at"]
    assert (fact.at, fact.identified, fact.read_by) == (datetime(2024, 1, 19, 9, 5, tzinfo=UTC), False, None)
    assert found.unread == {}


def test_what_a_person_read_wins_and_a_difference_is_told(tmp_path):
    typed = ", facts: {sim_replaced_at: 2024-01-18T10:00+07:00, read_by: Pemeriksa 1}"
    case = case_of(tmp_path, letter(typed), files={"evidence/surat.txt": OPERATOR})
    found = read_records(case)
    fact = facts_of(found)["sim_replaced_at"]
    assert (fact.at, fact.read_by) == (datetime(2024, 1, 18, 3, tzinfo=UTC), "Pemeriksa 1")
    [note] = found.notes
    assert "the person's reading is used" in note.en
    assert note in assess(case).case.notes


def test_the_same_time_typed_and_read_is_one_fact_with_what_the_program_read_beside_it(tmp_path):
    typed = ", facts: {sim_replaced_at: 2024-01-19T16:05:40+07:00, read_by: Pemeriksa 1}"
    found = read_records(case_of(tmp_path, letter(typed), files={"evidence/surat.txt": OPERATOR}))
    fact = facts_of(found)["sim_replaced_at"]
    assert (fact.read_by, fact.identified) == ("Pemeriksa 1", False)
    assert found.notes == ()


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"\xff\xd8\xff\xe0 picture", b"", b"Kepada Yth.\nTerima kasih.\n"])
def test_what_no_program_reads_is_no_error_and_asks_for_typed_facts(content, tmp_path):
    case = case_of(tmp_path, letter(), files={"evidence/surat.txt": content})
    found = read_records(case)
    assert "evidence/surat.txt" in found.unread
    [asked] = [text for text in left_to_people(case, found) if "surat.txt" in text.en]
    assert "`facts`" in asked.en
    assert "`facts`" in asked.id


def test_what_a_person_typed_of_a_picture_is_a_document_and_no_longer_asked_for(tmp_path):
    typed = ", facts: {number_reassigned_at: 2023-12-01T00:00+07:00, read_by: Pemeriksa 1}"
    case = case_of(tmp_path, letter(typed), files={"evidence/surat.txt": b"%PDF-1.7"})
    found = read_records(case)
    fact = facts_of(found)["number_reassigned_at"]
    assert (fact.precision, fact.read_by) == (timedelta(minutes=1), "Pemeriksa 1")
    assert not [text for text in left_to_people(case, found) if "surat.txt" in text.en]


@pytest.mark.parametrize(
    ("typed", "devices"),
    [
        ("Contoh M1: Terlapor Satu", [("Contoh M1", "Terlapor Satu")]),
        ("Contoh M1 - dipegang Terlapor Satu", [("Contoh M1", "Terlapor Satu")]),
        (
            "Contoh M1: Terlapor Satu; Contoh M2: Rekan Dua",
            [("Contoh M1", "Terlapor Satu"), ("Contoh M2", "Rekan Dua")],
        ),
        ("seorang rekan", [(None, None)]),
        ("a: b: c", [(None, None)]),
    ],
)
def test_who_holds_a_device_is_taken_from_typed_words_that_name_both(typed, devices, tmp_path):
    facts = f', facts: {{device_of: "{typed}", read_by: Pemeriksa 1}}'
    case = case_of(tmp_path, letter(facts), files={"evidence/surat.txt": b"%PDF-"})
    found = read_records(case)
    assert [(fact.device, fact.holder) for fact in found.documents[0].facts] == devices
    said = [text.en for text in left_to_people(case, found) if "not weighed" in text.en]
    assert bool(said) == (devices[0][0] is None)


def test_an_e_mail_that_is_a_picture_says_so_and_stops_nothing(tmp_path):
    mail = "path: evidence/surel.eml, kind: security_email, supplied_by: respondent"
    case = case_of(tmp_path, mail, files={"evidence/surel.eml": b"\x89PNG\r\n"})
    found = read_records(case)
    assert ".eml" in found.unread["evidence/surel.eml"].en
    assert any("surel.eml" in line and ".eml file" in line for line in (text.en for text in assess(case).not_examined))


def test_saved_keys_of_signatures_are_handed_on(tmp_path, monkeypatch):
    seen = {}

    def read(path, *, keys, **_):
        seen.update(keys)
        raise BadInput("no", where=str(path))

    monkeypatch.setattr(material.correspondence, "read_document", read)
    files = {"evidence/surat.txt": "x", "known/dkim/s1._domainkey.example.com.txt": 'v=DKIM1; "\n" p=AAAA\n'}
    read_records(case_of(tmp_path, letter(), files=files))
    assert seen == {"s1._domainkey.example.com": "v=DKIM1;  p=AAAA"}


# --- records ----------------------------------------------------------------------------------------------------

CAPTURE = "path: evidence/laman.warc, kind: web_archive, supplied_by: authority"


def test_a_captured_page_is_a_record_of_its_platform(tmp_path):
    case = case_of(tmp_path, CAPTURE, files={"evidence/laman.warc": warc(PAGE)})
    found = read_records(case)
    [record] = found.records
    assert (record.account.platform, record.account.handle, record.kind) == ("x", "contoh_akun", "web_archive")
    weighed = trace(case, case.acts[0], found)
    assert any(item.code == "integrity.on_page" for item in weighed.items)


@pytest.mark.parametrize("content", [b"WARC/1.1\r\nbroken", b"", warc("<p>x</p>", "https://example.org/"), b"plain"])
def test_a_capture_that_cannot_be_read_is_left_to_a_person(content, tmp_path):
    case = case_of(tmp_path, CAPTURE, files={"evidence/laman.warc": content})
    found = read_records(case)
    assert found.records == ()
    assert any("laman.warc" in text.en for text in left_to_people(case, found))


def test_a_damaged_export_stays_an_error_that_names_it(tmp_path):
    export = "path: evidence/x.zip, kind: platform_export, supplied_by: respondent"
    with pytest.raises(BadInput, match=r"evidence/x\.zip"):
        read_records(case_of(tmp_path, export, files={"evidence/x.zip": b"PK\x03\x04 cut"}))


def test_records_of_every_kind_are_asked_for_as_what_they_are(tmp_path, monkeypatch):
    asked = []

    def read(_, *, name, grade, kind="platform_export", **more):
        asked.append((name, kind, grade.value, sorted(more["chat"].names), more.get("account")))
        return AccountRecord(name, Account("x", "contoh_akun"), [], kind=kind)

    monkeypatch.setattr(material.exports, "read", read)
    read_records(
        case_of(
            tmp_path,
            "path: evidence/a.txt, kind: platform_export, supplied_by: reporter",
            "path: evidence/b.csv, kind: provider_record, supplied_by: authority",
            files={"evidence/a.txt": "x", "evidence/b.csv": "x"},
        )
    )
    account = Account("x", "contoh_akun", "1234", "contoh_akun")
    assert asked == [
        ("evidence/a.txt", "platform_export", "C", ["Terlapor Satu", "contoh_akun"], account),
        ("evidence/b.csv", "provider_record", "A", ["Terlapor Satu", "contoh_akun"], account),
    ]


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("0800-0000-4800", "+62 800-0000-4800"),
        ("Nama Kontak", "Nama Kontak"),
        ("+62 800-0000-4801", "+62 800-0000-4801"),
    ],
)
def test_a_chat_is_of_the_case_s_number_only_where_it_shows_that_number(written, handle, tmp_path, monkeypatch):
    record = AccountRecord("evidence/a.txt", Account("whatsapp", written), [])
    monkeypatch.setattr(material.exports, "read", lambda *_, **__: record)
    folder = tmp_path / "case"
    chat = "path: evidence/a.txt, kind: platform_export, supplied_by: reporter"
    case_of(folder, chat, files={"evidence/a.txt": "x"})
    text = (folder / "case.yaml").read_text().replace("platform: x", "platform: whatsapp")
    text = text.replace("'@contoh_akun'", "+62 800-0000-4800").replace("  account_id: '1234'\n", "")
    (folder / "case.yaml").write_text(text)
    [found] = read_records(read_case(folder)).records
    assert found.account.handle == handle


def test_what_is_weighed_knows_the_respondent_and_the_day_of_the_report(tmp_path, monkeypatch):
    asked = []
    weigh = tracing.weigh
    monkeypatch.setattr(tracing, "weigh", lambda question: asked.append(question) or weigh(question))
    case = case_of(tmp_path, letter(), files={"evidence/surat.txt": OPERATOR})
    trace(case, case.acts[0], read_records(case))
    [question] = asked
    assert (question.respondent, question.reported_on) == ("Terlapor Satu", case.reported_on)
    assert [document.path for document in question.documents] == ["evidence/surat.txt"]


def test_facts_without_a_time_are_the_same_as_none():
    assert material._same(
        Fact("sim_replaced_at", datetime(2024, 1, 1, tzinfo=UTC), "x"), Fact("sim_replaced_at", None, "y")
    )


def of_whatsapp(folder, number="+62 800-0000-4800", named="0800-0000-4801"):
    case_of(folder, letter(), files={"evidence/surat.txt": f"{OPERATOR}Nomor pelanggan: {named}\n"})
    text = (folder / "case.yaml").read_text().replace("platform: x", "platform: whatsapp")
    text = text.replace("'@contoh_akun'", f"'{number}'").replace("  account_id: '1234'\n", "")
    (folder / "case.yaml").write_text(text)
    return read_case(folder)


def test_an_operator_s_letter_of_another_number_is_said_and_not_weighed(tmp_path):
    case = of_whatsapp(tmp_path)
    found = read_records(case)
    assert found.documents[0].facts == ()
    [said] = found.notes
    assert "another number (0800-0000-4801)" in said.en
    assert "nomor lain (0800-0000-4801)" in said.id
    assert said in assess(case).case.notes


@pytest.mark.parametrize(
    ("number", "named"),
    [("+62 800-0000-4800", "0800 0000 4800"), ("+62 800-0000-4800", "0800-xxxx-01"), ("Nama", "0801")],
)
def test_an_operator_s_letter_counts_where_it_is_of_the_number_or_it_is_not_known(number, named, tmp_path):
    case = of_whatsapp(tmp_path, number, named)
    assert "sim_replaced_at" in facts_of(read_records(case))


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (Account("x", "orang_lain", "99"), "of the account orang_lain, which the case does not name"),
        (Account("x", None, None), "does not say whose account it is"),
        (Account("x", "contoh_akun", "1234"), None),
    ],
)
def test_an_export_of_an_account_that_the_case_does_not_name_is_said(account, words, tmp_path, monkeypatch):
    monkeypatch.setattr(material.exports, "read", lambda *_, **__: AccountRecord("evidence/x.zip", account, []))
    export = "path: evidence/x.zip, kind: platform_export, supplied_by: respondent"
    case = case_of(tmp_path, export, files={"evidence/x.zip": "x"})
    said = [text.en for text in left_to_people(case, read_records(case)) if "x.zip" in text.en]
    assert len(said) == (words is not None)
    assert all(words in text for text in said)


def test_minutes_that_name_the_hash_of_a_file_that_is_not_there_are_told(tmp_path):
    minutes = "path: evidence/berita.txt, kind: document, supplied_by: authority"
    shot = "path: evidence/laman.txt, kind: screenshot, supplied_by: reporter"
    right = hashlib.sha256(b"as it was").hexdigest()
    files = {
        "evidence/berita.txt": f"Berkas: laman.txt\nSHA-256: {right.upper()}\n",
        "evidence/laman.txt": b"as it was",
    }
    assert read_records(case_of(tmp_path / "a", minutes, shot, files=files)).notes == ()
    [note] = read_records(
        case_of(tmp_path / "b", minutes, shot, files=files | {"evidence/laman.txt": b"altered"})
    ).notes
    assert right in note.en
    assert "altered or exchanged" in note.en


def test_an_export_that_is_not_the_one_the_minutes_name_counts_as_its_owner_s_own(tmp_path):
    minutes = "path: evidence/berita.txt, kind: document, supplied_by: authority"
    export = "path: evidence/fb.zip, kind: platform_export, supplied_by: respondent, taken_before_officer: true"

    def graded(folder, sha256):
        content = meta_export.write_zip(tmp_path / "fb.zip", meta_export.facebook()).read_bytes()
        named = sha256 or hashlib.sha256(content).hexdigest()
        files = {"evidence/berita.txt": f"SHA-256: {named}\n", "evidence/fb.zip": content}
        return read_records(case_of(tmp_path / folder, minutes, export, files=files)).records[0].grade

    assert graded("named", None) is Grade.B
    assert graded("another", "0" * 64) is Grade.C
