"""Writing that is known to be the respondent's: a line of JSON a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, get_args

from telusur.domain.errors import BadInput
from telusur.domain.marked_yaml import MarkedYaml
from telusur.domain.text import is_whole
from telusur.domain.writing import KnownWriting, Register
from telusur.dossier.document import Place, read_bytes

#: Bytes; forty years of a diligent writer.
LARGEST: Final = 64_000_000

_FIELDS = ("at", "text", "register")
_REGISTERS: Final[tuple[Register, ...]] = get_args(Register)

#: After so many faulty lines, the file is the fault.
_MOST_FAULTS = 25


def read_known_writing(path: Path, name: str, faults: list[BadInput]) -> tuple[KnownWriting, ...]:
    """Give the known texts of one file, in its order.

    Parameters
    ----------
    path
        Which file.
    name
        What the user calls it.
    faults
        Where faulty lines go, each with its number.
    """
    try:
        content = read_bytes(path, name, limit=LARGEST, follow=False)
    except BadInput as error:
        faults.append(error)
        return ()
    texts = []
    found: list[BadInput] = []
    # Bytes break at ends of lines only; text would break at U+2028 too, which may stand in a post.
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        if len(found) >= _MOST_FAULTS:
            found.append(BadInput("the rest was not read; is this the right file?", where=name, line=number))
            break
        text = _line(line, name, number, found)
        if text is not None:
            texts.append(text)
    faults.extend(found)
    return tuple(texts)


def _line(line: bytes, name: str, number: int, faults: list[BadInput]) -> KnownWriting | None:
    try:
        value = json.loads(line.decode())
    except UnicodeDecodeError:
        faults.append(BadInput("is not UTF-8 text; save it as UTF-8", where=name, line=number))
        return None
    except (ValueError, RecursionError):
        expected = '{"at": "2024-01-20T09:35+07:00", "text": "...", "register": "post"}'
        faults.append(BadInput(f"expected one line of JSON, as {expected}", where=name, line=number))
        return None
    place = Place.top(MarkedYaml(value, {(): number}, name))
    if value is None or not place.has_fields(_FIELDS):
        place.is_given("the fields at, text, register")
        faults.extend(place.faults)
        return None
    at = place["at"].moment()
    text, register = place["text"], place["register"]
    words = text.words() if text.is_given("what was written") else None
    kind = register.choice(_REGISTERS) if register.is_given(f"one of {', '.join(_REGISTERS)}") else None
    if words is not None and not is_whole(words):
        text.fault("half a character (a lone surrogate) stands here; remove it")
    faults.extend(place.faults)
    return None if place.faults or words is None or kind is None else KnownWriting(words, kind, at)
