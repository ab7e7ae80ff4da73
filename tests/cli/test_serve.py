"""`telusur serve`, as somebody at a terminal meets it: real processes, real requests."""

import http.client
import http.cookiejar
import json
import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import closing
from email.message import Message
from typing import NamedTuple

import pytest

from telusur.cli import serve
from telusur.domain.text import Text
from telusur.office.welcome import Code, Login, Welcome

PROGRAM = [sys.executable, "-c", "from telusur.cli.main import main; main()", "serve"]
ENOUGH = 90


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Served:
    """An office that was started, and what it said."""

    def __init__(self, home, *options, port=None):
        self.home, self.port = home, port or free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TELUSUR_")}
        self.process = subprocess.Popen(
            [*PROGRAM, "--port", str(self.port), "--json", *options],
            env={**environment, "TELUSUR_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line == "}\n":
                break
        assert said, self.process.stderr.read()
        self.told = json.loads("".join(said))

    def stop(self, sign=signal.SIGTERM):
        begun = time.monotonic()
        self.process.send_signal(sign)
        code = self.process.wait(ENOUGH)
        took = time.monotonic() - begun
        return code, took, self.process.stderr.read()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


class Answer(NamedTuple):
    url: str
    headers: Message
    text: str


class Browser:
    def __init__(self, base, context=None):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        handlers = [urllib.request.HTTPCookieProcessor(self.jar)]
        if context:
            handlers.append(urllib.request.HTTPSHandler(context=context))
        self.opener = urllib.request.build_opener(*handlers)

    def get(self, path):
        return self._answer(urllib.parse.urljoin(self.base, path))

    def _answer(self, asked):
        with self.opener.open(asked, timeout=30) as answer:
            return Answer(answer.url, answer.headers, answer.read().decode())

    def post(self, path, **sent):
        page = self.get(path).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        body = urllib.parse.urlencode({**sent, "csrfmiddlewaretoken": token}).encode()
        address = urllib.parse.urljoin(self.base, path)
        request = urllib.request.Request(address, body, {"Referer": address})
        return self._answer(request)


def rows(home, question):
    with closing(sqlite3.connect(home / "office.sqlite3")) as held:
        return held.execute(question).fetchall()


def run(home, *options):
    return subprocess.run(
        [*PROGRAM, *options],
        env={**os.environ, "TELUSUR_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=ENOUGH,
        check=False,
    )


def test_a_trial_from_its_start_through_a_kill_to_the_next_one(tmp_path):
    home = tmp_path / "office"
    served = Served(home, "--demo")
    try:
        told = served.told
        assert (told["schema"], told["url"], told["setup"]) == (
            "telusur.serve/1",
            f"http://127.0.0.1:{served.port}/",
            None,
        )
        browser = Browser(told["url"])
        ready = json.loads(browser.get("ready").text)
        assert ready["status"] == "ok"
        until = time.monotonic() + 30
        while ready["worker"] != "running":
            assert time.monotonic() < until
            time.sleep(0.5)
            ready = json.loads(browser.get("ready").text)
        one = next(login for login in told["logins"] if login["username"] == "administrator")
        page = browser.get("masuk/login/").text
        assert all(login["username"] in page for login in told["logins"])
        assert one["password"] in page
        browser.post("masuk/login/", login="administrator", password=one["password"])
        assert "Orang dan peran" in browser.get("kantor/orang/").text
        browser.post("kantor/", name="Kantor yang diubah", place="Rekaan", zone="WIT", agency="")
        steps = rows(home, "select count(*) from office_steprow")

        taken = run(tmp_path / "lain", "--demo", "--port", str(served.port))
        assert (taken.returncode, taken.stdout) == (2, "")
        assert taken.stderr.splitlines() == [
            f"telusur: port {served.port} of 127.0.0.1 is in use; end what uses it, or choose another with --port"
        ]
        twice = run(home, "--demo", "--port", str(free_port()))
        assert (twice.returncode, "being served already" in twice.stderr) == (2, True)

        # Killed, it leaves nobody behind who holds the address; what was done is there.
        served.kill()
        served = Served(home, "--demo", port=served.port)
        assert served.told["logins"] == told["logins"]
        assert served.told["codes"] == told["codes"]
        assert rows(home, "select name, zone from office_office") == [("Kantor yang diubah", "WIT")]
        assert rows(home, "select count(*) from office_steprow") == steps

        code, took, said = served.stop()
        assert code == 0
        assert took < 20
        assert "Traceback" not in said
        as_office = run(home, "--port", str(free_port()))
        assert (as_office.returncode, "add --demo" in as_office.stderr) == (2, True)
        what_was_done_there_can_be_verified(home)
    finally:
        served.kill()


def what_was_done_there_can_be_verified(home):
    def verified(*more):
        said = subprocess.run(
            [*PROGRAM[:-1], "evidence", "ledger", home, *more], capture_output=True, text=True, check=False
        )
        return said.returncode, said.stdout + said.stderr

    code, said = verified("--verify", "--json")
    assert (code, json.loads(said)["holds"]) == (0, True)
    assert verified("--verify", "--key", json.loads(said)["key_fingerprint"])[0] == 0
    assert verified("--verify", "--key", "0" * 64)[0] == 1
    assert verified()[0] == 2
    with closing(sqlite3.connect(home / "office.sqlite3")) as db, db:
        db.execute("drop trigger office_steprow_no_update")
        db.execute("update office_steprow set by = 'u1' where id = 3")
    code, said = verified("--verify", "--lang", "en")
    assert code == 1
    assert "step 3 of the file" in said


def test_an_office_with_tls_is_set_up_by_its_one_time_address(tmp_path):
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run([*made, "-keyout", key, "-out", cert], check=True, capture_output=True)
    served = Served(tmp_path / "office", "--cert", str(cert), "--key", str(key))
    try:
        assert served.told["url"].startswith("https://")
        assert served.told["logins"] == served.told["codes"] == []
        context = ssl.create_default_context(cafile=cert)
        context.check_hostname = False
        browser = Browser(served.told["url"], context)
        with pytest.raises(urllib.error.HTTPError, match="503") as closed:
            browser.get("")
        closed.value.close()
        page = browser.get(served.told["setup"])
        assert page.url.endswith("/kantor/mulai/")
        assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
        assert "Siapkan kantor" in page.text
        browser.get("kantor/mulai/administrator/")
        assert {cookie.name: cookie.secure for cookie in browser.jar} == {"telusur": True, "csrftoken": True}
        with pytest.raises((OSError, http.client.HTTPException)):
            urllib.request.urlopen(served.told["url"].replace("https", "http"), timeout=10)
        code, took, said = served.stop(signal.SIGINT)
        assert code == 0
        assert took < 20
        assert served.told["setup"] not in said
    finally:
        served.kill()


def test_what_is_told_to_people_names_the_address_and_the_logins(capsys):
    serve._say(
        Welcome(
            "http://127.0.0.1:8000/",
            "http://127.0.0.1:8000/kantor/mulai/x/",
            (Login("ketua", "sandi", "Ketua"),),
            (Code(Text("Laporan", "A report"), "http://127.0.0.1:8000/terima/", "1234"),),
        )
    )
    said = capsys.readouterr().out
    assert all(one in said for one in ("http://127.0.0.1:8000/", "mulai/x/", "ketua", "sandi", "1234"))
