"""What the respondent states, as far as it weighs at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.tracing.bearing import Table
from telusur.tracing.item import Abstained, Item


def weigh(claims: Sequence[str], *, signed: bool | None, table: Table) -> Iterator[Item | Abstained]:
    """Weigh an admission; record a denial without a weight.

    Parameters
    ----------
    claims
        In the words of contracts.md, section 2.
    signed
        Whether it was signed after the respondent had the particulars: only then it is a document of its own.
    table
        The weights.

    Notes
    -----
    Owners who did it deny as readily as those who did not, so that a denial weighs nothing: it is followed up in the
    records. Silence is no claim and gives nothing at all.
    """
    if "admits" in claims:
        words = Text(", ditandatangani setelah menerima rincian", ", signed after having the particulars")
        yield table.weighed(
            "statement.admits", Grade.D if signed else Grade.E, signed=words if signed else Text("", "")
        )
    elif claims:
        yield table.abstain("statement", "claims_weigh_nothing")
