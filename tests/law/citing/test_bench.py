"""Files of other rooms can cite what the rules and the terms cite."""

from __future__ import annotations

import pytest

from telusur import law
from telusur.domain.errors import BadInput
from telusur.law.citing import CitationIn, Document, bench
from telusur.law.deadlines import register

CITED = CitationIn(instrument="SBT", status="reported", confidence="secondary", sources=("D04", "S17"))
FILE = Document("procedure.yaml", "citation:\n  sources: [D04, S17]\n")


def test_instruments_and_sources_of_rules_and_of_terms_are_known():
    made = bench(lines=True)
    assert set(law.catalogue().sources) <= set(made.sources)
    assert set(law.catalogue().instruments) <= set(made.instruments)
    for term in register().terms.values():
        assert made.instruments[term.citation.instrument.id] == term.citation.instrument
        assert {source.id for source in term.citation.sources} <= set(made.sources)
    assert made.problems == []


def test_a_citation_of_a_term_s_instrument_with_a_rule_s_source_is_made():
    made = bench(lines=True).citation(CITED, None, FILE, ("citation",))
    assert made.instrument == register().term("sbt-kajian").citation.instrument
    assert [source.id for source in made.sources] == ["D04", "S17"]


def test_what_is_added_on_one_bench_is_not_on_the_next():
    bench(lines=True).sources.clear()
    assert "D04" in bench(lines=True).sources
    with pytest.raises(BadInput, match=r"procedure\.yaml:2: citation\.sources\[1\]: there is no source 'S999'"):
        bench(lines=True).citation(CITED.model_copy(update={"sources": ("D04", "S999")}), None, FILE, ("citation",))
