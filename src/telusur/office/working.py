"""The worker beside the web server, and how others see that it lives: a file that it touches every few seconds."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Final

from telusur.office.home import Home

#: Seconds between two signs of life, and after how many without one a worker is taken to be down.
BEAT: Final = 5
DOWN_AFTER: Final = 20
#: How often a task is begun that each time took its worker down with it.
_TRIES: Final = 3


def _sign() -> Path:
    return Home.here().path / "worker.beat"


def alive(now: float | None = None) -> bool:
    """Say whether a worker gave a sign of life lately; long tasks do not hold it up.

    Parameters
    ----------
    now
        Seconds since 1970; the present if left out.
    """
    try:
        last = _sign().stat().st_mtime
    except OSError:
        return False
    return (time.time() if now is None else now) - last < DOWN_AFTER


def take_up_again() -> int:
    """Put back what a worker had begun when it was ended; only where no worker runs.

    Returns
    -------
    int
        How many tasks wait again. What took its worker down time and again is given up as failed.
    """
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - needs Django's settings

    again = 0
    for task in DBTaskResult.objects.running():
        if len(task.worker_ids) < _TRIES:
            again += DBTaskResult.objects.filter(pk=task.pk, status=task.status).update(status="READY", started_at=None)
        else:
            task.set_failed(RuntimeError("its worker ended each time it was begun"))
    return again


def _beat() -> None:
    sign = _sign()
    while True:
        sign.touch(mode=0o600)
        time.sleep(BEAT)


def main() -> None:
    """Work until told to stop; a task that was begun is brought to its end first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telusur.office.settings")
    import django  # noqa: PLC0415 - the environment first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    threading.Thread(target=_beat, daemon=True).start()
    try:
        call_command("db_worker", queue_name="*", interval=1, verbosity=0)
    finally:
        _sign().unlink(missing_ok=True)


if __name__ == "__main__":
    main()
