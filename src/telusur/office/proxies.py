"""Whose address counts where the office stands behind a server that passes requests on.

``TELUSUR_TRUSTED_PROXIES`` names the addresses or networks of such servers, with blanks between. From one of them, and
from nobody else, ``X-Forwarded-For`` is believed: read from its end, the first address that is no such server's is the
visitor's. Not set, the address of the connection counts, whatever a request says of itself.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text

if TYPE_CHECKING:  # read before Django has its settings, where the office is started
    from django.http import HttpRequest, HttpResponse

NAME: Final = "TELUSUR_TRUSTED_PROXIES"
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def trusted(written: str | None = None) -> tuple[_Network, ...]:
    """Read the setting.

    Parameters
    ----------
    written
        Addresses or networks; the environment's if left out.

    Raises
    ------
    BadInput
        If one is neither.
    """
    found: list[_Network] = []
    for one in (os.environ.get(NAME, "") if written is None else written).replace(",", " ").split():
        try:
            found.append(ipaddress.ip_network(one))
        except ValueError:
            words = Text(
                f"{one!r} bukan alamat atau jaringan; tulis misalnya 127.0.0.1 atau 10.0.0.0/8",
                f"{one!r} is no address or network; write for instance 127.0.0.1 or 10.0.0.0/8",
            )
            raise BadInput(words, where=NAME) from None
    return tuple(found)


def visitor(connection: str, forwarded: str, proxies: Sequence[_Network]) -> str:
    """Give the address that counts.

    Parameters
    ----------
    connection
        Whose connection it is.
    forwarded
        The header, as it came.
    proxies
        Which servers are believed.
    """
    counts = connection
    for said in reversed([one.strip() for one in forwarded.split(",")]):
        if not _is_one(counts, proxies) or _read(said) is None:
            break
        counts = said
    return counts


def _is_one(address: str, proxies: Sequence[_Network]) -> bool:
    read = _read(address)
    return read is not None and any(read in one for one in proxies)


def _read(address: str) -> _Address | None:
    try:
        return ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None


class ProxiesMiddleware:
    """Put the visitor's address where every limit looks for it, before anything counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.proxies = trusted()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if self.proxies:
            meta = request.META
            meta["REMOTE_ADDR"] = visitor(
                str(meta.get("REMOTE_ADDR", "")), str(meta.get("HTTP_X_FORWARDED_FOR", "")), self.proxies
            )
        return self.get_response(request)
