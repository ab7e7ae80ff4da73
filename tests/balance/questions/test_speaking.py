"""Sentences tell in both languages, and no count that is somebody's own."""

from telusur.balance import default_plan
from telusur.balance.questions import speaking


def test_counts_are_rounded_and_small_ones_not_told():
    assert speaking.count(113, default_plan()).en == "115"
    assert speaking.count(9, default_plan()) == speaking.count(0, default_plan())
    assert speaking.count(9, default_plan()).id == "kurang dari 10"


def test_numbers_are_written_as_each_language_does():
    said = speaking.say("missed.odds", detectable=1.5)
    assert "1,50" in said.id
    assert "1.50" in said.en
    assert "∞" in speaking.say("missed.odds", detectable=float("inf")).en
    assert "–" in speaking.say("missed.odds", detectable=None).en
    assert speaking.percent(0.034).id == "3,4\N{NO-BREAK SPACE}%"
    assert speaking.percent(0.34).en == "34\N{NO-BREAK SPACE}%"


def test_nothing_adds_nothing():
    assert speaking.joined(speaking.NOTHING, speaking.percent(0.5), speaking.NOTHING) == speaking.percent(0.5)
