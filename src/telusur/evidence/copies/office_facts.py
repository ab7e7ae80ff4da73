"""What an office file says of its makers: its properties, and who commented on or changed what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from telusur.evidence.copies.office import BUDGET, kind_of, part_of
from telusur.evidence.copies.telling import Message, fact
from telusur.evidence.opening import Opened, open_archive

_PROPERTIES: Final = re.compile(r"docProps/[^/]+\.xml", re.IGNORECASE)
_WITH_AUTHORS: Final = re.compile(
    r"(?:word/(?:document|comments|people|footnotes|settings)|xl/(?:comments\d*|persons/.*)|"
    r"ppt/(?:commentAuthors|authors|comments/.*))\.xml",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"(?:\b(?:\w+:)?(?:author|initials|displayName|userId|lastEdited|creator)=\"([^\"]{1,300})\"|<author>([^<]{1,300})<)"
)
_TOLD: Final = 200


def facts(opened: Opened) -> Iterator[Message]:
    """Tell each fact."""
    archive = open_archive(opened.descriptor, opened.name, BUDGET)
    kind_of(archive)
    authors: Counter[str] = Counter()
    for member in archive.members:
        if _PROPERTIES.fullmatch(member.name):
            yield from _properties(member.name, part_of(archive, member.name))
        elif _WITH_AUTHORS.fullmatch(member.name):
            text = part_of(archive, member.name).decode("utf-8", "replace")
            authors.update(one or other for one, other in _SIGNED.findall(text))
    for author, count in sorted(authors.items())[:_TOLD]:
        yield fact(f"author/{author}", count)


def _properties(name: str, content: bytes) -> Iterator[Message]:
    begun = name.rpartition("/")[2].removesuffix(".xml")
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        yield fact(begun, content)
        return
    for number, element in enumerate(root.iter(etree.Element)):
        if number > _TOLD:
            break
        words = (element.text or "").strip()
        if words:
            above = element.getparent()
            called = element.get("name") or (above.get("name") if above is not None else None)
            yield fact(f"{begun}/{called or etree.QName(element).localname}", words)
