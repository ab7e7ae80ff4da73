"""The parent's side: checking a WARC or WACZ in the limited worker."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, get_args

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.visible import visible
from telusur.evidence.limited import open_limited
from telusur.evidence.limits import Limits
from telusur.evidence.web_archive.values import LIMITS, PageListed, Signature, WebArchive

_NONSENSE: Final = Text(
    "membuat pembacanya memberi jawaban yang tidak dapat dimengerti; simpan berkasnya dan beri tahu pengembang",
    "made its reader answer nonsense; keep the file and tell the developers",
)


def check(path: Path | int, *, name: str, limits: Limits = LIMITS) -> WebArchive:
    """Check a WARC or WACZ, and give what it says of itself.

    Parameters
    ----------
    path
        The file, or a descriptor of it that is open for reading.
    name
        What to call it in messages.
    limits
        What the worker may spend.

    Raises
    ------
    BadInput
        If there is no such file, it is neither a WARC nor a zip, or it stopped its reader.
    """
    taken: dict[str, Any] = {"problem": [], "notice": [], "software": [], "address": [], "page": [], "one": {}}
    for message in open_limited("telusur.evidence.web_archive.inspect:look", path, limits, name=name):
        _take(message, taken, name)
    one = taken["one"]
    if {"form", "first", "addresses"} - set(one):
        raise BadInput(_NONSENSE, where=name)
    return WebArchive(
        one["form"],
        tuple(taken["problem"]),
        tuple(taken["notice"]),
        one["records"],
        one["first"] or None,
        one["last"] or None,
        tuple(taken["address"]),
        one["addresses"],
        tuple(taken["page"]),
        tuple(taken["software"]),
        one["title"],
        one["signature"],
        one["by"],
    )


def _take(message: dict[str, Any], taken: dict[str, Any], name: str) -> None:
    match message:
        case {"problem": {"id": str(indonesian), "en": str(english)}}:
            taken["problem"].append(Text(visible(indonesian), visible(english)))
        case {"notice": {"id": str(indonesian), "en": str(english)}}:
            taken["notice"].append(Text(visible(indonesian), visible(english)))
        case {"form": "warc" | "wacz" as form, "title": str(title), "signature": str(state), "by": str(by)} if (
            state in get_args(Signature)
        ):
            taken["one"] |= {"form": form, "title": visible(title), "signature": state, "by": visible(by)}
        case {"records": dict(records), "first": str(first), "last": str(last)} if all(
            isinstance(count, int) for count in records.values()
        ):
            counted = tuple((visible(str(kind)), count) for kind, count in records.items())
            taken["one"] |= {"records": counted, "first": visible(first), "last": visible(last)}
        case {"page": [str(url), str(at), str(title)]}:
            taken["page"].append(PageListed(visible(url), visible(at), visible(title)))
        case {"software": str(program)}:
            taken["software"].append(visible(program))
        case {"addresses": int(count)}:
            taken["one"] |= {"addresses": count}
        case {"address": str(address)}:
            taken["address"].append(visible(address))
        case _:
            raise BadInput(_NONSENSE, where=name)
