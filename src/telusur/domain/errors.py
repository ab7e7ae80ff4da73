"""What can go wrong, said so that a person knows what to do next."""

from __future__ import annotations

import difflib
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
    options = sorted(known)
    # A mistake is often one of place: `kind` written where `act.kind` was meant.
    close = [option for option in options if option.rpartition(".")[2] == word]
    close = close or difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    return close[0] if close else None


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
    close = close_to(word, options)
    return f"did you mean {close!r}?" if close else f"known are {', '.join(options)}"
