"""What an inspector sees of an answer: a table on a terminal, the same as plain lines in a pipe."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telusur import law
from telusur.cli import console
from telusur.cli.determination_words import determination_lines, show_determination
from telusur.domain.facts import Facts
from telusur.domain.text import Text
from telusur.law import Override, RuleException

FACTS = {
    "date": "2023-11-05",
    "contest.kind": "president",
    "actor.status": "pns",
    "act.kind": "like",
    "act.public": True,
    "act.leaning": "supports",
    "target.kind": "would_be_contestant",
    "attribution.account_control": "owner",
    "attribution.authenticity": "established",
}


def found(**other):
    return law.determine(Facts.read({**FACTS, **other}))


def answered():
    """Give an answer whose sentence is made, so that its rules can be put in the place of others."""
    answer = found()
    assert answer.sentence.en
    assert answer.presumed
    assert answer.next_question is None
    return answer


@pytest.fixture
def shown(monkeypatch, capsys):
    def show(answer, width=140, language="en"):
        # A height too: Rich takes the width alone for no size on a terminal that calls itself dumb.
        terminal = console._Console(
            highlight=False, soft_wrap=True, width=width, height=50, force_terminal=True, color_system=None
        )
        monkeypatch.setattr(console, "out", terminal)
        show_determination(answer, language)
        return capsys.readouterr().out

    return show


def joined(table):
    """Put the cells of a table back into words, whatever line they were folded to."""
    return " ".join(table.split())


@pytest.mark.parametrize("width", [140, 100, 60, 40])
def test_on_a_terminal_it_is_a_table_that_folds_to_its_width(shown, width):
    lines = shown(found(), width).splitlines()
    assert lines[0].startswith("The facts as given meet SKB-2022/E4")
    assert any(set(line.strip()) == {"─"} for line in lines)
    assert all(len(line.rstrip()) <= width for line in lines)
    text = joined("\n".join(lines))
    for word in ("SKB-2022/E4", "✓ met", "ethics", "moral", "SKB-2022/D6", "✗ not met", "discipline", "heavy"):
        assert word in text


def test_the_sentence_stands_first_and_the_next_question_last(shown):
    lines = shown(found(**{"attribution.account_control": None})).splitlines()
    assert lines[0].startswith("The facts do not suffice")
    assert "(attribution.account_control)" in lines[-1]


def test_in_a_pipe_it_is_plain_lines_that_say_as_much(capsys):
    show_determination(found(), "en")
    said = capsys.readouterr().out
    assert "─" not in said
    assert "\x1b" not in said
    assert said.splitlines() == list(determination_lines(found(), "en"))
    assert "  ✓ SKB-2022/E4  met: Posting" in said
    assert "      ethics · moral sanction · Joint decree of five institutions" in said
    assert "row 4 · as reported ·" in said
    assert "      met: status of the actor" in said
    assert "not met: phase of the contest: before the determination (asked for: after the determination" in said
    assert "taken as absent, since nobody stated it: on a superior's order" in said


def test_what_is_unknown_is_told_of_each_rule(shown):
    answer = found(**{"attribution.account_control": None})
    assert "? who controlled the account" in joined(shown(answer))
    assert any("unknown: who controlled the account" in line for line in determination_lines(answer, "en"))


def test_a_rule_taken_out_by_an_exception_says_by_which_and_where_that_stands(shown):
    answers = [law.determine(one.facts) for one in law.examples().values()]
    defeated = [one for one in answers if any(isinstance(r.defeated_by, RuleException) for r in one.rule_results)]
    assert defeated
    for answer in defeated:
        words = "\n".join(determination_lines(answer, "en"))
        for result in answer.rule_results:
            by = result.defeated_by
            if isinstance(by, RuleException):
                title, status = by.title.en, law.label("citation_status", by.citation.status).en
                assert f"taken out by the exception {by.id}: {title} ({by.citation.instrument.title.en}" in words
                assert f"· {status} ·" in words
                assert by.id in shown(answer)


def test_a_rule_that_yields_to_another_says_to_which_and_why():
    answer = answered()
    over = Override("SKB-2022/D6", Text("khusus", "the special one"), "the drafters")
    first = answer.rule_results[0]._replace(status="defeated", defeated_by=over, defeated_by_rule="SKB-2022/D6")
    answer.__dict__["rule_results"] = (first, *answer.rule_results[1:])
    words = "\n".join(determination_lines(answer, "en"))
    assert "SKB-2022/E4  yields to another rule: " in words
    assert "yields to SKB-2022/D6: the special one (declared by the drafters)" in words


def test_a_form_taken_over_says_from_where():
    words = "\n".join(determination_lines(found(**{"actor.status": "ppnpn"}), "en"))
    assert "a form of SKB-2022/E4" in words


def test_without_rules_on_the_act_there_is_no_table(shown):
    answer = answered()
    answer.__dict__["rule_results"] = ()
    assert "─" not in shown(answer)


def test_what_a_catalogue_writes_cannot_steer_the_terminal(shown):
    answer = answered()
    first = answer.rule_results[0]
    rule = replace(first.rule, title=Text("a\x1b[31mb [red]", "a\x1b[31mb [red]"))
    answer.__dict__["rule_results"] = (first._replace(rule=rule),)
    said = shown(answer)
    assert "\x1b[31m" not in said
    assert "[red]" in said
