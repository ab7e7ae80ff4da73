"""Which calls the filter leaves a worker; the programs are run here as the kernel would run them."""

from __future__ import annotations

import os
import struct

import pytest

from telusur.evidence import seccomp

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000


def test_an_architecture_whose_calls_are_unknown_gets_no_filter():
    assert seccomp.program("riscv64", opening=False) is None
    assert not seccomp.install(None, "riscv64", opening=False)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_is_whole_instructions_within_the_kernels_bound(machine):
    for opening in (True, False):
        steps = seccomp.program(machine, opening=opening)
        assert len(steps) % 8 == 0
        assert len(steps) // 8 <= 4096


def _verdict(steps: bytes, number: int, architecture: int, flags: int = 0) -> int:
    """Run a filter as the kernel would."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, 0, 0, flags, 0, 0, 0)
    accumulator = at = 0
    while True:
        code, if_true, if_false, value = struct.unpack_from("<HBBI", steps, at * 8)
        at += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == 0x06:
            return value
        else:
            holds = {0x15: accumulator == value, 0x45: bool(accumulator & value)}[code]
            at += if_true if holds else if_false


@pytest.mark.parametrize(
    ("machine", "architecture", "openat"), [("x86_64", 0xC000003E, 257), ("aarch64", 0xC00000B7, 56)]
)
def test_the_filter_allows_what_is_listed_and_refuses_every_other_call(machine, architecture, openat):
    listed = set(seccomp._ALLOWED[machine][1].values())
    steps = seccomp.program(machine, opening=False)
    for number in range(600):
        assert _verdict(steps, number, architecture) == (ALLOW if number in listed else REFUSE)
    assert _verdict(steps, 0x40000000 + min(listed), architecture) == REFUSE
    assert _verdict(steps, min(listed), 0x40000003) == KILL
    opening = seccomp.program(machine, opening=True)
    assert _verdict(opening, openat, architecture, os.O_RDONLY | os.O_DIRECTORY) == ALLOW
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_RDONLY | os.O_APPEND):
        assert _verdict(opening, openat, architecture, flags) == REFUSE
    assert _verdict(opening, openat + 600, architecture) == REFUSE
