"""Words for the posts of simulated accounts: real ones at run time, invented ones in tests; none are shipped."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from telusur.evidence import write_bytes
from telusur.tracing.style.corpus import LEAST_POSTS, Corpus
from telusur.tracing.style.fit import fit
from telusur.tracing.style.model import StyleModel, load
from telusur.tracing.style.parameters import FORMAT
from telusur.validation.protocol import nearest

if TYPE_CHECKING:
    import polars as pl

#: Share of the people who write on somebody's account whose style is one of the five most alike.
LOOKALIKE_SHARE: Final = 0.5

_WORDS: Final = (
    "apel rapat pagi kantor warga pasar hujan jalan sekolah kopi sore desa jembatan panen kebun sawah ladang ikan "
    "sungai gunung teman tetangga bunga lagu buku motor sepeda teh nasi sambal"
).split()


@dataclass(frozen=True, slots=True, eq=False)
class WrittenTexts:
    """Real people's posts; an account's owner and whoever else writes on it are two of them.

    Parameters
    ----------
    accounts
        Each account's posts in time order.
    alike
        The accounts most alike each one, by its place; empty where strangers are taken at random.
    """

    accounts: Sequence[Sequence[str]]
    alike: NDArray[np.int64] | None = None

    def owner(self, seed: int, n: int) -> list[str]:
        """Give at most `n` posts of one author, the last ones, in time order."""
        posts = self.accounts[self._owner(seed)]
        return list(posts[max(len(posts) - n, 0) :])

    def other(self, seed: int, n: int) -> list[str]:
        """Give at most `n` posts of another author, one after the other; half of the time of one who writes alike."""
        random = np.random.default_rng([6, seed])
        owner = self._owner(seed)
        if self.alike is not None and random.random() < LOOKALIKE_SHARE:
            who = int(random.choice(self.alike[owner]))
        else:
            who = (owner + int(random.integers(1, len(self.accounts)))) % len(self.accounts)
        posts = self.accounts[who]
        begin = int(random.integers(0, max(len(posts) - n, 0) + 1))
        return list(posts[begin : begin + n])

    def _owner(self, seed: int) -> int:
        return int(np.random.default_rng([5, seed]).integers(len(self.accounts)))


@dataclass(frozen=True, slots=True)
class InventedTexts:
    """Invented words for tests and for people to look at: each author has words of their own."""

    def owner(self, seed: int, n: int) -> list[str]:
        """Give `n` posts of one author."""
        return _invented(2 * seed, n)

    def other(self, seed: int, n: int) -> list[str]:
        """Give `n` posts of another author."""
        return _invented(2 * seed + 1, n)


def _invented(author: int, n: int) -> list[str]:
    random = np.random.default_rng([7, author])
    liked = random.dirichlet(np.full(len(_WORDS), 0.4))
    return [" ".join(random.choice(_WORDS, int(random.integers(5, 16)), p=liked)) for _ in range(n)]


def halves(frame: pl.DataFrame, seed: int) -> tuple[list[str], list[str]]:
    """Give the accounts to fit the style model on, and those whose words are used; none is in both."""
    names = sorted(frame["account"].unique().to_list())
    order = np.random.default_rng(seed).permutation(len(names))
    half = len(names) // 2
    return [names[i] for i in order[:half]], [names[i] for i in order[half:]]


def refitted(
    data: Path, seed: int, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> tuple[StyleModel, WrittenTexts]:
    """Fit the style model on half of the accounts, and give the others' words.

    The fitted model is kept in the computer's temporary folder, by its format, the data's hash and the seed.

    Parameters
    ----------
    data
        Parquet with account, time, text.
    seed
        Of the split.
    progress
        Told what is being done, and its share.
    """
    import polars as pl  # noqa: PLC0415 - a development dependency, slow to import

    frame = pl.read_parquet(data)
    fitting, unseen = halves(frame, seed)
    name = hashlib.sha256(FORMAT.encode() + data.read_bytes()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"telusur-style-{name}-{seed}.npz"
    if not kept.exists():
        write_bytes(kept, fit(frame, seed, accounts=fitting, progress=progress).as_bytes(), force=True)
    model = load(kept)
    return model, WrittenTexts(_posts(frame, unseen), nearest(Corpus.of(frame, unseen, copies=True), model))


def _posts(frame: pl.DataFrame, names: Sequence[str]) -> list[list[str]]:
    """Give each account's posts, in the order of a `Corpus` of the same accounts."""
    kept = {name for name in names if frame.filter(frame["account"] == name).height >= LEAST_POSTS}
    rows: Mapping[str, list[str]] = {name: [] for name in sorted(kept)}
    for account, text in frame.sort(["account", "time", "text"]).select("account", "text").iter_rows():
        if account in kept:
            rows[account].append(text)
    return [rows[name] for name in sorted(rows)]
