"""Which stretch of an account's posts a case needs: the contested time, and enough before it to know the writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from telusur.domain.event import Action, Event

#: Posts before the first act, where they exist: the style comparison is validated with 120, some of which are copies.
EARLIER: Final = 150
#: Posts after the last act, where they exist: enough to see whether the first writer came back.
LATER: Final = 40
BEFORE: Final = timedelta(days=90)
AFTER: Final = timedelta(days=60)

#: What an owner writes; an act is looked for among these, and the style is compared in them.
WRITTEN: Final[frozenset[Action]] = frozenset({"post", "deleted_post", "message"})
#: What is kept in the window only. Everything else is a session, a device or a change, and is kept whole.
CUT: Final[frozenset[Action]] = WRITTEN | {"comment", "like", "share", "group_joined"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case asks of the account.

    Parameters
    ----------
    first, last
        From the earliest instant that its acts can mean to the latest, in UTC.
    numbers
        Identifiers of contested posts, kept whatever their time.
    """

    first: datetime
    last: datetime
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch that is kept; both ends belong to it.

    Parameters
    ----------
    posts_from
        Begin of the posts: `EARLIER` of them before the first act, or `BEFORE` it, whichever is earlier.
    begins
        Begin of comments, likes, shared posts and groups.
    until
        End of all.
    numbers
        Identifiers of contested posts.
    """

    posts_from: datetime
    begins: datetime
    until: datetime
    numbers: frozenset[str] = frozenset()

    def keeps(self, event: Event) -> bool:
        """Whether an event belongs to what the case needs.

        Parameters
        ----------
        event
            One of the export's. A post or like without a time is kept only if the case names its number; the
            respondent's messages of a chat whose times cannot be read are all kept, since none can be told apart.
        """
        if event.action not in CUT or (event.object_id is not None and event.object_id in self.numbers):
            return True
        if event.at is None:
            return event.action == "message"
        begins = self.posts_from if event.action in WRITTEN else self.begins
        return begins <= event.at <= self.until


def window_of(wanted: Wanted, events: Sequence[Event]) -> Window:
    """Give the window of a case in an account's events.

    Parameters
    ----------
    wanted
        What the case asks.
    events
        All that the export says.
    """
    times = sorted(e.at for e in events if e.action in WRITTEN and e.at is not None and e.text is not None)
    earlier = [at for at in times if at < wanted.first]
    later = [at for at in times if at > wanted.last]
    begins, until = _moved(wanted.first, -BEFORE), _moved(wanted.last, AFTER)
    posts_from = min(begins, earlier[max(len(earlier) - EARLIER, 0)]) if earlier else begins
    if later:
        until = max(until, later[min(LATER, len(later)) - 1])
    return Window(posts_from, begins, until, wanted.numbers)


def _moved(at: datetime, by: timedelta) -> datetime:
    try:
        return at + by
    except OverflowError:
        return at
