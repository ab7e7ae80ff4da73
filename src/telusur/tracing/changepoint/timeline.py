"""A timeline: posts of one account in the order in which they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telusur.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a timeline.

    Parameters
    ----------
    text
        As published.
    at
        When, with a zone.
    client
        The application it was written with, if known.
    zoned
        Whether the record states the zone of the time, or its platform's habit gives it; the hour of a time whose zone
        was only assumed is no hour of anybody.
    """

    text: str
    at: datetime
    client: str | None = None
    zoned: bool = True


def in_time_order(posts: Sequence[Post]) -> list[int]:
    """Give the positions of the posts, the earliest first; ties in time are settled by the text.

    Raises
    ------
    BadInput
        If a time has no zone.
    """
    for place, post in enumerate(posts):
        if post.at.tzinfo is None:
            raise BadInput(f"post {place} has a time without a zone", field="time")
    return sorted(range(len(posts)), key=lambda place: (posts[place].at, posts[place].text, posts[place].client or ""))
