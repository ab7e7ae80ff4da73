"""``telusur evidence stamp`` and ``authority``: trusted time for the checkpoints, over the network or by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, progress, say
from telusur.cli.inputs import read_text
from telusur.cli.stamp_transport import send
from telusur.cli.stores import PassphraseFile, StoreArgument, answer, head_of, open_store
from telusur.domain.errors import BadInput, nearest
from telusur.domain.text import Language, Text
from telusur.evidence import stamps, vault
from telusur.evidence.stamps import Authority, HandedIn, Stamp
from telusur.evidence.store import Store

#: What was handed in does not hold.
FAILED = 1
#: With fewer, nothing stands by when one is gone or lies.
_ENOUGH: Final = 2

_NONE: Final = Text(
    "belum ada otoritas stempel waktu; tambahkan dengan `telusur evidence authority STORE --add NAMA --url URL --root "
    "PEM`",
    "no time-stamp authority is configured; add one with `telusur evidence authority STORE --add NAME --url URL --root "
    "PEM`",
)
_FEW: Final = Text(
    "hanya satu otoritas diatur; tambahkan yang kedua, agar ada cadangan bila yang pertama hilang atau berbohong",
    "only one authority is configured; add a second one, so that something stands by if the first is gone or lies",
)
_OF_CHECKPOINT: Final = Text("titik periksa {size}", "checkpoint {size}")
_OF_RENEWAL: Final = Text("perpanjangan {count} stempel", "renewal of {count} stamps")
_STAMPED: Final = Text("distempel {at}; berlaku sampai {until}", "stamped {at}; holds until {until}")
_WAITING: Final = Text(
    "BELUM distempel; menunggu sejak {since}, {tries} kali dicoba; berikutnya {next}",
    "NOT yet stamped; waiting since {since}, {tries} tries; next {next}",
)
_FAILED: Final = Text(
    "GAGAL; menunggu sejak {since}, {tries} kali dicoba, lalu dihentikan",
    "FAILED; waited since {since}, given up after {tries} tries",
)
_LAPSED: Final = Text(
    "stempel {number} ({authority}) habis masanya pada {until} tanpa diperbarui",
    "stamp {number} ({authority}) ended on {until} and was not renewed",
)
_COVERED: Final = Text(
    "{count} titik periksa lain tidak distempel sendiri: yang lebih baru, yang memuatnya, sudah distempel",
    "{count} other checkpoints have no stamp of their own: a later one, which holds them, was stamped",
)
_WROTE: Final = Text("{count} permintaan → {folder}", "{count} requests → {folder}")
_NOTHING: Final = Text("tidak ada yang menunggu; tidak ada yang ditulis", "nothing waits; nothing was written")
_ADDED: Final = Text("otoritas {name} ditambahkan", "authority {name} added")
_REMOVED: Final = Text(
    "otoritas {name} dihapus; stempel yang sudah ada tetap disimpan",
    "authority {name} removed; the stamps that it gave are kept",
)
_TAKEN_NAME: Final = Text(
    "otoritas dengan nama ini sudah ada; hapus dulu, atau pakai nama lain",
    "an authority of this name is configured already; remove it first, or use another name",
)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: telusur evidence stamp berkas-kantor")(stamp)
    app.command(
        epilog="Example: telusur evidence authority berkas-kantor --add satu --url https://tsa.example.org "
        "--root akar-satu.pem"
    )(authority)


def stamp(
    folder: StoreArgument,
    *,
    requests: Annotated[
        Path | None, typer.Option("--requests", help="Write the requests here, to be carried to a network by hand.")
    ] = None,
    replies: Annotated[
        Path | None, typer.Option("--replies", help="Take the replies (.tsr) that were carried in from here.")
    ] = None,
    now: Annotated[bool, typer.Option("--now", help="Ask those too whose next try is later.")] = False,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Have the newest checkpoint stamped by the configured authorities, and say the state of every stamp."""
    handed: list[HandedIn] = []
    with open_store(folder, passphrase_file) as opened:
        configured = opened.settings.authorities
        if not configured:
            raise BadInput(_NONE, where=str(folder))
        if len(configured) < _ENOUGH:
            note(f"! {_FEW.in_language(lang)}")
        opened.checkpoint()
        with vault.told(str(folder)):
            stamps.queue_renewals(opened.db, configured, opened.now())
            if replies is not None:
                handed = stamps.take_replies(opened.db, replies, configured, opened.now())
            if requests is not None:
                _write(opened, requests, configured, lang)
            if requests is None and replies is None:
                with progress(str(folder)):
                    stamps.work(opened.db, configured, send, opened.now, all_now=now)
            held = stamps.stamps(opened.db)
        _tell(opened, handed, lang)
        if json:
            _answer(opened, folder, held, handed)
        else:
            for line in _lines(opened.ledger.size(), held, lang):
                say(line)
    if any(not one.taken for one in handed):
        raise typer.Exit(FAILED)


def _tell(opened: Store, handed: Sequence[HandedIn], lang: Language) -> None:
    for one in handed:
        note(f"{'✓' if one.taken else '✗'} {one.name}: {one.words.in_language(lang)}")
    for late in stamps.lapsed(opened.db, opened.now()):
        assert late.until is not None
        words = _LAPSED.filled(number=late.id, authority=late.authority, until=_said(late.until))
        note(f"! {words.in_language(lang)}")


def _write(opened: Store, folder: Path, configured: Sequence[Authority], lang: Language) -> None:
    written = stamps.write_requests(opened.db, folder, configured)
    words = _WROTE.filled(count=len(written), folder=folder) if written else _NOTHING
    note(words.in_language(lang))


def _answer(opened: Store, folder: Path, held: Sequence[Stamp], handed: Sequence[HandedIn]) -> None:
    content = {
        "store": str(folder),
        **head_of(opened),
        "authorities": [_shown(one) for one in opened.settings.authorities],
        "stamps": [one.as_json() for one in held],
        "replies": [
            {"file": one.name, "stamp": one.stamp, "taken": one.taken, "words": one.words.as_json()} for one in handed
        ],
    }
    answer("stamps", content)


def _shown(one: Authority) -> dict[str, object]:
    return {
        "name": one.name,
        "url": one.url,
        "policy": one.policy,
        "roots": [
            {"subject": root.subject.rfc4514_string(), "until": _said(root.not_valid_after_utc)}
            for root in one.trust.roots
        ],
    }


def _lines(size: int, held: Sequence[Stamp], lang: Language) -> Iterator[str]:
    """Say the state of the newest checkpoint, and of all that waits or was given up."""
    newest = {one.authority: one.id for one in held if one.state == "stamped" and one.size is not None}
    again = {(one.size, one.authority) for one in held if one.state != "failed"}
    for one in held:
        if one.state == "stamped" and one.size is not None and one.size != size and newest[one.authority] != one.id:
            continue
        # What was given up, and asked for anew since, is told by the later one.
        if one.state == "covered" or (one.state == "failed" and (one.size, one.authority) in again):
            continue
        words = _OF_CHECKPOINT.filled(size=one.size) if one.size is not None else _renewal(one)
        yield f"{one.authority}: {words.in_language(lang)}: {_state(one).in_language(lang)}"
        if one.why is not None:
            yield f"    {one.why.in_language(lang)}"
    covered = sum(one.state == "covered" for one in held)
    if covered:
        yield _COVERED.filled(count=covered).in_language(lang)


def _renewal(one: Stamp) -> Text:
    return _OF_RENEWAL.filled(count=len(one.renews))


def _state(one: Stamp) -> Text:
    if one.state == "stamped":
        assert one.stamped_at is not None
        assert one.until is not None
        return _STAMPED.filled(at=_said(one.stamped_at), until=one.until.date())
    if one.state == "waiting":
        assert one.next_try is not None
        return _WAITING.filled(since=_said(one.since), tries=one.tries, next=_said(one.next_try))
    return _FAILED.filled(since=_said(one.since), tries=one.tries)


def _said(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def authority(
    folder: StoreArgument,
    *,
    add: Annotated[
        str | None, typer.Option("--add", metavar="NAME", help="Add an authority; give --url, --root.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where it takes requests (RFC 3161 over HTTP).")] = None,
    root: Annotated[
        Path | None,
        typer.Option("--root", help="PEM with its root certificate, and those between if replies leave them out."),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", help="Object identifier that its stamps have to follow.", show_default="any"),
    ] = None,
    remove: Annotated[str | None, typer.Option("--remove", metavar="NAME", help="Remove an authority.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List them; so does giving no option.")] = False,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Say who stamps the checkpoints of a store: add an authority, remove one, or list them."""
    if add is None and (url is not None or root is not None or policy is not None):
        raise BadInput("--url, --root and --policy are for --add NAME", field="--add")
    if sum((add is not None, remove is not None, listed)) > 1:
        raise BadInput("--add, --remove and --list exclude each other; give one of them", field="--add")
    with open_store(folder) as opened:
        configured = opened.settings.authorities
        if add is not None:
            opened.set_authorities((*configured, _made(add, url, root, policy, [one.name for one in configured])))
            note(_ADDED.filled(name=add).in_language(lang))
        if remove is not None:
            names = [one.name for one in configured]
            if remove not in names:
                hint = nearest(remove, names) if names else "none is configured"
                raise BadInput(f"no authority has this name; {hint}", field="--remove")
            opened.set_authorities(tuple(one for one in configured if one.name != remove))
            with vault.told(str(folder)):
                stamps.give_up(opened.db, remove)
            note(_REMOVED.filled(name=remove).in_language(lang))
        configured = opened.settings.authorities
    if json:
        answer("authorities", {"store": str(folder), "authorities": [_shown(one) for one in configured]})
        return
    for one in configured:
        roots = "; ".join(
            f"{root.subject.rfc4514_string()} (…{_said(root.not_valid_after_utc)})" for root in one.trust.roots
        )
        say(f"{one.name}  {one.url}  {roots}{f'  {one.policy}' if one.policy else ''}")
    if not configured:
        note(f"! {_NONE.in_language(lang)}")
    elif len(configured) < _ENOUGH:
        note(f"! {_FEW.in_language(lang)}")


def _made(name: str, url: str | None, root: Path | None, policy: str | None, taken: Sequence[str]) -> Authority:
    if url is None or root is None:
        raise BadInput("an authority needs --url and --root", field="--add")
    if name in taken:
        raise BadInput(_TAKEN_NAME, field="--add")
    certificates = read_text(root, field="--root")
    try:
        return Authority(name, url, certificates, policy)
    except BadInput as fault:
        if fault.field is None:
            raise BadInput(fault.words, where=str(root), field="--root") from None
        raise BadInput(fault.words, field="--add" if fault.field == "name" else f"--{fault.field}") from None
