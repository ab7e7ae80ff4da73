"""As long as an office is not set up, nothing of it opens but the set-up, for whoever has the address of it."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Final

from telusur.office.home import Home

#: The file whose being there closes the office, and which holds the secret that opens its set-up.
NAME: Final = "setup"


def address(url: str) -> str | None:
    """Give the one-time address of the set-up; ``None`` once the office is set up.

    Parameters
    ----------
    url
        Where the office is.
    """
    from telusur.office.models import Office  # noqa: PLC0415 - the middleware asks `closed` before models are needed

    if Office.objects.filter(set_up_at__isnull=False).exists():
        end()
        return None
    return f"{url}kantor/mulai/{Home.here().secret(NAME)}/"


def closed() -> bool:
    """Say whether the office is still to be set up."""
    return _path().exists()


def opens(secret: str) -> bool:
    """Say whether somebody who has this secret may set the office up."""
    return closed() and hmac.compare_digest(secret.encode(), Home.here().secret(NAME).encode())


def end() -> None:
    """Open the office: the set-up and its address are gone."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Home.here().path / f"{NAME}.key"
