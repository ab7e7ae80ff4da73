"""Who may take which kind of step: the respondent, the reporter, the program, and everybody else, the officials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from telusur.domain.text import Text
from telusur.process import steps as s
from telusur.process.file import File
from telusur.process.objection import Objection
from telusur.process.procedure_model import GateName

_RESPONDENT: Final = (s.Answered, s.HearingWaived, s.StatementSigned, s.EvidenceAdded, s.Remedy, s.Noted)
_REPORTER: Final = (s.EvidenceAdded, s.TieDeclared, s.Noted)
#: What a worker of the program may record; it decides nothing.
_SYSTEM: Final = (s.EvidenceAdded, s.PreservationAsked, s.Traced, s.LetterMade, s.Told, s.Noted)
#: What somebody who has no more part in the case may still do.
_APART: Final = (s.Recused, s.TieDeclared, s.Noted)


def parties(file: File, step: s.Step) -> Iterator[Objection]:
    """Say why this person may not take this step; nothing if he or she may."""
    if isinstance(step, s.Opened):
        yield from _opened(step)
        return
    yield from may_act(file, step.by, type(step))
    if isinstance(step, s.EvidenceAdded):
        yield from _supplied(file, step)


def may_act(file: File, by: str, kind: type[s.Step]) -> Iterator[Objection]:
    """Say why a person may take no step of a kind; nothing if he or she may."""
    if by == file.respondent:
        if kind not in _RESPONDENT:
            yield _no("Terlapor tidak mengambil langkah ini sendiri.", "The respondent does not take this step.")
    elif by == file.reporter:
        if kind not in _REPORTER:
            yield _no("Pelapor tidak mengambil langkah ini.", "The reporter does not take this step.", "independence")
    elif by == s.SYSTEM:
        if kind not in _SYSTEM:
            yield _no(
                "Program tidak memutuskan apa pun; ini langkah orang.", "The program decides nothing; a person does."
            )
    elif kind not in _APART:
        yield from _apart(file, by)


def _apart(file: File, by: str) -> Iterator[Objection]:
    if by in file.recused:
        yield _no(
            "Anda sudah mengundurkan diri dari perkara ini; serahkan kepada orang lain.",
            "You are recused from this case; hand it to another person.",
            "independence",
        )
    elif by in file.handed_on:
        yield _no(
            "Anda sudah menyerahkan perkara ini kepada pejabat berikutnya.",
            "You handed this case to the next official.",
            "independence",
        )


def _opened(step: s.Opened) -> Iterator[Objection]:
    if step.by in (step.respondent, s.SYSTEM):
        yield _no("Berkas dibuka oleh petugas.", "A file is opened by an official.")
    if step.reporter is not None and step.reporter == step.respondent:
        yield _no("Pelapor dan terlapor tidak boleh orang yang sama.", "Reporter and respondent are two people.")


def _supplied(file: File, step: s.EvidenceAdded) -> Iterator[Objection]:
    if step.by == file.respondent and step.supplied_by != "respondent":
        yield _no(
            "Yang diserahkan terlapor dicatat sebagai diserahkan terlapor.",
            "What the respondent hands in is recorded as supplied by the respondent.",
        )
    elif step.by == file.reporter and step.supplied_by != "reporter":
        yield _no(
            "Yang diserahkan pelapor dicatat sebagai diserahkan pelapor.",
            "What the reporter hands in is recorded as supplied by the reporter.",
        )


def _no(in_indonesian: str, in_english: str, gate: GateName | None = None) -> Objection:
    return Objection(Text(in_indonesian, in_english), gate)
