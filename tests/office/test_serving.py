"""Where an office may be served, and what holds its folder; what an ended worker leaves is taken up again."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from telusur.domain.errors import BadInput
from telusur.office import Home, Place, opened, working

DEMO, REAL = True, False


@pytest.fixture(autouse=True)
def _unnamed(monkeypatch):
    monkeypatch.delenv("TELUSUR_HOSTS", raising=False)


@pytest.fixture
def free():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


def why(home, place):
    with pytest.raises(BadInput) as caught, opened(home, place):
        pass
    return str(caught.value)


@pytest.mark.parametrize(
    ("demo", "place", "says"),
    [
        (DEMO, Place("0.0.0.0"), "this machine only"),
        (REAL, Place("192.0.2.1"), "with TLS only"),
        (REAL, Place(cert=Path("a.pem")), "needs its key"),
        (REAL, Place(key=Path("a.pem")), "needs its key"),
        (REAL, Place(cert=Path("tiada.pem"), key=Path("tiada.key")), "no such file"),
    ],
)
def test_an_unsafe_place_is_refused_before_anything_is_made(demo, place, says, tmp_path):
    assert says in why(Home(tmp_path / "office", demo=demo), place)
    assert not (tmp_path / "office").exists()


def test_every_address_needs_the_names_by_which_people_come(certificate, tmp_path, monkeypatch, free):
    place = Place("0.0.0.0", free, *certificate)
    assert "TELUSUR_HOSTS" in why(Home(tmp_path / "office"), place)
    monkeypatch.setenv("TELUSUR_HOSTS", "kantor.example")
    with opened(Home(tmp_path / "office"), place):
        pass


def test_what_is_no_certificate_is_said_to_be_none(certificate, tmp_path):
    cert, key = certificate
    assert "no certificate with its key" in why(Home(tmp_path), Place(cert=key, key=cert))


def test_a_port_in_use_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("telusur.office.serving._HELD", 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert why(Home(tmp_path), Place(port=port)).startswith(f"port {port} of 127.0.0.1 is in use")


def test_an_address_of_another_machine_is_none_of_ours(tmp_path, certificate, free):
    assert "no address of" in why(Home(tmp_path), Place("tidak ada", free, *certificate))


def test_one_folder_is_served_once(tmp_path, free):
    home = Home(tmp_path / "office")
    with opened(home, Place(port=free)):
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            other = asked.getsockname()[1]
        assert "being served already" in why(home, Place(port=other))
    with opened(home, Place(port=free)):
        pass


@pytest.mark.parametrize(("first", "says"), [(DEMO, "holds a trial"), (REAL, "holds an office")])
def test_a_trial_never_becomes_an_office_nor_an_office_a_trial(first, says, tmp_path, free):
    with opened(Home(tmp_path, demo=first), Place(port=free)):
        pass
    assert says in why(Home(tmp_path, demo=not first), Place(port=free))
    with opened(Home(tmp_path, demo=first), Place(port=free)):
        pass


def test_its_folder_is_for_the_owner_alone(tmp_path, free):
    with opened(Home(tmp_path / "office"), Place(port=free)):
        pass
    assert (tmp_path / "office").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("place", "url"),
    [
        (Place(), "http://127.0.0.1:8000/"),
        (Place("::1", 9), "http://[::1]:9/"),
        (Place("kantor.example", 443, Path("c"), Path("k")), "https://kantor.example:443/"),
    ],
)
def test_the_address_is_one_to_open(place, url):
    assert place.url == url


def test_a_worker_lives_as_long_as_it_gives_signs():
    sign = Home.here().path / "worker.beat"
    assert not working.alive()
    sign.touch()
    assert working.alive()
    assert not working.alive(time.time() + working.DOWN_AFTER + 1)
    sign.unlink()


def task(status, workers):
    return DBTaskResult.objects.create(
        status=status,
        worker_ids=workers,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="telusur.office.jobs.trace",
        backend_name="default",
        run_after="9999-01-01T00:00:00Z",
        exception_class_path="",
        traceback="",
    )


@pytest.mark.django_db
def test_what_a_worker_had_begun_when_it_ended_waits_again():
    begun, waiting, done = task("RUNNING", ["a"]), task("READY", []), task("SUCCESSFUL", ["a"])
    assert working.take_up_again() == 1
    states = [DBTaskResult.objects.get(pk=one.pk).status for one in (begun, waiting, done)]
    assert states == ["READY", "READY", "SUCCESSFUL"]


@pytest.mark.django_db
def test_what_takes_every_worker_down_is_given_up():
    begun = task("RUNNING", ["a", "b", "c"])
    assert working.take_up_again() == 0
    begun.refresh_from_db()
    assert begun.status == "FAILED"


def test_a_program_ends_with_the_one_that_started_it(tmp_path):
    module = tmp_path / "sleeper.py"
    module.write_text("import pathlib, os, time\npathlib.Path('pid').write_text(str(os.getpid()))\ntime.sleep(60)\n")
    parent = (
        "import os, subprocess, sys, time; "
        "subprocess.Popen([sys.executable, '-m', 'telusur.office.child', str(os.getpid()), 'sleeper']); time.sleep(60)"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    started = subprocess.Popen([sys.executable, "-c", parent], cwd=tmp_path, env=env)
    until = time.monotonic() + 20
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < until
        time.sleep(0.05)
    child = int((tmp_path / "pid").read_text())
    started.kill()
    started.wait()
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text().split()[2]:
        assert time.monotonic() < until
        time.sleep(0.05)
