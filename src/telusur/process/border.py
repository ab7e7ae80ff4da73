"""Steps as JSON and back: strict, and with one canonical form, so that a step has one hash.

A step is ``{"kind": "act_stated", "at": ..., "by": ..., ...}`` with every field, ``null`` where it is unknown. Nothing
is converted in silence: an unknown kind or field, or a value of another type, is an error that names the field.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from telusur.domain.errors import BadInput, MissingZone, nearest
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.process import steps as s

_KINDS: Final[Mapping[str, type[s.Step]]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in s.KINDS
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def kind_of(step: s.Step) -> str:
    """Give the name of a step's kind: ``act_stated`` for `ActStated`."""
    return _NAMES[type(step)]


def to_json(step: s.Step) -> dict[str, object]:
    """Give a step as JSON holds it, every field in the order of the class."""
    return {"kind": kind_of(step), **{one.name: _written(getattr(step, one.name)) for one in fields(step)}}


def from_json(mapping: Mapping[str, object]) -> s.Step:
    """Read a step.

    Parameters
    ----------
    mapping
        As `to_json` gives it; fields that have a default may be left out.

    Raises
    ------
    BadInput
        Naming the field: an unknown kind or field, a missing one, or a value of another type.
    """
    return _step(mapping, "")


def _step(value: object, place: str) -> s.Step:
    if not isinstance(value, Mapping):
        raise BadInput(f"expected a step with its kind, found {value!r}", field=place or None)
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise BadInput(f"{kind!r} is no kind of step; {nearest(str(kind), _KINDS)}", field=_at(place, "kind"))
    rest = {name: one for name, one in value.items() if name != "kind"}
    made: s.Step = _record(_KINDS[kind], rest, place)
    return made


def _written(value: object) -> object:
    if isinstance(value, s.KINDS):
        return to_json(value)
    if isinstance(value, Facts):
        return value.as_json()
    if isinstance(value, Moment):
        return value.written
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if is_dataclass(value):
        return {one.name: _written(getattr(value, one.name)) for one in fields(value)}
    return value


@cache
def _shape(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _record(kind: type[Any], value: object, place: str) -> Any:  # noqa: ANN401 - what the class says
    if not isinstance(value, Mapping):
        raise BadInput(f"expected fields, found {value!r}", field=place)
    known = {one.name: one for one in fields(kind)}
    for name in value:
        if name not in known:
            raise BadInput(f"there is no such field here; {nearest(str(name), known)}", field=_at(place, str(name)))
    shape = _shape(kind)  # type: ignore[arg-type]  # a class is hashable, whatever mypy says of `type[Any]`
    given = {}
    for name, one in known.items():
        if name in value:
            given[name] = _read(shape[name], value[name], _at(place, name))
        elif one.default is MISSING:
            raise BadInput("this field is missing; add it", field=_at(place, name))
    return kind(**given)


def _read(shape: Any, value: object, place: str) -> object:  # noqa: ANN401 - a type as annotations write it
    origin = get_origin(shape)
    if origin in (Union, types.UnionType):
        if shape == s.Step:
            return _step(value, place)
        inner = [one for one in get_args(shape) if one is not type(None)]
        return None if value is None else _read(inner[0], value, place)
    if origin is Literal:
        options = get_args(shape)
        if not isinstance(value, str) or value not in options:
            raise BadInput(f"{value!r} is no value of it; {nearest(str(value), options)}", field=place)
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise BadInput(f"expected a list, found {value!r}", field=place)
        return tuple(_read(get_args(shape)[0], one, f"{place}[{i}]") for i, one in enumerate(value))
    if is_dataclass(shape) and shape not in _READERS:
        return _record(shape, value, place)  # type: ignore[arg-type]  # a class, not one of its values
    return _READERS[StrEnum if issubclass(shape, StrEnum) else shape](shape, value, place)


def _plain(shape: type, value: object, place: str) -> object:
    if type(value) is not shape:
        raise BadInput(f"expected {_CALLED[shape]}, found {value!r}", field=place)
    return value


def _day(_: type, value: object, place: str) -> date:
    try:
        if not isinstance(value, str) or len(value) != len("2024-01-20"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise BadInput(f"expected a date as 2024-01-20, found {value!r}", field=place) from None


def _time(_: type, value: object, place: str) -> datetime:
    try:
        if not isinstance(value, str):
            raise ValueError  # noqa: TRY004 - told as one fault with the next
        found = datetime.fromisoformat(value)
    except ValueError:
        raise BadInput(f"expected a time as 2024-01-20T09:35:00+07:00, found {value!r}", field=place) from None
    if found.utcoffset() is None:
        raise MissingZone(str(value), field=place)
    return found


def _moment(_: type, value: object, place: str) -> Moment:
    if not isinstance(value, str):
        raise BadInput(f"expected a time as 2024-01-20T09:35+07:00, found {value!r}", field=place)
    try:
        return Moment.parse(value)
    except BadInput as problem:
        raise BadInput(problem.words, field=place) from None


def _facts(_: type, value: object, place: str) -> Facts:
    if not isinstance(value, Mapping):
        raise BadInput(f"expected facts, found {value!r}", field=place)
    try:
        return Facts.read(value)
    except BadInput as problem:
        raise BadInput(problem.words, field=place) from None


def _member(shape: type, value: object, place: str) -> StrEnum:
    assert issubclass(shape, StrEnum)
    try:
        return shape(str(value))
    except ValueError:
        known = [one.value for one in shape]
        raise BadInput(f"{value!r} is no value of it; {nearest(str(value), known)}", field=place) from None


_CALLED: Final = {str: "text", int: "a whole number", bool: "true or false"}
_READERS: Final[Mapping[type, Callable[[type, object, str], object]]] = {
    str: _plain,
    int: _plain,
    bool: _plain,
    date: _day,
    datetime: _time,
    Moment: _moment,
    Facts: _facts,
    StrEnum: _member,
}


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
