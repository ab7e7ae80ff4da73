"""A seccomp filter that leaves a worker the calls it needs to read and answer, and refuses all others.

An allow-list: a call that a later kernel adds, or that an x86-64 kernel also takes by the numbers of x32, is refused
without anybody having thought of it. What is refused answers
``EPERM``, so that a library that only tries fails softly. Layout: classic BPF as in Linux
``Documentation/userspace-api/seccomp_filter.rst``; call numbers from each architecture's ``unistd.h``.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_KILL: Final = 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
#: Where the number, the architecture and the low halves of the arguments stand in ``struct seccomp_data``.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16

#: Calls that reading an open file, unpacking it in memory and answering over a pipe need.
_ALLOWED: Final = {
    "x86_64": (
        0xC000003E,
        {
            "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "mmap": 9, "mprotect": 10,
            "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17,
            "readv": 19, "writev": 20, "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32, "nanosleep": 35,
            "getpid": 39, "exit": 60, "uname": 63, "fcntl": 72, "gettimeofday": 96, "getrusage": 98, "sysinfo": 99,
            "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "sigaltstack": 131, "gettid": 186,
            "futex": 202, "getdents64": 217, "set_tid_address": 218, "restart_syscall": 219, "clock_gettime": 228,
            "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "newfstatat": 262, "set_robust_list": 273,
            "getrandom": 318, "statx": 332, "rseq": 334,
        },
        257,
    ),
    "aarch64": (
        0xC00000B7,
        {
            "dup": 23, "fcntl": 25, "close": 57, "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65,
            "writev": 66, "pread64": 67, "ppoll": 73, "newfstatat": 79, "fstat": 80, "exit": 93, "exit_group": 94,
            "set_tid_address": 96, "futex": 98, "set_robust_list": 99, "nanosleep": 101, "clock_gettime": 113,
            "clock_getres": 114, "clock_nanosleep": 115, "sched_yield": 124, "restart_syscall": 128,
            "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "uname": 160,
            "getrusage": 165, "gettimeofday": 169, "getpid": 172, "getuid": 174, "geteuid": 175, "getgid": 176,
            "getegid": 177, "gettid": 178, "sysinfo": 179, "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222,
            "mprotect": 226, "madvise": 233, "getrandom": 278, "statx": 291, "rseq": 293,
        },
        56,
    ),
}  # fmt: skip


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)


def program(machine: str, *, opening: bool) -> bytes | None:
    """Give the filter for an architecture.

    Parameters
    ----------
    machine
        As ``os.uname().machine`` names it.
    opening
        Whether files may still be opened for reading (a folder's members are; a zip's need not).

    Returns
    -------
    bytes | None
        Classic BPF; ``None`` for an architecture whose call numbers are not known here.
    """
    if machine not in _ALLOWED:
        return None
    architecture, calls, openat = _ALLOWED[machine]
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_JUMP_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    for number in calls.values():
        steps += [_step(_JUMP_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    if opening:
        changing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        steps += [
            _step(_JUMP_EQUAL, openat, 0, 4),
            _step(_LOAD, _FIRST_ARGUMENT + 2 * 8),
            _step(_JUMP_ANY_BIT, changing, 1, 0),
            _step(_RETURN, _ALLOW),
            _step(_RETURN, _REFUSE),
        ]
    steps.append(_step(_RETURN, _REFUSE))
    return b"".join(steps)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse_new_privileges(libc: ctypes.CDLL) -> bool:
    """Make sure that no program started from here could gain rights; whether that holds."""
    return int(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) == 0


def install(libc: ctypes.CDLL, machine: str, *, opening: bool) -> bool:
    """Put the filter in force for this process, for good; whether that succeeded."""
    steps = program(machine, opening=opening)
    if steps is None:
        return False
    filled = _Program(len(steps) // 8, steps)
    return int(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filled), 0, 0)) == 0
