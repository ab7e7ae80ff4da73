"""`telusur evidence stamp` and `authority`, from a store to authorities made with openssl."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.test_stamp_transport import reply, serving
from evidence.tsa_lab import make_authority, openssl_says
from telusur.cli.main import run
from telusur.evidence import stamps
from telusur.evidence.store import Store


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("TELUSUR_PASSPHRASE", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def said(capsys):
    def call(*words):
        code = run(["evidence", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


@pytest.fixture
def store(said):
    assert said("init", "kantor")[0] == 0
    return Path("kantor")


@pytest.fixture
def lab(tmp_path):
    return {name: make_authority(tmp_path / "lab" / name, name) for name in ("satu", "dua")}


def add(said, lab, name, url):
    return said("authority", "kantor", "--add", name, "--url", url, "--root", str(lab[name].root_file))


def answering(authority):
    return lambda handler, body: reply(handler, authority.reply(body))


def test_authorities_are_added_listed_and_removed(said, store, lab):
    assert said("authority", "kantor")[2].startswith("! belum ada otoritas")
    code, _, err = add(said, lab, "satu", "https://satu.example.org/tsa")
    assert code == 0
    assert "hanya satu otoritas" in err
    assert add(said, lab, "dua", "https://dua.example.org/tsa")[0] == 0
    code, out, err = said("authority", "kantor", "--list")
    assert (code, err) == (0, "")
    assert [line.split("  ")[:2] for line in out.splitlines()] == [
        ["satu", "https://satu.example.org/tsa"],
        ["dua", "https://dua.example.org/tsa"],
    ]
    assert "CN=Akar satu" in out
    code, out, _ = said("authority", "kantor", "--remove", "satu", "--json")
    document = json.loads(out)
    assert (code, document["schema"]) == (0, "telusur.authorities/1")
    assert [one["name"] for one in document["authorities"]] == ["dua"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--add", "satu"], "needs --url and --root"),
        (["--url", "https://x.example.org"], "are for --add NAME"),
        (["--add", "satu", "--list"], "exclude each other"),
        (["--add", "Satu", "--url", "https://x.example.org", "--root", "akar.pem"], "--add"),
        (["--add", "satu", "--url", "ftp://x.example.org", "--root", "akar.pem"], "--url"),
        (["--add", "satu", "--url", "https://x.example.org", "--root", "akar.pem", "--policy", "x"], "--policy"),
        (["--add", "satu", "--url", "https://x.example.org", "--root", "kosong.pem"], "kosong.pem"),
        (["--add", "satu", "--url", "https://x.example.org", "--root", "tiada.pem"], "--root: there is no such file"),
        (["--remove", "tiada"], "no authority has this name"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(said, store, lab, words, told):
    Path("akar.pem").write_text(lab["satu"].roots)
    Path("kosong.pem").write_text("bukan sertifikat")
    code, out, err = said("authority", "kantor", *words)
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_a_name_is_given_once(said, store, lab):
    add(said, lab, "satu", "https://satu.example.org/tsa")
    code, _, err = add(said, lab, "satu", "https://lain.example.org/tsa")
    assert (code, "configured already" in err) == (2, True)
    code, _, err = said("authority", "kantor", "--remove", "stau")
    assert "did you mean 'satu'?" in err


def test_without_an_authority_there_is_nothing_to_ask(said, store):
    code, out, err = said("stamp", "kantor")
    assert (code, out) == (2, "")
    assert "no time-stamp authority is configured" in err


def test_the_newest_checkpoint_is_stamped_by_each_over_the_network(said, store, lab, tmp_path):
    with serving(answering(lab["satu"])) as (one, asked), serving(answering(lab["dua"])) as (other, _):
        add(said, lab, "satu", one)
        add(said, lab, "dua", other)
        code, out, err = said("stamp", "kantor")
        assert (code, err) == (0, "")
        assert [line.split(": ")[:2] for line in out.splitlines()] == [
            ["satu", "titik periksa 1"],
            ["dua", "titik periksa 1"],
        ]
        assert out.count("distempel 20") == 2
        # What is stamped is not asked for again.
        assert said("stamp", "kantor", "--now")[1] == out
        assert len(asked) == 1
    with Store.open(store) as opened:
        for held in stamps.stamps(opened.db):
            assert openssl_says(tmp_path, held.reply, opened.head, lab[held.authority].roots, held.request)
    assert said("ledger", "kantor", "--verify")[0] == 0


def test_an_authority_that_does_not_answer_is_shown_with_its_reason(said, store, lab):
    with serving(lambda handler, _: reply(handler, b"", 503)) as (one, _), serving(answering(lab["dua"])) as (other, _):
        add(said, lab, "satu", one)
        add(said, lab, "dua", other)
        code, out, _ = said("stamp", "kantor", "--lang", "en")
        assert code == 0
        first, why, second = out.splitlines()
        assert first.startswith("satu: checkpoint 1: NOT yet stamped; waiting since 20")
        assert ", 1 tries; next 20" in first
        assert why == "    the authority answered with HTTP status 503"
        assert second.startswith("dua: checkpoint 1: stamped 20")
        document = json.loads(said("stamp", "kantor", "--json")[1])
        assert document["schema"] == "telusur.stamps/1"
        assert [(one["authority"], one["state"], one["tries"]) for one in document["stamps"]] == [
            ("satu", "waiting", 1),
            ("dua", "stamped", 0),
        ]
        assert document["stamps"][0]["why"]["en"] == "the authority answered with HTTP status 503"
        assert json.loads(said("stamp", "kantor", "--now", "--json")[1])["stamps"][0]["tries"] == 2


def test_an_evil_authority_is_not_believed(said, store, lab, tmp_path):
    evil = make_authority(tmp_path / "lab" / "jahat", "satu", link=False)
    with serving(answering(evil)) as (url, _):
        add(said, lab, "satu", url)
        code, out, _ = said("stamp", "kantor", "--lang", "en")
    assert code == 0
    assert "NOT yet stamped" in out
    assert "no chain of certificates leads from the signer to a trusted root" in out


def test_stamps_are_carried_by_hand_where_there_is_no_network(said, store, lab):
    for name in lab:
        add(said, lab, name, f"https://{name}.example.org/tsa")
    code, out, err = said("stamp", "kantor", "--requests", "keluar")
    assert code == 0
    assert "2 permintaan → keluar" in err
    assert out.count("BELUM distempel") == 2
    assert "PERMINTAAN STEMPEL WAKTU" in Path("keluar/BACA-SAYA.txt").read_text()
    Path("masuk").mkdir()
    for path in Path("keluar").glob("*.tsq"):
        name = path.stem.partition("-")[2]
        Path("masuk", f"{path.stem}.tsr").write_bytes(lab[name].reply(path.read_bytes()))
    code, out, err = said("stamp", "kantor", "--replies", "masuk")
    assert code == 0
    assert err.count("✓") == 2
    assert out.count("distempel 20") == 2
    assert "tidak ada yang menunggu" in said("stamp", "kantor", "--requests", "lagi")[2]
    assert not Path("lagi").exists()


def test_a_reply_that_does_not_hold_ends_with_1_and_is_named(said, store, lab):
    add(said, lab, "satu", "https://satu.example.org/tsa")
    said("stamp", "kantor", "--requests", "keluar")
    Path("masuk").mkdir()
    Path("masuk/palsu.tsr").write_bytes(lab["dua"].reply(next(Path("keluar").glob("*.tsq")).read_bytes()))
    code, out, err = said("stamp", "kantor", "--replies", "masuk", "--lang", "en")
    assert code == 1
    assert "✗ palsu.tsr: no chain of certificates" in err
    assert "NOT yet stamped" in out
    document = json.loads(said("stamp", "kantor", "--replies", "masuk", "--json")[1])
    assert [(one["file"], one["taken"]) for one in document["replies"]] == [("palsu.tsr", False)]
    assert said("stamp", "kantor", "--replies", "tiada")[0] == 2


def test_removing_an_authority_gives_up_what_waited_aloud(said, store, lab):
    add(said, lab, "satu", "https://satu.example.org/tsa")
    add(said, lab, "dua", "https://dua.example.org/tsa")
    said("stamp", "kantor", "--requests", "keluar")
    said("authority", "kantor", "--remove", "satu")
    out = said("stamp", "kantor", "--requests", "lagi", "--lang", "en")[1]
    assert "satu: checkpoint 1: FAILED; waited since" in out
    assert "no longer configured" in out


def test_older_checkpoints_that_a_later_stamp_covers_are_counted(said, store, lab):
    add(said, lab, "satu", "http://127.0.0.1:9/tsa")
    said("stamp", "kantor", "--requests", "keluar")
    Path("bukti.txt").write_text("bukti")
    assert said("add", "kantor", "--case", "K-001", "bukti.txt")[0] == 0
    said("stamp", "kantor", "--requests", "keluar")
    Path("masuk").mkdir()
    Path("masuk/x.tsr").write_bytes(lab["satu"].reply(Path("keluar/2-satu.tsq").read_bytes()))
    out = said("stamp", "kantor", "--replies", "masuk", "--lang", "en")[1]
    assert out.count("\n") == 2
    assert "1 other checkpoints have no stamp of their own" in out


def test_stamps_that_end_soon_are_renewed_and_what_ended_is_told(said, store, lab, tmp_path):
    # As openssl does, which stamps with the time that it is.
    soon = datetime.now(UTC) + timedelta(days=30)
    lab["satu"] = make_authority(tmp_path / "lab" / "singkat", "satu", until=soon)
    with serving(answering(lab["satu"])) as (url, _):
        add(said, lab, "satu", url)
        said("stamp", "kantor")
        out = said("stamp", "kantor", "--lang", "en")[1]
    assert "satu: renewal of 1 stamps: NOT yet stamped" in out
    assert "ends no later than the stamp that is renewed" in out
    with Store.open(store) as opened:
        opened.db.execute("UPDATE stamp SET until = '2026-01-01T00:00:00.000000Z' WHERE state = 'stamped'")
    assert "! stempel 1 (satu) habis masanya" in said("stamp", "kantor", "--requests", "keluar")[2]
