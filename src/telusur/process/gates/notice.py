"""Notice: the particulars were served; when, how, and with proof."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telusur.domain.text import Text
from telusur.process.file import Entry, File
from telusur.process.gates.gate import Gate, gate
from telusur.process.steps import Served

_CALLS = ("summons", "second_summons")


def notice(file: File, today: date) -> Gate:
    """Say whether the particulars, as they now stand, were served with proof."""
    del today
    return gate("notice", _reasons(file))


def proven_service(file: File, served: Entry[Served]) -> bool:
    """Say whether a service is proven: by a way that is named, and by evidence that is here."""
    return bool(served.step.how.strip()) and served.step.proof in file.evidence


def services(file: File) -> list[Entry[Served]]:
    """Give what was served since all particulars, as they now stand, had been drawn up: particulars and summonses."""
    since = file.informed_at
    if since is None:
        return []
    return [one for one in file.served if one.n > since and one.step.what in ("particulars", *_CALLS)]


def _reasons(file: File) -> Iterator[Text]:
    if file.informed_at is None:
        yield Text(
            "Rincian setiap perbuatan, sebagaimana kini dinyatakan, belum disusun untuk terlapor; susunlah.",
            "Particulars of every act, as now stated, were not drawn up for the respondent; draw them up.",
        )
        return
    those = services(file)
    if not any(one.step.what == "particulars" for one in those):
        yield Text(
            "Rincian belum disampaikan kepada terlapor; sampaikan, dan catat kapan dan dengan cara apa.",
            "The particulars were not served on the respondent; serve them, and record when and how.",
        )
    for one in those:
        if not proven_service(file, one):
            yield Text(
                f"Penyampaian ({_WHAT[one.step.what].id}) belum berbukti; tambahkan tanda terima atau berita acaranya.",
                f"The service ({_WHAT[one.step.what].en}) has no proof; add the receipt or the minutes of it.",
            )


_WHAT = {
    "particulars": Text("rincian", "particulars"),
    "summons": Text("panggilan", "summons"),
    "second_summons": Text("panggilan kedua", "second summons"),
}
