"""The readers of platform exports: one entry each; a further platform is a further entry and a package beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from telusur.domain.account import Platform
from telusur.evidence import Archive
from telusur.exports.messages import Message
from telusur.exports.meta import reader as meta_reader
from telusur.exports.reduced import reader as reduced_reader
from telusur.exports.takeout import reader as takeout_reader
from telusur.exports.tiktok import reader as tiktok_reader
from telusur.exports.whatsapp import reader as whatsapp_reader
from telusur.exports.x_archive import reader as x_reader


@dataclass(frozen=True, slots=True)
class Reader:
    """One platform's reader.

    Parameters
    ----------
    platforms
        Whose exports it reads.
    title
        What they are called, for people.
    recognise
        Whether an archive is one of them; looks at names and first bytes only.
    read
        Gives what the archive says, given what to call it and the `options`.
    options
        What it wants to know of the case, by name.
    alone
        Whether a single file, which is no archive, may be one of them.
    """

    platforms: tuple[Platform, ...]
    title: str
    recognise: Callable[[Archive], bool]
    read: Callable[..., Iterator[Message]]
    options: tuple[str, ...] = ()
    alone: bool = False


READERS: Final = (
    # Of any platform; it says itself what it is.
    Reader((), "an export reduced by telusur", reduced_reader.recognise, reduced_reader.read, alone=True),
    Reader(("x",), "an X (Twitter) archive", x_reader.recognise, x_reader.read),
    # It opens tables and YouTube's own activity; the next ones look into documents, of which Google's hold searches.
    Reader(("youtube",), "a Google Takeout", takeout_reader.recognise, takeout_reader.read, ("chat",)),
    Reader(
        ("facebook", "instagram"),
        "a Facebook or Instagram export",
        meta_reader.recognise,
        meta_reader.read,
        ("account", "chat"),
    ),
    Reader(("tiktok",), "a TikTok data file", tiktok_reader.recognise, tiktok_reader.read, alone=True),
    Reader(("whatsapp",), "a WhatsApp chat", whatsapp_reader.recognise, whatsapp_reader.read, ("chat",), alone=True),
)
