"""The book leaf by leaf, for whoever shows one rule at a time; the words are those of the whole book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from telusur import law
from telusur.domain.text import Language
from telusur.dossier.book import calendars, rest, rules
from telusur.dossier.book.page import about
from telusur.dossier.book.saying import anchor
from telusur.dossier.render.blocks import Block
from telusur.dossier.render.speech import Speech
from telusur.law import Example


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of the book.

    Parameters
    ----------
    title
        Its heading.
    blocks
        What it says. Where a run leads to, it names an anchor: of a rule (`Book.rule_at`), or of `Book.background`.
    """

    title: str
    blocks: tuple[Block, ...]


class Book:
    """The catalogue of this installation, to be read leaf by leaf.

    Parameters
    ----------
    language
        In which language.
    """

    def __init__(self, language: Language = "id") -> None:
        self._held = law.catalogue()
        self._say = Speech(language, __package__)

    def front(self) -> Leaf:
        """Give how to read it, and the indexes by act and by instrument."""
        return Leaf(self._say("book.title"), tuple(self._front()))

    def rule(self, rule_id: str) -> Leaf:
        """Give one rule with its worked examples and near misses.

        Raises
        ------
        BadInput
            If there is no such rule.
        """
        rule, say = self._held.rule(rule_id), self._say
        blocks = (
            *rules.body(rule, say),
            *rules.worked(rule, _examples(), say),
            *rules.near_misses(rule, _examples(), say),
        )
        return Leaf(f"{rule.id} · {say.of(rule.title)}", blocks)

    def background(self) -> Leaf:
        """Give open readings, sanctions and powers, coverage, calendars and sources."""
        return Leaf(self._say("book.background"), tuple(self._background()))

    def rule_at(self, name: str) -> str | None:
        """Give the id of the rule that an anchor names; ``None`` if it is the anchor of something else."""
        return next((rule for rule in self._held.rules if anchor(rule) == name), None)

    def _front(self) -> Iterator[Block]:
        yield from about(self._held, self._say)
        yield from rules.by_act(self._held, self._say)
        yield from rules.by_instrument(self._held, self._say)

    def _background(self) -> Iterator[Block]:
        yield from rest.issues(self._held, self._say)
        yield from rest.after(self._held, self._say)
        yield from rest.coverage(self._held, self._say)
        yield from calendars.blocks(self._held, self._say)
        yield from rest.read_in(self._held, self._say)


@cache
def _examples() -> Mapping[str, Example]:
    # Reading them takes longer than all else; they come with the program.
    return law.examples()
