"""People who write: each with own topics, spelling, punctuation, pictures and hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from invented.dice import Dice

_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[a-zA-Z]+")
#: Letters from which on a word is drawn out.
_LONG = 4
_LAST_VOWEL = re.compile(r"[aiueo](?=[^aiueo]*$)")


@cache
def _grammar() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("grammar.yaml").read_text("utf-8"))
    return document


@dataclass(frozen=True)
class Writer:
    """Somebody who writes posts.

    Parameters
    ----------
    name
        Which of the grammar's writers.
    dice
        What decides.
    """

    name: str
    dice: Dice

    @property
    def _habits(self) -> dict[str, Any]:
        habits: dict[str, Any] = _grammar()["writers"][self.name]
        return habits

    @property
    def hour(self) -> int:
        """An hour of the day, in the writer's own zone, at which this writer writes."""
        return int(self.dice.pick(self._habits["hours"]))

    def posts(self, number: int) -> list[str]:
        """Give different posts, each of one or two sentences."""
        found: dict[str, None] = {}
        while len(found) < number:
            found.setdefault(self.post())
        return list(found)

    def post(self) -> str:
        """Give one post."""
        habits, dice = self._habits, self.dice
        words = self._sentence()
        if dice.chance(0.35):
            joint = "" if words[-1] in "?!" else dice.pick(habits["stops"]) or ","
            words += f"{joint} {self._sentence()}"
        if dice.chance(habits["opener_rate"]):
            opener = dice.pick(habits["openers"])
            words = opener + (words if opener.endswith(". ") else words[0].lower() + words[1:])
        words += dice.pick(habits["stops"]) if words[-1] not in "?!" else ""
        if dice.chance(habits["closer_rate"]):
            closer = dice.pick(habits["closers"])
            words += closer + ("." if habits["capitals"] and not habits["emoji"] else "")
        if habits["emoji"] and dice.chance(habits["emoji_rate"]):
            words += " " + dice.pick(habits["emoji"])
        return words if habits["capitals"] else words.lower()

    def _sentence(self) -> str:
        habits, dice = self._habits, self.dice
        slots = {**_grammar()["slots"], **habits["slots"]}
        words = _SLOT.sub(lambda slot: dice.pick(slots[slot[1]]), dice.pick(habits["own"]))
        words = _WORD.sub(lambda word: self._spelled(word[0]), words)
        return words[0].upper() + words[1:] if habits["capitals"] else words

    def _spelled(self, word: str) -> str:
        if len(word) >= _LONG and self.dice.chance(self._habits["stretch_rate"] / 4):
            word = _LAST_VOWEL.sub(lambda vowel: vowel[0] * 3, word)
        return word
