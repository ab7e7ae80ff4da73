"""What a simulated account is made of: people, devices, rows, changes, posts, notices, and all that is true of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal, Protocol

from telusur.domain.account import Platform
from telusur.domain.proposition import Proposition
from telusur.domain.snowflake import EPOCH_MS

Person = Literal["owner", "other", "intruder", "app"]
Change = Literal["password_changed", "email_changed", "phone_changed"]

OWNER: Final = "Pemilik Akun"


class Texts(Protocol):
    """Where the words of posts come from: real ones at run time, invented ones in tests."""

    def owner(self, seed: int, n: int) -> list[str]:
        """Give `n` posts of one author, in time order."""

    def other(self, seed: int, n: int) -> list[str]:
        """Give `n` posts of another author, for the account of that seed."""


@dataclass(slots=True)
class Device:
    """A device; `cookie` is its lasting identifier, which a new installation changes."""

    cookie: str
    model: str
    client: str
    person: Person
    holder: str
    first: datetime
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A login or an active session."""

    at: datetime
    device: Device
    ip: str
    place: str
    login: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of what opens the account."""

    at: datetime
    what: Change
    device: Device | None
    ip: str
    old: str | None = None
    new: str | None = None


@dataclass(slots=True)
class Post:
    """A post; `text` is empty until words are put in."""

    at: datetime
    person: Person
    client: str
    contested: bool = False
    deleted: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """An e-mail from the platform, or one that pretends to be."""

    at: datetime
    fact: str
    device: str | None = None
    ip: str | None = None
    forged: bool = False
    until: datetime | None = None


@dataclass(slots=True)
class World:
    """A simulated account and everything that is true of it."""

    seed: int
    draw: int
    truth: Proposition
    variant: str
    platform: Platform
    zone: timezone
    act_at: datetime
    export_at: datetime
    reported_on: date
    handle: str
    account_id: str
    reported_handle: str
    reported_id: str | None
    number_at: datetime | None = None
    devices: list[Device] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    apps: list[tuple[datetime, str]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    claims: tuple[str, ...] = ()
    complaint_at: datetime | None = None
    sim: list[tuple[str, datetime | None, bool | None]] = field(default_factory=list)
    retention: timedelta = timedelta(days=90)
    locked_out: bool = False
    edited: Literal["", "removed", "added"] = ""
    acting: Device | None = None

    @property
    def post_id(self) -> str:
        """The number of the contested post, made when the address says it was."""
        made = self.number_at or self.act_at
        return str((int(made.timestamp() * 1000) - EPOCH_MS) << 22)


def fill(made: World, texts: Texts) -> None:
    """Put words into the posts: the owner's own, and those of whoever else writes."""
    owner = [post for post in made.posts if post.person in {"owner", "app"} and not post.contested]
    other = [post for post in made.posts if post.person in {"other", "intruder"} and not post.contested]
    for group, words in ((owner, texts.owner(made.seed, len(owner))), (other, texts.other(made.seed, len(other)))):
        # Where there are fewer words than posts, the oldest posts have none.
        for post, text in zip(group[-len(words) :] if words else [], words, strict=True):
            post.text = text


def contested(posts: Sequence[Post]) -> Post | None:
    """Give the contested post, if it ever existed."""
    return next((post for post in posts if post.contested), None)
