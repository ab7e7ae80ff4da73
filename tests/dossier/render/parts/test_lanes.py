"""The timeline of an act, as pictures and as the tables behind them."""

from dataclasses import replace

from dossier.render import example
from dossier.render.example import words
from telusur.dossier.render.blocks import Figure, Note, Table
from telusur.dossier.render.parts import lanes
from telusur.dossier.render.speech import Speech

SAY = Speech("id")
ACT = example.assessment(posts=9).acts[0]


def blocks(act=ACT, documents=None):
    return list(lanes.blocks(act, example.documents() if documents is None else documents, SAY, "t"))


def test_documents_alone_are_drawn_with_the_act():
    found = blocks(replace(ACT, records=()))
    figures = [b for b in found if isinstance(b, Figure)]
    assert len(figures) == 1
    assert "perbuatan A1" in figures[0].wide
    assert [b.caption for b in found if isinstance(b, Table)] == [SAY("timeline.facts_table")]


def test_without_anything_it_says_so():
    assert [type(b) for b in blocks(replace(ACT, records=()), ())][1:] == [Note]


def test_an_email_of_another_platform_is_about_another_account():
    other = [replace(one, platform="facebook") for one in example.documents()[1:]]
    assert SAY("timeline.facts_table") not in {b.caption for b in blocks(documents=other) if isinstance(b, Table)}


def test_the_tables_name_device_holder_networks_and_forgery():
    said = words([b for b in blocks() if isinstance(b, Table)])
    assert "P1 Sagara S3 · dipegang terlapor" in said
    assert "jaringan: J1, J2" in said
    assert "P2 Twitter Web App" in said
    assert SAY("evidence.contradicted") in said
    assert "5 Desember 2023 plain  evidence/surat.txt" in said
    assert SAY("timeline.together_table") in said
