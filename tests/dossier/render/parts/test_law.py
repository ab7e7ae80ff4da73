"""How answers of the law are said."""

from dataclasses import replace
from datetime import date

import pytest

from dossier.render import example
from dossier.render.example import words
from telusur import law
from telusur.domain.facts import Facts
from telusur.domain.text import Text
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.render.blocks import Heading, Note, Table
from telusur.dossier.render.parts import finding
from telusur.dossier.render.parts import law as part
from telusur.dossier.render.speech import Speech
from telusur.law.model import Override

SAY = Speech("id")


def blocks(determination, say=SAY):
    base = example.assessment(posts=1)
    act = ActAssessment(base.acts[0].act, determination, None)
    return list(part.blocks(Assessment(base.case, (), (act,), (), base.isolation, {}), say))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_worked_example_of_the_catalogue_can_be_said(language):
    say = Speech(language)
    for one in law.examples().values():
        determination = law.determine(one.facts)
        found = blocks(determination, say)
        said = words(found)
        assert say.of(determination.sentence) in said
        for result in determination.rule_results:
            assert result.rule.id in said


def test_a_rule_that_is_not_met_stands_in_the_table_only():
    found = blocks(example.determination(example.FACTS))
    headings = [block.text for block in found if isinstance(block, Heading) and block.level == 4]
    assert any("SKB-CONTOH/D6" in heading for heading in headings)
    assert not any("SKB-CONTOH/D9" in heading for heading in headings)
    assert "SKB-CONTOH/D9" in words(block for block in found if isinstance(block, Table))


def test_conditions_say_what_is_met_unmet_and_missing():
    base = example.determination(example.FACTS)
    results = tuple(r._replace(unmet=(law.Finding("act.public", (True,), False),)) for r in base.rule_results[:1])
    said = words(blocks(replace(base, rule_results=results)))
    for key in ("law.is_met", "law.is_unmet", "law.is_missing"):
        assert SAY(key) in said


def test_readings_that_differ_stand_side_by_side_with_their_sources():
    table = next(
        b for b in blocks(example.determination(example.FACTS)) if isinstance(b, Table) and "Tafsir" in b.caption
    )
    assert len(table.rows) == 2
    assert "S05" in words([table])


def test_a_rule_that_yields_says_to_which_one_and_who_declared_it():
    base = example.determination(example.FACTS)
    over = Override("SKB-CONTOH/D4", Text("yang khusus didahulukan", "the special one goes first"), "tim katalog")
    results = (base.rule_results[1]._replace(defeated_by=over, defeated_by_rule="SKB-CONTOH/D7"),)
    said = words(b for b in blocks(replace(base, rule_results=results)) if isinstance(b, Note))
    assert "SKB-CONTOH/D7: yang khusus didahulukan" in said
    assert "tim katalog" in said


def test_a_citation_names_part_row_and_article_as_far_as_it_has_them():
    base = example.determination(example.FACTS)
    rule = base.rule_results[2].rule
    bare = replace(rule.citation, part=None, row=None, article="9 ayat (2)", sources=())
    said = words(
        blocks(
            replace(base, rule_results=(base.rule_results[2]._replace(rule=replace(rule, citation=bare, basis=())),))
        )
    )
    assert "Keputusan bersama contoh, pasal 9 ayat (2)" in said
    assert "bagian" not in said.replace("Bagian ini", "")


def test_what_reported_means_is_said_before_any_rule():
    found = blocks(example.determination(example.FACTS))
    note = next(i for i, b in enumerate(found) if isinstance(b, Note))
    table = next(i for i, b in enumerate(found) if isinstance(b, Table))
    assert note < table
    assert "belum dicocokkan dengan naskah dalam Lembaran Negara" in words(found)


def test_facts_are_said_as_words_dates_and_unknowns():
    assert finding.value_words("date", date(2023, 12, 8), SAY) == "8 Desember 2023"
    assert finding.value_words("contest.region", "33.01", SAY) == "33.01"
    assert finding.value_words("act.kind", None, SAY) == "tidak diketahui"
    assert finding.value_words("act.public", False, SAY) == SAY.of(law.label("act.public", False))


def test_a_note_on_scope_is_said():
    determination = law.determine(
        Facts.read(
            {
                "date": "2023-12-08",
                "contest": {"kind": "none"},
                "actor": {"status": "tni_polri"},
                "act": {"kind": "post"},
            }
        )
    )
    noted = replace(determination, scope_note=Text("Catatan lingkup.", "Note on scope."))
    assert "Catatan lingkup." in words(blocks(noted))
