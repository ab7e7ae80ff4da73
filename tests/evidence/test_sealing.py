"""What sealing takes down of a file, and what it refuses."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import x_archive
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.evidence import seal, sealing


@pytest.fixture
def case(tmp_path):
    (tmp_path / "K" / "evidence").mkdir(parents=True)
    return tmp_path / "K"


def put(case, name, content):
    path = case / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def sealed(case, name, kind=None):
    return seal(case / name, name=name, kind=kind, grade=Grade.C)


def said(item, language="en"):
    return [problem.in_language(language) for problem in item.problems]


def test_a_seal_is_the_hash_and_size_of_the_very_bytes(case):
    put(case, "evidence/surat.txt", b"isi surat\n")
    item = sealed(case, "evidence/surat.txt", "document")
    assert item.sha256 == hashlib.sha256(b"isi surat\n").hexdigest()
    assert (item.path, item.size, item.type, item.kind, item.grade) == (
        "evidence/surat.txt",
        10,
        "text/plain",
        "document",
        Grade.C,
    )
    assert item.problems == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=4096))
def test_whatever_bytes_come_in_are_sealed_with_their_hash(case, content):
    put(case, "evidence/apa.bin", content)
    if content.startswith(b"PK"):
        return
    item = sealed(case, "evidence/apa.bin")
    assert (item.sha256, item.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_a_large_file_is_hashed_chunk_by_chunk(case):
    content = bytes(range(256)) * 10_000
    put(case, "a.bin", content)
    assert sealed(case, "a.bin").sha256 == hashlib.sha256(content).hexdigest()


def test_an_ordinary_archive_has_no_problems(case):
    x_archive.write_zip(case / "evidence" / "x.zip", x_archive.files())
    item = sealed(case, "evidence/x.zip", "platform_export")
    assert item.type == "application/zip"
    assert item.problems == ()


def test_an_empty_file_is_said_to_be_empty(case):
    put(case, "kosong.zip", b"")
    assert sealed(case, "kosong.zip").problems == (Text("kosong (0 bita)", "it is empty (0 bytes)"),)


def test_a_truncated_zip_is_told(case):
    whole = x_archive.write_zip(case / "x.zip", x_archive.files()).read_bytes()
    put(case, "x.zip", whole[: len(whole) // 2])
    assert "truncated" in " ".join(said(sealed(case, "x.zip", "platform_export")))


def test_a_password_protected_zip_is_told(case):
    put(case, "x.zip", encrypted())
    (problem,) = sealed(case, "x.zip").problems
    assert problem.en.startswith("it is a zip protected by a password")
    assert problem.id.startswith("berkas ini adalah zip yang dilindungi kata sandi")


def encrypted() -> bytes:
    """Give a zip whose only member claims to be encrypted."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("data/tweets.js", b"x" * 30)
    content = bytearray(made.getvalue())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def test_members_that_would_not_be_read_are_named(case):
    x_archive.write_zip(case / "x.zip", x_archive.files() | {"../../etc/cron.d/x": b"x"})
    assert "climbs out of the archive" in " ".join(said(sealed(case, "x.zip")))


def test_many_members_that_would_not_be_read_are_counted(case):
    x_archive.write_zip(case / "x.zip", {f"../{number}": b"x" for number in range(30)} | {"a": b"b"})
    assert said(sealed(case, "x.zip"))[-1] == "and 10 further members are not read"


def test_an_inspection_that_answers_nonsense_is_a_problem(case, monkeypatch):
    x_archive.write_zip(case / "x.zip", x_archive.files())
    monkeypatch.setattr(sealing, "open_limited", lambda *_, **__: iter([{"problem": "x"}]))
    assert "nonsense" in said(sealed(case, "x.zip"))[0]


def test_an_image_that_is_called_an_export_is_told(case):
    put(case, "evidence/ekspor.zip", b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert said(sealed(case, "evidence/ekspor.zip", "platform_export")) == [
        "its name ends in .zip, but its bytes are image/png",
        "the case calls it platform export, but its bytes are image/png",
    ]


def test_a_pdf_that_is_a_zip_too_is_ambiguous(case):
    archive = x_archive.write_zip(case / "a.zip", {"a": b"b"}).read_bytes()
    put(case, "surat.pdf", b"%PDF-1.7\n%%EOF\n" + archive)
    item = sealed(case, "surat.pdf", "document")
    assert item.type == "application/pdf"
    assert "ambiguous: its bytes can be read as application/pdf and application/zip" in said(item)[0]


def test_a_symbolic_link_is_refused(case):
    put(case, "evidence/a.txt", b"a")
    (case / "evidence" / "b.txt").symlink_to("a.txt")
    with pytest.raises(BadInput, match=r"evidence/b.txt: is a symbolic link"):
        sealed(case, "evidence/b.txt")


def test_a_link_among_the_folders_on_the_way_is_refused(case, tmp_path):
    put(tmp_path, "luar/a.txt", b"a")
    (case / "tautan").symlink_to(tmp_path / "luar")
    with pytest.raises(BadInput, match="its folder tautan is a symbolic link"):
        sealed(case, "tautan/a.txt")


@pytest.mark.parametrize("name", ["../rahasia.txt", "/etc/passwd", "evidence/../../rahasia.txt", "", "a\0b"])
def test_a_path_outside_the_case_folder_is_refused(case, name):
    with pytest.raises(BadInput, match="lies outside the case folder"):
        seal(case / "x", name=name, kind=None, grade=Grade.C)


def test_a_path_and_name_that_do_not_agree_are_refused(case):
    put(case, "a.txt", b"a")
    with pytest.raises(BadInput, match="is not where the case says"):
        seal(case / "a.txt", name="b.txt", kind=None, grade=Grade.C)


def test_a_relative_path_is_taken_from_where_we_are(case, monkeypatch):
    put(case, "evidence/a.txt", b"a")
    monkeypatch.chdir(case)
    assert seal(case.__class__("evidence/a.txt"), name="evidence/a.txt", kind=None, grade=Grade.E).size == 1


@pytest.mark.parametrize("name", ["evidence/none.txt", "none/a.txt", "a.txt/b.txt"])
def test_a_missing_file_is_refused(case, name):
    put(case, "a.txt", b"")
    with pytest.raises(BadInput, match=r"there is no such file|cannot be opened"):
        sealed(case, name)


def test_a_case_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be opened"):
        seal(tmp_path / "none" / "a.txt", name="a.txt", kind=None, grade=Grade.C)


def test_a_pipe_and_a_device_are_refused(case):
    os.mkfifo(case / "pipa")
    with pytest.raises(BadInput, match="no ordinary file"):
        sealed(case, "pipa")
    with pytest.raises(BadInput, match="no ordinary file"):
        seal(case, name="null", kind=None, grade=Grade.C, case_dir=case.__class__("/dev"))


def test_an_unzipped_export_is_one_item_sealed_by_its_list_of_files(case):
    x_archive.write_folder(case / "evidence" / "arsip", x_archive.files())
    item = sealed(case, "evidence/arsip", "platform_export")
    lines = sorted(
        (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in x_archive.files().items()),
        key=lambda line: line[66:],
    )
    assert item.sha256 == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert item.size == sum(map(len, x_archive.files().values()))
    assert item.type == "inode/directory"
    assert item.problems == ()
    (remark,) = item.remarks
    assert "sorted list" in remark.en
    assert "daftar terurut" in remark.id


def test_a_changed_byte_in_a_folder_changes_its_seal(case):
    x_archive.write_folder(case / "arsip", x_archive.files())
    before = sealed(case, "arsip").sha256
    put(case, "arsip/data/README.txt", b"other")
    assert sealed(case, "arsip").sha256 != before


def test_a_link_within_a_folder_is_refused(case):
    x_archive.write_folder(case / "arsip", x_archive.files())
    (case / "arsip" / "data" / "x.js").symlink_to("/etc/passwd")
    with pytest.raises(BadInput, match=r"holds data/x.js, which is refused: it is a symbolic link"):
        sealed(case, "arsip")


def test_an_empty_folder_is_said_to_be_empty(case):
    assert said(sealed(case, "evidence")) == ["it is empty (no files)"]


def test_names_of_any_script_and_direction_are_sealed_and_shown_safely(case):
    name = "evidence/surat\u202etxt.exe"
    put(case, name, b"a")
    assert sealed(case, name).path == name
    with pytest.raises(BadInput) as caught:
        sealed(case, "evidence/hilang\u202e.txt")
    assert "\u202e" not in str(caught.value)


def test_two_names_that_differ_only_in_how_an_accent_is_written_stay_two(case):
    put(case, "caf\u00e9.txt", b"1")
    put(case, "cafe\u0301.txt", b"2")
    assert sealed(case, "caf\u00e9.txt").sha256 != sealed(case, "cafe\u0301.txt").sha256


def test_what_is_wrong_with_a_web_archive_is_told(case, tmp_path):
    put(case, "evidence/a.warc", b"WARC/1.1\r\nWARC-Type: response\r\n\r\n")
    assert any(
        words.startswith("web archive: WARC: the Content-Length") for words in said(sealed(case, "evidence/a.warc"))
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(30):
            archive.writestr(f"archive/{number}.exe", b"x")
    put(case, "evidence/a.wacz", made.getvalue())
    problems = said(sealed(case, "evidence/a.wacz", "web_archive"))
    assert "web archive: holds no archive/*.warc" in problems
    assert problems[-1].endswith("further problems")
