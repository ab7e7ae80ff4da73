"""That the probe can tell: each attempt that a worker must be refused succeeds where nothing refuses it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from telusur.evidence import misdeeds, probe
from telusur.evidence.opening import Opened

OPENED = Opened(0, "a", {"memory": True})


@pytest.mark.parametrize("attempt", ["program", "process", "writing", "other_files"])
def test_an_attempt_succeeds_without_confinement(attempt):
    if attempt == "writing" and not os.access("/dev/shm", os.W_OK):
        pytest.skip("no shared memory on this machine")
    probe._ATTEMPTS[attempt]()


def test_watching_succeeds_without_confinement():
    script = "from telusur.evidence import probe; probe._watching()"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_what_goes_through_is_told_as_not_refused(monkeypatch):
    def refused():
        raise PermissionError

    def unanswered():
        raise ConnectionRefusedError

    monkeypatch.setattr(probe, "_ATTEMPTS", {"a": lambda: None, "b": refused, "network": unanswered})
    held, *found = probe.escapes(OPENED)
    assert held == {"held": {"memory": True}}
    assert [message["refused"] for message in found] == [False, True, False]


def test_a_call_that_is_answered_or_only_lacks_a_listener_was_not_refused():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert list(misdeeds.call(OPENED, port=port)) == [{"refused": False}]
    assert list(misdeeds.call(OPENED, port=port)) == [{"refused": False}]


def test_no_listener_here_means_the_network_was_reached():
    with pytest.raises(ConnectionRefusedError):
        probe._network()


def test_a_watcher_that_is_refused_is_told(monkeypatch):
    class Refusing:
        def ptrace(self, *_):
            return -1

    monkeypatch.setattr(probe.ctypes, "CDLL", lambda *_, **__: Refusing())
    with pytest.raises(OSError, match="ptrace"):
        probe._watching()


@pytest.mark.parametrize("task", [misdeeds.burn, misdeeds.swell, misdeeds.idle, misdeeds.crash, misdeeds.stumble])
def test_each_way_to_fail_begins_by_saying_so(task):
    assert next(iter(task(OPENED))) == {"begun": True}


def test_surroundings_and_flood_tell_what_they_are_asked():
    assert 0 not in next(iter(misdeeds.surroundings(OPENED)))["descriptors"]
    assert next(iter(misdeeds.flood(OPENED, length=3))) == {"x": "xxx"}
    with pytest.raises(RuntimeError):
        list(misdeeds.stumble(OPENED))
