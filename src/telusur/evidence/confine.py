"""What a worker does to itself before it looks at a foreign file; each measure is tried, and what failed is told."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from typing import Final

from telusur.evidence import seccomp
from telusur.evidence.limits import Limits

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_CLONE_NEWIPC: Final = 0x08000000
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4


def confine(limits: Limits, *, folder: int | None, parent: int) -> dict[str, bool]:
    """Limit this process, for good.

    Parameters
    ----------
    limits
        What it may spend.
    folder
        Folder whose files it must open; ``None`` where the one file is open already and no other may be.
    parent
        Process that waits for it; it ends with that one.

    Returns
    -------
    dict[str, bool]
        Which measures are in force.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    held = {
        "no_new_privileges": seccomp.refuse_new_privileges(libc),
        # An ordinary user needs a namespace of users to make one of networks; root may be allowed only the latter.
        "no_network_namespace": libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0
        or libc.unshare(_CLONE_NEWNET | _CLONE_NEWIPC) == 0,
    }
    if folder is not None:
        held["own_root"] = _enter(folder)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # The parent ended before the line above: nobody waits for an answer.
        os._exit(1)
    held["processor"] = _limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    held["memory"] = _limit(resource.RLIMIT_AS, limits.memory_bytes)
    held["no_writing"] = _limit(resource.RLIMIT_FSIZE, 0)
    held["open_files"] = _limit(resource.RLIMIT_NOFILE, limits.open_files)
    held["no_processes"] = _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_CORE, 0)
    held["seccomp"] = seccomp.install(libc, os.uname().machine, opening=folder is not None)
    return held


def _enter(folder: int) -> bool:
    """Make a folder all that this process can see of the disk; the namespace of users gives it the right to."""
    try:
        os.fchdir(folder)
        os.chroot(".")
    except OSError:
        return False
    return True


def _limit(which: int, soft: int, hard: int | None = None) -> bool:
    """Set a limit, but never above what is in force already."""
    _, ceiling = resource.getrlimit(which)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(which, (soft, hard))
        return True
    return False
