"""Find the contested post in a record, and its number in the reported address."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from telusur.domain.act import Act
from telusur.domain.event import Action, Event
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text

#: A status address on X; the number names one post for ever, whatever the handle before it.
_STATUS = re.compile(
    r"https?://(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/(?:#!/)?"
    # Addresses without a handle stand in notices and in the archive itself.
    r"(?:i(?:/web)?|(?P<handle>\w+))/status(?:es)?/(?P<id>\d+)(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_LINKS = re.compile(r"https?://\S+")

#: Reported and recorded time may differ by this much: a screenshot's clock, a copyist's rounding.
TIME_SLACK = timedelta(minutes=10)
#: Two texts at least this much alike are the same text, copied by hand.
SAME_TEXT = 0.85
#: Texts less alike than this are different texts.
OTHER_TEXT = 0.6

#: Characters; the posts of most accounts end at 280.
_COMPARED = 1_000

#: Acts on a post of somebody else, whose address is that post's own.
_OF_OTHERS = frozenset({"like", "share"})

_OF_ACT: dict[str, tuple[Action, ...]] = {"like": ("like",), "comment": ("comment", "post", "deleted_post")}


@dataclass(frozen=True, slots=True)
class Found:
    """The contested post as the record has it.

    Parameters
    ----------
    event
        The record's row.
    how
        How it was recognised.
    similarity
        Likeness of reported and recorded text from 0 to 1; ``None`` where one of them has no text.
    """

    event: Event
    how: Text
    similarity: float | None


def reported_id(act: Act) -> str | None:
    """Give the number of the post in the reported address, if the address has one."""
    match = _STATUS.match(act.url or "")
    return match["id"] if match else None


def is_of_others(act: Act) -> bool:
    """Whether the reported address is that of a post by somebody else, which was there before the act."""
    return act.facts.value("act.kind") in _OF_OTHERS


def reported_handle(act: Act) -> str | None:
    """Give the handle in the reported address, or the account's as the case names it."""
    match = _STATUS.match(act.url or "")
    if match and match["handle"] and not is_of_others(act):
        return match["handle"]
    return act.account.handle if act.account else None


def find(act: Act, record: AccountRecord) -> Found | None:
    """Look for the contested post: by its number, else by text and time.

    Parameters
    ----------
    act
        The contested act.
    record
        The account's record.

    Returns
    -------
    Found or None
        ``None`` if the record does not hold it, deleted posts included.
    """
    numbered = _numbered(act, record)
    if numbered is not None and not _is_another(act, numbered):
        number, deleted = numbered.object_id, numbered.action == "deleted_post"
        how = Text(
            f"nomor {number}{', tercatat sebagai dihapus' if deleted else ''}",
            f"number {number}{', on record as deleted' if deleted else ''}",
        )
        return Found(numbered, how, similarity(act.text, numbered.text))
    if act.text is None or act.at is None:
        return None
    near = [e for e in _candidates(act, record) if e.at is not None and act.at.covers(e.at, TIME_SLACK)]
    scored = [(likeness, e) for e in near if (likeness := similarity(act.text, e.text)) is not None]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < SAME_TEXT:
        return None
    return Found(best[1], Text("bunyi dan waktu sama", "same text and time"), best[0])


def borrowed(act: Act, record: AccountRecord) -> Event | None:
    """Give the other post whose number the reported address bears, if it is one of the record's.

    A number with another text *and* another time is another post's; with another text alone the report may only
    have put it in its own words.
    """
    numbered = _numbered(act, record)
    return numbered if numbered is not None and _is_another(act, numbered) else None


def _candidates(act: Act, record: AccountRecord) -> list[Event]:
    return record.of(*_OF_ACT.get(str(act.facts.value("act.kind")), ("post", "deleted_post")))


def _numbered(act: Act, record: AccountRecord) -> Event | None:
    number = reported_id(act)
    return next((e for e in _candidates(act, record) if number is not None and e.object_id == number), None)


def _is_another(act: Act, event: Event) -> bool:
    likeness = similarity(act.text, event.text)
    if likeness is None or likeness >= OTHER_TEXT or act.at is None or event.at is None:
        return False
    return not act.at.covers(event.at, TIME_SLACK)


def similarity(one: str | None, other: str | None) -> float | None:
    """Give the likeness of two texts from 0 to 1, as far as they are `comparable`.

    Of texts longer than any ordinary post their beginnings are compared: the time that it takes grows with the square
    of their length and more, so that a crafted one would never come to an end.
    """
    if one is None or other is None:
        return None
    a, b = comparable(one)[:_COMPARED], comparable(other)[:_COMPARED]
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def comparable(text: str) -> str:
    """Give what two copies of one text share: case, spacing and links, which platforms shorten, are taken out."""
    return " ".join(_LINKS.sub(" ", unicodedata.normalize("NFKC", text)).casefold().split())
