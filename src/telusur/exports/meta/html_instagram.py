"""A card of Instagram's HTML as the record that its JSON would hold.

Confirmed by public sources (docs/decisions/0108): logins with the time in UTC as title, password changes, sign-up,
posts, comments, likes and personal information. Inferred from JSON: logouts, devices and changes of the profile, which
are rows of the same form.
"""

from __future__ import annotations

from typing import Any, Final

from telusur.exports.meta.cards import Said
from telusur.exports.meta.html_facebook import dated
from telusur.exports.meta.values import Clock
from telusur.exports.meta.zones import shift_of
from telusur.exports.worded_times import Wall

_POSTS: Final = frozenset(
    {"posts_instagram", "ig_stories", "ig_reels_media", "ig_igtv_media", "ig_archived_post_media", "ig_other_media"}
)
_LIKES: Final = frozenset({"likes_media_likes", "likes_comment_likes"})
#: What was changed, the value before and the value after.
_CHANGE: Final = 3

Made = dict[str, Any]


def record_of(root: str, card: Said, clock: Clock) -> Made:
    """Give a card as a record of its kind.

    Parameters
    ----------
    root
        The kind: a root key.
    card
        What it says.
    clock
        Reads its times.
    """
    if root in _POSTS:
        return _post(card, clock)
    if root in _LIKES and not card.rows:
        at, _ = dated(card, clock)
        link = card.links[0] if card.links else ""
        return {"title": card.title, "string_list_data": [{"href": link, "value": "", "timestamp": at}]}
    made = _labelled(card, clock)
    if root in _LIKES:
        link = card.links[0] if card.links else ""
        stamps = [part["timestamp"] for part in made["string_map_data"].values() if part["timestamp"]]
        at = stamps[0] if stamps else None
        return {"title": card.title, "string_list_data": [{"href": link, "value": "", "timestamp": at}]}
    if root == "profile_profile_change" and card.title and len(card.rows) <= _CHANGE:
        made["string_map_data"] = {"": {"value": card.title, "timestamp": 0}, **made["string_map_data"]}
    return made


def _post(card: Said, clock: Clock) -> Made:
    at, words = dated(card, clock)
    values = [value for _, value in card.rows if value and clock.wall(value) is None and value not in card.links]
    text = card.title or max([*words, *card.captions, *values], key=len, default=None)
    return {"title": text, "creation_timestamp": at}


def _labelled(card: Said, clock: Clock) -> Made:
    """Give a card's rows by their labels; a time that the title tells more exactly is not told twice."""
    titled = clock.wall(card.title)
    parts: Made = {}
    rows = [*card.rows, *(("", word) for word in card.words)]
    for number, (label, value) in enumerate(rows):
        wall = clock.wall(value)
        part: Made = {"value": value, "timestamp": 0}
        if isinstance(wall, Wall):
            if isinstance(titled, Wall) and titled.ahead is not None and wall.ahead is None:
                if shift_of(titled, wall) is None:
                    clock.remark(
                        f"judulnya menyebut {titled.written}, isinya {wall.written}; yang dipakai judulnya",
                        f"its title says {titled.written}, its value {wall.written}; the title was taken",
                    )
                continue
            part = {"value": "", "timestamp": clock.stamp(wall)}
        elif wall is not None:
            clock.unread(wall)
            continue
        # Labels are told apart even where two are alike.
        parts[label if label not in parts else f"{label} {number}"] = part
    made: Made = {"title": card.title or "", "string_map_data": parts}
    if isinstance(titled, Wall):
        made["timestamp"] = clock.stamp(titled)
        made["title"] = ""
    return made
