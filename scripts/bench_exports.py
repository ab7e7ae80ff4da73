"""Measures what reading a large X archive takes: seconds, and the most memory that parent and worker held.

Run it as ``python scripts/bench_exports.py [POSTS]``; it makes an invented archive of that many posts.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import x_archive
from telusur import exports


def _own_peak() -> int:
    """Give this process's peak in kB; what `getrusage` tells would count the program that started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def measured(posts: int) -> dict[str, float]:
    """Read an archive of so many posts once, in this process, which should hold nothing else yet.

    Returns
    -------
    dict[str, float]
        Posts, seconds, and the peaks of parent and worker in MB.
    """
    with tempfile.TemporaryDirectory() as folder:
        # Made by a process of its own, so that its memory is not counted.
        path = Path(folder) / "archive.zip"
        maker = multiprocessing.get_context("spawn").Process(target=x_archive.write_many, args=(path, posts))
        maker.start()
        maker.join()
        began = time.perf_counter()
        record = exports.read(path, name="archive.zip")
        seconds = time.perf_counter() - began
    if len(record.of("post")) != posts or record.problems:
        raise SystemExit(f"{len(record.of('post'))} of {posts} posts were read; problems: {record.problems[:3]}")
    kilobyte = 1024
    return {
        "posts": posts,
        "seconds": round(seconds, 2),
        "parent_mb": _own_peak() / kilobyte,
        # The maker is counted here too where it held more.
        "children_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / kilobyte,
    }


if __name__ == "__main__":
    print(measured(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
