"""What the worker does with its orders; here in this process, with its confinement recorded and not carried out."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys

import pytest

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import confine, worker
from telusur.evidence.limits import Limits

HELD = {"memory": True}


def gives(opened, *, count):
    assert opened.held == HELD
    yield from ({"number": number} for number in range(count))


def refuses(_):
    yield {"number": 0}
    raise BadInput(Text("tidak benar", "is not right"), where="a", line=3, field="b")


def is_greedy(_):
    yield {"number": 0}
    raise MemoryError


def stumbles(_):
    yield {"number": 0}
    raise KeyError("a secret")


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr(worker, "confine", lambda *_, **__: HELD)

    def serve(task, **options):
        monkeypatch.setattr(worker, "find", lambda _: task)
        order = {"task": "x", "limits": {}, "folder": False, "parent": 1, "descriptor": 0, "name": "a"}
        answers = io.StringIO()
        worker.serve(io.StringIO(json.dumps(order | {"options": options}) + "\n"), answers)
        return [json.loads(line) for line in answers.getvalue().splitlines()]

    return serve


def test_messages_are_followed_by_their_count(served):
    assert served(gives, count=2) == [{"number": 0}, {"number": 1}, {"$done": 2}]


def test_a_refusal_travels_with_its_place(served):
    assert served(refuses)[-1] == {"$bad": [{"id": "tidak benar", "en": "is not right"}, "a", 3, "b"]}


def test_a_lack_of_memory_is_told(served):
    assert served(is_greedy)[-1] == {"$memory": True}


def test_an_unforeseen_error_is_told_by_its_place_alone(served):
    last = served(stumbles)[-1]
    assert last["$failed"].startswith("KeyError at test_worker.py:")
    assert "secret" not in last["$failed"]


def test_an_error_without_a_place_is_told_by_its_name():
    assert worker.place_of(ValueError("x")) == "ValueError"


def test_only_the_houses_own_functions_are_found():
    assert worker.find("telusur.evidence.misdeeds:burn").__name__ == "burn"
    with pytest.raises(BadInput, match="no task of telusur"):
        worker.find("os:system")


class Libc:
    """Records what is asked of the system."""

    def __init__(self, refused=()):
        self.asked = []
        self.refused = refused

    def _answer(self, *what):
        self.asked.append(what[:2])
        return -1 if what[:2] in self.refused else 0

    def prctl(self, *arguments):
        return self._answer("prctl", arguments[0])

    def unshare(self, flags):
        return self._answer("unshare", flags)


@pytest.fixture
def confined(monkeypatch):
    def run(refused=(), failing=(), ceiling=resource.RLIM_INFINITY, **changes):
        libc, limits = Libc(refused), {}

        def setrlimit(which, values):
            if which in failing:
                raise ValueError
            limits[which] = values

        monkeypatch.setattr(confine.ctypes, "CDLL", lambda *_, **__: libc)
        monkeypatch.setattr(confine.resource, "setrlimit", setrlimit)
        monkeypatch.setattr(confine.resource, "getrlimit", lambda _: (ceiling, ceiling))
        arguments = {"folder": None, "parent": os.getppid()} | changes
        return confine.confine(Limits(cpu_seconds=7), **arguments), limits, libc

    return run


def test_every_measure_is_asked_for(confined):
    held, limits, libc = confined()
    assert all(held.values())
    assert limits[resource.RLIMIT_CPU] == (7, 8)
    assert limits[resource.RLIMIT_FSIZE] == limits[resource.RLIMIT_NPROC] == limits[resource.RLIMIT_CORE] == (0, 0)
    # No new rights before the filter, and the filter last of all.
    assert libc.asked[0] == ("prctl", 38)
    assert libc.asked[-1] == ("prctl", 22)


def test_where_namespaces_of_users_are_forbidden_one_of_networks_is_tried(confined):
    both = 0x10000000 | 0x40000000 | 0x08000000
    held, _, libc = confined(refused={("unshare", both)})
    assert held["no_network_namespace"]
    assert ("unshare", both & ~0x10000000) in libc.asked


def test_what_fails_is_told_and_the_rest_is_done(confined):
    refused = {("prctl", 22), ("prctl", 38), ("unshare", 0x58000000), ("unshare", 0x48000000)}
    held, limits, _ = confined(refused=refused, failing={resource.RLIMIT_AS})
    assert {name for name, holds in held.items() if not holds} == {
        "seccomp",
        "no_new_privileges",
        "no_network_namespace",
        "memory",
    }
    assert resource.RLIMIT_CPU in limits


def test_a_worker_for_a_folder_sees_nothing_else_where_that_is_allowed(confined, monkeypatch):
    entered = []
    monkeypatch.setattr(confine.os, "fchdir", entered.append)
    monkeypatch.setattr(confine.os, "chroot", entered.append)
    assert confined(folder=9)[0]["own_root"]
    assert entered == [9, "."]

    def forbidden(_):
        raise PermissionError

    monkeypatch.setattr(confine.os, "chroot", forbidden)
    assert not confined(folder=9)[0]["own_root"]
    assert "own_root" not in confined()[0]


def test_a_limit_already_in_force_is_not_raised(confined):
    _, limits, _ = confined(ceiling=3)
    assert limits[resource.RLIMIT_CPU] == (3, 3)


def test_a_worker_whose_parent_is_gone_ends(confined, monkeypatch):
    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(confine.os, "_exit", leave)
    with pytest.raises(SystemExit):
        confined(parent=-1)


def test_a_worker_brings_no_heavy_library():
    heavy = {"numpy", "polars", "pydantic", "puremagic", "yaml"}
    script = "import sys, telusur.evidence.worker, telusur.exports.task; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert heavy & set(found.stdout.split()) == set()
