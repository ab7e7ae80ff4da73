"""What can go wrong, said so that a person knows what to do next."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from telusur.domain.text import Text


class TelusurError(Exception):
    """Any error that Telusur itself raises; its text is a sentence for the user."""


class BadInput(TelusurError):
    """Input that cannot be used: what was found, where, what was expected, what to do.

    Parameters
    ----------
    message
        One sentence without the place; in both languages where it may be told in a dossier, not only on a terminal.
    where
        File the input came from, as the user named it.
    line
        1-based line in that file.
    field
        Dotted name of the field.
    """

    def __init__(
        self, message: str | Text, *, where: str | None = None, line: int | None = None, field: str | None = None
    ) -> None:
        words = Text(f"tidak dapat dipakai ({message})", message) if isinstance(message, str) else message
        super().__init__(words.en)
        self.message = words.en
        self.words = words
        self.where = where
        self.line = line
        self.field = field

    def __str__(self) -> str:
        place = self.where or ""
        if self.line is not None:
            place += f"{':' if place else 'line '}{self.line}"
        if self.field:
            place += f"{': ' if place else ''}{self.field}"
        return f"{place}: {self.message}" if place else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error travel between processes with its place."""
        return (_rebuild, (type(self), self.words, self.where, self.line, self.field))


def _rebuild(kind: type[BadInput], words: Text, where: str | None, line: int | None, field: str | None) -> BadInput:
    error = kind.__new__(kind)
    BadInput.__init__(error, words, where=where, line=line, field=field)
    return error


class SeveralProblems(BadInput):
    """Several faults of one input, told in one go so that nobody has to mend them one run at a time."""

    def __init__(self, problems: Sequence[BadInput]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.problems,))


class MissingZone(BadInput):
    """A time that does not say its zone."""

    def __init__(self, found: str, **place: str | int | None) -> None:
        super().__init__(
            f"the time {found!r} has no zone; write it as 2024-01-20T09:35+07:00 (WIB), +08:00 (WITA) or +09:00 (WIT)",
            **place,  # type: ignore[arg-type]
        )


class ContradictoryBounds(TelusurError):
    """Bounds that do not hold the value they bound."""

    def __init__(self, lower: float, value: float, upper: float) -> None:
        super().__init__(
            f"a weight of {value:+.2f} ban lies outside its bounds [{lower:+.2f}, {upper:+.2f}]; "
            "recompute the interval; a value is never moved to fit it"
        )


def close_to(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that a mistaken one was probably meant to be; ``None`` if none is close.

    Parameters
    ----------
    word
        What was written.
    known
        What could have been meant.
    """
    return next(iter(_meant(word, sorted(known))), None)


def _meant(word: str, options: Sequence[str]) -> list[str]:
    small = word.casefold()
    # A mistake is often one of capitals, or of place: `kind` where `act.kind` was meant, `E4` for `SKB-2022/E4`.
    whole = [option for option in options if option.casefold() == small]
    ends = [option for option in options if re.split(r"[./]", option)[-1].casefold() == small]
    near = difflib.get_close_matches(small, [option.casefold() for option in options], n=1, cutoff=0.6)
    return whole or ends or [option for option in options if option.casefold() in near][:1]


def nearest(word: str, known: Iterable[str]) -> str:
    """Give a hint that names the known word nearest to a mistaken one, or lists them all.

    Parameters
    ----------
    word
        What was written.
    known
        What could have been meant.

    Returns
    -------
    str
        ``did you mean 'x'?``, or ``known are a, b, c``.
    """
    options = sorted(known)
    meant = _meant(word, options)
    return f"did you mean {' or '.join(map(repr, meant))}?" if meant else f"known are {', '.join(options)}"
