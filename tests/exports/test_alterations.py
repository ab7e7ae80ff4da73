"""Exports that were altered in every way that is easily thought of: nothing crashes, and nothing is lost in silence."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import full_exports
import x_archive
from telusur import dossier, exports
from telusur.domain.errors import BadInput
from telusur.evidence import Opened
from telusur.exports import messages, task
from telusur.exports.reduced import commitments

KINDS = (*full_exports.FULL, "reduced")
#: In all, over every kind.
MANY, FEW = 10_000, 144
HUGE = (10**30, -(10**30), 1e308, -1, 0, 10**18, 2**63)
ODD = (None, True, [], {}, "", "\x00", "9999-99-99", "\u202e", "a" * 3_000, ["x"], {"a": {"b": 1}}, *HUGE)
JS = re.compile(rb"window\.[\w.]+ = ")


class Told:
    """What a reader says of an export, or that it refuses it."""

    def __init__(self, path: Path, kind: str) -> None:
        said = {"chat": asked(kind).chat.as_json() if kind == "whatsapp" else None, "account": None}
        descriptor = os.open(path, os.O_RDONLY)
        self.refused: str | None = None
        intake = messages.Intake()
        events, self.problems, self.logs, self.left_out = [], [], [], ()
        try:
            for message in task.read(Opened(descriptor, "x", {}), **said):
                # What cannot travel to the parent would be a crash there.
                match json.loads(json.dumps(message, allow_nan=False)):
                    case {"event": event}:
                        events.append(intake.event(event))
                    case {"problem": problem}:
                        self.problems.append(messages.problem(problem))
                    case {"log": log}:
                        self.logs.append(messages.log(log))
                    case {"record": record}:
                        self.left_out = messages.whole(record).left_out
        except BadInput as error:
            self.refused = str(error)
        finally:
            os.close(descriptor)
        self.events = len(events)
        # A change of no interest here, such as of a picture, is counted without an event.
        self.counted = sum(log.found + log.skipped for log in self.logs)
        self.words = sum(len(event.text or "") for event in events)

    def stated(self) -> object:
        return (
            Counter((problem.file, problem.message) for problem in self.problems),
            [(log.name, log.file, log.skipped) for log in self.logs],
            self.left_out,
        )


@cache
def asked(kind: str) -> exports.Asked:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(full_exports.case_yaml("x" if kind == "reduced" else kind))
        return dossier.read_asked(path)


@cache
def members(kind: str) -> Mapping[str, bytes]:
    with TemporaryDirectory() as folder:
        if kind == "reduced":
            return {"r.json": reduction(Path(folder))}
        with zipfile.ZipFile(full_exports.FULL[kind](Path(folder))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def reduction(folder: Path) -> bytes:
    cost, commitments._N = commitments._N, 2
    try:
        return exports.reduce(full_exports.x(folder), asked("x"), name="x").as_bytes()
    finally:
        commitments._N = cost


def write(path: Path, held: Mapping[str, bytes], kind: str) -> Path:
    if kind == "reduced":
        path.write_bytes(next(iter(held.values()), b""))
        return path
    return x_archive.write_zip(path, dict(held), zipfile.ZIP_STORED)


def flip(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]


def truncate(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content))]


def insert(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + rng.randbytes(rng.randint(1, 40)) + content[at:]


def recode(content: bytes, rng: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    coding = rng.choice(["utf-16", "utf-8-sig", "utf-16-le", "utf-32", "latin-1", "utf-7"])
    return text.encode(coding, "replace")


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def edit(content: bytes, rng: random.Random) -> bytes:
    """Change a document's values: types, numbers, order, doubled and removed records."""
    head = JS.match(content)
    begun = head[0] if head else b""
    try:
        value = json.loads(content[len(begun) :])
    except ValueError:
        return lines(content, rng)
    *way, last = rng.choice([place for place in places(value) if place] or [(None,)])
    if last is None:
        return content
    holder = value
    for key in way:
        holder = holder[key]
    match rng.randrange(5):
        case 0:
            odd = rng.choice(ODD)
            # A list that was emptied is a list of nothing: no reader can tell what once stood in it.
            holder[last] = 0 if odd == [] and isinstance(holder[last], list) else odd
        case 1 if isinstance(holder, list):
            holder.insert(rng.randrange(len(holder) + 1), holder[last])
        case 2 if isinstance(holder, list):
            rng.shuffle(holder)
        case 3 if isinstance(holder, list):
            holder[last] = {"unknown": holder[last]}
        case _:
            holder[last] = rng.choice(HUGE)
    return begun + json.dumps(value, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")


def lines(content: bytes, rng: random.Random) -> bytes:
    found = content.split(b"\n")
    at = rng.randrange(len(found))
    match rng.randrange(4):
        case 0:
            found.insert(rng.randrange(len(found)), found[at])
        case 1:
            rng.shuffle(found)
        case 2:
            found[at] = found[at].replace(b",", rng.choice([b";", b"\t", b',"']), 1)
        case _:
            found[at] = re.sub(rb"\d+", str(rng.choice(HUGE)).encode(), found[at], count=1)
    return b"\n".join(found)


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, flip, truncate, insert, recode, edit, edit, edit)


def altered(kind: str, number: int, path: Path) -> tuple[Path, str]:
    """Write an altered export; says how it was altered."""
    rng = random.Random(f"{kind} {number}")
    held = dict(members(kind))
    name = rng.choice(sorted(held))
    way = rng.choice([*WAYS, "remove", "double", "raw", "raw"])
    if way == "remove" and kind != "reduced":
        del held[name]
    elif way == "double" and kind != "reduced":
        held[f"salinan/{name}"] = held[name]
    elif way in {"raw", "remove", "double"}:
        write(path, held, kind)
        path.write_bytes(rng.choice((flip, truncate, insert))(path.read_bytes(), rng))
        return path, "raw"
    else:
        assert callable(way)
        for _ in range(rng.randint(1, 3)):
            held[name] = way(held[name], rng) if held[name] else b"\0"
        way = way.__name__
    return write(path, held, kind), f"{way} {name}"


def check(kind: str, numbers: range, folder: Path) -> None:
    whole = Told(write(folder / "whole", members(kind), kind), kind)
    assert whole.events
    lost = []
    for number in numbers:
        path, how = altered(kind, number, folder / "altered")
        told = Told(path, kind)
        if told.refused is not None:
            assert "reader" not in told.refused, (kind, number, how, told.refused)
        elif told.events < whole.events and told.counted < whole.counted and not how.startswith("remove"):
            # A chat's line that no longer begins like one is part of the message before it: not lost.
            moved = kind == "whatsapp" and told.words >= whole.words - 100
            if not moved and told.stated() == whole.stated():
                lost.append((kind, number, how, told.events, whole.events))
    assert lost == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_altered_exports_neither_crash_nor_lose_in_silence(kind, tmp_path):
    check(kind, range(FEW // len(KINDS)), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "part"), list(itertools.product(KINDS, range(4))))
def test_ten_thousand_altered_exports_neither_crash_nor_lose_in_silence(kind, part, tmp_path):
    each = -(-MANY // (4 * len(KINDS)))
    check(kind, range(part * each, (part + 1) * each), tmp_path)
