"""Reading in this process instead of a worker, for what is not about the worker."""

from __future__ import annotations

import json
import os

import pytest

from telusur.evidence import Opened
from telusur.exports import door, task


@pytest.fixture
def here(monkeypatch):
    """Let `exports.read` run its task here; messages still pass through JSON."""

    def run(_task, path, _limits=None, *, name):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            for message in task.read(Opened(descriptor, name, {})):
                yield json.loads(json.dumps(message))
        finally:
            os.close(descriptor)

    monkeypatch.setattr(door, "open_limited", run)
