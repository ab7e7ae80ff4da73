"""A validation of the style model on a table: which model is tried on whom, every setting, and the measures."""

from __future__ import annotations

import hashlib
import platform
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from telusur.domain.errors import BadInput
from telusur.tracing.style.fit import fit
from telusur.tracing.style.model import SHIPPED, StyleModel, load
from telusur.validation.acts import compare_acts
from telusur.validation.intervals import ROUNDS, drawn
from telusur.validation.numbers import Outcome, Takeovers, outcomes, takeovers
from telusur.validation.protocol import OTHER_SETTINGS, SETTINGS
from telusur.validation.study import Compared, Streams, Tick, compare
from telusur.validation.study import takeovers as look_for_takeovers
from telusur.validation.table import Table
from telusur.validation.weighing import workers

_TRIED: Final = ("tracing", "validation")
"""Rooms whose code decides the figures."""

_PACKAGES: Final = ("numpy", "scipy", "polars")

Refit = Literal["asked", "same_data"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a validation rests on.

    Parameters
    ----------
    name
        Without its folders.
    sha256
        Of its bytes.
    """

    name: str
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Source:
        """Read a file's hash."""
        with path.open("rb") as file:
            return cls(path.name, hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True, eq=False)
class Model:
    """The model that was tried.

    Parameters
    ----------
    source
        Its parameter file; for one fitted here, the file that it is written to.
    content
        The bytes of a file fitted here; empty otherwise.
    card
        Its own card.
    refit
        Why it was fitted here on one half of the accounts; None if it was tried as it is.
    fitted_on
        Accounts it was fitted on here.
    """

    source: Source
    content: bytes
    card: Mapping[str, Any]
    refit: Refit | None
    fitted_on: int


@dataclass(frozen=True, eq=False)
class Validation:
    """Everything that a report tells.

    Parameters
    ----------
    table, other
        What it was measured on, and another corpus beside.
    model
        What was measured.
    seed, rounds
        Of every draw, and draws of the bootstrap.
    compared, streams
        Every comparison and timeline.
    outcomes, takeovers
        The measures.
    """

    table: Table
    other: Table | None
    model: Model
    seed: int
    rounds: int
    compared: list[Compared]
    streams: list[Streams]
    outcomes: list[Outcome]
    takeovers: list[Takeovers]


def validate(
    table: Table,
    data: Source,
    *,
    other: Table | None = None,
    model: Path = SHIPPED,
    refit: bool = False,
    seed: int,
    jobs: int,
    rounds: int = ROUNDS,
    tick: Tick = lambda _what, _share: None,
) -> Validation:
    """Try a style model on a table by the whole protocol.

    Parameters
    ----------
    table, data
        The accounts and the file they came from.
    other
        Accounts of another corpus, tried by the same model.
    model
        Parameter file to try as it is.
    refit
        Whether to fit on one half of the accounts instead and measure on the other. Done anyway where the model was
        fitted on this very file.
    seed
        Of the halves, the impostors, the timelines and the bootstrap.
    jobs
        Processes.
    rounds
        Draws of the bootstrap.
    tick
        Told what is being done and the share of it that is done.

    Raises
    ------
    BadInput
        If the model cannot be read, or a half of the accounts does not suffice for a fit.
    """
    why: Refit | None = "asked" if refit else None
    tried = load(model)
    if tried.parameters.card.get("data_sha256") == data.sha256 and not refit:
        why = "same_data"
    with (
        _model(table, data, model, tried, why, seed, tick) as (path, chosen, rest),
        workers(path, jobs) as processes,
    ):
        fitted = load(path)
        compared, near = compare(rest, SETTINGS, processes, fitted, seed, tick)
        compared += compare_acts(rest, near, processes, seed, tick)
        streams = look_for_takeovers(rest, near, processes, seed, lambda share: tick("takeovers", share))
        beside: list[Compared] = []
        if other is not None:
            beside, _ = compare(
                other, OTHER_SETTINGS, processes, fitted, seed, lambda what, share: tick(f"other: {what}", share)
            )
    draws = drawn(rest.n_accounts, seed, rounds)
    found = outcomes(compared, draws, lambda share: tick("bootstrap", share))
    if other is not None:
        found += outcomes(beside, drawn(other.n_accounts, seed, rounds))
    return Validation(
        rest, other, chosen, seed, rounds, [*compared, *beside], streams, found, takeovers(streams, draws)
    )


def check_other(other: Source, data: Source, model: Path, *, refit: bool) -> None:
    """Refuse a file as another corpus that is none to the model.

    Parameters
    ----------
    other, data
        The files of both.
    model
        Parameter file to be tried.
    refit
        Whether the model is fitted anew, on ``data`` alone.

    Raises
    ------
    BadInput
        If it is the file of ``data``, or the one that the model was fitted on.
    """
    if other.sha256 == data.sha256:
        raise BadInput(
            f"this is the same file as --data ({data.name}), byte for byte; name another corpus", where=other.name,
            field="--other",
        )  # fmt: skip
    knows = load(model).parameters.card.get("data_sha256")
    if other.sha256 == knows and not refit:
        raise BadInput(
            f"the model {model.name} was fitted on this very file; name another corpus, or fit on --data by --refit",
            where=other.name,
            field="--other",
        )


@contextmanager
def _model(
    table: Table, data: Source, path: Path, tried: StyleModel, why: Refit | None, seed: int, tick: Tick
) -> Iterator[tuple[Path, Model, Table]]:
    """Give the parameter file to try, what is said of it, and the accounts to try it on."""
    if why is None:
        yield path, Model(Source(path.name, tried.sha256), b"", tried.parameters.card, None, 0), table
        return
    # The accounts stand in an order drawn by the seed already.
    half = table.n_accounts // 2
    content = _fitted(table.of_accounts(np.arange(half)), data, seed, tick)
    with tempfile.TemporaryDirectory(prefix="telusur-") as folder:
        place = Path(folder) / FITTED
        place.write_bytes(content)
        made = load(place)
        chosen = Model(Source(FITTED, made.sha256), content, made.parameters.card, why, half)
        yield place, chosen, table.of_accounts(np.arange(half, table.n_accounts))


FITTED: Final = "model.npz"
"""Name of the parameter file of a model that was fitted for the validation."""


def _fitted(table: Table, data: Source, seed: int, tick: Tick) -> bytes:
    import polars as pl  # noqa: PLC0415 - a third of a second that only fitting needs

    names = np.repeat([f"{number:05d}" for number in range(table.n_accounts)], np.diff(table.starts))
    times = pl.from_epoch(pl.Series(table.times), "us")
    frame = pl.DataFrame({"account": names, "time": times, "text": table.texts})
    card = {"data_sha256": data.sha256, "data_half": "accounts drawn by the seed", "data_rows": frame.height}
    try:
        return fit(frame, seed, progress=lambda what, share: tick(f"fit: {what}", share), card=card).as_bytes()
    except BadInput as problem:
        raise BadInput(
            f"a fit on one half of the accounts is not possible: {problem.message}", where=data.name
        ) from problem


@cache
def code() -> dict[str, str]:
    """Give what the figures were made by: the hash of the code that decides them, and the versions it ran with."""
    digest = hashlib.sha256()
    for room in _TRIED:
        root = resources.files("telusur").joinpath(room)
        with resources.as_file(root) as folder:
            for path in sorted(folder.rglob("*.py")):
                digest.update(f"{room}/{path.relative_to(folder).as_posix()}\n".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return {
        "code_sha256": digest.hexdigest(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in _PACKAGES},
    }
