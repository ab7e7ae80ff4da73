"""Run an office on this machine: the web server and its worker, until told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from telusur.domain.errors import BadInput
from telusur.office.home import DEMO, HOME, Home

SETTINGS: Final = "telusur.office.settings"
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
#: Seconds that a program is given to end by itself.
_GRACE: Final = 15
_THREADS: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where the office is served.

    Parameters
    ----------
    host, port
        The address.
    cert, key
        Certificate and key (PEM), if it is served with TLS by itself.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    cert: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """The address to open."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.cert else ''}://{host}:{self.port}/"


def prepare(home: Home, place: Place) -> None:
    """Make the folder, say through the environment where it is, and bring the tables up to date.

    Raises
    ------
    BadInput
        If the place is not safe to serve at: a trial off this machine, or an office without a certificate off it.
    """
    if home.demo and place.host not in LOOPBACK:
        raise BadInput("--demo shows its logins and serves this machine only; leave --host out")
    if (place.cert is None) != (place.key is None):
        raise BadInput("a certificate needs its key, and a key its certificate; give both --cert and --key")
    if place.host not in LOOPBACK and place.cert is None:
        raise BadInput(
            "beyond this machine the office is served with TLS only; give --cert and --key, "
            "or put a server that does TLS in front and leave --host out"
        )
    for path in (place.cert, place.key):
        if path is not None and not path.is_file():
            raise BadInput("there is no such file; check the name", where=str(path))
    home.make()
    hosts = [*LOOPBACK[:2], "[::1]", "localhost", place.host]
    os.environ.setdefault("TELUSUR_HOSTS", " ".join(dict.fromkeys(hosts)))
    os.environ[HOME] = str(home.path)
    os.environ[DEMO] = "1" if home.demo else "0"
    os.environ["TELUSUR_TLS"] = "1" if place.cert else "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415 - only once the environment says where the office is
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(place: Place, *, ready: Callable[[], None] = lambda: None) -> int:
    """Run web server and worker until SIGTERM or SIGINT, or until one of them ends.

    Parameters
    ----------
    place
        Where; `prepare` was called before.
    ready
        Called once both run.

    Returns
    -------
    int
        0 if it was told to stop and both ended, 1 if one of them ended by itself.
    """
    web = [sys.executable, "-m", "gunicorn", "telusur.office.wsgi:application", "--bind", _bind(place)]
    web += ["--threads", str(_THREADS), "--workers", "1", "--no-control-socket", "--log-level", "warning"]
    web += ["--graceful-timeout", str(_GRACE - 5), "--timeout", "120"]
    if place.cert and place.key:
        web += ["--certfile", str(place.cert), "--keyfile", str(place.key)]
    worker = [sys.executable, "-m", "django", "db_worker", "--queue-name", "*", "--interval", "1"]
    programs = [_start(web), _start(worker)]
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, stop)
    ready()
    while not stopping and all(program.poll() is None for program in programs):
        time.sleep(0.2)
    _end(programs)
    return 0 if stopping else 1


def _bind(place: Place) -> str:
    return f"[{place.host}]:{place.port}" if ":" in place.host else f"{place.host}:{place.port}"


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # A session of its own: a ^C at the keyboard reaches us alone, and we end it in order.
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own programs


def _end(programs: Sequence[subprocess.Popen[bytes]]) -> None:
    for program in programs:
        if program.poll() is None:
            program.terminate()
    until = time.monotonic() + _GRACE
    for program in programs:
        try:
            program.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
