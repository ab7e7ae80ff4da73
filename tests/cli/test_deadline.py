"""`telusur deadline` says when a term ends, and why."""

import json

import pytest

from telusur.cli.main import run


def said(capsys, *arguments):
    code = run(["deadline", *arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_it_says_the_day_and_the_reason_for_every_day(capsys):
    code, out, err = said(capsys, "sbt-kajian", "2024-02-07")
    assert (code, err) == (0, "")
    assert out.startswith("Batas: Kamis, 15 Februari 2024 — kajian")
    for line in (
        "  Rabu, 7 Februari 2024: hari peristiwa, tidak dihitung",
        "  Jumat, 9 Februari 2024: cuti bersama: Tahun Baru Imlek (SKB 855/2023, 3/2023, 4/2023)",
        "  Minggu, 11 Februari 2024: akhir pekan",
        "  Kamis, 15 Februari 2024: hari ke-3",
        "  Selasa, 13 Februari 2024: menurut bunyi ketentuan; cuti bersama dihitung sebagai hari kerja",
    ):
        assert line in out.splitlines()
    assert "  ! Cuti bersama mengubah hasil" in out


def test_it_speaks_english_too(capsys):
    _, out, _ = said(capsys, "pemilu-temuan", "2024-02-07", "--lang", "en")
    assert out.startswith("Ends: Wednesday, 14 February 2024 — establish a finding")
    assert "day 7, though national holiday: polling day of the general election (Presidential decree 10/2024)" in out
    assert "art. 454(5) · as reported" in out


def test_a_note_and_a_doubt_are_told(capsys):
    _, out, _ = said(capsys, "pp94-berlaku", "2024-01-08")
    assert "BELUM DIPERIKSA" in out
    assert "mengikuti hasil upaya itu" in out


def test_json_is_one_document(capsys):
    code, out, err = said(capsys, "bpasn-banding", "2024-04-01", "--json")
    document = json.loads(out)
    assert (code, err, document["due"], document["earliest"]) == (0, "", "2024-04-29", "2024-04-23")
    assert document["schema"] == "telusur.deadline/1"


@pytest.mark.parametrize("arguments", [[], ["--list"], ["sbt-kajian", "--list"]])
def test_without_a_term_it_lists_them(capsys, arguments):
    code, out, _ = said(capsys, *arguments)
    assert code == 0
    assert "bpasn-banding  mengajukan banding administratif ke BPASN" in out
    assert "keberatan  mengajukan keberatan [BELUM DIPERIKSA]" in out
    assert "enam-hari-kerja" in out


def test_the_list_is_json_too(capsys):
    _, out, _ = said(capsys, "--list", "--json")
    document = json.loads(out)
    assert {"pemilu-laporan", "pp94-panggilan"} <= {term["id"] for term in document["terms"]}
    assert document["agencies"][0]["id"] == "enam-hari-kerja"


def test_it_can_be_asked_what_was_known(capsys):
    _, out, _ = said(capsys, "sbt-kajian", "2025-08-14", "--known", "2025-08-06")
    assert out.startswith("Batas: Selasa, 19 Agustus 2025")
    assert "SKB 933/2025" in out


def test_an_agency_counts_its_own_days(capsys, tmp_path):
    _, out, _ = said(capsys, "bpasn-banding", "2024-01-08", "--agency", "enam-hari-kerja")
    assert out.startswith("Batas: Rabu, 24 Januari 2024")
    assert "Hari kerja menurut kantor dengan enam hari kerja" in out
    file = tmp_path / "kantor.yaml"
    file.write_text(
        "schema: telusur.agencies/1\nagencies:\n- id: piket\n  title: {id: p, en: p}\n  ground: {id: g, en: g}\n"
        "  confidence: memory\n  sources: []\n  week: [mon, tue, wed]\n",
        "utf-8",
    )
    _, out, _ = said(capsys, "sbt-kajian", "2024-01-08", "--agency", "piket", "--agencies", str(file), "--json")
    assert json.loads(out)["due"] == "2024-01-15"


def test_it_writes_a_calendar_file_and_replaces_none(capsys, tmp_path):
    file = tmp_path / "batas.ics"
    code, out, err = said(capsys, "bpasn-banding", "2024-04-01", "--ics", str(file), "--json")
    assert code == 0
    assert json.loads(out)["due"] == "2024-04-29"
    assert str(file) in err
    written = file.read_bytes()
    assert b"DTSTART;VALUE=DATE:20240429\r\n" in written
    code, _, err = said(capsys, "bpasn-banding", "2024-05-01", "--ics", str(file))
    assert (code, file.read_bytes()) == (2, written)
    assert "--force" in err
    assert said(capsys, "bpasn-banding", "2024-05-01", "--ics", str(file), "--force")[0] == 0
    assert file.read_bytes() != written
    assert [path.name for path in tmp_path.iterdir()] == ["batas.ics"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bpasn-bandin", "2024-01-08"], "did you mean 'bpasn-banding'?"),
        (["bpasn-banding"], "the day it runs from is missing (the day the decision of dismissal was received)"),
        (["bpasn-banding", "20240108"], "'20240108' is no day; write it as 2024-04-01"),
        (["bpasn-banding", "2024-02-30"], "'2024-02-30' is no day"),
        (["bpasn-banding", "2028-01-03"], "does not hold 2028; there are the years 2022, 2023, 2024, 2025, 2026"),
        (["bpasn-banding", "2024-01-08", "--agency", "x"], "there is no agency 'x'; known are enam-hari-kerja;"),
        (["bpasn-banding", "2024-01-08", "--agencies", "tiada.yaml"], "tiada.yaml: --agencies: there is no such file"),
        (["bpasn-banding", "2024-01-08", "--ics", "tiada/x.ics"], "tiada/x.ics: its folder does not exist"),
        (["bpasn-banding", "2024-01-08", "--known", "kemarin"], "--known: 'kemarin' is no day"),
    ],
)
def test_bad_input_is_one_line_that_says_what_to_do(capsys, arguments, words):
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("start", ["1900-01-01", "9999-12-31", "2021-12-31", "2023-02-29", "20240401", "x"])
def test_a_day_that_cannot_be_counted_from_names_its_argument(capsys, start):
    code, _, err = said(capsys, "bpasn-banding", start)
    assert code == 2
    [line] = err.splitlines()
    assert line.startswith("telusur: FROM: ")


def test_what_lies_where_the_calendar_file_would_go_stays(capsys, tmp_path):
    (tmp_path / "folder").mkdir()
    for place in ("", str(tmp_path / "folder"), str(tmp_path / "tiada/x.ics")):
        code, out, err = said(capsys, "bpasn-banding", "2024-04-01", "--ics", place)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [("2024-02-07", 3, "2024-02-15"), ("2025-03-27", 3, "2025-04-10"), ("2024-04-01", 14, "2024-04-29")],
)
def test_the_golden_deadlines_hold_at_the_command_line(capsys, start, days, due):
    term = {3: "sbt-kajian", 14: "bpasn-banding"}[days]
    code, out, _ = said(capsys, term, start, "--json")
    document = json.loads(out)
    assert (code, document["due"]) == (0, due)
    assert sum(one["number"] is not None for one in document["counted"]) == days
