"""A document that a person wrote, read value by value, with every fault of it told in one go.

The one place where a ``schema:`` is checked and a wrong value becomes a sentence with file, line and field. JSON is
read by the YAML reader too, so that its faults have lines as well.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from telusur.domain.errors import BadInput, SeveralProblems, close_to, nearest
from telusur.domain.facts import Facts, checked, flatten
from telusur.domain.marked_yaml import MarkedYaml, parse
from telusur.domain.marked_yaml import Path as Steps
from telusur.domain.moment import Moment
from telusur.domain.vocabulary import FIELDS, GROUPS

#: Bytes; a case of a hundred acts takes a tenth of it.
LARGEST: Final = 1_000_000

#: Nobody is reported for an act on a platform before the first of them, and a year of five digits is a slip.
YEARS: Final = range(2000, 2101)

_SHOWN = 60

_JOINERS = "\u200c\u200d"

_Read = TypeVar("_Read")
_Word = TypeVar("_Word", bound=str)


def read_bytes(path: Path, name: str, *, limit: int = LARGEST, follow: bool = True) -> bytes:
    """Give the bytes of a plain file, never waiting on a pipe or device.

    Parameters
    ----------
    path
        Which file.
    name
        What the user calls it.
    limit
        Most bytes that are taken.
    follow
        Whether a symbolic link may stand in its place.

    Raises
    ------
    BadInput
        If it is missing, no plain file, unreadable or too large.
    """
    with opened(path, name, follow=follow) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise BadInput(f"is larger than {limit:,} bytes; it holds more than such a document needs", where=name)
    return content


def opened(path: Path, name: str, *, follow: bool = True) -> BinaryIO:
    """Open a plain file, never waiting on a pipe or device.

    Parameters
    ----------
    path
        Which file.
    name
        What the user calls it.
    follow
        Whether a symbolic link may stand in its place.

    Raises
    ------
    BadInput
        If it is missing, no plain file, or cannot be opened.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW))
    except (OSError, ValueError) as error:
        raise BadInput(_why_unopened(error), where=name) from None
    # Python opens no folder as a file, and looks only after the handle would have been its own to close.
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe or device"
        raise BadInput(f"is {what}; a plain file is expected here", where=name)
    return os.fdopen(handle, "rb")


def _why_unopened(error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.ENOENT, errno.ENOTDIR}:
        return "there is no such file; check the name"
    if number == errno.ELOOP:
        return "is a symbolic link; put the file itself there"
    return f"cannot be opened ({error.strerror if isinstance(error, OSError) else error})"


def read_document(path: Path, name: str, *, follow: bool = True) -> MarkedYaml:
    """Read a YAML or JSON document of a person.

    Parameters
    ----------
    path
        Which file; one that ends in ``.json`` may be indented with tabs.
    name
        What the user calls it.
    follow
        Whether a symbolic link may stand in its place.

    Raises
    ------
    BadInput
        If it cannot be read, is not UTF-8, or is no YAML.
    """
    content = read_bytes(path, name, follow=follow)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput("is not UTF-8 text; save it as UTF-8", where=name, line=line) from None
    # No JSON string holds a bare tab, and YAML takes none between its values.
    return parse(text.replace("\t", " ") if path.suffix.lower() == ".json" else text, name)


def is_one_line(words: str) -> bool:
    """Whether words can stand on one line as they are.

    Spaces of every kind may be among them, since programs put them into names of files and copied names, and so may
    the joiners of Javanese, Arabic and emoji; what breaks the line, hides or reverses others may not.
    """
    return all(c.isprintable() or c in _JOINERS or unicodedata.category(c) == "Zs" for c in words)


def shown(value: object) -> str:
    """Write what was found, short enough for one line."""
    words = repr(value)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a document and where it stands; its faults are collected, not raised.

    Parameters
    ----------
    document
        The document.
    steps
        The way to it.
    value
        What stands there; ``None`` also where nothing does.
    faults
        Where the faults go; one list for the whole document.
    misspelt
        Places that are empty because a misspelt field, told already, stands for them; one set for the document.
    """

    document: MarkedYaml
    steps: Steps
    value: object
    faults: list[BadInput] = field(default_factory=list)
    misspelt: set[Steps] = field(default_factory=set)

    @classmethod
    def top(cls, document: MarkedYaml) -> Place:
        """Give the whole document."""
        return cls(document, (), document.value)

    def fault(self, message: str) -> None:
        """Note a fault of this value."""
        self.faults.append(self.document.problem(self.steps, message))

    def missing(self, message: str) -> None:
        """Note that a value is missing here, unless a misspelt name on the way to it was told."""
        if not any(self.steps[:length] in self.misspelt for length in range(1, len(self.steps) + 1)):
            self.fault(message)

    def fault_of(self, error: BadInput) -> None:
        """Note a fault that a value's own reader found, with the place it stood at."""
        placed = self.document.problem(self.steps, error.message)
        error.where, error.line, error.field = placed.where, placed.line, placed.field
        self.faults.append(error)

    def settle(self) -> None:
        """Raise all faults of the document, in the order of its lines, if there are any.

        Raises
        ------
        SeveralProblems
            Holding every fault, also where there is one only.
        """
        if self.faults:
            raise SeveralProblems(sorted(self.faults, key=lambda fault: fault.line or 0))

    def schema(self, expected: str, *, required: bool = True) -> None:
        """Check the document's ``schema:``."""
        place = self["schema"]
        if place.value is None:
            if required:
                place.missing(f"is missing; the first line should be `schema: {expected}`")
        elif place.value != expected:
            place.fault(f"expected {expected}, found {shown(place.value)}; is this the right file?")

    def __getitem__(self, name: str | int) -> Place:
        inside = self.value
        value = inside.get(name) if isinstance(inside, Mapping) and isinstance(name, str) else None
        return self._at(name, value)

    def _at(self, step: str | int, value: object) -> Place:
        return Place(self.document, (*self.steps, step), value, self.faults, self.misspelt)

    def __contains__(self, name: str) -> bool:
        return isinstance(self.value, Mapping) and name in self.value

    def has_fields(self, known: Collection[str]) -> bool:
        """Check that fields stand here and no unknown ones; nothing at all counts as none."""
        if self.value is None:
            return True
        if not isinstance(self.value, Mapping):
            self.fault(f"expected the fields {', '.join(sorted(known))}; found {shown(self.value)}")
            return False
        for name in self.value:
            if name not in known:
                self[name].fault(f"there is no such field here; {nearest(name, known)}")
                meant = close_to(name, known)
                if meant is not None and meant not in self:
                    self.misspelt.add((*self.steps, meant))
        return True

    def items(self) -> Iterator[Place]:
        """Give each value of a list; nothing at all is an empty one."""
        if isinstance(self.value, list):
            for i, value in enumerate(self.value):
                yield self._at(i, value)
        elif self.value is not None:
            self.fault(f"expected a list (lines that begin with `- `); found {shown(self.value)}")

    def is_given(self, expected: str) -> bool:
        """Check that a value stands here."""
        if self.value is None:
            self.missing(f"fill this in: {expected}")
        return self.value is not None

    def words(self) -> str | None:
        """Give text."""
        if self.value is None or isinstance(self.value, str):
            return self.value
        if isinstance(self.value, bool | int | float):
            self.fault(f"expected text, found {shown(self.value)}; put it in quotes as it was written")
        else:
            self.fault(f"expected text, found {shown(self.value)}")
        return None

    def name(self) -> str | None:
        """Give text of one line that is not empty."""
        words = self.words()
        if words is not None and not (words.strip() and is_one_line(words)):
            self.fault(f"expected words on one line, found {shown(words)}")
            return None
        return words

    def flag(self) -> bool | None:
        """Give true or false; ``None`` is unknown."""
        if self.value is None or isinstance(self.value, bool):
            return self.value
        self.fault(f"expected true, false or null (unknown), found {shown(self.value)}")
        return None

    def choice(self, values: Collection[_Word]) -> _Word | None:
        """Give one of the values of a closed vocabulary."""
        if self.value is None:
            return None
        for value in values:
            if value == self.value:
                return value
        hint = nearest(self.value, values) if isinstance(self.value, str) else f"known are {', '.join(sorted(values))}"
        self.fault(f"{shown(self.value)} is no value of it; {hint}")
        return None

    def day(self) -> date | None:
        """Give a date."""
        found = self.reading(lambda: checked("date", self.value))
        if not isinstance(found, date):
            return None
        if found.year not in YEARS:
            self.fault(f"the year of {found} cannot be meant; correct it")
            return None
        return found

    def moment(self) -> Moment | None:
        """Give a time with its zone."""
        if self.value is None:
            return None
        if not isinstance(self.value, str):
            self.fault(f"expected a time as 2024-01-20T09:35+07:00, found {shown(self.value)}")
            return None
        written = self.value
        found = self.reading(lambda: Moment.parse(written))
        if found is not None and found.day.year not in YEARS:
            self.fault(f"the year of {written!r} cannot be meant; correct it")
            return None
        return found

    def reading(self, read: Callable[[], _Read]) -> _Read | None:
        """Give what a value's own reader makes of it; its complaint becomes a fault of this place."""
        try:
            return read()
        except BadInput as error:
            self.fault_of(error)
            return None

    def facts(self, names: Collection[str]) -> Facts:
        """Give the facts that stand here under some names, nested or dotted."""
        inside = self.value if isinstance(self.value, Mapping) else {}
        stated: dict[str, object] = {}
        for name in names:
            if name not in inside:
                continue
            if name in GROUPS and not (inside[name] is None or isinstance(inside[name], Mapping)):
                leaves = [known.partition(".")[2] for known in FIELDS if known.startswith(f"{name}.")]
                self[name].fault(f"expected the fields {', '.join(leaves)}; found {shown(inside[name])}")
            else:
                stated[name] = inside[name]
        try:
            return Facts.read(stated)
        except SeveralProblems as several:
            wrong = {problem.field or "": problem for problem in several.problems}
            for name, problem in wrong.items():
                self.fact(name).fault_of(problem)
            # The sound ones are still looked at, so that what else is wrong is told now.
            return Facts.read({name: value for name, value in flatten(stated) if name not in wrong})

    def fact(self, name: str) -> Place:
        """Give the place of a fact, whether it stands nested or with its dotted name."""
        group, _, leaf = name.rpartition(".")
        return self[name] if name in self or not group else self[group][leaf]
