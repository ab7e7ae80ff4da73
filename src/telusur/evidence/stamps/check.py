"""Whether the stamps that are kept still prove what they proved when they were taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.database import Database
from telusur.evidence.stamps.judging import verify
from telusur.evidence.stamps.queue import size_of
from telusur.evidence.stamps.renewal import renewal_list
from telusur.evidence.stamps.stamp import Stamp, stamps
from telusur.evidence.stamps.trust import Trust

_BROKEN: Final = Text("stempel {number} ({authority}): {why}", "stamp {number} ({authority}): {why}")
_OTHER_NOTE: Final = Text(
    "bukan untuk titik periksa {size} yang disimpan", "it is not for the checkpoint {size} that is kept"
)
_OTHER_LIST: Final = Text(
    "daftar yang diperbarui tidak sesuai dengan stempel yang disimpan",
    "the list that it renews does not fit the stamps that are kept",
)
_OTHER_FACTS: Final = Text(
    "waktu, nomor atau masa berlakunya dicatat lain dari yang tertulis di balasannya",
    "its time, number or end is recorded otherwise than its reply says",
)
_NO_CHAIN: Final = Text("sertifikat yang disimpan bersamanya rusak", "the certificates kept with it are damaged")


def check(db: Database, notes: Mapping[int, bytes] | None = None) -> tuple[Text, ...]:
    """Judge every stamp that is kept anew, by the certificates kept with it.

    Parameters
    ----------
    db
        Where they lie.
    notes
        Signed notes by size, as the log keeps them; a stamp for another note of the same size is a fork.

    Returns
    -------
    tuple of Text
        What does not hold; empty: all of it does.
    """
    held = stamps(db)
    by_number = {one.id: one for one in held}
    problems = []
    for one in held:
        if one.state != "stamped":
            continue
        try:
            why = _fault(one, by_number, notes)
        except BadInput as refused:
            why = refused.words
        if why is not None:
            said = _BROKEN.id.format(number=one.id, authority=one.authority, why=why.id)
            problems.append(Text(said, _BROKEN.en.format(number=one.id, authority=one.authority, why=why.en)))
    return tuple(problems)


def _fault(one: Stamp, by_number: Mapping[int, Stamp], notes: Mapping[int, bytes] | None) -> Text | None:
    assert one.reply is not None
    try:
        trust = Trust.read(one.chain or "")
    except BadInput:
        return _NO_CHAIN
    found = verify(one.reply, one.document, trust, request=one.request)
    facts = (found.at, found.serial, found.until, found.token, found.policy)
    if facts != (one.stamped_at, one.serial, one.until, one.token, one.policy):
        return _OTHER_FACTS
    if one.size is None:
        renewed = [by_number[number] for number in one.renews if number in by_number]
        fits = all(other.reply is not None for other in renewed) and renewal_list(renewed) == one.document
        return None if fits else _OTHER_LIST
    if size_of(one.document) != one.size or (notes is not None and notes.get(one.size) != one.document):
        return _OTHER_NOTE.filled(size=one.size)
    return None
