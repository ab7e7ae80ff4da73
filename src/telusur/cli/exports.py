"""``telusur exports``: what an export holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from telusur import exports
from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import out, print_json, progress
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
_WIDTH: Final = 30

app = typer.Typer(help="What a platform's export holds.", no_args_is_help=True)


@app.callback()
def _exports() -> None:
    """Keep ``show`` a command of its own while it is the only one."""


@app.command(epilog="Example: telusur exports show x-archive.zip")
def show(
    path: Annotated[Path, typer.Argument(help="The export: zip or folder.")],
    *,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Show what was found, what is missing against the manifest, and the span of each log."""
    with progress(path.name):
        record = exports.read(path, name=path.name)
    if json:
        print_json(_document(record, lang))
        return
    account = record.account
    out.print(f"{account.platform} · @{account.handle or '?'} · {account.account_id or '?'}", markup=False)
    for log in record.logs:
        out.print(_log_line(log, lang), markup=False)
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
        "logs": [
            {
                "log": log.name,
                "file": log.file,
                "found": log.found,
                "expected": log.expected,
                "first": utc_words(log.first) if log.first else None,
                "last": utc_words(log.last) if log.last else None,
            }
            for log in record.logs
        ],
        "problems": [
            {"file": p.file, "offset": p.offset, "message": p.message.in_language(language)} for p in record.problems
        ],
        "left_out": list(record.left_out),
    }
