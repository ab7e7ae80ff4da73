"""As long as an office is not set up, nothing of it opens but the set-up, for whoever has the address of it."""

from __future__ import annotations

from typing import Final

from telusur.office.home import Home
from telusur.office.models import Office

#: The file whose being there closes the office, and which holds the secret that opens its set-up.
NAME: Final = "setup"


def address(url: str) -> str | None:
    """Give the one-time address of the set-up; ``None`` once the office is set up.

    Parameters
    ----------
    url
        Where the office is.
    """
    if Office.objects.filter(set_up_at__isnull=False).exists():
        end()
        return None
    return f"{url}kantor/mulai/{Home.here().secret(NAME)}/"


def end() -> None:
    """Open the office: the set-up and its address are gone."""
    (Home.here().path / f"{NAME}.key").unlink(missing_ok=True)
