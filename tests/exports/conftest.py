"""Reading in this process instead of a worker, for what is not about the worker."""

from __future__ import annotations

import importlib
import json
import os

import pytest

from telusur.evidence import Opened
from telusur.exports import door


@pytest.fixture
def here(monkeypatch):
    """Let `exports.read` run its task here; messages still pass through JSON."""

    def run(named, path, _limits=None, *, name, **said):
        module, _, function = named.partition(":")
        task = getattr(importlib.import_module(module), function)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            for message in task(Opened(descriptor, name, {}), **json.loads(json.dumps(said))):
                yield json.loads(json.dumps(message))
        finally:
            os.close(descriptor)

    monkeypatch.setattr(door, "open_limited", run)
