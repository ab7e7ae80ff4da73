"""The worker's side: reading a WARC or WACZ, and telling what it shows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.archive import shown
from telusur.evidence.limits import Budget
from telusur.evidence.opening import Opened, open_archive
from telusur.evidence.web_archive.signature import Signed
from telusur.evidence.web_archive.values import ADDRESSES
from telusur.evidence.web_archive.wacz import Wacz, read_wacz
from telusur.evidence.web_archive.warc import Found, conclude, read_warc

#: Text within a WACZ packs well; the bytes in all are bounded once more.
_BUDGET = Budget(entries=5000, ratio=200, ratio_from_bytes=32 << 20, total_bytes=8 << 30)
#: Problems that are told one by one.
TOLD = 60


def look(opened: Opened) -> Iterator[Mapping[str, object]]:
    """Tell problems, notices and facts."""
    head = os.pread(opened.descriptor, 4, 0)
    if head.startswith(b"PK"):
        wacz = _wacz(opened)
        yield {"form": "wacz", "title": shown(wacz.title, 300), "signature": wacz.signed.state, "by": wacz.signed.by}
        for url, at, title in wacz.pages:
            yield {"page": [url, at, title]}
        yield from _facts(wacz.found)
        return
    found = Found()
    read_warc(_File(opened.descriptor), "WARC", found)
    conclude(found)
    yield {"form": "warc", "title": "", "signature": "none", "by": ""}
    yield from _facts(found)


def _wacz(opened: Opened) -> Wacz:
    try:
        return read_wacz(open_archive(opened.descriptor, opened.name, _BUDGET))
    except BadInput as bad:
        # An archive that can be read in two ways has no facts.
        wacz = Wacz(signed=Signed())
        wacz.found.problems.append(bad.words)
        return wacz


def _facts(found: Found) -> Iterator[Mapping[str, object]]:
    for kind, sentences in (("problem", found.problems), ("notice", found.notices)):
        unique = list(dict.fromkeys(sentences))
        for words in unique[:TOLD]:
            yield {kind: words.as_json()}
        if len(unique) > TOLD:
            more = len(unique) - TOLD
            yield {kind: Text(f"dan {more} hal lain", f"and {more} more").as_json()}
    yield {"records": dict(sorted(found.types.items())), "first": found.first, "last": found.last}
    for program in found.software:
        yield {"software": program}
    yield {"addresses": len(found.addresses)}
    for _, address in zip(range(ADDRESSES), found.addresses, strict=False):
        yield {"address": shown(address, 500)}


class _File:
    """The opened file from its beginning, whatever was read of it before."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._at = 0

    def read(self, size: int, /) -> bytes:
        found = os.pread(self._descriptor, size, self._at)
        self._at += len(found)
        return found
