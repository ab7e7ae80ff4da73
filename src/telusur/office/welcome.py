"""What whoever starts an office is told: where it is, and how to get in."""

from __future__ import annotations

from dataclasses import dataclass

from telusur.domain.text import Text


@dataclass(frozen=True, slots=True)
class Login:
    """An invented person of a trial."""

    username: str
    password: str
    title: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code that opens something without a login.

    Parameters
    ----------
    what
        What it opens.
    address
        Where it is typed.
    """

    what: Text
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """What is told once the office answers.

    Parameters
    ----------
    url
        Where it is.
    setup
        The one-time address of the set-up, as long as the office is not set up.
    logins, codes
        Of a trial.
    """

    url: str
    setup: str | None = None
    logins: tuple[Login, ...] = ()
    codes: tuple[Code, ...] = ()
