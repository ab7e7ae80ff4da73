"""How evidence, records and requests are said."""

from datetime import UTC, datetime

import pytest

from dossier.render import example
from dossier.render.example import words
from telusur.domain.account import Account
from telusur.domain.evidence import EvidenceItem, Grade
from telusur.domain.record import AccountRecord, Log
from telusur.domain.text import Text
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.case import ReadFact, Source
from telusur.dossier.render import speech
from telusur.dossier.render.blocks import Figure, Note, Table
from telusur.dossier.render.parts import sources
from telusur.dossier.render.speech import Speech
from telusur.evidence.media_type import _CALLED
from telusur.tracing.combined import combine
from telusur.tracing.result import NextEvidence, Tracing

SAY = Speech("id")
T = datetime(2023, 12, 1, tzinfo=UTC)


def of(*, evidence=(), records=(), requests=(), **case):
    base = example.assessment(posts=1, **case)
    tracing = Tracing((), combine(()), None, (), requests)
    act = ActAssessment(base.acts[0].act, base.acts[0].determination, tracing, records)
    return Assessment(base.case, evidence, (act, act), (), base.isolation, {})


def test_a_request_that_two_acts_make_is_said_once():
    table = next(b for b in sources.requests(of(requests=example.next_evidence()), SAY) if isinstance(b, Table))
    assert len(table.rows) == 2


def test_a_request_says_its_last_day_or_that_nobody_published_one():
    said = words(sources.requests(of(requests=example.next_evidence()), SAY))
    assert "6 Februari 2024" in said
    assert "tidak diumumkan berapa lama disimpan" in said


def test_a_gain_is_said_with_its_unit():
    text = Text("a", "a")
    said = words(sources.requests(of(requests=(NextEvidence(text, text, text, text, None, 0.8),)), SAY))
    assert "+0,80\xa0ban" in said
    assert "sekitar 6,3 kali lebih kuat" in said
    assert "belum dapat dihitung" not in said.replace(SAY("next.meaning"), "")


def test_without_requests_it_says_so():
    assert [type(b) for b in sources.requests(of(), SAY)][1:] == [Note]


def test_every_file_shows_its_whole_hash_and_grade():
    item = EvidenceItem("evidence/a.png", "ab" * 32, 5, "screenshot", "image/png", Grade.E, (Text("kosong", "empty"),))
    said = words(sources.evidence(of(evidence=(item,)), SAY))
    assert "ab" * 32 in said
    assert "Tingkat E" in said
    assert "5 bita" in said
    assert "kosong" in said


def test_what_is_to_be_known_of_a_file_stands_beside_its_hash_and_is_no_problem():
    remark = Text("hash dari daftar berkas", "hash of the list of files")
    item = EvidenceItem("evidence/a", "ab" * 32, 5, "platform_export", "inode/directory", Grade.C, (), (remark,))
    said = words(sources.evidence(of(evidence=(item,)), SAY))
    assert "hash dari daftar berkas" in said
    assert SAY("evidence.sound") in said


def test_a_kind_is_called_the_same_here_and_in_the_problems_of_a_file():
    assert {kind: speech.words()[f"kind.{kind}"] for kind in _CALLED} == _CALLED


def test_notes_are_said_in_the_language_of_the_page():
    assessment = of(notes=(Text("tidak diperiksa", "not looked at"),))
    assert "tidak diperiksa" in words(sources.limits(assessment, SAY))
    assert "not looked at" in words(sources.limits(assessment, Speech("en")))


def test_a_file_that_no_source_lists_is_called_so():
    item = EvidenceItem("evidence/b", "ab" * 32, 5, None, "text/plain", Grade.E)
    assert "tidak disebut dalam perkara" in words(sources.evidence(of(evidence=(item,)), SAY))


def test_what_a_person_read_is_said_with_that_person():
    item = EvidenceItem("surat", "ab" * 32, 5, "operator_letter", "text/plain", Grade.D)
    source = Source(
        "surat", "operator_letter", "authority", None, (ReadFact("device_of", "orang lain", "pemeriksa 1"),)
    )
    said = words(sources.evidence(of(evidence=(item,), sources=(source,)), SAY))
    assert "perangkat milik" in said
    assert "orang lain" in said
    assert "pemeriksa 1" in said


def test_every_grade_is_explained():
    table = [b for b in sources.evidence(of(), SAY) if isinstance(b, Table)][-1]
    assert [row[0][0][0].text for row in table.rows] == list("ABCDE")


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (Log("posts", "t.js", 5, 5, T, T), "lengkap"),
        (Log("posts", "t.js", 4, 5), "kurang"),
        (Log("posts", "t.js", 4), "jumlahnya tidak dijanjikan"),
        (Log("logins", None, 0), "tidak ada dalam catatan"),
        (Log("posts", "t.js", 4, 5, T, T, 1), "4 (dilewati: 1)"),
    ],
)
def test_a_log_says_how_complete_it_is(log, said):
    record = AccountRecord("ekspor", Account("x"), (), (log,), partial=True)
    found = words(sources.limits(of(records=(record,)), SAY))
    assert said in found
    assert "menyebut dirinya sebagian" in found


def test_a_record_is_described_once_though_two_acts_rest_on_it():
    found = list(sources.limits(of(records=(example.record(1),)), SAY))
    assert len([b for b in found if isinstance(b, Table)]) == 1


def test_a_record_without_logs_or_faults_has_no_empty_tables():
    found = list(sources.limits(of(records=(AccountRecord("ekspor", Account("x"), ()),)), SAY))
    assert not [b for b in found if isinstance(b, Table)]


def test_without_records_it_says_so():
    assert "Tidak ada catatan akun" in words(sources.limits(of(), SAY))


def test_spans_of_logs_are_said_in_the_zone_of_the_act():
    record = AccountRecord("ekspor", Account("x"), (), (Log("posts", "t.js", 1, 1, T, T),), generated_at=T)
    said = words(sources.limits(of(records=(record,)), SAY))
    assert "1 Desember 2023 pukul 07.00 WIB sampai 1 Desember 2023 pukul 07.00 WIB" in said
    assert "dibuat platform pada 1 Desember 2023 pukul 07.00 WIB" in said


def test_what_a_document_says_stands_with_line_reader_and_origin():
    said = words(sources.evidence(example.assessment(posts=1), SAY))
    assert "Ada tanda pemalsuan: asalnya dibantah" in said
    assert "server penerima mencatat DMARC gagal" in said
    assert "dibaca oleh program, baris 21" in said
    assert "tanpa kartu identitas asli" in said
    assert "satu lampiran gambar" in said
    assert "Sagara S3 – terlapor" in said


def test_a_bare_day_is_said_without_an_hour():
    said = words(sources.evidence(example.assessment(posts=1), SAY))
    assert "5 Desember 2023 plain" in said
    assert "5 Desember 2023 pukul" not in said


def test_what_tells_most_stands_first_with_what_its_number_means():
    asked = [
        NextEvidence(Text(name, name), Text("a", "a"), Text("b", "b"), Text("c", "c"), None, gain)
        for name, gain in (("tanpa", None), ("kecil", 0.01), ("besar", 1.2))
    ]
    found = list(sources.requests(of(requests=asked), SAY))
    table = next(b for b in found if isinstance(b, Table))
    assert [row[0][0][0].text for row in table.rows] == ["1. besar", "2. kecil", "3. tanpa"]
    said = words([table])
    for meaning in ("sekitar 16 kali lebih kuat", "hampir tidak menambah", "belum dapat dihitung"):
        assert meaning in said
    assert len([b for b in found if isinstance(b, Figure)]) == 1
    assert not [b for b in sources.requests(of(requests=asked[:1]), SAY) if isinstance(b, Figure)]
