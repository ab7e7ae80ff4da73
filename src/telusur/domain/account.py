"""An account on a platform, as a report names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Platform = Literal["x", "facebook", "instagram", "tiktok", "youtube", "whatsapp", "other"]
PLATFORMS: Final[tuple[Platform, ...]] = get_args(Platform)


@dataclass(frozen=True, slots=True)
class Account:
    """An account; unknown parts are ``None``.

    Parameters
    ----------
    platform
        Where it lives.
    handle
        Its name there, without ``@``.
    account_id
        The platform's own identifier, which survives a change of handle.
    id
        What the case calls it.
    """

    platform: Platform
    handle: str | None = None
    account_id: str | None = None
    id: str | None = None
