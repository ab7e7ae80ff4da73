"""How the models are tried: histories, windows and impostors; spliced stretches.

History = posts 1 to 120 (or the last 20 of them), window = 1, 5 or 20 posts from post 131 on, impostor = a window of
another account, at random or one of the five most alike by the symmetric normed likeness of histories. `SETTINGS` is
the list of all that is tried. Accounts of a trial are none that the model was fitted on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from telusur.tracing import changepoint_fit
from telusur.tracing.changepoint import stretch
from telusur.tracing.style.corpus import Corpus
from telusur.tracing.style.fit import lookalikes
from telusur.tracing.style.model import StyleModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HISTORY, SKIPPED = 120, 10
LEAST_BANS = 1.0
"""A weight that misleads by more is counted."""

WINDOWS_AN_ACCOUNT = {1: 12, 5: 8, 20: 4}
"""Windows of each size that an account gives, spread evenly from post 131 to its end."""

STRIPPED: Final = r"@\w+|https?://\S+|\bURL\b|#\w+"
"""What is taken out of stripped text: mentions, links and tags, which tell of topic and circle rather than of style."""

Impostor = Literal["random", "alike"]

Tried = Literal["window", "stretch", "hours"]
"""What weighs: a window against a history, or an item of an act's tracing (`telusur.validation.acts`)."""


class Streams(Protocol):
    """Posts of many accounts by row, each account's in time order."""

    @property
    def n_accounts(self) -> int:
        """Accounts held."""

    def rows(self, account: int, first: int = 0, last: int | None = None) -> Ints:
        """Give the rows of an account's posts from ``first`` up to ``last``, positions in its own stream."""

    def length(self, account: int) -> int:
        """Give the number of posts of an account."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to try the style model.

    Parameters
    ----------
    size
        Posts of a window.
    impostor
        Whose windows are held against a history that is not theirs.
    stripped
        Whether mentions, links and tags are taken out of all texts (`STRIPPED`).
    history
        Known posts, the last before post 121.
    days
        Least days between the last known post and the window.
    other
        Whether it is tried on the other corpus.
    tried
        What weighs; the items of an act have no window of a size.
    """

    size: int
    impostor: Impostor
    stripped: bool = False
    history: int = HISTORY
    days: int = 0
    other: bool = False
    tried: Tried = "window"

    @property
    def key(self) -> str:
        """Its name in files."""
        if self.tried != "window":
            return f"{self.tried}-{self.impostor}"
        parts = ["other"] if self.other else []
        parts += ["stripped"] if self.stripped else []
        parts += [f"{self.impostor}-{self.size}"]
        parts += [f"history-{self.history}"] if self.history != HISTORY else []
        parts += [f"days-{self.days}"] if self.days else []
        return "-".join(parts)


_KINDS: Final[tuple[Impostor, ...]] = ("random", "alike")

SETTINGS: Final = (
    *(Setting(size, kind, stripped) for stripped in (False, True) for kind in _KINDS for size in (1, 5, 20)),
    Setting(5, "random", history=20),
    Setting(5, "alike", stripped=True, history=20),
    *(Setting(5, "random", days=days) for days in (14, 60)),
    *(Setting(5, "alike", stripped=True, days=days) for days in (14, 60)),
)
"""All that is tried on a table."""

OTHER_SETTINGS: Final = tuple(Setting(5, kind, stripped, other=True) for stripped in (False, True) for kind in _KINDS)
"""What is tried on another corpus beside."""


@dataclass(frozen=True, eq=False)
class Trial:
    """Which windows are held against which histories.

    Parameters
    ----------
    histories
        Rows of each account's history.
    windows
        Rows of each window.
    owner
        Account that wrote each window.
    claimed
        Account of the history that each window is held against as an impostor's.
    """

    histories: list[Ints]
    windows: list[Ints]
    owner: Ints
    claimed: Ints


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights in bans.

    Parameters
    ----------
    same, different
        Of comparisons of one author, and of two.
    """

    same: Floats
    different: Floats


def trial(
    corpus: Streams,
    alike: Ints | None,
    size: int,
    rng: np.random.Generator,
    *,
    history: int = HISTORY,
    earliest: Ints | None = None,
) -> Trial:
    """Lay out the comparisons of one setting.

    Parameters
    ----------
    corpus
        Accounts to try.
    alike
        For each account those most alike (the impostors), or None for impostors at random.
    size
        Posts of a window.
    rng
        Draws the impostors.
    history
        Known posts, the last before post 121.
    earliest
        For each account the place before which no window begins; post 131 is never gone below.
    """
    histories: list[Ints] = []
    windows: list[Ints] = []
    owner: list[int] = []
    for account in range(corpus.n_accounts):
        histories.append(corpus.rows(account, HISTORY - history, HISTORY))
        latest = corpus.length(account) - size
        first = HISTORY + SKIPPED if earliest is None else max(HISTORY + SKIPPED, int(earliest[account]))
        if latest < first:
            continue
        starts = np.unique(np.linspace(first, latest, WINDOWS_AN_ACCOUNT[size]).astype(int))
        windows.extend(corpus.rows(account, int(start), int(start) + size) for start in starts)
        owner.extend([account] * starts.size)
    writers = np.array(owner, dtype=np.int64)
    if alike is None:
        claimed = (writers + rng.integers(1, corpus.n_accounts, writers.size)) % corpus.n_accounts
    else:
        claimed = alike[writers, rng.integers(0, alike.shape[1], writers.size)]
    return Trial(histories, windows, writers, claimed)


def nearest(corpus: Corpus, model: StyleModel) -> Ints:
    """Give the accounts most alike each account, by the model's space; none of them is in its background."""
    return lookalikes(corpus, model, HISTORY / 200)


def around_weights(
    corpus: Corpus, model: StyleModel, rng: np.random.Generator, tick: Callable[[float], None] = lambda _share: None
) -> dict[str, Weights]:
    """Weigh spliced stretches with `telusur.tracing.changepoint.around`: random strangers, look-alikes, both.

    "Same" here means what the weight supports: somebody else wrote the stretch. Controls are shared.
    """
    alike = nearest(corpus, model)
    cap = np.clip(model.parameters.tables["around_cap"].ravel(), -stretch.MOST_BANS, stretch.MOST_BANS)
    lowest, highest = cap.tolist()
    bans: list[float] = []
    kinds: list[str] = []
    streams = list(changepoint_fit.around_streams(corpus, alike, rng, rounds=1))
    for done, (owner, stranger, stream, index) in enumerate(streams):
        tick(done / len(streams))
        found = changepoint_fit.compare_around(corpus, stream, index, model)
        if found is None:
            continue
        log_odds, _ = model.parameters.calibrations["around"].log_odds(stretch.around_design(found))
        bans.append(float(np.clip(log_odds[0] / np.log(10), lowest, highest)))
        kinds.append("control" if stranger is None else "lookalike" if stranger in alike[owner] else "random")
    weights, kind = np.array(bans), np.array(kinds)
    control = weights[kind == "control"]
    return {
        "random": Weights(weights[kind == "random"], control),
        "lookalike": Weights(weights[kind == "lookalike"], control),
        "both": Weights(weights[kind != "control"], control),
    }
