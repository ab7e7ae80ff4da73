"""Reading a WhatsApp chat: the respondent's messages, and how many there are of others; runs in the limited worker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from telusur.domain.errors import BadInput
from telusur.domain.event import Action
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive
from telusur.exports.chats import Clock
from telusur.exports.dates import Order, date_of, orders_of
from telusur.exports.lone import begun
from telusur.exports.messages import Message, record_message
from telusur.exports.tally import Tally
from telusur.exports.whatsapp.lines import Head, head_of
from telusur.exports.whatsapp.people import People
from telusur.exports.written import NOT_UTF8, Written, content_of

_LOGS: Final[tuple[LogName, ...]] = ("messages", "deleted_posts", "groups", "credentials", "devices")
_LONGEST: Final = 70_000
_TEXT: Final = re.compile(r"\.txt$", re.IGNORECASE)
_FIRST_LINES: Final = 5
#: What stands for a picture, sound or film that was left out, or names one that was handed over beside.
_MEDIA: Final = re.compile(
    r"<[^<>\n]{0,30}(?:omitted|tidak disertakan|dikecualikan|dihilangkan)>"
    r"|(?:image|video|audio|sticker|document|GIF|gambar|stiker|dokumen|kartu kontak|contact card) "
    r"(?:omitted|tidak disertakan|dikecualikan|dihilangkan)"
    r"|<(?:attached|terlampir|lampiran): [^<>\n]{1,200}>"
    r"|[^\n]{1,200}\.\w{2,5} \((?:file attached|file terlampir|berkas terlampir)\)",
    re.IGNORECASE,
)
_EDITED: Final = re.compile(r"\s*<(?:this message was edited|pesan ini diedit|pesan ini telah diedit)>$", re.IGNORECASE)
_DELETED: Final = re.compile(
    r"(?:you deleted this message|this message was deleted|anda menghapus pesan ini|pesan ini (?:telah )?dihapus)\.?",
    re.IGNORECASE,
)
#: What WhatsApp itself says of a person: a new number, a new telephone, a group entered. Invitations are others' acts.
_SAID: Final[tuple[tuple[re.Pattern[str], Action, LogName], ...]] = (
    (
        re.compile(r"security code|kode keamanan", re.IGNORECASE),
        "device_added",
        "devices",
    ),
    (
        re.compile(r"(?:changed|mengubah|mengganti|berganti).{0,40}(?:phone number|nomor|new number)", re.IGNORECASE),
        "phone_changed",
        "credentials",
    ),
    (
        re.compile(r"(?:joined|bergabung).{0,60}(?:link|tautan|community|komunitas)", re.IGNORECASE),
        "group_joined",
        "groups",
    ),
)


def recognise(archive: Archive) -> bool:
    """Whether this is a chat, by the first lines of a text in it."""
    return bool(_chats(archive))


def _chats(archive: Archive) -> list[str]:
    members = archive.members
    names = [member.name for member in members if len(members) == 1 or _TEXT.search(member.name)]
    # iOS calls it so whatever the chat is called.
    names.sort(key=lambda name: (not name.endswith("_chat.txt"), name))
    return [name for name in names[:20] if _begins(begun(archive, name))]


def _begins(first: bytes) -> bool:
    lines = [line.text for line in Written(first).lines() if line.text.strip()]
    return any(head_of(line) for line in lines[:_FIRST_LINES])


@dataclass(slots=True)
class _Entry:
    head: Head
    start: int
    end: int
    more: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join([self.head.text, *self.more])


def read(archive: Archive, name: str, chat: dict[str, Any] | None = None) -> Iterator[Message]:
    """Give one person's messages in a chat, and how many there are of others.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.
    chat
        Whose messages, and the zone, as `Chat.as_json` gives them.

    Raises
    ------
    BadInput
        If there is no message in it.
    """
    chats = _chats(archive)
    if not chats:
        raise BadInput("holds no WhatsApp chat", where=name)
    yield from _Reading(archive, chats, name, chat or {"names": [], "zone": None}).messages()


class _Reading:
    def __init__(self, archive: Archive, chats: list[str], name: str, chat: dict[str, Any]) -> None:
        self._archive = archive
        self._file, *self._others = chats
        self._name = name
        self._tally = Tally(_LOGS)
        self._people = People(chat["names"])
        self._named = bool(chat["names"])
        self._clock = Clock(chat["zone"]) if chat["zone"] else None
        self._order: Order | None = None

    def messages(self) -> Iterator[Message]:
        """Give everything."""
        yield from self._tally.refused(self._archive)
        for other in self._others:
            words = Text(
                "obrolan kedua dalam berkas yang sama; tidak dibaca", "a second chat in one file; it was not read"
            )
            yield from self._tally.problem(other, words)
        content, damage = content_of(self._archive, self._file)
        if damage is not None:
            yield from self._tally.problem(self._file, damage)
        written = Written(content)
        if written.replaced:
            yield from self._tally.problem(self._file, NOT_UTF8)
        entries = list(_entries(written))
        if not entries:
            raise BadInput("holds no WhatsApp message that can be read", where=self._name)
        yield from self._dates(entries)
        self._tally.begin("messages", self._file)
        handle, kept = None, 0
        for entry in entries:
            fields = self._fields(entry)
            if fields is None:
                continue
            kept += 1
            sender = entry.head.sender
            handle = handle or (sender if sender and self._people.are(sender) else None)
            log: LogName = fields.pop("log")
            if len(fields["text"] or "") > _LONGEST:
                words = Text("lebih panjang daripada pesan mana pun", "it is longer than any message")
                yield from self._tally.skip(log, self._file, words, entry.start)
                continue
            yield self._tally.event(log, fields, self._file, entry.start, written.sha256(entry.start, entry.end))
        yield from self._counted(entries, kept)
        yield from self._tally.close()
        yield record_message(
            platform="whatsapp",
            handle=handle,
            account_id=None,
            generated_at=None,
            partial=None,
            timezone=None,
            left_out=self._left_out(),
        )

    def _dates(self, entries: list[_Entry]) -> Iterator[Message]:
        """Decide the order of day and month over the whole file, and tell what is wrong with its times."""
        orders = orders_of((entry.head.numbers for entry in entries), in_time=True)
        if len(orders) == 1:
            self._order = orders[0]
        elif orders:
            words = Text(
                "tanggalnya dapat dibaca sebagai hari/bulan maupun bulan/hari; waktu pesan tidak dibaca",
                "its dates can be read as day/month or as month/day; no time was read",
            )
            yield from self._tally.problem(self._file, words)
        else:
            words = Text(
                "tanggalnya tidak cocok dengan urutan hari, bulan, tahun yang dikenal; waktu pesan tidak dibaca",
                "its dates fit no known order of day, month and year; no time was read",
            )
            yield from self._tally.problem(self._file, words)
        if self._clock is None:
            words = Text(
                "tidak menyebut zona waktu, dan berkas perkara tidak memberinya; waktu pesan tidak dibaca",
                "it names no time zone, and the case gives none; no time was read",
            )
            yield from self._tally.problem(self._file, words)
        if self._order is None:
            return
        latest: datetime | None = None
        for entry in entries:
            at = self._local(entry.head)
            if at is None:
                words = Text("waktu yang tidak ada", "a time that does not exist")
                yield from self._tally.problem(self._file, words, entry.start)
            elif latest is not None and (latest - at).total_seconds() > 3_600:  # noqa: PLR2004 - an hour: late deliveries
                words = Text(
                    "baris ini lebih awal daripada baris sebelumnya; urutan obrolan terputus di sini",
                    "this line is earlier than the one before it; the chat's order breaks here",
                )
                yield from self._tally.problem(self._file, words, entry.start)
                latest = at
            else:
                latest = at

    def _local(self, head: Head) -> datetime | None:
        day: date | None = date_of(head.numbers, self._order) if self._order else None
        return None if day is None or head.at is None else datetime.combine(day, head.at)

    def _when(self, head: Head) -> dict[str, Any]:
        local = self._local(head)
        if local is None or self._clock is None:
            return {"at": None, "written": head.written, "certainty": "none"}
        return {"at": self._clock.utc(local), "written": head.written, "certainty": "zone_assumed"}

    def _fields(self, entry: _Entry) -> dict[str, Any] | None:
        """Give what an entry says of the respondent; ``None`` if it is about somebody else."""
        head = entry.head
        if head.sender is None:
            if not self._people.in_words(head.text):
                return None
            for sign, action, log in _SAID:
                if sign.search(head.text):
                    return {"action": action, "log": log, "text": None, **self._when(head)}
            return None
        if not self._people.are(head.sender):
            return None
        text = _EDITED.sub("", entry.text)
        if _DELETED.fullmatch(text.strip()):
            return {"action": "deleted_post", "log": "deleted_posts", "text": None, **self._when(head)}
        text = _MEDIA.sub("", text).strip()
        return {"action": "message", "log": "messages", "text": text or None, **self._when(head)}

    def _counted(self, entries: list[_Entry], kept: int) -> Iterator[Message]:
        """Say how much is other people's, and if nobody is the respondent."""
        senders = Counter(entry.head.sender for entry in entries if entry.head.sender is not None)
        mine = [sender for sender in senders if self._people.are(sender)]
        others = sum(count for sender, count in senders.items() if sender not in mine)
        people = len(senders) - len(mine)
        if not self._named:
            words = Text(
                f"tidak diketahui pesan siapa yang perlu dibaca; {others} pesan dari {people} pengirim hanya dihitung",
                f"it is not known whose messages to read; {others} messages of {people} senders were only counted",
            )
        elif not mine:
            words = Text(
                "tidak ada pengirim dengan nama atau nomor terlapor; "
                f"{others} pesan dari {people} pengirim hanya dihitung",
                "no sender has the respondent's name or number; "
                f"{others} messages of {people} senders were only counted",
            )
        else:
            words = Text(
                f"{others} pesan dari {people} pengirim lain hanya dihitung",
                f"{others} messages of {people} other senders were only counted",
            )
        if others or not kept:
            yield from self._tally.problem(self._file, words)

    def _left_out(self) -> list[str]:
        """Give the kinds of the files beside the chat: their names may be other people's."""
        kinds = Counter(
            member.name.rpartition(".")[2].casefold()[:8]
            for member in self._archive.members
            if member.name != self._file
        )
        return [f"*.{kind} ({count})" for kind, count in sorted(kinds.items())]


def _entries(written: Written) -> Iterator[_Entry]:
    """Give the messages; a line that begins otherwise than the file's first one belongs to the message before."""
    shape = None
    entry: _Entry | None = None
    for line in written.lines():
        head = head_of(line.text)
        if head is not None and (shape is None or head.shape == shape):
            shape = head.shape
            if entry is not None:
                yield entry
            entry = _Entry(head, line.start, line.end)
        elif entry is not None:
            entry.more.append(line.text)
            entry.end = line.end
    if entry is not None:
        yield entry
