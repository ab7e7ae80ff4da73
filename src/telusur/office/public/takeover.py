"""What to do today when an account was taken over: the data of ``takeover.yaml``, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput
from telusur.domain.text import Text

Sure = Literal["official", "secondary"]
_FILE: Final = "takeover.yaml"
_SCHEMA: Final = "telusur.takeover/1"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read."""

    id: str
    sure: Sure
    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and why if that is not plain."""

    do: Text
    why: Text | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record that can clear an owner, and who holds it."""

    what: Text
    holder: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Expiry:
    """What is lost, and when.

    Parameters
    ----------
    days
        In how many days, where a figure is known.
    from_act
        Whether those days run from what was done with the account, so that a last day can be named.
    """

    what: Text
    when: Text
    days: int | None
    sources: tuple[Source, ...]
    from_act: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """How a mobile operator is reached."""

    name: str
    how: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Platform:
    """What to do on one platform.

    Parameters
    ----------
    inside, locked_out
        While one can still log in, and when one cannot.
    """

    id: str
    name: str
    inside: tuple[Step, ...]
    locked_out: tuple[Step, ...]
    records: tuple[Record, ...]
    expires: tuple[Expiry, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """All of it.

    Parameters
    ----------
    checked
        The day on which the sources were last read.
    first
        What comes before anything else, on any platform.
    operator, operators, operator_expires
        Whom to ask of the number itself.
    tell
        Who is to be told.
    """

    checked: date
    first: tuple[Step, ...]
    platforms: Mapping[str, Platform]
    operator: tuple[Step, ...]
    operators: tuple[Operator, ...]
    operator_expires: tuple[Expiry, ...]
    tell: tuple[Step, ...]

    def sources(self, platform: Platform) -> tuple[Source, ...]:
        """Give the sources of all that is said of a platform, each once, in the order of the page."""
        parts: tuple[Step | Record | Expiry | Operator, ...] = (
            *self.first,
            *platform.inside,
            *platform.locked_out,
            *platform.records,
            *platform.expires,
            *self.operator,
            *self.operators,
            *self.operator_expires,
            *self.tell,
        )
        return tuple(dict.fromkeys(source for part in parts for source in part.sources))


@cache
def guide() -> Guide:
    """Read the guide that is shipped.

    Raises
    ------
    BadInput
        If a part is missing or names a source that is not listed.
    """
    held: Any = marked_yaml.packaged(__package__, _FILE).value
    if held.get("schema") != _SCHEMA:
        raise BadInput(f"expected {_SCHEMA}", where=_FILE, field="schema")
    reader = _Reader({one["id"]: Source(**one) for one in held["sources"]})
    try:
        platforms = {
            one["id"]: Platform(
                one["id"],
                one["name"],
                tuple(reader.steps(one["inside"])),
                tuple(reader.steps(one["locked_out"])),
                tuple(Record(Text.of(r["what"]), Text.of(r["from"]), reader.named(r)) for r in one["records"]),
                tuple(reader.expiries(one["expires"])),
            )
            for one in held["platforms"]
        }
        return Guide(
            held["checked"] if isinstance(held["checked"], date) else date.fromisoformat(held["checked"]),
            tuple(reader.steps(held["first"])),
            platforms,
            tuple(reader.steps(held["operator"])),
            tuple(Operator(one["name"], Text.of(one["how"]), reader.named(one)) for one in held["operators"]),
            tuple(reader.expiries(held["operator_expires"])),
            tuple(reader.steps(held["tell"])),
        )
    except KeyError as missing:
        raise BadInput(f"{missing} is missing or not listed", where=_FILE) from None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads entries whose sources are named by their ids."""

    by_id: Mapping[str, Source]

    def named(self, entry: Mapping[str, Any]) -> tuple[Source, ...]:
        return tuple(self.by_id[name] for name in entry.get("sources", ()))

    def steps(self, entries: list[Mapping[str, Any]]) -> Iterator[Step]:
        for one in entries:
            yield Step(Text.of(one["do"]), Text.of(one["why"]) if "why" in one else None, self.named(one))

    def expiries(self, entries: list[Mapping[str, Any]]) -> Iterator[Expiry]:
        for one in entries:
            yield Expiry(
                Text.of(one["what"]), Text.of(one["when"]), one.get("days"), self.named(one), bool(one.get("from_act"))
            )
