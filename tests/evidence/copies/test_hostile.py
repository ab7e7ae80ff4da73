"""Hostile originals: each becomes a copy or a reason, within half a minute and a gigabyte, and nothing goes out."""

from __future__ import annotations

import os
import pickle
import resource
import socket
import time
from contextlib import suppress

import pytest

from evidence.copies import hostile
from telusur.domain.errors import BadInput
from telusur.evidence import Limits, copies
from telusur.evidence.copies.bare import is_bare

# warcio, which makes some of them, leaves its temporary files to be closed by chance.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

ALL = [(kind, name) for kind, variants in hostile.CLASSES.items() for name in variants]
#: One of each class for every run; those that pack much or that the limits have to stop are left to the long one.
FAST = [
    ("2 overlap", "two of one header"),
    ("3 recursion", "10 deep"),
    ("4 names", "../../x"),
    ("5 links", "a link as the document"),
    ("6 ambiguity", "document twice"),
    ("7 lies", "a flipped byte"),
    ("8 password", "docx"),
    ("9 polyglots", "pdf and zip"),
    ("10 scripts in pictures", "gif and script"),
    ("11 svg", "script"),
    ("12 pages", "refresh and pixel"),
    ("12 pages", "mhtml"),
    ("13 wacz", "as an original"),
    ("14 warc", "as an original"),
    ("15 pictures", "65535 wide"),
    ("15 pictures", "endless tiff"),
    ("17 pdf", "page loop"),
    ("17 pdf", "scripts"),
    ("17 pdf", "a count that lies"),
    ("18 office", "laughs"),
    ("18 office", "xxe"),
    ("18 office", "outside template"),
    ("18 office", "last cell"),
    ("19 json", "deep"),
    ("20 odd text", "direction"),
    ("21 sizes", "nothing"),
]
#: What must never be shown, wherever it was planted.
LEAKS = ("root:x:0", "hahahahaha")


def apart(work):
    """Do it in a process of its own: gives what came of it, and the kilobytes of the largest process it began."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        with suppress(BaseException), os.fdopen(writer, "wb") as out:
            pickle.dump((work(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss), out)
            code = 0
        os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as came:
        said = came.read()
    assert os.waitpid(child, 0)[1] == 0
    return pickle.loads(said)


def endure(kind, name):
    content = hostile.CLASSES[kind][name]()
    began = time.monotonic()
    made, largest = apart(lambda: copies.make(content, name=name[:40]))
    assert time.monotonic() - began < 30
    # A process begins with what the one holds that begins it, until it runs its own program.
    assert largest < max(1 << 20, 1.1 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    assert (made.kind == "none") == (made.why is not None)
    assert all(is_bare(page.content, page.media_type) for page in made.pages)
    said = (made.text or "") + str(made.notes) + str(made.why)
    assert not [leak for leak in LEAKS if leak in said]
    assert not any(mark in said for mark in "\u202e\u2066\u200b\ufeff\x1b\0")
    # No hole in the readers' lists: whatever a library needs was there before the worker was confined.
    assert "PermissionError" not in said
    assert "Error at" not in said, said
    return made


@pytest.mark.parametrize(("kind", "name"), FAST)
def test_a_sample_of_hostile_originals_harms_nobody(kind, name):
    endure(kind, name)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "name"), [one for one in ALL if one not in FAST])
def test_hostile_originals_harm_nobody(kind, name):
    made = endure(kind, name)
    began = time.monotonic()
    why = ""
    try:
        copies.read_metadata(hostile.CLASSES[kind][name](), name=name[:40])
    except BadInput as bad:
        why = str(bad)
    assert "PermissionError" not in why
    assert time.monotonic() - began < 60
    assert made.media_type


@pytest.mark.parametrize(
    "content",
    [b"<!doctype html><img src='http://127.0.0.1:{}/p.gif'>", b"<svg><image href='http://127.0.0.1:{}/'/></svg>"],
)
def test_nothing_calls_a_listener_of_ours(content):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.05)
        copies.make(content.replace(b"{}", str(listener.getsockname()[1]).encode()), name="a")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_each_limit_of_the_worker_gives_a_reason_and_no_copy():
    heavy = hostile.CLASSES["15 pictures"]["as many as allowed"]()
    small = copies.make(heavy, name="a", limits=Limits(memory_bytes=220 << 20, cpu_seconds=20))
    assert small.kind == "none"
    assert "memory" in small.why.en
    slow = hostile.CLASSES["17 pdf"]["much drawing"]()
    hurried = copies.make(slow, name="a", limits=Limits(cpu_seconds=1))
    assert hurried.kind == "none"
    assert "processor time" in hurried.why.en
    late = copies.make(heavy, name="a", limits=Limits(wall_seconds=0.05))
    assert "took longer than 0.05 s" in late.why.en
