"""Pages of an account as an officer captured them, read into posts."""

import base64
import gzip
import hashlib
import importlib
import json
import os
from datetime import UTC, datetime

import pytest

from telusur.domain.account import Account
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.evidence import Opened
from telusur.evidence.web_archive import WebArchive
from telusur.exports import captured_page
from telusur.exports.captured_page import door
from telusur.exports.captured_page.page import handle_of, platform_of

OWN = Account("x", "contoh_akun", "1234567")
PAGE = """<html><body data-account-id="1234567"><h1>Contoh é</h1>
<p>Bergabung <time datetime="2016-09-03T04:57:21.000Z">2016</time></p>
<article><a href="/contoh_akun/status/17400001">l</a>
<time datetime="2024-01-20T02:35:30.000Z">x</time><p>Dua &amp; tiga</p></article>
<article><a href="https://x.com/orang_lain/status/17300001"></a>
<time datetime="2024-01-19T02:35:30Z"></time><p>lain</p></article>
<article><time datetime="kemarin">x</time><p>tanpa waktu</p><script>var x</script></article>
</body></html>"""


def warc(*pages, digest=None):
    parts = []
    for n, (url, html) in enumerate(pages):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
        stated = digest or "sha256:" + base64.b32encode(hashlib.sha256(http).digest()).decode().rstrip("=")
        parts.append(
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2024-01-22T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Record-ID: <urn:uuid:706033d0-eabf-4d24-832f-{n:012d}>\r\nWARC-Block-Digest: {stated}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode()
            + http
            + b"\r\n\r\n"
        )
    return parts


@pytest.fixture
def here(monkeypatch):
    """Read in this process; what is told still passes through JSON."""

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
    monkeypatch.setattr(door.web_archive, "check", lambda *_, **__: WebArchive("warc"))


def read(folder, content, accounts=(OWN,)):
    path = folder / "laman.warc"
    path.write_bytes(content)
    return captured_page.read_page(path, name="evidence/laman.warc", grade=Grade.B, accounts=accounts)


@pytest.mark.usefixtures("here")
def test_a_page_gives_its_own_dated_posts_and_its_account(tmp_path):
    record = read(tmp_path, b"".join(warc(("https://x.com/contoh_akun", PAGE))))
    assert (record.account, record.kind, record.partial, record.grade) == (OWN, "web_archive", True, Grade.B)
    assert record.generated_at == datetime(2024, 1, 22, tzinfo=UTC)
    created, post = record.events
    assert (created.action, created.at) == ("account_created", datetime(2016, 9, 3, 4, 57, 21, tzinfo=UTC))
    assert (post.object_id, post.at) == ("17400001", datetime(2024, 1, 20, 2, 35, 30, tzinfo=UTC))
    assert "Dua & tiga" in post.text
    said = [problem.message.en for problem in record.problems]
    assert any("1 posts of others" in words for words in said)
    assert any("without a time" in words for words in said)


@pytest.mark.usefixtures("here")
def test_where_a_post_stands_can_be_looked_up_in_the_page_s_bytes(tmp_path):
    record = read(tmp_path, b"".join(warc(("https://x.com/contoh_akun", PAGE))))
    source = record.of("post")[0].source
    content = PAGE.encode()
    assert content[source.offset :].startswith(b"<article>")
    end = content.index(b"</article>", source.offset)
    assert hashlib.sha256(content[source.offset : end]).hexdigest() == source.sha256


@pytest.mark.usefixtures("here")
def test_of_several_pages_the_contested_account_s_is_read(tmp_path):
    other = "<body>" + "".join(
        f'<article><time datetime="2024-01-{day:02}T00:00:00Z"></time><p>x</p></article>' for day in range(1, 20)
    )
    pages = warc(("https://x.com/orang_lain", other), ("https://x.com/contoh_akun", PAGE))
    assert read(tmp_path, b"".join(pages)).account.handle == "contoh_akun"
    assert read(tmp_path, b"".join(gzip.compress(page) for page in pages)).account.handle == "contoh_akun"
    assert read(tmp_path, b"".join(pages), accounts=()).account.handle == "orang_lain"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"WARC/1.1\r\nWARC-Type",
        gzip.compress(b"WARC/1.1\r\n", mtime=0)[:-4],
        b"".join(warc(("https://example.org/contoh_akun", PAGE))),
        b"".join(warc(("https://x.com/contoh_akun", "<p>Masuk untuk melihat</p>"))),
        b"PK\x03\x04 cut",
    ],
)
def test_what_holds_no_page_that_can_be_read_is_said(content, tmp_path):
    with pytest.raises(BadInput) as caught:
        read(tmp_path, content)
    assert caught.value.where == "evidence/laman.warc"


def test_an_archive_changed_since_it_was_packed_counts_as_a_copy(tmp_path):
    sound = read(tmp_path, b"".join(warc(("https://x.com/contoh_akun", PAGE))))
    changed = read(tmp_path, b"".join(warc(("https://x.com/contoh_akun", PAGE), digest="sha256:" + "A" * 52)))
    assert (sound.grade, changed.grade) == (Grade.B, Grade.E)
    assert any("changed after capture" in problem.message.en for problem in changed.problems)


@pytest.mark.parametrize(
    ("url", "platform", "handle"),
    [
        ("https://www.instagram.com/contoh.akun/", "instagram", "contoh.akun"),
        ("https://mobile.twitter.com/contoh/status/1", "x", "contoh"),
        ("https://www.tiktok.com/@contoh", "tiktok", "contoh"),
        ("https://web.facebook.com/profile.php?id=1", "facebook", None),
        ("https://x.com.example/contoh", None, "contoh"),
        ("https://[x/contoh", None, None),
    ],
)
def test_platform_and_handle_are_told_by_the_address(url, platform, handle):
    assert platform_of(url) == platform
    if platform is not None:
        assert handle_of(url) == handle
