"""A release as files for everybody: a CSV a table, and what is needed to read and to check them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any, Final

import telusur
from telusur.balance.release.figures import ALL, REST, Release, Shown
from telusur.domain.text import Text

SCHEMA: Final = "telusur.balance_release/1"
MANIFEST: Final = "release.json"

#: Columns after those of the table.
COUNT: Final = "cases"
STATUS: Final = "status"

_DICTIONARY: Final[Mapping[str, Text]] = {
    COUNT: Text(
        "Jumlah kasus, dibulatkan acak ke kelipatan {base}; kosong bila ditahan.",
        "Number of cases, rounded at random to a multiple of {base}; empty where withheld.",
    ),
    STATUS: Text(
        "published: angka rilis ini. kept: angka rilis terdahulu, sebab yang berubah mungkin kurang dari {below} "
        "kasus; angka itu dapat meleset hingga {moves}. withheld: ditahan.",
        "published: a figure of this release. kept: the figure of an earlier release, since fewer than {below} cases "
        "may have changed; it may be off by up to {moves}. withheld: withheld.",
    ),
    ALL: Text("Semua nilai kolom ini.", "All values of this column."),
    REST: Text(
        "Nilai yang tidak berdiri sendiri dalam rilis ini; baris ini selalu ada, juga bila kosong.",
        "Values that do not stand alone in this release; this row is always there, even where it holds nothing.",
    ),
}

_RULES: Final = (
    Text(
        "Sel terbit hanya bila isinya, dan sisa tiap jumlahan di sampingnya, paling sedikit {below} kasus.",
        "A cell is published only if it, and what each of its sums holds beside it, are at least {below} cases.",
    ),
    Text(
        "Sel ditahan bila satu badan mengisi lebih dari {dominance} %, sejauh badannya diketahui.",
        "A cell is withheld if one body makes up more than {dominance} % of it, where bodies are known.",
    ),
    Text(
        "Nilai yang terlalu sedikit masuk ke satuan di atasnya: kabupaten/kota, provinsi, kelompok pulau, nasional.",
        "Values that are too few go into the unit above: district, province, island group, nation.",
    ),
    Text(
        "Sel lain ditahan sampai tidak ada sel tertahan yang dapat dihitung dari semua rilis bersama-sama.",
        "Further cells are withheld until no withheld cell can be worked out from all releases together.",
    ),
    Text(
        "Angka dibulatkan acak ke kelipatan {base} dengan kunci rahasia: sel dan jumlah yang sama selalu sama.",
        "Figures are rounded at random to multiples of {base} under a secret key: the same cell and count, the same.",
    ),
    Text(
        "Angka yang pernah terbit berubah hanya bila paling sedikit {below} kasus berubah.",
        "A figure once published moves only when at least {below} cases have changed.",
    ),
    Text(
        "Pasangan orang dan pihak yang didukung tidak pernah terbit, begitu pula nomor kasus, petugas dan perintah.",
        "A person and a beneficiary are never published together, nor numbers of cases, officials or orders.",
    ),
)


def files(release: Release) -> dict[str, bytes]:
    """Give the files of a release by name.

    Parameters
    ----------
    release
        The release.

    Returns
    -------
    dict
        A CSV a table, and ``release.json``: the hash of each, the rules, the withheld cells without counts and without
        reasons, the columns explained, and the commitment to the key. The same release gives the same bytes.
    """
    found = {f"{table.id}.csv": _csv(release, table) for table in release.tables}
    manifest = _manifest(release, {name: hashlib.sha256(held).hexdigest() for name, held in found.items()})
    found[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    return found


def documents(release: Release) -> list[dict[str, Any]]:
    """Give the tables of a release as JSON, as ``telusur.balance/1`` holds them."""
    return [
        {
            "id": table.id,
            "title": table.title.as_json(),
            "dims": list(table.dims),
            "cells": [
                {"values": list(values), "cases": figure.shown, "status": figure.status}
                for values, figure in release.rows(table)
            ],
        }
        for table in release.tables
    ]


def _csv(release: Release, table: Shown) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*table.dims, COUNT, STATUS])
    for values, figure in release.rows(table):
        writer.writerow([*values, "" if figure.shown is None else figure.shown, figure.status])
    return out.getvalue().encode()


def _manifest(release: Release, hashes: Mapping[str, str]) -> dict[str, Any]:
    rules = release.rules
    numbers = {
        "below": rules.below,
        "base": rules.base,
        "moves": rules.moves - 1,
        "dominance": round(rules.dominance * 100),
    }
    return {
        "schema": SCHEMA,
        "made_by": {"telusur": telusur.__version__},
        "number": release.number,
        "as_of": release.as_of or None,
        "rules": {
            "below": rules.below,
            "base": rules.base,
            "dominance": rules.dominance,
            "words": [text.filled(**numbers).as_json() for text in _RULES],
        },
        "key_commitment": release.commitment,
        "columns": {
            dim: {"units": list(units), "parents": dict(sorted(release.parents.get(dim, {}).items()))}
            for dim, units in release.units.items()
        },
        "dictionary": {name: text.filled(**numbers).as_json() for name, text in _DICTIONARY.items()},
        "tables": [
            {
                "id": table.id,
                "title": table.title.as_json(),
                "columns": list(table.dims),
                "file": f"{table.id}.csv",
                "sha256": hashes[f"{table.id}.csv"],
            }
            for table in release.tables
        ],
        "withheld": [dict(cell) for cell in _of(release, "withheld")],
        "kept": [dict(cell) for cell in _of(release, "kept")],
    }


def _of(release: Release, status: str) -> list[tuple[tuple[str, str], ...]]:
    return sorted(cell for cell, figure in release.figures.items() if figure.status == status)
