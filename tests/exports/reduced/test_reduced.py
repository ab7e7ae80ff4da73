"""What a reduced export keeps, commits to, and gives back; all accounts are invented."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

import full_exports
import x_archive
from telusur import dossier, exports
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.exports.reduced import commitments, making
from telusur.exports.reduced.window import EARLIER, LATER, Wanted, Window, window_of

pytestmark = pytest.mark.usefixtures("here", "quick")
AT = x_archive.START + timedelta(days=500)


@pytest.fixture
def quick(monkeypatch, here):
    """Make a guess cheap, and hash in this process too."""
    from telusur.exports import door  # noqa: PLC0415 - the fixture `here` has put its own worker there

    monkeypatch.setattr(commitments, "_N", 2)
    monkeypatch.setattr(commitments, "open_limited", door.open_limited)


def asked_of(tmp_path, kind="x"):
    (tmp_path / "case.yaml").write_text(full_exports.case_yaml(kind))
    return dossier.read_asked(tmp_path / "case.yaml")


def written(tmp_path, reduction):
    path = tmp_path / "ringkas.json"
    path.write_bytes(reduction.as_bytes())
    return path


def long_archive(tmp_path):
    """Write an archive of 1,000 posts over 1,000 days."""
    records = x_archive.ordinary(0)
    records["tweets"] = [
        x_archive.post(0, f"kiriman {day}", **dated(x_archive.START + timedelta(days=day))) for day in range(1_000)
    ]
    return x_archive.write_zip(tmp_path / "x.zip", x_archive.files(records))


def dated(at):
    number = x_archive.number_at(at)
    return {"id": number, "id_str": number, "created_at": x_archive.posted(at)}


@pytest.mark.parametrize("kind", full_exports.FULL)
def test_what_is_read_back_is_what_was_kept_and_nothing_private(tmp_path, kind):
    path, asked = full_exports.FULL[kind](tmp_path), asked_of(tmp_path, kind)
    full = exports.read(path, name="x", chat=asked.chat)
    reduction = exports.reduce(path, asked, name="x")
    assert full_exports.CANARY.lower().encode() not in reduction.as_bytes().lower()
    back = exports.read(written(tmp_path, reduction), name="r", grade=Grade.B)
    assert (back.reduced, back.grade, back.account) == (True, Grade.B, full.account)
    assert full_exports.CANARY.lower() not in repr(back).lower()

    def said(event):
        source = () if kind == "whatsapp" else (event.source.file, event.source.offset)
        return (event.action, event.at, event.text, event.device, event.ip, event.new, event.until, source)

    assert list(map(said, back.events)) == list(map(said, full.events))
    assert [log.found for log in back.logs] == [log.found for log in full.logs]
    assert exports.compared(path, reduction.document, asked.chat, name="x") == []


def test_posts_are_kept_from_enough_before_the_act_until_enough_after_it(tmp_path):
    reduction = exports.reduce(
        long_archive(tmp_path), exports.Asked(Wanted(AT, AT), exports.Chat(frozenset(), None)), name="x"
    )
    back = exports.read(written(tmp_path, reduction), name="r")
    posts = [event.at for event in back.of("post")]
    assert len([at for at in posts if at < AT]) == EARLIER
    assert len([at for at in posts if at > AT]) == 60
    log = back.log("posts")
    assert (log.found, log.expected, log.complete) == (len(posts), len(posts), True)
    assert (log.first, log.last) == (posts[0], AT + timedelta(days=60))
    assert reduction.dropped == {"post": 1_000 - len(posts), "like": 1, "deleted_post": 1}
    assert back.generated_at <= AT + timedelta(days=60)
    assert back.partial is None
    assert len(back.of("login")) == 3


def test_the_window_reaches_as_far_as_posts_are_needed():
    def post(days):
        at = AT + timedelta(days=days)
        return next(e for e in [made("post", at)])

    sparse = [post(10 * n) for n in range(-200, 200) if n]
    window = window_of(Wanted(AT, AT, frozenset({"9"})), sparse)
    assert sum(window.keeps(e) for e in sparse) == EARLIER + LATER
    assert window.begins == AT - timedelta(days=90)
    empty = window_of(Wanted(AT, AT), [])
    assert (empty.posts_from, empty.until) == (AT - timedelta(days=90), AT + timedelta(days=60))
    far = datetime.max.replace(tzinfo=UTC)
    assert window_of(Wanted(far, far), []).until == far


def made(action, at, **more):
    from telusur.domain.event import Event, SourceRef  # noqa: PLC0415 - only here

    return Event(action, at, "", "exact", SourceRef("a", 0, "0"), text="teks", **more)


def test_what_has_no_time_is_kept_only_where_the_case_names_it():
    window = Window(AT, AT, AT, frozenset({"7"}))
    assert window.keeps(made("like", None, object_id="7"))
    assert not window.keeps(made("like", None, object_id="8"))
    assert not window.keeps(made("post", None))
    assert window.keeps(made("message", None))
    assert window.keeps(made("device_added", None))
    assert window.keeps(made("password_changed", AT - timedelta(days=9_000)))


def test_a_manifest_that_promised_more_still_does(tmp_path):
    members = x_archive.files(x_archive.ordinary(50))
    members["data/manifest.js"] = members["data/manifest.js"].replace(b'"count": "50"', b'"count": "53"')
    path = x_archive.write_zip(tmp_path / "x.zip", members)
    back = exports.read(written(tmp_path, exports.reduce(path, asked_of(tmp_path), name="x")), name="r")
    assert back.log("posts").complete is False
    assert any("53" in problem.message.en for problem in back.problems)


def test_hashes_of_what_was_masked_are_keyed_and_the_rest_is_open(tmp_path):
    path = full_exports.x(tmp_path)
    events = exports.reduce(path, asked_of(tmp_path), name="x").document["events"]
    keyed = {event["action"] for event in events if "commitment" in event["source"]}
    assert "email_changed" in keyed
    assert not keyed & {"post", "login"}
    with zipfile.ZipFile(path) as archive:
        content = archive.read("data/tweets.js")
    post = next(event for event in events if event["action"] == "post")
    record = content[post["source"]["offset"] :]
    end = next(n for n in range(len(record)) if hashlib.sha256(record[:n]).hexdigest() == post["source"]["sha256"])
    assert json.loads(record[:end])


def test_nothing_left_out_can_be_guessed_from_its_commitment(tmp_path):
    path = full_exports.x(tmp_path)
    text = exports.reduce(path, asked_of(tmp_path), name="x").as_bytes().decode()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert hashlib.sha256(archive.read(name)).hexdigest() not in text
    assert hashlib.sha256(path.read_bytes()).hexdigest() not in text


def test_one_changed_byte_of_what_was_left_out_changes_every_commitment(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    for folder in (one, other):
        folder.mkdir()
    members = x_archive.files()
    members["data/direct-messages.js"] = b"window.YTD.direct_messages.part0 = [1]"
    first = exports.reduce(x_archive.write_zip(one / "x.zip", members), asked_of(one), name="x")
    members["data/direct-messages.js"] = b"window.YTD.direct_messages.part0 = [2]"
    later = x_archive.write_zip(other / "x.zip", members)
    second = exports.reduce(later, asked_of(other), name="x")
    before, after = first.document["original"], second.document["original"]
    assert not set(before["left_out"]["commitments"]) & set(after["left_out"]["commitments"])
    chat = exports.Chat(frozenset(), None)
    assert [words.en for words in exports.compared(later, first.document, chat, name="x")] == [
        "the files of the original export",
        "the records that were kept",
    ]


def test_the_same_export_gives_the_same_bytes(tmp_path):
    path, asked = full_exports.x(tmp_path), asked_of(tmp_path)
    one = exports.reduce(path, asked, name="x").as_bytes()
    assert one == exports.reduce(path, asked, name="other").as_bytes()
    folder = x_archive.write_folder(tmp_path / "f", x_archive.files())
    assert exports.reduce(folder, asked, name="f").document["original"]["whole"] is None


def test_an_event_that_was_changed_is_told_and_found(tmp_path):
    path, asked = full_exports.x(tmp_path), asked_of(tmp_path)
    document = exports.reduce(path, asked, name="x").document
    login = next(event for event in document["events"] if event["action"] == "login")
    login["ip"] = "203.0.113.9"
    (tmp_path / "r.json").write_bytes(making.written(document))
    back = exports.read(tmp_path / "r.json", name="r")
    assert any("altered or damaged" in problem.message.en for problem in back.problems)
    document["sha256"] = making.digest_of(document)
    (tmp_path / "r.json").write_bytes(making.written(document))
    assert not exports.read(tmp_path / "r.json", name="r").problems
    assert [w.en for w in exports.compared(path, document, asked.chat, name="x")] == ["the records that were kept"]


def broken(value, **more):
    return {**value, **more}


@pytest.mark.parametrize(
    "change",
    [
        {"action": "flown"},
        {"at": "yesterday"},
        {"at": "2024-01-01T00:00:00"},
        {"at": 7},
        {"ip": 7},
        {"source": {"file": "a"}},
        {"source": {"file": "a", "offset": 1}},
        {"permissions": "all"},
        {"text": "x" * 100_001},
    ],
)
def test_a_broken_event_costs_one_event_and_is_told(tmp_path, change):
    document = exports.reduce(full_exports.x(tmp_path), asked_of(tmp_path), name="x").document
    document["events"][0] |= change
    document["events"].append("nothing")
    document["logs"] += [{"log": "posts"}, 7]
    document["problems"].append(7)
    document["problems_elsewhere"] = 2
    (tmp_path / "r.json").write_bytes(making.written(document))
    back = exports.read(tmp_path / "r.json", name="r")
    assert len(back.events) == len(document["events"]) - 2
    said = [problem.message.en for problem in back.problems]
    assert sum("it was skipped" in words for words in said) == 2
    assert sum("one of its logs cannot be used" in words for words in said) == 2
    assert any("a problem that is unreadable" in words for words in said)
    assert any("2 problems in other files" in words for words in said)


@pytest.mark.parametrize(
    "change",
    [
        {"account": {}},
        {"account": {"platform": "x", "handle": 7}},
        {"window": {}},
        {"window": {"posts_from": "2024-01-01", "from": "2024-01-01", "until": "2024-01-01", "numbers": []}},
        {"generated_at": "x"},
        {"events": {}},
    ],
)
def test_one_without_its_account_window_or_events_is_refused(tmp_path, change):
    document = {**exports.reduce(full_exports.x(tmp_path), asked_of(tmp_path), name="x").document, **change}
    (tmp_path / "r.json").write_bytes(making.written(document))
    with pytest.raises(BadInput, match="reduced export"):
        exports.read(tmp_path / "r.json", name="r")


def test_many_broken_events_are_counted(tmp_path):
    document = exports.reduce(full_exports.x(tmp_path), asked_of(tmp_path), name="x").document
    document |= {"events": [0] * 100, "logs": [], "original": 7, "problems": []}
    document["account"]["handle"] = None
    (tmp_path / "r.json").write_bytes(making.written(document))
    back = exports.read(tmp_path / "r.json", name="r")
    assert back.events == []
    assert back.problems[-1].message.en == "and 52 further problems"


def test_bytes_that_are_no_longer_a_document_are_refused_with_a_place(tmp_path):
    content = exports.reduce(full_exports.x(tmp_path), asked_of(tmp_path), name="x").as_bytes()
    for damaged in (
        content[:-50],
        content.replace(b"kiriman", b"\xff\xfeman", 1),
        content.replace(b'"partial": ', b'"partial": 1, "partial": ', 1),
    ):
        (tmp_path / "r.json").write_bytes(damaged)
        with pytest.raises(BadInput, match="damaged"):
            exports.read(tmp_path / "r.json", name="r")
    (tmp_path / "r.json").write_bytes(content.replace(b"reduced_export/1", b"reduced_export/2", 1))
    with pytest.raises(BadInput):
        exports.read(tmp_path / "r.json", name="r")


def test_one_is_no_providers_record_and_is_not_reduced_again(tmp_path):
    path = written(tmp_path, exports.reduce(full_exports.x(tmp_path), asked_of(tmp_path), name="x"))
    with pytest.raises(BadInput, match="its owner reduced"):
        exports.read(path, name="r", kind="provider_record")
    with pytest.raises(BadInput, match="already"):
        exports.reduce(path, asked_of(tmp_path), name="r")


def test_a_damaged_member_is_committed_to_as_damaged(tmp_path):
    path = full_exports.x(tmp_path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("data/saved-search.js")
    content[info.header_offset + 30 + len(info.filename) + 4] ^= 0xFF
    path.write_bytes(content)
    document = exports.reduce(path, asked_of(tmp_path), name="x").document
    assert document["original"]["left_out"]["files"] > 0


def test_a_worker_that_answers_nonsense_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(commitments, "open_limited", lambda *_a, **_k: iter([{"member": 7}]))
    with pytest.raises(BadInput, match="nonsense"):
        commitments.original_of(full_exports.x(tmp_path), "x")
