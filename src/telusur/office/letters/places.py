"""The places of a text that are filled from the file, the office and the letter itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office.letters.asks import common
from telusur.office.letters.making import Making


def _respondent(made: Making) -> str:
    return made.person.name or made.lacks(
        "Nama terlapor belum diisi; lengkapi data terlapor.", "The respondent's name is missing; complete their data."
    )


def _nip(made: Making) -> str:
    return made.nip or "-"


def _received(made: Making) -> str:
    assert made.file.opened is not None
    return made.on(made.file.opened.received_on)


def _first_served(made: Making) -> str:
    for one in made.file.served:
        if one.step.what == "summons" or (one.step.what == "particulars" and made.file.flow.body == "bkn"):
            return f"{made.on(one.step.day)} ({one.step.how})"
    return made.lacks(
        "Penyampaian yang pertama belum dicatat; catat kapan dan dengan cara apa.",
        "The first service is not recorded; record when and how.",
    )


def _served_decision(made: Making) -> str:
    for one in reversed(made.file.served):
        if one.step.what == "decision":
            return made.on(one.step.day)
    return "-"


def _supervisor(made: Making) -> str:
    try:
        return made.of(law.supervisor_on(made.day).title)
    except BadInput as problem:
        return made.lacks(problem.words.id, problem.words.en)


def _drafted(made: Making) -> str:
    if made.file.draft is None:
        return made.lacks("Belum ada konsep keputusan; susunlah.", "There is no draft of the decision; write it.")
    return made.on(made.file.draft.step.at.date())


def _ended(made: Making) -> str:
    # That it has not ended so is told once, for the letter as a whole.
    return made.words(f"ended.{made.outcome}") if made.outcome else "…"


def _rank(made: Making) -> str:
    return made.person.rank or "-"


def _words(name: str, *, small: bool) -> Callable[[Making], str]:
    def say(made: Making) -> str:
        said = made.of(getattr(made.file.flow.words, name))
        # A word of capitals (BAP) stays as it is.
        return said[:1].lower() + said[1:] if small and said[1:2].islower() else said

    return say


_BODY_WORDS: Final = ("respondent", "summons", "hearing", "minutes", "answer", "decision")

PLACES: Final[Mapping[str, Callable[[Making], str]]] = {
    "case": lambda made: made.case,
    "day": lambda made: made.on(made.day),
    "weekday": lambda made: made.weekday(made.day),
    "respondent": _respondent,
    "nip": _nip,
    "rank": _rank,
    "position": lambda made: made.person.position or "-",
    "unit": lambda made: made.person.unit or "-",
    "office": lambda made: made.sender.name,
    "agency": lambda made: made.sender.agency or made.sender.name,
    "place": lambda made: made.sender.place,
    "procedure": lambda made: made.of(made.file.flow.title),
    "received_on": _received,
    "first_served": _first_served,
    "served_decision": _served_decision,
    "supervisor": _supervisor,
    "drafted_on": _drafted,
    "ended": _ended,
    "acts": lambda made: made.words("act_count", n=len(made.file.acts)),
    **{f"w_{name}": _words(name, small=True) for name in _BODY_WORDS},
    **{f"t_{name}": _words(name, small=False) for name in _BODY_WORDS},
}


def filled(made: Making, text: Text) -> str:
    """Say a text with its places filled: from the file, or by what was typed."""
    words = made.of(text)
    for name in _named(words):
        words = words.replace("{" + name + "}", _place(made, name))
    return words


def _named(words: str) -> list[str]:
    parts = words.split("{")[1:]
    return list(dict.fromkeys(part.split("}")[0] for part in parts))


def _place(made: Making, name: str) -> str:
    if name in PLACES:
        return PLACES[name](made)
    return typed(made, name)


def typed(made: Making, name: str) -> str:
    """Say what the officer typed for an ask, as it stands in a letter."""
    ask = next(one for one in (*made.text.asks, *common()) if one.id == name)
    held = made.typed.get(name, "").strip()
    if not held:
        return made.lacks(f"Isi: {ask.label.id}.", f"Fill in: {ask.label.en}.") if ask.required else "-"
    if ask.kind == "day":
        day = made.typed_day(name)
        assert day is not None
        return made.weekday(day)
    if ask.kind == "moment":
        at = made.typed_moment(name)
        assert at is not None
        weekday = made.weekday(at.astimezone(made.zone).date()).split(",")[0]
        return f"{weekday}, {made.at(at)}"
    if ask.kind == "choice":
        return made.of(dict(ask.choices)[held])
    return held
