"""How the commands ask a time-stamp authority over the network: in a bounded time, for a bounded reply."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from typing import Final

import telusur
from telusur.domain.text import Text
from telusur.evidence import shown
from telusur.evidence.stamps import MOST_BYTES, NoAnswer

#: Seconds for one answer of the network, and for the whole of a reply.
_PATIENCE: Final = 20.0
_LONGEST: Final = 60.0
_CHUNK: Final = 16 * 1024

_STATUS: Final = Text(
    "otoritas menjawab dengan status HTTP {status}", "the authority answered with HTTP status {status}"
)
_MOVED: Final = Text(
    "otoritas mengalihkan ke alamat lain; pengalihan tidak diikuti. Periksa alamatnya",
    "the authority sends us on to another address, which is not followed. Check its address",
)
_SILENT: Final = Text("otoritas tidak terjangkau ({what})", "the authority cannot be reached ({what})")
_SLOW: Final = Text("otoritas terlalu lambat menjawab", "the authority took too long to answer")


def _opener() -> urllib.request.OpenerDirector:
    # Not `build_opener`: that one brings file: and ftp: along, and follows redirections, by another method.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def send(url: str, request: bytes) -> bytes:
    """Send a request to an authority (RFC 3161, 3.4).

    Parameters
    ----------
    url
        ``http`` or ``https``.
    request
        The request (``.tsq``).

    Returns
    -------
    bytes
        The reply, unjudged; at most one byte more than a reply may have.

    Raises
    ------
    NoAnswer
        If none comes.
    """
    headers = {
        "Content-Type": "application/timestamp-query",
        "Accept": "application/timestamp-reply",
        "User-Agent": f"telusur/{telusur.__version__}",
    }
    until = time.monotonic() + _LONGEST
    try:
        asked = urllib.request.Request(url, request, headers, method="POST")  # noqa: S310 - see `_opener`
        with _opener().open(asked, timeout=_PATIENCE) as answer:
            return _read(answer, until)
    except urllib.error.HTTPError as problem:
        problem.close()
        raise NoAnswer(_MOVED if 300 <= problem.code < 400 else _STATUS.filled(status=problem.code)) from None  # noqa: PLR2004
    except TimeoutError:
        raise NoAnswer(_SLOW) from None
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise NoAnswer(_SILENT.filled(what=_reason(problem))) from None


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    found = b""
    while len(found) <= MOST_BYTES:
        if time.monotonic() > until:
            raise NoAnswer(_SLOW)
        chunk = answer.read1(min(_CHUNK, MOST_BYTES + 1 - len(found)))
        if not chunk:
            break
        found += chunk
    return found


def _reason(problem: Exception) -> str:
    why = getattr(problem, "reason", problem)
    words = getattr(why, "strerror", None) or getattr(why, "verify_message", None)
    return shown(words if isinstance(words, str) and words else type(why).__name__)
