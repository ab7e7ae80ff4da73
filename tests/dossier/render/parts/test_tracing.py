"""How a tracing is said."""

from dataclasses import replace

import pytest

from dossier.render import example
from dossier.render.example import words
from telusur.domain.proposition import Proposition
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.render.blocks import Figure, Table
from telusur.dossier.render.parts import tracing as part
from telusur.dossier.render.speech import Speech
from telusur.tracing.result import Takeover

SAY = Speech("id")


def blocks(tracing, records=None):
    base = example.assessment(posts=9)
    act = ActAssessment(
        base.acts[0].act, base.acts[0].determination, tracing, base.acts[0].records if records is None else records
    )
    return list(part.blocks(Assessment(base.case, (), (act,), (), base.isolation, {}), SAY))


def test_all_six_propositions_stand_in_the_table_whether_touched_or_not():
    table = next(b for b in blocks(example.tracing()) if isinstance(b, Table))
    assert [row[0][0][0].text for row in table.rows] == [p.short.id for p in Proposition]
    assert "tidak ada butir yang berkaitan dengannya" in words([table])
    assert "pembanding" in words([table])


def test_a_change_is_said_with_its_interval_in_the_zone_of_the_act():
    said = words(blocks(example.tracing()))
    assert "Unggahan pertama orang lain tampaknya pada 6 Desember 2023 pukul 10.08 WIB (faktor Bayes +2,31" in said
    assert "6 Desember 2023 pukul 04.08 WIB sampai 8 Desember 2023 pukul 00.08 WIB" in said


@pytest.mark.parametrize(
    ("takeover", "expected"),
    [
        (None, "Tidak dihitung"),
        (Takeover(None, None, -0.5), "tidak cukup jelas menunjukkan pergantian penulis (faktor Bayes −0,50"),
        (Takeover(example.ACT_AT.utc, None, 3.0), "faktor Bayes +3,00"),
    ],
)
def test_no_change_is_said_too(takeover, expected):
    assert expected in words(blocks(replace(example.tracing(), takeover=takeover)))


def test_every_picture_has_a_table_after_it():
    found = [b for b in blocks(example.tracing()) if isinstance(b, Figure | Table)]
    for i, block in enumerate(found):
        if isinstance(block, Figure):
            assert any(isinstance(after, Table) for after in found[i:])


def test_the_data_behind_the_weights_are_listed_once_and_lettered():
    items = (*example.items(), example.items()[0])
    said = words(blocks(example.tracing(items)))
    assert said.count("penilaian tim penelusuran, tabel bukti 1") == 1
    assert said.count("data a") == 2


def test_an_item_that_weighs_nothing_says_so():
    item = replace(example.items()[0], weights={})
    assert "tidak berbobot" in words(blocks(example.tracing((*example.items(), item))))


def test_without_records_no_timeline_is_drawn_and_it_says_so():
    assert "garis waktu tidak dapat digambar" in words(blocks(example.tracing(), ()))


def test_when_nothing_abstained_it_says_so():
    assert "Setiap jenis bukti yang diperiksa memberi bobot" in words(blocks(replace(example.tracing(), abstained=())))


def test_many_data_are_counted_on_past_z():
    assert [part._letters(n) for n in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def test_records_without_changes_have_no_table_of_changes():
    record = example.record(3)
    quiet = replace(record, events=tuple(e for e in record.events if e.action == "post"))
    captions = [b.caption for b in blocks(example.tracing(), (quiet,)) if isinstance(b, Table)]
    assert SAY("timeline.changes_table") not in captions
