"""Ended at any moment of adding or erasing: no file without its entry, no entry without its file."""

import os
import random
import signal
import time

import pytest

from telusur.evidence import store as stores


def works(folder, files):
    """Add and erase until killed."""
    with stores.Store.open(folder) as opened:
        for number in range(10_000):
            case = f"K-{number % 3}"
            stores.add(opened, case, stores.given(files, stores.Receipt()), actor="x")
            if number % 3 == 2:
                stores.erase(opened, case, grounds="x", by="x")


def killed(folder, files, seconds):
    child = os.fork()
    if not child:
        try:
            works(folder, files)
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it ended before it was killed"


def again_and_again(store, tmp_path, times):
    files = []
    for name in ("a", "b", "c"):
        files.append(tmp_path / name)
        files[-1].write_bytes(name.encode() * 40_000)
    store.close()
    chosen = random.Random(5)
    for _ in range(times):
        killed(store.folder, files, chosen.uniform(0.02, 0.25))
        with stores.Store.open(store.folder) as opened:
            found = stores.check(opened)
            assert found.problems == ()
            opened.sweep()
            found = stores.check(opened)
            assert found.problems == ()
            assert not any("left" in words.en for words in found.notices)
            with opened.acting():
                pass
    with stores.Store.open(store.folder) as opened:
        assert opened.ledger.size() > 1


def test_a_few_ends_leave_a_store_that_holds(store, tmp_path):
    again_and_again(store, tmp_path, 4)


@pytest.mark.long
def test_two_hundred_ends_leave_a_store_that_holds(store, tmp_path):
    again_and_again(store, tmp_path, 200)
