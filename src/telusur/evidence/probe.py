"""What a worker tries against itself, to find out which limits really hold on this machine."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping

from telusur.evidence.opening import Opened


def _network() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as outward:
        outward.settimeout(0.5)
        outward.connect(("127.0.0.1", 9))


def _program() -> None:
    subprocess.run(["/bin/true"], check=True, env={}, timeout=5)


def _process() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _writing() -> None:
    descriptor = os.open("/dev/shm", os.O_RDWR | os.O_TMPFILE, 0o600)  # noqa: S108 - to find out whether it is refused
    try:
        os.write(descriptor, b"x")
    finally:
        os.close(descriptor)


def _other_files() -> None:
    os.close(os.open("/etc/passwd", os.O_RDONLY))


def _watching() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


_ATTEMPTS: Mapping[str, Callable[[], None]] = {
    "network": _network,
    "program": _program,
    "process": _process,
    "writing": _writing,
    "other_files": _other_files,
    "watching": _watching,
}


def escapes(opened: Opened) -> Iterator[Mapping[str, object]]:
    """Try what a hostile file would want to do; tell for each whether it was refused."""
    yield {"held": dict(opened.held)}
    for name, attempt in _ATTEMPTS.items():
        try:
            attempt()
        except ConnectionRefusedError:
            # The call went through to this machine's own network: only a listener was missing.
            yield {"attempt": name, "refused": False}
        except Exception as error:  # noqa: BLE001 - any error is a refusal
            yield {"attempt": name, "refused": True, "by": type(error).__name__}
        else:
            yield {"attempt": name, "refused": False}
