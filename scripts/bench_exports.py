"""Measures what reading a large export, and weighing an act with it, takes: seconds, and the most memory held.

Run it as ``python scripts/bench_exports.py [POSTS]`` for an invented X archive of that many posts, or as
``python scripts/bench_exports.py facebook [POSTS [SESSIONS]]`` for an invented Facebook export.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import meta_export
import x_archive
from telusur import exports, tracing
from telusur.domain.act import Act
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.domain.record import AccountRecord


def _own_peak() -> int:
    """Give this process's peak in kB; what `getrusage` tells would count the program that started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _processor_seconds() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _weighing(record: AccountRecord) -> float:
    """Give the processor seconds that weighing the last post takes, the model loaded already."""
    tracing.models()
    last = record.of("post")[-1]
    assert last.at is not None
    act = Act(
        "A1",
        Facts.read({"act": {"kind": "post"}}),
        record.account,
        Moment(last.at, timedelta(seconds=1), last.written),
        last.text,
    )
    began = _processor_seconds()
    tracing.weigh(tracing.Question(act, (record,)))
    return _processor_seconds() - began


def measured(posts: int, sessions: int | None = None, *, weighed: bool = False) -> dict[str, float]:
    """Read an export of so many posts once, in this process, which should hold nothing else yet.

    Parameters
    ----------
    posts
        How many.
    sessions
        Rows of sessions, for a Facebook export; ``None`` for an X archive.
    weighed
        Whether to weigh an act with it as well, once the memory of reading was measured.

    Returns
    -------
    dict[str, float]
        Posts, seconds, processor seconds of parent and worker for reading and of the parent for weighing, and their
        peaks in MB.
    """
    with tempfile.TemporaryDirectory() as folder:
        # Made by a process of its own, so that its memory is not counted.
        path = Path(folder) / "archive.zip"
        target, args = (x_archive, (path, posts)) if sessions is None else (meta_export, (path, posts, sessions))
        maker = multiprocessing.get_context("spawn").Process(target=target.write_many, args=args)
        maker.start()
        maker.join()
        spent = _processor_seconds()
        began = time.perf_counter()
        record = exports.read(path, name="archive.zip")
        seconds = time.perf_counter() - began
        spent = _processor_seconds() - spent
    peak = _own_peak()
    if len(record.of("post")) != posts or len(record.of("session_seen")) != (sessions or 0) or record.problems:
        raise SystemExit(f"{len(record.of('post'))} of {posts} posts were read; problems: {record.problems[:3]}")
    kilobyte = 1024
    return {
        "posts": posts,
        "sessions": sessions or 0,
        "seconds": round(seconds, 2),
        "processor_seconds": round(spent, 2),
        "parent_mb": peak / kilobyte,
        # The maker is counted here too where it held more.
        "children_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / kilobyte,
        **({"weighing_processor_seconds": round(_weighing(record), 2)} if weighed else {}),
    }


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word != "facebook"]
    if "facebook" in sys.argv:
        print(measured(*(numbers or [10_000]), *([] if len(numbers) > 1 else [50_000]), weighed=True))
    else:
        print(measured(numbers[0] if numbers else 100_000))
