"""Run an office on this machine: the web server and its worker, until told to stop."""

from __future__ import annotations

import errno
import fcntl
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from telusur.domain.errors import BadInput
from telusur.office import proxies
from telusur.office.home import DEMO, HOME, Home
from telusur.office.welcome import Welcome

SETTINGS: Final = "telusur.office.settings"
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 - told apart, not bound
#: Seconds that a program is given to end by itself.
_GRACE: Final = 12
#: Seconds that the web server is given to answer; and that an address may still be held by what was killed just now.
_START: Final = 60
_HELD: Final = 3
_THREADS: Final = 4
#: Seconds before a worker that ended by itself is started again.
_AGAIN: Final = 5


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


@contextmanager
def opened(home: Home, place: Place) -> Iterator[socket.socket]:
    """Hold the folder and the address for this process alone, and give the socket that listens.

    Raises
    ------
    BadInput
        If the place is not safe to serve at, the address is taken, or the folder is another office's or is served now.
    """
    _safe(home, place)
    with _listening(place) as listener:
        home.make()
        with _held(home):
            _same_kind(home)
            yield listener


def prepare(home: Home, place: Place) -> Welcome:
    """Say through the environment where the office is, set Django up, and bring tables and people up to date.

    Parameters
    ----------
    home, place
        Held by `opened`: what an earlier worker left half-done is put back, which only the one holder may do.

    Returns
    -------
    Welcome
        What to tell once it answers.
    """
    hosts = [*LOOPBACK[:2], "[::1]", "localhost", place.host, *os.environ.get("TELUSUR_HOSTS", "").split()]
    os.environ["TELUSUR_HOSTS"] = " ".join(dict.fromkeys(one for one in hosts if one not in _EVERYWHERE))
    os.environ[HOME] = str(home.path)
    os.environ[DEMO] = "1" if home.demo else "0"
    os.environ["TELUSUR_TLS"] = "1" if place.cert else "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415 - only once the environment says where the office is
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    home.sweep()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from telusur.office import custody, demo, setup, working  # noqa: PLC0415 - they need the settings

    if home.root_key.exists():
        # What an erasure or a hand-over left behind when the office was ended, no key opens any more.
        custody.files().sweep()
    working.take_up_again()
    return demo.welcome(place.url) if home.demo else Welcome(place.url, setup=setup.address(place.url))


def serve(listener: socket.socket, place: Place, *, ready: Callable[[], None] = lambda: None) -> int:
    """Run web server and worker until SIGTERM, SIGINT or SIGHUP, or until the web server ends.

    A worker that ends by itself is started again: until then what waits for it waits.

    Parameters
    ----------
    listener, place
        Where; `prepare` was called before.
    ready
        Called once the office answers.

    Returns
    -------
    int
        0 if it was told to stop and both ended, 1 if the web server ended by itself or never answered.
    """
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, stop)
    web = _start(_web(listener, place), listener)
    worker = _start(["telusur.office.working"])
    said, begun, ended = False, time.monotonic(), 0.0
    try:
        while not stopping and web.poll() is None:
            if not said and _answers(place):
                said = True
                ready()
            if not said and time.monotonic() - begun > _START:
                break
            if worker.poll() is not None:
                ended = ended or time.monotonic()
                if time.monotonic() - ended > _AGAIN:
                    worker, ended = _again(), 0.0
            time.sleep(0.2)
    finally:
        _end([web, worker])
    return 0 if stopping else 1


def _web(listener: socket.socket, place: Place) -> list[str]:
    web = ["gunicorn", "telusur.office.wsgi:application", "--bind", f"fd://{listener.fileno()}"]
    # Its warnings would name the address of whoever sends what cannot be read.
    web += ["--threads", str(_THREADS), "--workers", "1", "--no-control-socket", "--log-level", "error"]
    web += ["--graceful-timeout", str(_GRACE - 4), "--timeout", "120"]
    if place.cert and place.key:
        web += ["--certfile", str(place.cert), "--keyfile", str(place.key)]
    return web


def _again() -> subprocess.Popen[bytes]:
    from telusur.office import working  # noqa: PLC0415 - needs the settings

    working.take_up_again()
    return _start(["telusur.office.working"])


def _safe(home: Home, place: Place) -> None:
    if home.demo and place.host not in LOOPBACK:
        raise BadInput("--demo shows its logins and serves this machine only; leave --host out")
    if (place.cert is None) != (place.key is None):
        raise BadInput("a certificate needs its key, and a key its certificate; give both --cert and --key")
    if place.host not in LOOPBACK and place.cert is None:
        raise BadInput(
            "beyond this machine the office is served with TLS only; give --cert and --key, "
            "or put a server that does TLS in front and leave --host out"
        )
    if place.host in _EVERYWHERE and not os.environ.get("TELUSUR_HOSTS", "").split():
        raise BadInput(
            f"{place.host} is every address of this machine; name the hosts under which people reach the office in "
            "TELUSUR_HOSTS, separated by blanks"
        )
    proxies.trusted()
    for path in (place.cert, place.key):
        if path is not None and not path.is_file():
            raise BadInput("there is no such file; check the name", where=str(path))
    if place.cert and place.key:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(place.cert, place.key, password="")
        except (ssl.SSLError, OSError, ValueError):
            raise BadInput(
                "this is no certificate with its key (PEM, without a passphrase); check both files",
                where=str(place.cert),
            ) from None


@contextmanager
def _listening(place: Place) -> Iterator[socket.socket]:
    try:
        family, _, _, _, address = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise BadInput(f"{place.host} is no address of a machine; check --host") from None
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        until = time.monotonic() + _HELD
        while True:
            try:
                listener.bind(address)
                listener.listen(128)
                break
            except OSError as error:
                if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                    time.sleep(0.2)
                    continue
                raise BadInput(_taken(place, error)) from None
        yield listener


def _taken(place: Place, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {place.port} of {place.host} is in use; end what uses it, or choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {place.port} is not for everybody to use; choose one from 1024 on with --port"
    return f"{place.host} is no address of this machine; check --host"


@contextmanager
def _held(home: Home) -> Iterator[None]:
    with (home.path / "serving.lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(
                "this office is being served already; stop that first, or name another folder in TELUSUR_HOME",
                where=str(home.path),
            ) from None
        yield


def _same_kind(home: Home) -> None:
    """Keep an office from being opened as a trial, without second factors, and a trial from becoming an office."""
    mark, kind = home.path / "kind", "trial" if home.demo else "office"
    if not mark.exists():
        mark.write_text(kind, encoding="ascii")
    found = mark.read_text(encoding="ascii").strip()
    if found == kind:
        return
    if found == "trial":
        raise BadInput(
            "this folder holds a trial with invented people; add --demo, or name another folder in TELUSUR_HOME",
            where=str(home.path),
        )
    raise BadInput(
        "this folder holds an office; leave --demo out, or name another folder in TELUSUR_HOME for the trial",
        where=str(home.path),
    )


def _answers(place: Place) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place.host, place.host)  # noqa: S104 - told apart, not bound
    if place.cert:
        # Our own process, on our own machine: whether others trust its certificate is not the question.
        context = ssl._create_unverified_context()  # noqa: S323, SLF001
        asked: http.client.HTTPConnection = http.client.HTTPSConnection(host, place.port, timeout=2, context=context)
    else:
        asked = http.client.HTTPConnection(host, place.port, timeout=2)
    try:
        asked.request("GET", "/ready", headers={"Host": "localhost"})
        return asked.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _start(program: Sequence[str], *handed: socket.socket) -> subprocess.Popen[bytes]:
    # A session of its own: a ^C at the keyboard reaches us alone, and we end it in order.
    return subprocess.Popen(  # noqa: S603 - our own programs
        [sys.executable, "-m", "telusur.office.child", str(os.getpid()), *program],
        stdin=subprocess.DEVNULL,
        # What it says goes where people look; stdout is for answers.
        stdout=sys.stderr.fileno(),
        start_new_session=True,
        pass_fds=[one.fileno() for one in handed],
    )


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
