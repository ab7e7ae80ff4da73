"""What a proof found, and where it stands in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Final, Literal

from telusur import __version__
from telusur.domain.facts import Facts
from telusur.domain.marked_yaml import MarkedYaml
from telusur.domain.text import Text
from telusur.law.document import Document, walk
from telusur.law.model import Catalogue

Check = Literal["phases", "silence", "tracks", "dead", "unused", "monotone", "symmetry", "examples", "declared"]
CHECKS: Final[tuple[Check, ...]] = (
    "phases",
    "silence",
    "tracks",
    "dead",
    "unused",
    "monotone",
    "symmetry",
    "examples",
    "declared",
)

#: Before the instrument whose rules are taken over from another one.
_FORMS: Final = "same_forms of "


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was to hold and does not.

    Parameters
    ----------
    check
        What was to be proved.
    subject
        Rule, exception, fact or calendar it is about.
    says
        What is wrong, in a sentence.
    file, line
        Where the subject stands in the catalogue; 1-based.
    witness
        Facts that show it; ``None`` where no facts could.
    """

    check: Check
    subject: str
    says: str
    file: str | None = None
    line: int | None = None
    witness: Facts | None = None

    def as_json(self) -> dict[str, object]:
        """Give it as the report holds it."""
        return {
            "check": self.check,
            "subject": self.subject,
            "says": self.says,
            "file": self.file,
            "line": self.line,
            "witness": self.witness.as_json() if self.witness else None,
        }


@dataclass(frozen=True, slots=True)
class Places:
    """Where each named thing of a catalogue stands."""

    found: Mapping[str, tuple[str, int]]

    def of(self, name: str) -> tuple[str | None, int | None]:
        """Give file and line of a rule, exception, issue, term or calendar by its id."""
        return self.found.get(name, (None, None))

    def finding(self, check: Check, subject: str, says: str, witness: Facts | None = None) -> Finding:
        """Make a finding about something that stands in the catalogue."""
        return Finding(check, subject, says, *self.of(subject), witness)


def places(folder: Traversable, catalogue: Catalogue) -> Places:
    """Read where the things of a catalogue stand.

    Parameters
    ----------
    folder
        The catalogue's files.
    catalogue
        What they hold: a rule taken over from another instrument stands where that is declared.
    """
    found: dict[str, tuple[str, int]] = {}
    # An example may bear the name of what it is of.
    for name, entry in sorted(walk(folder), key=lambda one: one[0].startswith("examples/")):
        for thing, line in _named(Document(name, entry.read_text("utf-8")).marked()):
            found.setdefault(thing, (name, line))
    for rule in catalogue.rules.values():
        forms = f"{_FORMS}{rule.citation.instrument.id}"
        if rule.derived_from and forms in found:
            found[rule.id] = found[forms]
    return Places(found)


def _named(marked: MarkedYaml) -> Iterator[tuple[str, int]]:
    """Give what a file names, with its lines."""
    held = marked.value
    if not isinstance(held, dict):
        return
    if "id" in held:
        yield str(held["id"]), marked.line(("id",))
    for group, listed in held.items():
        for i, one in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(one, dict) and "id" in one:
                yield str(one["id"]), marked.line((group, i, "id"))
            if group == "same_forms":
                yield f"{_FORMS}{held['instrument']}", marked.line((group, i))


@dataclass(slots=True)
class Report:
    """What was proved of a catalogue.

    Parameters
    ----------
    states
        States of facts that were covered: days x contests x values of the facts that the rules on each act ask.
    folded
        Of how many that none of the rules can tell apart they consist.
    counts
        What was counted on the way: cells decided, silent, states left to readings, and so on.
    declared
        For each declaration in ``declared.yaml``: group, reason and how often it was needed.
    """

    catalogue: str
    rules: int
    states: int = 0
    folded: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    declared: list[tuple[str, Text, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def count(self, name: str, more: int = 1) -> None:
        """Count something."""
        self.counts[name] = self.counts.get(name, 0) + more

    @property
    def holds(self) -> bool:
        """Whether all was proved."""
        return not self.findings

    def as_json(self) -> dict[str, object]:
        """Give the document of ``telusur rules prove``."""
        return {
            "schema": "telusur.proofs/1",
            "made_by": {"telusur": __version__, "catalogue": self.catalogue, "models": None},
            "holds": self.holds,
            "rules": self.rules,
            "states": self.states,
            "folded_states": self.folded,
            "counts": dict(self.counts),
            "declared": [
                {"group": group, "reason": reason.as_json(), "needed": needed}
                for group, reason, needed in self.declared
            ],
            "findings": [one.as_json() for one in self.findings],
        }
