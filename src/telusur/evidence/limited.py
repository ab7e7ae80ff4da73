"""Opening a foreign file in a limited worker: the parent's side."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import os
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from telusur.domain.errors import BadInput, TelusurError
from telusur.domain.text import Text
from telusur.evidence.archive import shown
from telusur.evidence.limits import Limits

_CHUNK = 1 << 16


def open_limited(
    task: str, path: Path | int, limits: Limits | None = None, *, name: str | None = None, **options: object
) -> Iterator[dict[str, Any]]:
    """Run a function on a file in a limited process, and give what it tells, message by message.

    Parameters
    ----------
    task
        ``package.module:function`` of telusur. The function takes an `Opened` and the options, and gives mappings that
        JSON can hold.
    path
        File or folder. It is opened here, without following a link; the worker gets the descriptor. Or a descriptor,
        open for reading, which stays open and the caller's.
    limits
        What the worker may spend.
    name
        What to call the file in messages; its path if not given.
    **options
        Handed to the function; JSON values.

    Yields
    ------
    dict
        The function's messages, in order. They come from a process that read a foreign file: check them.

    Raises
    ------
    BadInput
        If the file cannot be opened, the function refuses it, or a limit stops the worker; names file and limit.
    """
    limits = limits or Limits()
    name = name or str(path)
    descriptor = os.dup(path) if isinstance(path, int) else open_plain(path, name)
    try:
        worker = _start(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    try:
        order = {
            "task": task,
            "descriptor": descriptor,
            "name": name,
            "folder": stat.S_ISDIR(os.fstat(descriptor).st_mode),
            "parent": os.getpid(),
            "limits": dataclasses.asdict(limits),
            "options": options,
        }
        assert worker.stdin is not None
        with worker.stdin, contextlib.suppress(BrokenPipeError):
            # One that ended before it listened is explained below.
            worker.stdin.write(json.dumps(order).encode() + b"\n")
        yield from _answers(worker, limits, name)
    finally:
        os.close(descriptor)
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        worker.wait()
        if worker.stdout is not None:
            worker.stdout.close()


def open_plain(path: Path | str, name: str, dir_fd: int | None = None) -> int:
    """Open a file or folder for reading without following a link.

    Raises
    ------
    BadInput
        If it is missing, unreadable, a link, a device or a pipe.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=dir_fd)
    except OSError as error:
        raise BadInput(_why_not(error), where=shown(name, 300)) from None
    mode = os.fstat(descriptor).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        os.close(descriptor)
        raise BadInput(
            "is no ordinary file (a device, pipe or socket); hand in a file or folder", where=shown(name, 300)
        )
    return descriptor


def _why_not(error: OSError) -> str:
    match error.errno:
        case errno.ELOOP:
            return "is a symbolic link; put the file itself in its place"
        case errno.ENOENT | errno.ENOTDIR:
            return "there is no such file; check the path"
        case errno.EACCES | errno.EPERM:
            return "cannot be read (permission denied); change its permissions"
        case errno.ENXIO:
            return "is no ordinary file (a device, pipe or socket); hand in a file or folder"
    return f"cannot be opened ({error.strerror})"


def _start(descriptor: int) -> subprocess.Popen[bytes]:
    # A venv's program finds its packages by its own place; nothing of the environment is needed, or given.
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", "-m", "telusur.evidence.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        cwd="/",
        pass_fds=(descriptor,),
        start_new_session=True,
        bufsize=0,
    )


def _answers(worker: subprocess.Popen[bytes], limits: Limits, name: str) -> Iterator[dict[str, Any]]:
    for count, line in enumerate(_lines(worker, limits, name)):
        try:
            message = json.loads(line)
        except ValueError:
            raise _unintelligible(name) from None
        if not isinstance(message, dict):
            raise _unintelligible(name)
        if len(message) == 1 and next(iter(message)).startswith("$"):
            _conclude(message, count, limits, name)
            return
        yield message
    _explain_death(worker, limits, name)


def _lines(worker: subprocess.Popen[bytes], limits: Limits, name: str) -> Iterator[bytes]:
    """Give the worker's lines; the clock runs only while there is nothing to hand on."""
    assert worker.stdout is not None
    answers = worker.stdout.fileno()
    ready = select.poll()
    ready.register(answers, select.POLLIN | select.POLLHUP)
    left = limits.wall_seconds
    received = 0
    pending = b""
    while True:
        began = time.monotonic()
        if not ready.poll(max(0.0, left) * 1000):
            seconds = f"{limits.wall_seconds:g}"
            raise _stopped(
                f"memerlukan lebih dari {seconds} detik untuk dibaca", f"took longer than {seconds} s to read", name
            )
        left -= time.monotonic() - began
        chunk = os.read(answers, _CHUNK)
        if not chunk:
            return
        received += len(chunk)
        if received > limits.output_bytes:
            megabytes = limits.output_bytes >> 20
            raise _stopped(
                f"memberikan lebih dari {megabytes} MB catatan", f"gave more than {megabytes} MB of records", name
            )
        *lines, pending = (pending + chunk).split(b"\n")
        if len(pending) > limits.message_bytes:
            kilobytes = limits.message_bytes >> 10
            raise _stopped(
                f"memuat catatan yang lebih panjang dari {kilobytes} kB",
                f"holds a record longer than {kilobytes} kB",
                name,
            )
        yield from lines


def _stopped(indonesian: str, english: str, name: str, *, tell: bool = False) -> BadInput:
    words = Text(
        f"{indonesian}; pembacaan dihentikan dan tidak ada isinya yang dipakai",
        f"{english}; reading was stopped, nothing of it was used",
    )
    if tell:
        words = Text(
            f"{words.id}; simpan berkasnya dan beri tahu pengembang",
            f"{words.en}; keep the file and tell the developers",
        )
    return BadInput(words, where=name)


def _unintelligible(name: str) -> BadInput:
    return _stopped(
        "membuat pembacanya memberi jawaban yang tidak dapat dimengerti",
        "made its reader answer nonsense",
        name,
        tell=True,
    )


def _conclude(message: dict[str, Any], count: int, limits: Limits, name: str) -> None:
    match message:
        case {"$done": int(told)} if told == count:
            return
        case {"$bad": [{"id": str(indonesian), "en": str(english)}, where, line, field]}:
            raise BadInput(Text(indonesian, english), where=where, line=line, field=field)
        case {"$memory": _}:
            raise _out_of_memory(limits, name)
        case {"$failed": str(place)}:
            raise _stopped(f"tidak dapat dibaca ({place[:200]})", f"could not be read ({place[:200]})", name, tell=True)
    raise _unintelligible(name)


def _out_of_memory(limits: Limits, name: str) -> BadInput:
    megabytes = limits.memory_bytes >> 20
    return _stopped(
        f"memerlukan lebih dari {megabytes} MB memori untuk dibaca",
        f"needs more than {megabytes} MB of memory to read",
        name,
    )


def _explain_death(worker: subprocess.Popen[bytes], limits: Limits, name: str) -> None:
    """Say why the worker ended without a last word."""
    ended = worker.wait()
    if ended == -signal.SIGXCPU:
        raise _stopped(
            f"memerlukan lebih dari {limits.cpu_seconds} detik waktu prosesor untuk dibaca",
            f"took more than {limits.cpu_seconds} s of processor time to read",
            name,
        )
    if ended == -signal.SIGKILL:
        raise _stopped(
            "tidak terbaca: pembacanya dihentikan dari luar, seperti yang dilakukan mesin yang kekurangan memori",
            "was not read: its reader was killed from outside, as a machine short of memory does",
            name,
        )
    if ended < 0:
        sign = signal.Signals(-ended).name
        raise _stopped(f"membuat pembacanya berhenti mendadak ({sign})", f"made its reader crash ({sign})", name)
    if ended != 0:
        raise WorkerUnavailable(
            f"the process that opens files does not start on this machine (exit {ended}); run `telusur doctor`"
        )
    raise _unintelligible(name)


class WorkerUnavailable(TelusurError):
    """The limited process cannot be started at all, whatever the file."""
