"""The program that sent the contested post, against the account's habit and its connected applications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from telusur.domain.event import Event
from telusur.domain.moment import Moment
from telusur.domain.record import AccountRecord
from telusur.domain.when import day_words, span_words
from telusur.tracing.bearing import Table
from telusur.tracing.item import Abstained, Item

#: What the account did until this long before the act is its habit; later posts may be the other person's.
HABIT_ENDS = timedelta(days=7)
#: Fewer posts than this show no habit.
FEWEST_POSTS = 20
#: A program is usual when it made this share of the posts.
USUAL_SHARE = 0.05
#: An application given leave longer ago than this is no new one.
NEW_APP = timedelta(days=60)

#: Programs of the platforms themselves; the devices of a record name further ones.
_OWN_PROGRAMS = frozenset(
    name.casefold()
    for name in (
        "Twitter for Android",
        "Twitter for iPhone",
        "Twitter for iPad",
        "Twitter Web App",
        "Twitter Web Client",
        "Twitter Lite",
        "Mobile Web",
        "TweetDeck",
        "Twitter for Mac",
        "X for Android",
        "X for iPhone",
        "X Web App",
    )
)


def weigh(at: Moment, client: str | None, record: AccountRecord, table: Table) -> Iterator[Item | Abstained]:
    """Weigh the program that sent the contested post.

    Parameters
    ----------
    at
        Time of the act.
    client
        The program, as the record names it.
    record
        The account's record.
    table
        The weights.
    """
    if not client:
        yield table.abstain("session", "no_client")
        return
    posts = [e for e in record.of("post", "deleted_post") if e.at is not None and e.client]
    app = _application(client, at, record)
    if app is None:
        yield _by_program(at, client, posts, record, table)
    elif app.at is None:
        yield table.abstain("session", "app_undated", client=client)
    else:
        yield _by_application(at, client, app.at, posts, record, table)


def _application(client: str, at: Moment, record: AccountRecord) -> Event | None:
    """Give the connected application of that name that could write at the time of the act."""
    return next(
        (
            e
            for e in record.of("app_connected")
            if e.new is not None
            and e.new.casefold() == client.casefold()
            and (e.at is None or e.at < at.ends)
            and (not e.permissions or "write" in e.permissions)
        ),
        None,
    )


def _by_application(
    at: Moment, client: str, connected: datetime, posts: list[Event], record: AccountRecord, table: Table
) -> Item:
    before = [e for e in posts if e.at is not None and e.at < at.utc]
    count = _count(client, before)
    is_new = at.utc - connected <= NEW_APP and count <= max(10, USUAL_SHARE * len(before))
    code = "session.client_is_new_app" if is_new else "session.client_is_habitual_app"
    return table.weighed(
        code, record.grade, client=client, age=span_words(at.utc - connected), count=count, total=len(before)
    )


def _by_program(at: Moment, client: str, posts: list[Event], record: AccountRecord, table: Table) -> Item | Abstained:
    ends = at.utc - HABIT_ENDS
    habit = [e for e in posts if e.at is not None and e.at < ends]
    if len(habit) < FEWEST_POSTS:
        return table.abstain("session", "few_posts", n=len(habit), needed=FEWEST_POSTS)
    count = _count(client, habit)
    since = day_words(ends.astimezone(at.at.tzinfo).date())
    if count >= USUAL_SHARE * len(habit):
        return table.weighed("session.client_habitual", record.grade, client=client, count=count, total=len(habit))
    own = _OWN_PROGRAMS | {e.client.casefold() for e in record.of("device_added") if e.client}
    if client.casefold() in own:
        return table.weighed(
            "session.client_new", record.grade, client=client, count=count, total=len(habit), since=since
        )
    if count == 0:
        return table.weighed("session.client_unlisted", record.grade, client=client)
    # Neither a habit nor new: what it tells of a linked application, nobody could say.
    return table.abstain("session", "client_rare", client=client, count=count, total=len(habit))


def _count(client: str, posts: list[Event]) -> int:
    return sum(e.client is not None and e.client.casefold() == client.casefold() for e in posts)
