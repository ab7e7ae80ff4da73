"""What a worker may do wrong, done on purpose: tasks by which the tests try that it is stopped.

They stand here because a worker runs functions of the house and no others; nothing in the program calls them.
"""

from __future__ import annotations

import ctypes
import os
import socket
import time
from collections.abc import Iterator, Mapping

from telusur.evidence.opening import Opened


def call(_: Opened, *, port: int) -> Iterator[Mapping[str, object]]:
    """Call a port of this machine; tell whether that was refused before anything went out."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            yield {"refused": False}
    except OSError as error:
        yield {"refused": not isinstance(error, ConnectionRefusedError | TimeoutError)}


def burn(_: Opened) -> Iterator[Mapping[str, object]]:
    """Spend processor time without end."""
    yield {"begun": True}
    while True:
        pass


def swell(_: Opened) -> Iterator[Mapping[str, object]]:
    """Take memory without end."""
    yield {"begun": True}
    held = []
    while True:
        held.append(bytearray(1 << 24))


def idle(_: Opened) -> Iterator[Mapping[str, object]]:
    """Do nothing without end."""
    yield {"begun": True}
    time.sleep(3600)


def flood(_: Opened, *, length: int) -> Iterator[Mapping[str, object]]:
    """Tell one message of a given length, over and over."""
    while True:
        yield {"x": "x" * length}


def crash(_: Opened) -> Iterator[Mapping[str, object]]:
    """End as a broken library does."""
    yield {"begun": True}
    ctypes.string_at(0)


def stumble(_: Opened) -> Iterator[Mapping[str, object]]:
    """Meet an error that nobody thought of, with a secret in its text."""
    yield {"begun": True}
    raise RuntimeError("the record's own words")


def surroundings(opened: Opened) -> Iterator[Mapping[str, object]]:
    """Tell what the worker can see of where it runs."""
    yield {"environment": dict(os.environ), "descriptors": _descriptors(opened)}


def _descriptors(opened: Opened) -> list[int]:
    found = []
    for number in range(64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return [number for number in found if number != opened.descriptor]
