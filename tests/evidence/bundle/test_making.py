"""A bundle of any case holds, is the same bytes each time, and tells in words what it holds."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bundle_alterations import World
from bundle_lab import AT, CASE, FILES, SHELLS, Office, both, by_script, opens, stamped
from evidence.tsa_lab import Forged, certify, make_authority, root
from telusur.domain.errors import BadInput
from telusur.evidence import bundle, ledger, signing, stamps
from telusur.evidence.bundle import making


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def _bytes(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        p.relative_to(folder).as_posix(): (p.stat().st_mode, p.read_bytes()) for p in folder.rglob("*") if p.is_file()
    }


@pytest.mark.parametrize("shell", SHELLS)
def test_an_unaltered_bundle_holds_in_every_shell(shell: str, world: World, roots: Path) -> None:
    assert both(world.bundle, world.key.fingerprint, shell=shell)
    assert both(world.bundle, world.key.fingerprint, roots, shell)


@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 1), (1, 0), (2, 5), (7, 1), (8, 8), (300, 3)])
def test_bundles_hold_wherever_in_the_log_their_entries_stand(before: int, after: int, tmp_path: Path) -> None:
    office = Office(tmp_path, before=before)
    entry = office.append([ledger.Act("seal", AT, "petugas", case=CASE, object=hashlib.sha256(b"x").hexdigest())])[0]
    office.fill(after)
    piece = bundle.Piece(entry.seq, "x.txt", hashlib.sha256(b"x").hexdigest(), 1, "D", opens(b"x"))
    bundle.make(office.contents([piece]), tmp_path / "b")
    assert both(tmp_path / "b", office.key.fingerprint)


def test_the_same_contents_give_the_same_bytes(office: Office, tmp_path: Path) -> None:
    pieces = office.seal(FILES)
    contents = office.contents(pieces)
    bundle.make(contents, tmp_path / "one")
    bundle.make(contents, tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_both_unicode_forms_of_a_name_stay_two_files(world: World) -> None:
    items = json.loads((world.bundle / "proof/items.json").read_text())["items"]
    assert [item["name"] for item in items] == list(FILES)
    assert len({item["file"] for item in items}) == len(FILES)
    for item in items:
        assert (world.bundle / item["file"]).read_bytes() == FILES[item["name"]]


def test_the_layout_is_what_bagit_asks_for(world: World) -> None:
    assert (world.bundle / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    octets = sum(len(content) for content in FILES.values())
    assert f"Payload-Oxum: {octets}.{len(FILES)}\n" in (world.bundle / "bag-info.txt").read_text()
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "--quiet", "-c", name], cwd=world.bundle, check=True)
    listed = {line.split("  ")[1] for line in (world.bundle / "tagmanifest-sha256.txt").read_text().splitlines()}
    assert {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "verify.sh", "BACA-SAYA.txt"} <= listed


def test_every_proof_file_holds_for_readers_of_that_format(world: World) -> None:
    key = signing.VerifyKey.parse((world.bundle / "proof/log.vkey").read_text())
    for path in (world.bundle / "proof/entries").glob("*.tlog-proof"):
        leaf = ledger.leaf_hash(path.with_suffix(".json").read_bytes())
        signing.verify(signing.ProofFile.parse(path.read_bytes()), leaf, key)


def test_the_script_is_short_enough_to_be_read() -> None:
    lines = making.script().decode().splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 110


def test_the_documents_tell_the_hash_of_the_script() -> None:
    page = Path(__file__).parents[3] / "docs/verify-bundle.md"
    assert hashlib.sha256(making.script()).hexdigest() in page.read_text().splitlines()


def test_the_explanation_says_what_a_reader_must_know(world: World) -> None:
    page = (world.bundle / "BACA-SAYA.txt").read_text()
    words = " ".join(page.split())
    assert "Keutuhan tidak menunjukkan bahwa isi berkas benar, dan tidak menunjukkan siapa yang berbuat." in words
    assert "JANGAN dari bundel ini" in words
    assert "sh verify.sh SIDIK_JARI" in words
    assert "otoritas-uji 2026-11-22T12:00:00Z" in words
    assert "Belum menjawab: otoritas-lain." in words
    assert "nama asli: ekspor akun.zip" in words
    assert world.key.fingerprint not in words
    english = " ".join((world.bundle / "README.txt").read_text().split())
    assert "Integrity shows neither that what a file says is true nor who acted." in english


def test_a_bundle_without_a_timestamp_says_so(office: Office, tmp_path: Path) -> None:
    contents = office.contents(office.seal(FILES))
    bundle.make(contents, tmp_path / "none")
    words = " ".join((tmp_path / "none/BACA-SAYA.txt").read_text().split())
    assert "TIDAK berstempel waktu: pada kantor ini tidak ada otoritas stempel waktu yang diatur" in words
    bundle.make(replace(contents, authorities=("satu",)), tmp_path / "waiting")
    words = " ".join((tmp_path / "waiting/BACA-SAYA.txt").read_text().split())
    assert "TIDAK berstempel waktu. " in words
    assert "Belum menjawab: satu." in words


def test_time_that_was_to_be_checked_and_is_not_there_does_not_hold(
    office: Office, roots: Path, tmp_path: Path
) -> None:
    bundle.make(office.contents(office.seal(FILES)), tmp_path / "b")
    assert both(tmp_path / "b", office.key.fingerprint)
    assert not both(tmp_path / "b", office.key.fingerprint, roots)


def test_a_stamp_holds_after_its_certificate_has_ended(office: Office, tmp_path: Path) -> None:

    top = root()
    signer = certify("Otoritas", top, until=datetime(2026, 11, 23, tzinfo=UTC))
    contents = office.contents(office.seal(FILES))
    reply = Forged(contents.note, signer, at=datetime(2026, 11, 22, 12, 0, 1, tzinfo=UTC)).reply()
    bundle.make(stamped(contents, b"", reply), tmp_path / "b")
    (tmp_path / "root.pem").write_text(top.pem)
    assert both(tmp_path / "b", office.key.fingerprint, tmp_path / "root.pem")


def test_all_stamps_must_lead_to_the_given_roots(office: Office, tmp_path: Path) -> None:
    one, two = make_authority(tmp_path / "one"), make_authority(tmp_path / "two", "dua")
    contents = office.contents(office.seal(FILES))
    contents = stamped(stamped(contents, *one.stamp(contents.note)), *two.stamp(contents.note))
    bundle.make(contents, tmp_path / "b")
    (tmp_path / "both.pem").write_text(one.roots + two.roots)
    assert both(tmp_path / "b", office.key.fingerprint, tmp_path / "both.pem")
    assert not both(tmp_path / "b", office.key.fingerprint, one.root_file)
    verdict = bundle.verify(tmp_path / "b", office.key.fingerprint, stamps.Trust.read(one.roots + two.roots))
    assert verdict.stamps is not None
    assert len(verdict.stamps) == 2


# Withholding


def test_what_is_withheld_is_listed_by_its_commitment_and_nowhere_named(office: Office, tmp_path: Path) -> None:
    files = {"rahasia-pelapor.txt": b"secret words", "umum.txt": b"public"}
    pieces = office.seal(files)
    office.append([ledger.Act("view", AT, "petugas", case=CASE, object=pieces[0].sha256,
                              detail={"name": "rahasia-pelapor.txt"})])  # fmt: skip
    office.append([ledger.Act("export", AT, "petugas", case=CASE, detail={"withheld": ["rahasia-pelapor.txt"]})])
    bundle.make(office.contents(pieces).withholding(["rahasia-pelapor.txt"]), tmp_path / "b")
    assert both(tmp_path / "b", office.key.fingerprint)
    assert bundle.verify(tmp_path / "b", office.key.fingerprint).withheld == 2
    everything = b"".join(content for _, content in _bytes(tmp_path / "b").values())
    for hidden in (b"rahasia", b"secret words", pieces[0].sha256.encode()):
        assert hidden not in everything
    assert not any("rahasia" in str(path) for path in (tmp_path / "b").rglob("*"))
    [item, _] = json.loads((tmp_path / "b/proof/items.json").read_text())["items"]
    body = json.loads((tmp_path / f"b/proof/entries/{pieces[0].seq}.json").read_text())
    assert item == {"seq": pieces[0].seq, "withheld": True, "commitment": body["object"]}
    assert body["object"] in (tmp_path / "b/BACA-SAYA.txt").read_text()


def test_only_some_and_none_at_all_can_be_shown(office: Office, tmp_path: Path) -> None:
    contents = office.contents(office.seal(FILES))
    bundle.make(contents.only(["tangkapan.png"]), tmp_path / "one")
    assert [p.name for p in (tmp_path / "one/data").iterdir()] == ["tangkapan.png"]
    assert both(tmp_path / "one", office.key.fingerprint)
    bundle.make(contents.withholding(list(FILES)), tmp_path / "none")
    assert both(tmp_path / "none", office.key.fingerprint)
    assert bundle.verify(tmp_path / "none", office.key.fingerprint).withheld == len(FILES)


def test_of_two_files_with_the_same_bytes_one_can_be_withheld(office: Office, tmp_path: Path) -> None:
    pieces = office.seal({"satu.txt": b"same", "dua.txt": b"same"})
    bundle.make(office.contents(pieces).withholding(["satu.txt"]), tmp_path / "b")
    assert both(tmp_path / "b", office.key.fingerprint)
    assert b"satu.txt" not in b"".join(content for _, content in _bytes(tmp_path / "b").values())


def test_a_name_that_no_file_has_is_told(office: Office) -> None:
    with pytest.raises(BadInput, match=r"no file 'tangkapan.jpg'; did you mean 'tangkapan.png'"):
        office.contents(office.seal(FILES)).withholding(["tangkapan.jpg"])


# Refusals


def test_nothing_is_written_over_and_nothing_half_written_stays(office: Office, tmp_path: Path) -> None:
    pieces = office.seal(FILES)
    (tmp_path / "there").mkdir()
    with pytest.raises(BadInput, match="something lies here already"):
        bundle.make(office.contents(pieces), tmp_path / "there")
    with pytest.raises(BadInput, match="its folder does not exist"):
        bundle.make(office.contents(pieces), tmp_path / "no/b")
    spoilt = (replace(pieces[0], open=opens(b"other bytes")), *pieces[1:])
    with pytest.raises(BadInput, match="no longer those that were sealed"):
        bundle.make(office.contents(spoilt), tmp_path / "b")
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("log.db")) == ["there"]


def test_what_does_not_fit_together_makes_no_bundle(office: Office, tmp_path: Path) -> None:
    pieces = office.seal(FILES)
    good = office.contents(pieces)
    cases = {
        "came after the checkpoint": replace(good, note=office.note(6)),
        "no entry in the ledger": replace(good, records=()),
        "gathered twice": replace(good, records=(*good.records, good.records[0])),
        "cannot be shown to be of this case": replace(good, case="K-002"),
        "does not hold": replace(good, note=signing.sign(
            signing.Checkpoint(office.key.name, office.ledger.size(), b"r" * 32).text(), [office.key])),
    }  # fmt: skip
    for words, contents in cases.items():
        with pytest.raises(BadInput, match=words):
            bundle.make(contents, tmp_path / "b")
        assert not (tmp_path / "b").exists()


# How the script is called


def test_the_script_wants_the_fingerprint_from_elsewhere(world: World, tmp_path: Path) -> None:
    own = world.bundle / "verify.sh"
    for words in ((), ("abc",), ("g" * 64,), (world.key.fingerprint, str(tmp_path / "none.pem"))):
        said = by_script(world.bundle, *words, script=own)
        assert said.returncode == 2, words
        assert "BUKAN dari bundel" in said.stderr
    assert by_script(world.bundle, world.key.fingerprint, script=own).returncode == 0
    pretty = world.key.fingerprint.upper()
    pretty = " ".join(pretty[at : at + 4] for at in range(0, 64, 4))
    assert by_script(world.bundle, pretty, script=own).returncode == 0
    assert bundle.verify(world.bundle, pretty).holds


def test_a_fingerprint_that_is_none_is_told(world: World, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="64 hexadecimal digits"):
        bundle.verify(world.bundle, "abc")
    with pytest.raises(BadInput, match="is no folder"):
        bundle.verify(tmp_path / "none", world.key.fingerprint)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "tr_TR.UTF-8", "nonsense"])
def test_the_language_of_a_machine_changes_nothing(locale: str, world: World) -> None:
    said = by_script(world.bundle, world.key.fingerprint, LC_ALL=locale, LANG=locale, LC_COLLATE=locale)
    assert said.returncode == 0


def test_a_bundle_may_lie_where_names_have_spaces(world: World, tmp_path: Path) -> None:

    place = tmp_path / "a folder; with $odd 'names'"
    shutil.copytree(world.bundle, place)
    assert both(place, world.key.fingerprint)
    assert by_script(place, world.key.fingerprint, script=place / "verify.sh").returncode == 0


def test_another_keys_fingerprint_is_named_with_a_warning(world: World) -> None:
    assert not both(world.bundle, world.other_key.fingerprint)
    said = by_script(world.bundle, world.other_key.fingerprint)
    assert world.key.fingerprint in said.stdout
    assert "ask the office itself" in said.stdout
