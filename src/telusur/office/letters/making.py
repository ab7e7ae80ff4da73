"""What a letter is made of, while it is made: the file, the text, what was typed, and what turned out to be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.moment import Moment
from telusur.domain.text import Language, Text
from telusur.domain.when import day_words, moment_words
from telusur.dossier import Speech
from telusur.law import deadlines
from telusur.law.deadlines import Deadline
from telusur.office.letters.model import Person, Sender
from telusur.office.typed import masked_nip
from telusur.process import CLEARING, End

if TYPE_CHECKING:
    from telusur.office.letters.texts import LetterText

_ZONES: Final = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


@dataclass
class Making:
    """A letter in the making.

    Parameters
    ----------
    typed
        What the officer filled in: days as ``2026-03-02``, times as ISO 8601 with a zone, choices by their id.
    people
        What the people of the steps are called, by their opaque ids.
    tracings
        Documents ``telusur.tracing/1`` by act.
    missing
        Why it cannot be made yet; grows while it is made.
    """

    text: LetterText
    file: process.File
    person: Person
    sender: Sender
    case: str
    day: date
    language: Language
    typed: Mapping[str, str]
    people: Mapping[str, str]
    tracings: Mapping[str, Mapping[str, object]]
    missing: list[Text] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = Speech(self.language, __package__)
        self.common = Speech(self.language)

    def of(self, text: Text) -> str:
        """Say a text in the letter's language."""
        return text.in_language(self.language)

    def lacks(self, in_indonesian: str, in_english: str) -> str:
        """Note that something is missing, and give the sign that stands for it in the preview."""
        found = Text(in_indonesian, in_english)
        if found not in self.missing:
            self.missing.append(found)
        return "…"

    def on(self, day: date) -> str:
        """Say a day."""
        return self.of(day_words(day))

    def weekday(self, day: date) -> str:
        """Say a day with its weekday."""
        return self.of(deadlines.long_day(day))

    def at(self, at: datetime | Moment) -> str:
        """Say a time with its zone."""
        return self.of(moment_words(at.at if isinstance(at, Moment) else at.astimezone(self.zone)))

    def begun(self, text: Text) -> str:
        """Say a text with a capital, as a sentence or a line begins."""
        said = self.of(text)
        return said[:1].upper() + said[1:]

    @property
    def zone(self) -> ZoneInfo:
        """The office's own zone."""
        return ZoneInfo(_ZONES.get(self.sender.zone, _ZONES["WIB"]))

    def who(self, person: str) -> str:
        """Say who a person of the steps is: a name where the office knows one, a party by its part, never an id."""
        if person in self.people:
            return self.people[person]
        if person == self.file.respondent:
            return self.of(self.file.flow.words.respondent)
        if person == self.file.reporter:
            return self.of(self.file.flow.words.reporter)
        return self.words("official")

    def typed_day(self, name: str) -> date | None:
        """Give a day that the officer typed."""
        held = self.typed.get(name, "").strip()
        try:
            return date.fromisoformat(held) if held else None
        except ValueError:
            raise BadInput(f"expected a date as 2026-03-02, found {held!r}", field=name) from None

    def typed_moment(self, name: str) -> datetime | None:
        """Give a time that the officer typed."""
        held = self.typed.get(name, "").strip()
        return Moment.parse(held).at if held else None

    @property
    def nip(self) -> str:
        """The respondent's number as this letter may show it."""
        if self.text.nip == "none" or not self.person.nip:
            return ""
        return self.person.nip if self.text.nip == "full" else masked_nip(self.person.nip)

    @property
    def outcome(self) -> End | None:
        """How the respondent is cleared: as the file ended, or else as its standing draft would end it."""
        if self.file.end:
            return self.file.end if self.file.end in CLEARING else None
        draft = self.file.draft
        found = {one.result for one in draft.step.findings} if draft else set()
        if not found or not found <= set(CLEARING):
            return None
        return next(end for end in ("not_proven", "stopped", "cleared") if end in found)

    @property
    def untraced(self) -> bool:
        """Whether who controlled the account is not traced and decided."""
        return any(one.name == "tracing" and not one.open for one in process.gates(self.file, self.day))

    @property
    def remedy(self) -> Deadline | None:
        """The remedy against the decision, counted from the letter's own day: no later day can end sooner."""
        term = self.typed.get("remedy") or None
        if term is None or term == "none":
            return None
        return deadlines.due(deadlines.register().term(term.replace("_", "-")), self.day)

    @property
    def bodies_told(self) -> Sequence[str]:
        """Every body that was told of the case, each once: by a notice, by a hand-over, or as the sender of it."""
        found = [one.step.whom for one in self.file.told if one.step.whom not in ("respondent", "reporter")]
        found += [one.step.to for one in self.file.handovers]
        if self.file.opened and self.file.opened.sender:
            found.append(self.file.opened.sender)
        return tuple(dict.fromkeys(found))
