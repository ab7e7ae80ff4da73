"""What ``telusur assess`` and ``telusur new`` promise, on the example cases."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from telusur.cli.main import run

EXAMPLES = Path(__file__).parents[2] / "examples"
TAKEN_OVER, OWNER, SCREENSHOT = (EXAMPLES / name for name in ("diambil-alih", "pemilik-sendiri", "tangkapan-layar"))


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(TAKEN_OVER, tmp_path / "kasus"))


def edit(case, old, new):
    path = case / "case.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def assessment(case, tmp_path, capsys, *options):
    assert run(["assess", str(case), "--out", str(tmp_path / "out"), "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    out = tmp_path_factory.mktemp("dossier") / "out"
    assert run(["assess", str(TAKEN_OVER), "--out", str(out)]) == 0
    return out


def test_a_dossier_holds_what_the_contract_names_and_nothing_else(dossier):
    assert sorted(p.name for p in dossier.iterdir()) == [
        "assessment.json",
        "dossier.html",
        "dossier.pdf",
        "originals",
    ]


def test_originals_are_kept_unchanged_by_hash_and_cannot_be_written(dossier):
    evidence = json.loads((dossier / "assessment.json").read_text("utf-8"))["evidence"]
    kept = {p.name: p for p in (dossier / "originals").iterdir()}
    for item in evidence:
        [name] = [name for name in kept if name.startswith(item["sha256"])]
        original = (TAKEN_OVER / item["path"]).read_bytes()
        assert kept[name].read_bytes() == original
        assert hashlib.sha256(original).hexdigest() == item["sha256"]
        assert len(original) == item["bytes"]
        assert not kept[name].stat().st_mode & 0o222


def test_the_document_has_the_fields_of_the_contract(dossier):
    document = json.loads((dossier / "assessment.json").read_text("utf-8"))
    assert document["schema"] == "telusur.assessment/1"
    assert set(document["made_by"]) == {"telusur", "catalogue", "models"}
    names = "particulars notice heard tracing purpose consistency independence letter"
    assert " ".join(gate["gate"] for gate in document["gates"]) == names
    assert all(gate["open"] is not bool(gate["reasons"]) for gate in document["gates"])
    assert {"what", "due", "unit", "counted", "citation"} == set(document["deadlines"][0])
    [act] = document["acts"]
    assert act["determination"]["schema"] == "telusur.determination/1"
    assert act["screening"] is None
    combined = act["tracing"]["combined"]["log10_lr"]
    for proposition, total in combined.items():
        shown = sum(item["log10_lr"].get(proposition, 0.0) for item in act["tracing"]["items"])
        assert total == pytest.approx(shown, abs=0.02)
    for item in act["tracing"]["items"]:
        for proposition, value in item["log10_lr"].items():
            low, high = item["interval"][proposition]
            floor, ceiling = item["cap"][proposition]
            assert floor <= low <= value <= high <= ceiling


def test_the_same_case_gives_the_same_bytes_twice(dossier, tmp_path):
    assert run(["assess", str(TAKEN_OVER), "--out", str(tmp_path / "again")]) == 0
    for name in ("assessment.json", "dossier.html", "dossier.pdf"):
        assert (tmp_path / "again" / name).read_bytes() == (dossier / name).read_bytes(), name


@pytest.mark.parametrize(
    ("example", "leading"), [(TAKEN_OVER, "taken_over"), (OWNER, "owner"), (SCREENSHOT, "fabricated")]
)
def test_each_example_comes_out_as_it_was_made(example, leading, tmp_path, capsys):
    [act] = assessment(example, tmp_path, capsys)["acts"]
    assert act["tracing"]["combined"]["leading"] == leading


def test_the_examples_together_show_every_group_of_items_but_documents(tmp_path, capsys):
    groups = set()
    for i, example in enumerate((TAKEN_OVER, OWNER, SCREENSHOT)):
        [act] = assessment(example, tmp_path / str(i), capsys)["acts"]
        groups |= {item["group"] for item in act["tracing"]["items"]}
    assert {"session", "style", "integrity", "identity", "statement"} <= groups


def test_json_prints_the_document_that_was_written_and_nothing_else(tmp_path, capsys):
    printed = assessment(TAKEN_OVER, tmp_path, capsys)
    assert printed == json.loads((tmp_path / "out" / "assessment.json").read_text("utf-8"))


def test_people_read_a_short_result_and_where_the_dossier_lies(tmp_path, capsys):
    assert run(["assess", str(TAKEN_OVER), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "ban" in said
    assert str(tmp_path / "out" / "dossier.html") in said


def test_weights_are_said_with_what_they_are_compared_with_as_the_language_writes_numbers(tmp_path, capsys):
    assert run(["assess", str(TAKEN_OVER), "--out", str(tmp_path / "out")]) == 0
    [weights] = [line for line in capsys.readouterr().out.splitlines() if "Bobot dibanding" in line]
    assert "“Pemilik akun sendiri yang melakukannya”: " in weights
    assert "diambil alih +" in weights
    assert "." not in weights


def test_files_that_no_source_lists_are_told_on_the_spot_and_in_the_dossier(case, tmp_path, capsys):
    path = case / "case.yaml"
    path.write_text(path.read_text("utf-8").partition("sources:")[0], "utf-8")
    for number in range(4):
        (case / f"evidence/lain-{number}.txt").write_text("lain", "utf-8")
    assert run(["assess", str(case), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert "! evidence/arsip-x.zip: disebut oleh suatu perbuatan, tetapi tidak terdaftar" in said
    assert "catatan lagi; lihat Catatan pembacaan" in said
    assert "`sources` di case.yaml tidak menyebut jenisnya" in (tmp_path / "out/dossier.html").read_text("utf-8")


def test_what_a_person_read_in_a_document_is_weighed(tmp_path, capsys):
    document = assessment(TAKEN_OVER, tmp_path, capsys)
    assert not any("evidence/laporan-polisi.txt" in line for line in document["not_examined"])
    items = document["acts"][0]["tracing"]["items"]
    assert any(item["group"] == "document" and "evidence/laporan-polisi.txt" in item["what"] for item in items)


def test_a_damaged_export_is_told_on_the_spot_and_still_assessed(case, tmp_path, capsys):
    path = case / "evidence/arsip-x.zip"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    posts = next(name for name in members if name.endswith("tweets.js") and "deleted" not in name)
    members[posts] = members[posts].replace(b'"full_text"', b'"full_text', 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert run(["assess", str(case), "--out", str(tmp_path / "out")]) == 0
    assert "masalah" in capsys.readouterr().err


def test_the_example_of_decisions_is_one_for_the_first_example(tmp_path, capsys):
    document = assessment(TAKEN_OVER, tmp_path, capsys, "--decisions", str(EXAMPLES / "decisions.yaml"))
    assert document["acts"][0]["determination"]["missing"] == []


def test_a_named_person_s_decision_on_control_is_shown_and_answers_again(case, tmp_path, capsys):
    before = assessment(case, tmp_path / "a", capsys)["acts"][0]
    decisions = tmp_path / "putusan.yaml"
    decisions.write_text(
        "schema: telusur.decision/1\ndecisions:\n"
        "  - {act: A1, field: account_control, value: other_after_takeover, by: Pejabat Contoh,\n"
        "     on: 2024-01-25, grounds: penelusuran dan laporan polisi}\n"
        "  - {act: A1, field: authenticity, value: established, by: Pejabat Contoh,\n"
        "     on: 2024-01-25, grounds: ada dalam arsip}\n",
        "utf-8",
    )
    after = assessment(case, tmp_path / "b", capsys, "--decisions", str(decisions))["acts"][0]
    assert before["determination"]["outcome"] == "insufficient_facts"
    assert "attribution.account_control" in before["determination"]["missing"]
    assert after["determination"]["outcome"] == "meets_no_rule"
    assert [d["by"] for d in after["decisions"]] == ["Pejabat Contoh"] * 2
    assert "Pejabat Contoh" in (tmp_path / "b" / "out" / "dossier.html").read_text("utf-8")


def test_the_program_never_sets_control_itself(tmp_path, capsys):
    for i, example in enumerate((TAKEN_OVER, OWNER, SCREENSHOT)):
        [act] = assessment(example, tmp_path / str(i), capsys)["acts"]
        assert act["determination"]["outcome"] == "insufficient_facts"


def test_an_export_that_nobody_gave_weighs_nothing(case, tmp_path, capsys):
    edit(case, "  - {path: evidence/arsip-x.zip, kind: platform_export, supplied_by: respondent}\n", "")
    edit(case, ", evidence/arsip-x.zip", "")
    edit(case, "    facts: {reported_lost_at: 2024-01-19T08:30+07:00, read_by: Pemeriksa Contoh}\n", "")
    (case / "evidence/arsip-x.zip").unlink()
    (case / "evidence/laporan-polisi.txt").write_text("Laporan tanpa tanggal.\n", "utf-8")
    [act] = assessment(case, tmp_path, capsys)["acts"]
    weighed = {item["group"] for item in act["tracing"]["items"]}
    assert not {"session", "style", "identity", "document"} & weighed
    assert act["tracing"]["combined"]["leading"] is None
    assert any("tidak berbobot" in a["reason"] for a in act["tracing"]["abstained"])


# ---- bad input: one clear line each, exit 2, nothing half-written ----


def archive_of(case, *members, data="window.YTD.x.part0 = []"):
    with zipfile.ZipFile(case / "evidence/arsip-x.zip", "w") as archive:
        for member in members:
            archive.writestr(member, data)


def truncate(case):
    path = case / "evidence/arsip-x.zip"
    path.write_bytes(path.read_bytes()[:-3000])


def encrypt(case):
    # Bit 0 of the flags says that a member is encrypted (APPNOTE 4.4.4), in the local and in the central header.
    path = case / "evidence/arsip-x.zip"
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)


def link(case):
    target = case / "evidence/tangkapan-layar.png"
    target.rename(case / "asli.png")
    target.symlink_to("../asli.png")


FAULTS = {
    "missing file": (lambda c: (c / "evidence/arsip-x.zip").unlink(), "arsip-x.zip"),
    "wrong YAML": (lambda c: edit(c, "acts:", "acts: ["), "not YAML"),
    "unknown field": (lambda c: edit(c, "reported_on:", "reportd_on:"), "reported_on"),
    "unknown value": (lambda c: edit(c, "kind: post,", "kind: pots,"), "did you mean 'post'"),
    "no zone": (lambda c: edit(c, "22:15+07:00", "22:15"), "zone"),
    "another date": (lambda c: edit(c, "date: 2024-01-20", "date: 2024-01-21"), "2024-01-21"),
    "no calendar": (
        lambda c: (edit(c, "2024-01-20T22", "2017-01-20T22"), edit(c, "date: 2024-01-20", "date: 2017-01-20")),
        "calendar",
    ),
    "nothing to read": (
        lambda c: archive_of(c, "security_and_login_information/account_activity.json", data="{}"),
        "no account data",
    ),
    "empty archive": (archive_of, "arsip-x.zip"),
    "truncated archive": (truncate, "arsip-x.zip"),
    "protected archive": (encrypt, "password"),
    "outside the folder": (lambda c: edit(c, "{path: evidence/arsip-x.zip", "{path: ../arsip-x.zip"), "arsip-x.zip"),
    "symbolic link": (link, "link"),
    "not UTF-8": (lambda c: (c / "case.yaml").write_bytes(b"id: \xff\xfe\n"), "UTF-8"),
    "no case.yaml": (lambda c: (c / "case.yaml").unlink(), "telusur new"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_input_is_one_clear_line_each_and_nothing_is_written(fault, case, tmp_path, capsys):
    break_it, expected = FAULTS[fault]
    break_it(case)
    place = tmp_path / "dossiers"
    place.mkdir()
    assert run(["assess", str(case), "--out", str(place / "out")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines
    assert all(line.startswith("telusur: ") for line in lines)
    assert any(expected in line for line in lines), lines
    assert "Traceback" not in said.err
    assert list(place.iterdir()) == []


def test_every_fault_of_a_case_is_told_in_one_go(case, tmp_path, capsys):
    edit(case, "kind: post,", "kind: pots,")
    edit(case, "22:15+07:00", "22:15")
    edit(case, "status: pns", "status: pnss")
    assert run(["assess", str(case), "--out", str(tmp_path / "out")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert all("case.yaml:" in line for line in lines)


def test_a_dossier_is_replaced_only_by_force_and_as_a_whole(case, tmp_path, capsys):
    out = tmp_path / "out"
    assert run(["assess", str(case), "--out", str(out)]) == 0
    (out / "sisa.txt").write_text("old")
    assert run(["assess", str(case), "--out", str(out)]) == 2
    assert "--force" in capsys.readouterr().err
    assert (out / "sisa.txt").exists()
    assert run(["assess", str(case), "--out", str(out), "--force"]) == 0
    assert not (out / "sisa.txt").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kasus", "out"]


def test_a_folder_that_is_no_dossier_is_never_replaced(case, tmp_path, capsys):
    out = tmp_path / "penting"
    out.mkdir()
    (out / "surat.txt").write_text("keep")
    assert run(["assess", str(case), "--out", str(out), "--force"]) == 2
    assert "no dossier" in capsys.readouterr().err
    assert (out / "surat.txt").read_text() == "keep"


def test_a_file_or_a_link_is_no_place_for_a_dossier(case, tmp_path):
    (tmp_path / "berkas").write_text("x")
    (tmp_path / "tautan").symlink_to(tmp_path)
    assert run(["assess", str(case), "--out", str(tmp_path / "berkas"), "--force"]) == 2
    assert run(["assess", str(case), "--out", str(tmp_path / "tautan"), "--force"]) == 2


def test_nothing_is_written_into_the_case_folder(case, capsys):
    before = sorted(p.name for p in case.rglob("*"))
    assert run(["assess", str(case), "--out", str(case / "out")]) == 2
    assert "case folder" in capsys.readouterr().err
    assert sorted(p.name for p in case.rglob("*")) == before


def test_a_new_case_is_a_commented_file_to_fill_in(tmp_path, capsys):
    assert run(["new", str(tmp_path / "2024-017")]) == 0
    assert "case.yaml" in capsys.readouterr().out
    assert (tmp_path / "2024-017/evidence").is_dir()
    assert run(["new", str(tmp_path / "2024-017")]) == 2
    assert run(["new", str(tmp_path / "b"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"case": str(tmp_path / "b/case.yaml")}


def test_an_act_may_name_a_file_of_a_folder_that_is_listed_as_one_source(tmp_path, capsys):
    case = tmp_path / "kasus"
    shutil.copytree(SCREENSHOT, case)
    picture = next((case / "evidence").glob("*.png"))
    (case / "evidence/tangkapan").mkdir()
    picture.rename(case / "evidence/tangkapan" / picture.name)
    text = (case / "case.yaml").read_text("utf-8")
    named = f"evidence/{picture.name}"
    before, after = text.split("sources:")
    # The act names the file, the sources the folder.
    moved = before.replace(named, f"evidence/tangkapan/{picture.name}")
    (case / "case.yaml").write_text(f"{moved}sources:{after.replace(named, 'evidence/tangkapan')}", "utf-8")
    document = assessment(case, tmp_path, capsys)
    assert "evidence/tangkapan" in {item["path"] for item in document["evidence"]}
    assert document["acts"][0]["tracing"] is not None
