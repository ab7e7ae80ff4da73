"""Particulars: each act with time and zone, place, sealed evidence, rule and version, before any summons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telusur import law
from telusur.domain.text import Text
from telusur.process.file import ActOnFile, File
from telusur.process.gates.gate import Gate, gate, listed


def particulars(file: File, today: date) -> Gate:
    """Say whether every act is told so that one can answer it."""
    del today
    return gate("particulars", _reasons(file))


def _reasons(file: File) -> Iterator[Text]:
    if file.status is None:
        yield Text(
            "Status terlapor pada hari perbuatan belum ditetapkan; tetapkan dahulu, karena aturan bergantung padanya.",
            "The respondent's status on the day of the acts is not established; do that first, since the rules "
            "depend on it.",
        )
    if not file.acts:
        yield Text("Belum ada perbuatan yang dinyatakan; nyatakan satu per satu.", "No act is stated; state each act.")
    for act in file.acts.values():
        missing = list(_missing(file, act))
        if missing:
            yield Text(
                f"Perbuatan {act.id}: lengkapi {listed(one.id for one in missing)}.",
                f"Act {act.id}: add {listed(one.en for one in missing)}.",
            )


def _missing(file: File, act: ActOnFile) -> Iterator[Text]:
    told = act.stated
    if told.when is None:
        yield Text("waktu beserta zonanya", "its time with the zone")
    if told.on_account and told.platform is None:
        yield Text("platform", "the platform")
    if told.on_account and not (told.handle or told.url):
        yield Text("alamat atau nama akun", "the address or the account's name")
    if not any(file.is_sealed(one) for one in told.evidence):
        yield Text("bukti yang disegel", "sealed evidence")
    if told.rule is None:
        yield Text("aturan yang diperiksa", "the rule it is examined under")
    elif told.rule not in law.catalogue().rules:
        yield Text(f"aturan yang ada dalam katalog (bukan {told.rule})", f"a rule of the catalogue (not {told.rule})")
    if not told.catalogue:
        yield Text("versi katalog aturan", "the version of the catalogue")
