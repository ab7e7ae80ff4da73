"""The shipped parameters: a zip of plain arrays and one JSON card, no pickle, no text, no account name.

The file's SHA-256 names it in every dossier (`made_by.models`). Two fits of the same data with the same seed give the
same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.tracing.style.logistic import Logistic
from telusur.tracing.style.space import Channel

FORMAT = "telusur.style/3"
CHANNELS = ("characters", "shapes", "words")
CALIBRATIONS = ("window", "bare", "around", "takeover", "behaviour")
_PARTS = ("centre", "spread", "weights", "covariance", "lowest", "highest")


@dataclass(frozen=True, eq=False)
class Parameters:
    """Everything the style room has learned.

    Parameters
    ----------
    channels
        Characters, shapes and words (`CHANNELS`).
    calibrations
        By name: ``window`` (style of a window against known writing), ``bare`` (the same where neither holds mentions,
        links or tags), ``around`` and ``takeover`` (change of writer),
        ``behaviour`` (hours around an act).
    tables
        Small named arrays: caps in bans, and the constants of the change-point model.
    card
        What a reader must know: data, seed, figures as measured, limits.
    """

    channels: Mapping[str, Channel]
    calibrations: Mapping[str, Logistic]
    tables: Mapping[str, NDArray[np.float64]]
    card: Mapping[str, Any]

    def as_bytes(self) -> bytes:
        """Give the file's content."""
        arrays: dict[str, NDArray[Any]] = {}
        for name, channel in self.channels.items():
            arrays[f"{name}.kept"] = np.diff(channel.kept, prepend=np.int32(0)).astype(np.uint32)
            arrays[f"{name}.posts_with"] = channel.posts_with.astype(np.uint32)
            arrays[f"{name}.n_posts"] = np.array([channel.n_posts], dtype=np.int64)
            arrays[f"{name}.levels"] = channel.levels
            arrays[f"{name}.words"] = channel.words.astype(np.float32)
        for name, logistic in self.calibrations.items():
            for part in _PARTS:
                arrays[f"{name}.{part}"] = getattr(logistic, part).astype(np.float32)
        for name, table in self.tables.items():
            arrays[f"table.{name}"] = table.astype(np.float32)
        digest = hashlib.sha256()
        for name in sorted(arrays):
            digest.update(name.encode() + np.ascontiguousarray(arrays[name]).tobytes())
        described = {**self.card, "format": FORMAT, "parameters_sha256": digest.hexdigest()}
        card = json.dumps(described, sort_keys=True, ensure_ascii=False, indent=1)
        arrays["card"] = np.frombuffer(card.encode(), dtype=np.uint8)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in sorted(arrays):
                content = io.BytesIO()
                np.lib.format.write_array(content, np.ascontiguousarray(arrays[name]), allow_pickle=False)
                # A ZipInfo without a time carries 1980-01-01: same parameters, same bytes.
                archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)
        return target.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes, *, where: str) -> Parameters:
        """Read what `as_bytes` gave.

        Raises
        ------
        BadInput
            If the content is no parameter file of this format.
        """
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            card = json.loads(bytes(arrays.pop("card")))
            if card.pop("format") != FORMAT:
                raise BadInput(f"is not of the format {FORMAT}; fit it again with `telusur trace fit`", where=where)
            channels = {name: _channel(arrays, name) for name in CHANNELS}
            calibrations = {
                name: Logistic(*(arrays[f"{name}.{part}"].astype(np.float64) for part in _PARTS))
                for name in CALIBRATIONS
                if f"{name}.weights" in arrays
            }
        except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile, TypeError) as problem:
            raise BadInput("is no file of style parameters; fit one with `telusur trace fit`", where=where) from problem
        tables = {
            name.removeprefix("table."): values.astype(np.float64)
            for name, values in arrays.items()
            if name.startswith("table.")
        }
        return cls(channels, calibrations, tables, card)

    @classmethod
    def read(cls, path: Path) -> tuple[Parameters, str]:
        """Read a parameter file; give the parameters and the file's SHA-256.

        Raises
        ------
        BadInput
            If the file cannot be read or is no parameter file.
        """
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise BadInput(f"cannot be read ({problem.strerror}); name a parameter file", where=str(path)) from problem
        return cls.from_bytes(content, where=str(path)), hashlib.sha256(content).hexdigest()


def _channel(arrays: Mapping[str, NDArray[Any]], name: str) -> Channel:
    return Channel(
        np.cumsum(arrays[f"{name}.kept"]).astype(np.int32),
        arrays[f"{name}.posts_with"].astype(np.int32),
        int(arrays[f"{name}.n_posts"][0]),
        arrays[f"{name}.levels"],
        arrays[f"{name}.words"].astype(np.float64),
    )
