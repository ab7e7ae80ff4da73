"""What a web archive was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telusur.domain.text import Text
from telusur.evidence.limits import Limits

_MIB = 1 << 20
#: A capture of many pages takes a while to unpack and hash; bombs are stopped by their own budget long before.
LIMITS = Limits(cpu_seconds=120, wall_seconds=240.0, memory_bytes=1024 * _MIB, output_bytes=64 * _MIB)

#: ``stripped``: something shows that there was one. ``broken``: it does not fit. ``unverified``: of a kind that is not
#: verified here. ``fits``: the key that lies in the archive made it; whose key that is nobody knows from the archive.
Signature = Literal["none", "stripped", "broken", "unverified", "fits"]


@dataclass(frozen=True, slots=True)
class PageListed:
    """A page that a WACZ lists.

    Parameters
    ----------
    url, at, title
        As the archive has them; empty where it has none.
    """

    url: str
    at: str
    title: str


@dataclass(frozen=True, slots=True)
class WebArchive:
    """What was found in a WARC or WACZ; all of it is what the archive says of itself.

    Parameters
    ----------
    form
        ``warc`` or ``wacz``.
    problems
        Why it does not hold, one sentence each.
    notices
        What a reader should know, though it holds.
    records
        How many records there are of each type.
    captured_first, captured_last
        Earliest and latest capture, as written, by the clock of the machine that captured.
    addresses
        Captured addresses, each once, in the order of capture; at most `ADDRESSES`.
    addresses_in_all
        How many there are.
    pages
        Pages that a WACZ lists; at most `PAGES`.
    software
        Programs that say they made it.
    title
        Of a WACZ.
    signature
        Of a WACZ; ``none`` for a WARC.
    signed_by
        The domain of its certificate, or the hash of its key.
    """

    form: Literal["warc", "wacz"]
    problems: tuple[Text, ...] = ()
    notices: tuple[Text, ...] = ()
    records: tuple[tuple[str, int], ...] = ()
    captured_first: str | None = None
    captured_last: str | None = None
    addresses: tuple[str, ...] = ()
    addresses_in_all: int = 0
    pages: tuple[PageListed, ...] = ()
    software: tuple[str, ...] = ()
    title: str = ""
    signature: Signature = "none"
    signed_by: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not fit."""
        return not self.problems


#: What is told of addresses and pages.
ADDRESSES = 500
PAGES = 200
