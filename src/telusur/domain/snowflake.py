"""The time that an X identifier carries in itself.

Since November 2010 an identifier's upper bits count milliseconds since X's own epoch (Twitter Engineering,
"Announcing Snowflake", 2010), so a post's identifier says when its servers made it, whatever a record claims.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

#: 2010-11-04T01:42:54.657Z in milliseconds of Unix time.
EPOCH_MS: Final = 1_288_834_974_657
#: Identifiers below this one were counted up, not timed: it stands for the first minutes of the new scheme.
FIRST: Final = 30_000_000_000
_LARGEST: Final = 2**63 - 1
_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)


def snowflake_time(identifier: str) -> datetime | None:
    """Give the instant at which X made an identifier, in UTC and to the millisecond.

    Parameters
    ----------
    identifier
        Decimal digits, as exports and addresses of posts write them.

    Returns
    -------
    datetime | None
        ``None`` where it is no identifier, or one from before identifiers carried a time.
    """
    if not (identifier.isascii() and identifier.isdigit() and len(identifier) <= len(str(_LARGEST))):
        return None
    number = int(identifier)
    if not FIRST <= number <= _LARGEST:
        return None
    return _UNIX + timedelta(milliseconds=(number >> 22) + EPOCH_MS)
