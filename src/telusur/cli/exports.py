"""``telusur exports``: what an export holds, and cutting it down to what a case needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from telusur import exports
from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import out, print_json, progress
from telusur.cli.exports_reduce import reduce
from telusur.domain.record import AccountRecord, Log, LogName, Problem
from telusur.domain.text import Language, Text
from telusur.domain.when import utc_words

_LOGS: Final[dict[LogName, Text]] = {
    "posts": Text("unggahan", "posts"),
    "deleted_posts": Text("unggahan yang dihapus", "deleted posts"),
    "comments": Text("komentar", "comments"),
    "likes": Text("suka", "likes"),
    "groups": Text("grup yang diikuti", "groups joined"),
    "messages": Text("pesan dalam obrolan perkara", "messages in the chat of the case"),
    "logins": Text("masuk", "logins"),
    "sessions": Text("sesi aktif", "active sessions"),
    "devices": Text("perangkat", "devices"),
    "credentials": Text("perubahan surel dan sandi", "changes of e-mail and password"),
    "handles": Text("perubahan nama akun", "changes of handle"),
    "apps": Text("aplikasi tersambung", "connected applications"),
    "account": Text("data akun", "account data"),
}
_ABSENT: Final = Text("tidak ada dalam ekspor ini", "not in this export")
_PROMISED: Final = Text("{found} dari {expected} yang dijanjikan", "{found} of {expected} promised")
_SPAN: Final = Text("{first} sampai {last}", "{first} to {last}")
_LACKING: Final = Text("TIDAK LENGKAP", "INCOMPLETE")
_PLACE: Final = Text("{file} (bita ke-{offset})", "{file} (byte {offset})")
_NOT_OPENED: Final = Text("tidak dibuka", "not opened")
#: Characters that the longest name of a log takes.
_WIDTH: Final = 32

_REDUCED: Final = Text(
    "ekspor ringkas: sudah dipersempit oleh pemiliknya; unggahan hanya dari waktu perkara",
    "a reduced export: its owner cut it down; posts only from the time of the case",
)
_KEPT_FOR: Final = Text("    disimpan platform: {period}", "    kept by the platform: {period}")
_STATUS: Final[dict[str, Text]] = {
    "published": Text("diumumkan platform", "the platform says so"),
    "reported": Text("dilaporkan pihak lain", "others report so"),
}

app = typer.Typer(help="What a platform's export holds; reducing it to what a case needs.", no_args_is_help=True)
app.command(epilog="Example: telusur exports reduce full-export.zip --case case.yaml --out reduced.json")(reduce)


@app.command(epilog="Example: telusur exports show x-archive.zip")
def show(
    path: Annotated[Path, typer.Argument(help="The export: zip, folder, chat or reduced export.")],
    *,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Show what was found, what is missing against the manifest, and span and retention of each log."""
    with progress(path.name):
        record = exports.read(path, name=path.name)
    if json:
        print_json(_document(record, lang))
        return
    account = record.account
    out.print(f"{account.platform} · @{account.handle or '?'} · {account.account_id or '?'}", markup=False)
    if record.reduced:
        out.print(_REDUCED.in_language(lang), markup=False)
    for log in record.logs:
        out.print(_log_line(log, lang), markup=False)
        if log.file is not None:
            out.print(_kept_line(record, log, lang), markup=False)
    for problem in record.problems:
        out.print(_problem_line(problem, lang), markup=False)
    if record.left_out:
        out.print(f"{_NOT_OPENED.in_language(lang)}: {', '.join(record.left_out)}", markup=False)


def _log_line(log: Log, language: Language) -> str:
    def say(text: Text, **values: object) -> str:
        return text.in_language(language).format(**values)

    begun = f"  {say(_LOGS[log.name]):<{_WIDTH}} "
    if log.file is None:
        return begun + say(_ABSENT)
    count = str(log.found) if log.expected is None else say(_PROMISED, found=log.found, expected=log.expected)
    lacking = f"  ← {say(_LACKING)}" if log.complete is False else ""
    span = f", {say(_SPAN, first=utc_words(log.first), last=utc_words(log.last))}" if log.first and log.last else ""
    return f"{begun}{count}{span}  ({log.file}){lacking}"


def _kept_line(record: AccountRecord, log: Log, language: Language) -> str:
    kept = exports.retention_of(record.account.platform, log.name)
    status = f" ({_STATUS[kept.status].in_language(language)})" if kept.status in _STATUS else ""
    return _KEPT_FOR.in_language(language).format(period=kept.period.in_language(language)) + status


def _retention(record: AccountRecord, log: Log, language: Language) -> dict[str, object]:
    kept = exports.retention_of(record.account.platform, log.name)
    return {"period": kept.period.in_language(language), "status": kept.status, "source": kept.source}


def _problem_line(problem: Problem, language: Language) -> str:
    place = problem.file
    if problem.offset is not None:
        place = _PLACE.in_language(language).format(file=problem.file, offset=problem.offset)
    return f"! {place}: {problem.message.in_language(language)}"


def _document(record: AccountRecord, language: Language) -> dict[str, object]:
    return {
        "schema": "telusur.export/1",
        "platform": record.account.platform,
        "account": {"handle": record.account.handle, "account_id": record.account.account_id},
        "generated_at": utc_words(record.generated_at) if record.generated_at else None,
        "partial": record.partial,
        "reduced": record.reduced,
        "logs": [
            {
                "log": log.name,
                "file": log.file,
                "found": log.found,
                "expected": log.expected,
                "first": utc_words(log.first) if log.first else None,
                "last": utc_words(log.last) if log.last else None,
                "skipped": log.skipped,
                "retention": _retention(record, log, language),
            }
            for log in record.logs
        ],
        "problems": [
            {"file": p.file, "offset": p.offset, "message": p.message.in_language(language)} for p in record.problems
        ],
        "left_out": list(record.left_out),
    }
