"""The limited process in which foreign files are opened: ``python -I -B -m telusur.evidence.worker``.

It is told on standard input what to do (one JSON line), gets the file as an open descriptor, confines itself, and
answers on standard output, one JSON line a message. It never sees the environment and leaves nothing behind.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from telusur.domain.errors import BadInput
from telusur.evidence.confine import confine
from telusur.evidence.limits import Limits
from telusur.evidence.opening import Opened

Task = Callable[..., Iterator[Mapping[str, object]]]


def find(task: str) -> Task:
    """Give the function that ``package.module:function`` names; only the house's own may run here."""
    module, _, function = task.partition(":")
    if module.partition(".")[0] != "telusur":
        raise BadInput(f"{task} is no task of telusur")
    found: Task = getattr(importlib.import_module(module), function)
    return found


def place_of(error: BaseException) -> str:
    """Say where an error arose, without a word of what the file held."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def serve(orders: IO[str], answers: IO[str]) -> None:
    """Do the one task that is ordered."""
    order = json.loads(orders.readline())
    task = find(order["task"])
    limits = Limits(**order["limits"])
    held = confine(limits, folder=order["descriptor"] if order["folder"] else None, parent=order["parent"])
    opened = Opened(order["descriptor"], order["name"], held)
    write = answers.write
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False).encode
    count = 0
    last: dict[str, object]
    try:
        for message in task(opened, **order["options"]):
            write(encode(message) + "\n")
            count += 1
        last = {"$done": count}
    except BadInput as bad:
        last = {"$bad": [bad.words.as_json(), bad.where, bad.line, bad.field]}
    except MemoryError:
        last = {"$memory": True}
    except Exception as error:  # noqa: BLE001 - whatever a foreign file brings about is told, not raised
        last = {"$failed": place_of(error)}
    write(encode(last) + "\n")
    answers.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
    sys.stdout.flush()
    # Nothing is left to tidy, and a confined process could not.
    os._exit(0)
