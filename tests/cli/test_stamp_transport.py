"""An authority is asked over the network for a bounded time and a bounded reply, and followed nowhere."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from telusur.cli import stamp_transport
from telusur.cli.stamp_transport import send
from telusur.evidence.stamps import MOST_BYTES, NoAnswer


@contextmanager
def serving(answer):
    """Serve what `answer` does with the handler; give the address and what was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, dict(self.headers), body))
            answer(self, body)

        def do_GET(self):
            asked.append((self.path, dict(self.headers), None))
            self.send_error(405)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa", asked
    finally:
        server.shutdown()
        server.server_close()


def reply(handler, content, status=200, **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_the_request_goes_out_as_the_standard_says_and_the_reply_comes_back():
    with serving(lambda handler, body: reply(handler, b"jawaban " + body)) as (url, asked):
        assert send(url, b"permintaan") == b"jawaban permintaan"
    (path, headers, _), *others = asked
    assert others == []
    assert path == "/tsa"
    assert headers["Content-Type"] == "application/timestamp-query"
    assert headers["User-Agent"].startswith("telusur/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["/lain", "http://127.0.0.1:9/", "file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_redirections_are_followed_nowhere(status, to):
    with (
        serving(lambda handler, _: reply(handler, b"", status, Location=to)) as (url, asked),
        pytest.raises(NoAnswer, match="sends us on"),
    ):
        send(url, b"x")
    assert len(asked) == 1


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_status_that_is_no_success_is_told(status):
    with (
        serving(lambda handler, _: reply(handler, b"x", status)) as (url, _),
        pytest.raises(NoAnswer, match=f"HTTP status {status}"),
    ):
        send(url, b"x")


def test_of_a_reply_without_end_no_more_is_read_than_a_reply_may_have():
    def flood(handler, _):
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(bytes(65536))
        except OSError:
            pass

    with serving(flood) as (url, _):
        assert len(send(url, b"x")) == MOST_BYTES + 1


def test_a_reply_that_trickles_is_given_up(monkeypatch):
    monkeypatch.setattr(stamp_transport, "_LONGEST", 0.3)

    def trickle(handler, _):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    begun = time.monotonic()
    with serving(trickle) as (url, _), pytest.raises(NoAnswer, match="took too long"):
        send(url, b"x")
    assert time.monotonic() - begun < 3


def test_silence_is_given_up(monkeypatch):
    monkeypatch.setattr(stamp_transport, "_PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(NoAnswer, match="took too long"):
        send(f"http://127.0.0.1:{server.getsockname()[1]}/", b"x")


def test_nobody_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NoAnswer, match=r"cannot be reached \(Connection refused\)"):
        send(f"http://127.0.0.1:{port}/", b"x")


def test_what_speaks_no_http_is_told():
    def talk(server):
        connection, _ = server.accept()
        connection.recv(4096)
        connection.sendall(b"\x00\x01 bukan http\r\n\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=talk, args=(server,), daemon=True).start()
        with pytest.raises(NoAnswer, match="cannot be reached"):
            send(f"http://127.0.0.1:{server.getsockname()[1]}/", b"x")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x", "tsa"])
def test_other_schemes_reach_nothing(url):
    with pytest.raises(NoAnswer, match="cannot be reached"):
        send(url, b"x")
