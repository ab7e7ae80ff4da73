"""Run a program that ends when the office ends, however it ends.

``python -m telusur.office.child PARENT MODULE ARGUMENTS``: Linux is asked to end this process when its parent does
(prctl(2), PR_SET_PDEATHSIG), which holds through the ``exec`` that follows. Without it, what outlives an office that
was killed would keep its address, and go on writing beside the next one.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def main(arguments: list[str]) -> None:
    """Become the program."""
    parent, *program = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(parent):  # it ended before we asked
        return
    os.execv(sys.executable, [sys.executable, "-m", *program])  # noqa: S606 - our own programs


if __name__ == "__main__":
    main(sys.argv[1:])
