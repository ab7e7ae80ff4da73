"""The counts an audit rests on: every table splits the same cases, so that whoever adds one up gets another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from telusur.balance.cases import Cases, Objects
from telusur.balance.plan import Plan
from telusur.balance.result import CountTable
from telusur.balance.steps import states
from telusur.domain.text import Text

UNKNOWN: Final = "-"
"""Stands where a case has no value."""

TITLES: Final[Mapping[str, Text]] = {
    "group": Text("kelompok", "group"),
    "state": Text("sampai di mana", "how far it came"),
    "region": Text("wilayah", "region"),
    "rank": Text("jenjang jabatan", "rank"),
    "source": Text("asal laporan", "source of the report"),
    "body": Text("badan", "body"),
    "phase": Text("tahap", "phase"),
    "relation": Text("hubungan", "relation"),
    "evidence_strength": Text("kekuatan bukti", "strength of the evidence"),
}

_SLICES: Final = ("region", "rank", "source", "body", "phase", "relation", "evidence_strength")


def tables(cases: Cases, plan: Plan) -> tuple[CountTable, ...]:
    """Give the tables of an audit.

    Parameters
    ----------
    cases
        The cases.
    plan
        Which column is compared.

    Returns
    -------
    tuple of CountTable
        Group by how far cases came, then each other column of words by the same, and by group.
    """
    columns: dict[str, Objects] = {"group": cases.columns[plan.groups], "state": states(cases)}
    columns |= {name: cases.columns[name] for name in _SLICES if name in cases.columns and name != plan.groups}
    pairs = [("group", "state")]
    pairs += [(name, other) for name in columns if name not in {"group", "state"} for other in ("state", "group")]
    return tuple(
        CountTable(
            f"{first}_{second}",
            Text(f"Kasus menurut {TITLES[first].id} dan {TITLES[second].id}",
                 f"Cases by {TITLES[first].en} and {TITLES[second].en}"),
            (first, second),
            dict(sorted(Counter(zip(_words(columns[first]), _words(columns[second]), strict=True)).items())),
        )
        for first, second in pairs
    )  # fmt: skip


def _words(values: Objects) -> list[str]:
    return [UNKNOWN if value is None else str(value) for value in values]


def bodies(cases: Cases, plan: Plan) -> tuple[CountTable, ...]:
    """Give the counts by body that the rule of dominance needs; they are never published.

    Parameters
    ----------
    cases, plan
        As for `tables`.
    """
    if "body" not in cases.columns:
        return ()
    columns = {"group": cases.columns[plan.groups], "state": states(cases), "region": cases.columns["region"]}
    body = _words(cases.columns["body"])
    return tuple(
        CountTable(
            f"body_{first}_{second}",
            TITLES["body"],
            ("body", first, second),
            dict(Counter(zip(body, _words(columns[first]), _words(columns[second]), strict=True))),
        )
        for first, second in (("group", "state"), ("region", "state"), ("region", "group"))
    )
