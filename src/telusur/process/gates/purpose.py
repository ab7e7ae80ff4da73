"""Purpose: what a respondent handed over to clear themselves supports no new act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telusur.domain.text import Text
from telusur.process.file import ActOnFile, File
from telusur.process.gates.gate import Gate, gate, listed


def purpose(file: File, today: date) -> Gate:
    """Say whether no act rests on what the respondent had supplied before the act was stated."""
    del today
    return gate("purpose", _reasons(file))


def turned_against(file: File, act: ActOnFile) -> list[str]:
    """Give the evidence of an act that the respondent had supplied before it was stated."""
    return [
        one
        for one in act.stated.evidence
        if (supplied := file.supplied_by_respondent(one)) is not None and supplied.n < act.new_since
    ]


def _reasons(file: File) -> Iterator[Text]:
    for act in file.acts.values():
        names = turned_against(file, act)
        if names:
            yield Text(
                f"Perbuatan {act.id} bersandar pada yang diserahkan terlapor untuk membersihkan diri "
                f"({listed(names)}); itu tidak boleh menjadi dasar perbuatan baru. Lepaskan bukti itu.",
                f"Act {act.id} rests on what the respondent handed over to clear themselves ({listed(names)}); "
                "that supports no new act. Leave that evidence out.",
            )
