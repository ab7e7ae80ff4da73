"""What of a file its respondent may see: what was served, what he or she handed in, and where it stands.

A file holds more: the reporter, notes, drafts, what the office asked of others. None of it is reached from here: each
piece is taken from what was served and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from django.utils import timezone

from telusur import law, process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.when import day_words, moment_words
from telusur.dossier.render import words
from telusur.office import letters, zones
from telusur.office.models import Case, Exhibit, Letter
from telusur.process import LetterKind

_LETTERS: Final = "telusur.office.letters"
#: What is served, and the kinds of letter that carry it.
_CARRIED_BY: Final[dict[str, tuple[LetterKind, ...]]] = {
    "particulars": ("notice", "summons"),
    "summons": ("summons",),
    "second_summons": ("second_summons",),
    "decision": ("decision",),
    "clearing": ("clearing",),
}
_TELLS: Final = ("particulars", "summons", "second_summons")
#: What particulars may or may not allege, beside the kind of act.
_ALLEGED: Final = (
    "act.symbol",
    "act.appeal",
    "act.state_facility",
    "act.mobilised_subordinates",
    "actor.superior",
)


@dataclass(frozen=True, slots=True)
class Given:
    """The particulars as they were last served.

    Parameters
    ----------
    n
        Place of the step by which they were drawn up: the mark of which particulars a form answers.
    acts
        The acts as they then stood.
    corrected
        The office has stated an act otherwise since; other particulars will be served.
    """

    n: int
    day: date
    acts: tuple[process.ActStated, ...]
    corrected: bool


def given(file: process.File) -> Given | None:
    """Give the particulars as last served; ``None`` if none were served yet."""
    served = [one for one in file.served if one.step.what in _TELLS]
    drawn = [one for one in file.particulars if served and one.n < served[-1].n]
    if not drawn:
        return None
    places = {act: one.n for one in drawn for act in one.step.acts}
    stated: dict[str, tuple[int, process.ActStated]] = {}
    for n, step in steps(file):
        if isinstance(step, process.ActStated) and n < places.get(step.act, 0):
            stated[step.act] = (n, step)
    corrected = any(
        one.id not in stated or one.n != stated[one.id][0] or one.id not in places for one in file.acts.values()
    )
    return Given(drawn[-1].n, served[-1].step.day, tuple(step for _, step in stated.values()), corrected)


def steps(file: process.File) -> Iterator[tuple[int, process.Step]]:
    """Give all steps with their places, those of another body's file that were carried over among them."""
    place = 0
    for step in file.steps:
        place += 1
        yield place, step
        if isinstance(step, process.Opened):
            for one in step.carried:
                place += 1
                yield place, one


@dataclass(frozen=True, slots=True)
class EvidenceSeen:
    """An item of evidence as the respondent sees it.

    Parameters
    ----------
    name
        What it is called; of what a reporter supplied, no name that the reporter gave.
    exhibit
        The file, where it may be downloaded.
    closed
        Why it may not.
    """

    name: Text
    sha256: str
    grade: Text
    own: bool
    exhibit: Exhibit | None
    closed: Text | None


@dataclass(frozen=True, slots=True)
class ActSeen:
    """An alleged act as it was served.

    Parameters
    ----------
    when
        In the zone in which it was stated; ``here`` is the same in the reader's zone, where that is another.
    not_alleged
        What the particulars do not say.
    """

    act: process.ActStated
    what: Text
    when: Text | None
    here: Text | None
    platform: Text | None
    facts: tuple[tuple[Text, Text], ...]
    not_alleged: tuple[Text, ...]
    rule: law.Rule | None
    evidence: tuple[EvidenceSeen, ...]

    @property
    def place(self) -> str:
        """Where it could be seen."""
        handle = f"@{self.act.handle.lstrip('@')}" if self.act.handle else ""
        return "\n".join(one for one in (handle, self.act.url) if one)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, in words for the respondent."""

    at: datetime
    what: Text
    more: str = ""
    receipt: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision as it was served."""

    day: date
    findings: tuple[tuple[str, Text], ...]
    grounds: str
    sanction: process.Sanction | None
    remedy_until: date | None
    outcome: Text | None


class Seen:
    """All that the respondent of a case may see.

    Parameters
    ----------
    case
        The case.
    file
        What its steps come to.
    """

    def __init__(self, case: Case, file: process.File) -> None:
        self.case = case
        self.file = file

    @property
    def standing(self) -> Text:
        """Where the case stands."""
        return process.seen(self.file, "respondent")

    @cached_property
    def given(self) -> Given | None:
        """The particulars as last served."""
        return given(self.file)

    @cached_property
    def _exhibits(self) -> dict[str, Exhibit]:
        return {one.evidence_id: one for one in self.case.exhibits.all()}

    @cached_property
    def acts(self) -> tuple[ActSeen, ...]:
        """The acts as they were served."""
        return tuple(self._act(one, at) for at, one in enumerate(self.given.acts, 1)) if self.given else ()

    @cached_property
    def own(self) -> tuple[EvidenceSeen, ...]:
        """What the respondent handed in, here or to an officer."""
        mine = [one.step for one in self.file.evidence.values() if one.step.supplied_by == "respondent"]
        return tuple(self._evidence(one.evidence, one.name) for one in mine)

    @cached_property
    def letters(self) -> tuple[tuple[Text, date, Letter], ...]:
        """The letters that were served, each with what was served by it and when; and minutes of one's own hearing."""
        found: dict[str, tuple[Text, date, Letter]] = {}
        for one in self.file.served:
            for letter in self.case.letters.order_by("-made_at"):
                fits = letter.kind in _CARRIED_BY[one.step.what] and letter.made_at <= one.step.at
                if fits and _to_respondent(letter):
                    found[letter.sha256] = (served_words(one.step.what), one.step.day, letter)
                    break
        for letter in self.case.letters.filter(kind="minutes").order_by("made_at"):
            # Minutes are not served: whoever was heard has them as soon as they are made.
            found[letter.sha256] = (_MINUTES, timezone.localdate(letter.made_at), letter)
        return tuple(found.values())

    def downloadable(self) -> dict[str, Exhibit]:
        """Give the files that may be downloaded, by their ids."""
        shown = [*self.own, *(one for act in self.acts for one in act.evidence)]
        return {str(one.exhibit.pk): one.exhibit for one in shown if one.exhibit is not None}

    @cached_property
    def terms(self) -> tuple[process.RunningTerm, ...]:
        """The terms that run: to answer, and those of the law; not what the office asked of others."""
        if self.file.final:
            return ()
        return tuple(one for one in process.terms(self.file, timezone.localdate()) if one.kind != "record")

    @cached_property
    def history(self) -> tuple[Happened, ...]:
        """What happened, the last first."""
        return tuple(sorted(self._happened(), key=lambda one: one.at, reverse=True))

    @cached_property
    def decision(self) -> Decision | None:
        """The decision, once it was served."""
        served = [one for one in self.file.served if one.step.what == "decision"]
        if not served:
            return None
        last = served[-1]
        # Only an approved draft is served: it was the last one approved by then, whatever was drafted since.
        approved = [one for one in self.file.drafts.values() if one.approved and one.approved.n < last.n]
        if not approved:
            return None
        held = approved[-1]
        letters_ = [one for one in self.file.letters if one.step.letter == "decision" and one.n < last.n]
        decided = self.file.remedies_decided[-1].step.outcome if self.file.remedies_decided else None
        return Decision(
            last.step.day,
            tuple((one.act, words(_LETTERS)[f"result.{one.result}"]) for one in held.step.findings),
            held.step.grounds,
            held.step.sanction,
            letters_[-1].step.remedy_until if letters_ else None,
            _OUTCOME[decided] if decided else None,
        )

    def _act(self, act: process.ActStated, number: int) -> ActSeen:
        kind = act.facts.value("act.kind")
        local = act.when.at.astimezone(zones.chosen()) if act.when else None
        elsewhere = local is not None and act.when is not None and local.utcoffset() != act.when.at.utcoffset()
        facts = tuple(
            (law.label(name), law.label(name, value))
            for name, value in act.facts.stated.items()
            if not isinstance(value, date) and name not in ("act.kind", "attribution.intent_claimed")
        )
        return ActSeen(
            act,
            law.label("act.kind", str(kind)) if kind else Text("jenisnya tidak disebut", "its kind is not said"),
            moment_words(act.when.at) if act.when else None,
            moment_words(local) if local and elsewhere else None,
            words()[f"platform.{act.platform}"] if act.platform else None,
            facts,
            tuple(law.label(name) for name in _ALLEGED if act.facts.value(name) is not True),
            law.catalogue().rules.get(act.rule or ""),
            tuple(self._evidence(one, f"{number}.{at}") for at, one in enumerate(act.evidence, 1)),
        )

    def _evidence(self, name: str, mark: str) -> EvidenceSeen:
        step = self.file.evidence[name].step
        exhibit = self._exhibits.get(name)
        own = step.supplied_by == "respondent"
        from_reporter = not own and any(
            one.step.supplied_by == "reporter" and one.step.sha256 == step.sha256 for one in self.file.evidence.values()
        )
        if from_reporter:
            called = Text(f"Bukti {mark}", f"Evidence {mark}")
            return EvidenceSeen(called, step.sha256, _grade(step), own, None, _AT_THE_OFFICE)
        closed = None if exhibit else _ELSEWHERE
        return EvidenceSeen(Text(step.name, step.name), step.sha256, _grade(step), own, exhibit, closed)

    def _happened(self) -> Iterator[Happened]:
        before = None
        for passage in self.file.trail:
            seen = self.file.flow.stage(passage.stage).respondent_sees
            if seen != before:
                yield Happened(passage.entered, seen)
            before = seen
        for served in self.file.served:
            what, day = served_words(served.step.what), day_words(served.step.day)
            yield Happened(
                served.step.at,
                Text(f"Disampaikan kepada Anda: {what.id} ({day.id})", f"Served on you: {what.en} ({day.en})"),
                served.step.how,
            )
        for extended in self.file.extensions:
            until = day_words(extended.step.until)
            if extended.step.term == "reply":
                yield Happened(
                    extended.step.at,
                    Text(f"Waktu menjawab diperpanjang sampai {until.id}", f"Time to answer extended until {until.en}"),
                    extended.step.grounds,
                )
        for told in self.file.told:
            if told.step.whom in ("respondent", self.file.respondent):
                yield Happened(told.step.at, Text("Diberitahukan kepada Anda", "You were told"), told.step.what)
        for decided in self.file.remedies_decided:
            yield Happened(decided.step.at, _OUTCOME[decided.step.outcome])
        yield from self._own_steps()

    def _own_steps(self) -> Iterator[Happened]:
        """Tell what the respondent did here: what was sent at once is told once, with its receipt."""
        for number, held in sent(self.file).items():
            yield Happened(held[-1].at, own_words(held), receipt=number)


def sent(file: process.File) -> dict[int, tuple[process.Step, ...]]:
    """Give what the respondent sent, by its number from 1: the number of a step would tell how busy the office is."""
    together: dict[datetime, list[process.Step]] = {}
    for step in file.steps:
        if step.by == file.respondent:
            together.setdefault(step.at, []).append(step)
    return {number: tuple(held) for number, held in enumerate(together.values(), 1)}


def own_words(held: tuple[process.Step, ...]) -> Text:
    """Say what a sending of the respondent's was."""
    return next(words for kind, words in _OWN if any(isinstance(one, kind) for one in held))


def served_words(what: str) -> Text:
    """Say what was served."""
    return words(_LETTERS)[f"served.{what}"]


def _grade(step: process.EvidenceAdded) -> Text:
    held = step.grade.meaning
    return Text(f"{step.grade.value} – {held.id}", f"{step.grade.value} – {held.en}")


def _to_respondent(letter: Letter) -> bool:
    """Whether a letter was written to the respondent: the letter as kept says by which text it was made."""
    try:
        return letters.text(letters.said(letter)["text"]).reader == "respondent"
    except (OSError, ValueError, LookupError, BadInput):
        return False


_MINUTES: Final = Text("berita acara pemeriksaan Anda", "minutes of your hearing")
_OWN: Final = (
    (process.Answered, Text("Anda mengirim tanggapan", "You sent your answer")),
    (
        process.HearingWaived,
        Text("Anda melepaskan hak didengar secara tertulis", "You gave up being heard, in writing"),
    ),
    (process.Remedy, Text("Anda mengajukan upaya hukum", "You sought a remedy")),
    (process.StatementSigned, Text("Pernyataan Anda dicatat", "Your statement was recorded")),
    (process.EvidenceAdded, Text("Anda menyerahkan catatan", "You handed in records")),
    (object, Text("Anda mengirim permintaan", "You sent a request")),
)
_AT_THE_OFFICE: Final = Text(
    "Berkas asli ini dapat memuat jejak orang lain. Hash-nya tertulis di sini; isinya dapat Anda lihat di kantor, "
    "dan salinan yang dibersihkan dapat Anda minta.",
    "This original may hold traces of other people. Its hash stands here; you can see it at the office, and ask for a "
    "copy that was cleaned of them.",
)
_ELSEWHERE: Final = Text(
    "Berkas ini dipegang lembaga yang melimpahkan; mintalah salinannya kepada kantor.",
    "This file is with the body that handed the case over; ask the office for a copy.",
)
_OUTCOME: Final = {
    "upheld": Text("Upaya hukum Anda diputus: keputusan dikuatkan", "Your remedy was decided: the decision stands"),
    "changed": Text("Upaya hukum Anda diputus: keputusan diubah", "Your remedy was decided: the decision was changed"),
    "annulled": Text(
        "Upaya hukum Anda diputus: keputusan dibatalkan", "Your remedy was decided: the decision is annulled"
    ),
}
