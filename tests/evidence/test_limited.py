"""What the limited worker promises: it answers, or it is stopped and says at which limit."""

from __future__ import annotations

import os
import re
import socket
import stat
import time
from pathlib import Path

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import Limits, WorkerUnavailable, limited, open_limited

ATTEMPTS, MISDEED = "telusur.evidence.probe:", "telusur.evidence.misdeeds:"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "bukti.bin"
    path.write_bytes(b"isi")
    return path


def run(task, path, limits=None, **options):
    where = ATTEMPTS if task == "escapes" else MISDEED
    return list(open_limited(where + task, path, limits, name="evidence/bukti.bin", **options))


def test_a_worker_that_burns_the_processor_is_stopped_and_the_limit_is_named(file):
    with pytest.raises(BadInput, match=r"evidence/bukti.bin: took more than 1 s of processor time"):
        run("burn", file, Limits(cpu_seconds=1))


def test_a_worker_that_swells_is_stopped_and_the_limit_is_named(file):
    with pytest.raises(BadInput, match=r"needs more than 256 MB of memory"):
        run("swell", file, Limits(memory_bytes=256 << 20))


def test_a_worker_that_idles_is_stopped_and_the_limit_is_named(file):
    began = time.monotonic()
    with pytest.raises(BadInput, match=r"took longer than 0.5 s to read"):
        run("idle", file, Limits(wall_seconds=0.5))
    assert time.monotonic() - began < 10


def test_a_message_beyond_its_length_is_refused(file):
    with pytest.raises(BadInput, match=r"holds a record longer than 64 kB"):
        run("flood", file, Limits(message_bytes=64 << 10), length=1 << 20)


def test_messages_beyond_their_total_are_refused(file):
    with pytest.raises(BadInput, match=r"gave more than 1 MB of records"):
        run("flood", file, Limits(output_bytes=1 << 20), length=1000)


def test_a_crash_is_told_as_such(file):
    with pytest.raises(BadInput, match=r"made its reader crash \(SIGSEGV\)"):
        run("crash", file)


def test_an_unforeseen_error_names_its_place_and_none_of_the_files_words(file):
    with pytest.raises(BadInput, match=r"RuntimeError at misdeeds.py:\d+") as caught:
        run("stumble", file)
    assert "own words" not in str(caught.value)


def test_a_worker_killed_from_outside_is_told(file, monkeypatch):
    started = []
    start = limited._start
    monkeypatch.setattr(limited, "_start", lambda descriptor: started.append(start(descriptor)) or started[0])
    messages = open_limited(MISDEED + "flood", file, length=100, name="bukti")
    next(messages)
    started[0].kill()
    with pytest.raises(BadInput, match="killed from outside"):
        list(messages)


def test_a_reader_left_early_leaves_no_process_behind(file, monkeypatch):
    started = []
    start = limited._start
    monkeypatch.setattr(limited, "_start", lambda descriptor: started.append(start(descriptor)) or started[0])
    messages = open_limited(MISDEED + "flood", file, length=100)
    next(messages)
    messages.close()
    assert started[0].returncode is not None


def test_messages_come_one_by_one_while_the_worker_still_works(file):
    messages = open_limited(MISDEED + "flood", file, length=10)
    assert [next(messages) for _ in range(3)] == [{"x": "x" * 10}] * 3
    messages.close()


def test_nothing_of_the_environment_reaches_the_worker(file, monkeypatch):
    monkeypatch.setenv("TELUSUR_SECRET", "do-not-leak")
    (message,) = run("surroundings", file)
    assert set(message["environment"]) <= {"LC_ALL", "LC_CTYPE"}
    # Its orders, its answers, a closed error channel: no other file of ours.
    assert message["descriptors"] == [0, 1, 2]


def test_a_socket_to_our_own_listener_is_refused(file):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        (message,) = run("call", file, port=listener.getsockname()[1])
        assert message["refused"]
        with pytest.raises(TimeoutError):
            listener.accept()


def test_only_the_houses_own_functions_run_in_a_worker(file):
    with pytest.raises(WorkerUnavailable, match="does not start"):
        list(open_limited("os:listdir", file))


def test_a_worker_that_cannot_start_is_no_fault_of_the_file(file, monkeypatch):
    monkeypatch.setattr(limited.sys, "executable", "/bin/false")
    with pytest.raises(WorkerUnavailable, match="telusur doctor"):
        run("escapes", file)


def test_a_program_that_is_missing_leaves_no_descriptor_open(file, monkeypatch):
    monkeypatch.setattr(limited.sys, "executable", "/nonexistent/python")
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    with pytest.raises(OSError, match="nonexistent"):
        run("escapes", file)
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) == before


def test_with_one_file_open_no_other_can_be_opened(file):
    found = {message.get("attempt"): message.get("refused") for message in run("escapes", file)}
    held = run("escapes", file)[0]["held"]
    assert found["other_files"] == held["seccomp"]
    assert found["writing"]


@pytest.mark.parametrize(
    "answer",
    [b"nonsense\n", b"[1]\n", b'{"$done":7}\n', b'{"$what":1}\n', b'{"$bad":[1]}\n', b'"'],
    ids=["no-json", "no-object", "wrong-count", "unknown-word", "bad-error", "cut"],
)
def test_an_answer_that_makes_no_sense_is_refused(file, tmp_path, monkeypatch, answer):
    program = tmp_path / "python"
    program.write_text(
        f"#!/bin/sh\nprintf '%s' '{answer.decode().strip()}'\n{'echo' if answer.endswith(b'') else ''}\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(limited.sys, "executable", str(program))
    with pytest.raises(BadInput, match="answer nonsense"):
        run("escapes", file)


def test_a_missing_file_is_one_clear_sentence(tmp_path):
    with pytest.raises(BadInput, match=r"bukti.bin: there is no such file"):
        run("escapes", tmp_path / "none")


def test_a_symbolic_link_is_refused(tmp_path, file):
    link = tmp_path / "tautan"
    link.symlink_to(file)
    with pytest.raises(BadInput, match="is a symbolic link"):
        run("escapes", link)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipa")
    with pytest.raises(BadInput, match="no ordinary file"):
        run("escapes", tmp_path / "pipa")


def test_a_device_and_a_socket_are_refused(tmp_path):
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    with pytest.raises(BadInput, match="no ordinary file"):
        run("escapes", Path("/dev/null"))
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "s"))
        with pytest.raises(BadInput, match="no ordinary file"):
            run("escapes", tmp_path / "s")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_one_clear_sentence(file):
    file.chmod(0)
    with pytest.raises(BadInput, match="permission denied"):
        run("escapes", file)


@pytest.mark.parametrize(
    ("number", "words"),
    [(13, "permission denied"), (40, "symbolic link"), (6, "no ordinary file"), (5, r"cannot be opened \(Input")],
)
def test_each_reason_for_not_opening_has_its_sentence(number, words):
    assert re.search(words, limited._why_not(OSError(number, os.strerror(number))))


def test_a_worker_starts_within_a_fifth_of_a_second_of_processor_time(file):
    before = os.times()
    run("surroundings", file)
    after = os.times()
    assert after.children_user - before.children_user < 0.2
