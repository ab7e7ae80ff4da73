"""Plain methods that the style model is held against: cosine of character n-grams, bare and normed by other authors.

Made of scikit-learn's ``TfidfVectorizer`` on the texts as they are, so that nothing of the model's own machinery helps
or hinders them; calibrated by the same logistic on the same accounts as the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.style.logistic import Logistic, fit_logistic
from telusur.validation.protocol import Trial, Weights

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cosine:
    """Character 3-5-gram tf-idf cosine.

    Parameters
    ----------
    vectorizer
        Fitted ``TfidfVectorizer``.
    background
        Profiles of the fitting accounts that scores are normed by; None for the bare cosine.
    """

    vectorizer: object
    background: sparse.csr_array | None

    @classmethod
    def fitted(cls, texts: Sequence[str], histories: Sequence[NDArray[np.int64]], *, normed: bool) -> Cosine:
        """Fit on the texts of the fitting accounts, whose histories are the background."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a slow import only benches need

        vectorizer = TfidfVectorizer(
            analyzer="char", ngram_range=(3, 5), sublinear_tf=True, min_df=2, max_features=200_000, dtype=np.float32
        )
        used = np.unique(np.concatenate(histories))
        vectorizer.fit([texts[row] for row in used])
        background = vectorizer.transform(_joined(texts, histories)) if normed else None
        return cls(vectorizer, None if background is None else sparse.csr_array(background))

    def scores(self, texts: Sequence[str], laid: Trial, *, own_background: bool) -> tuple[Floats, Floats]:
        """Give the columns to be calibrated, of same and of different comparisons.

        Parameters
        ----------
        texts
            All texts that the trial's rows point into.
        laid
            The comparisons.
        own_background
            Whether the trial's accounts are the background's, so that each leaves itself out.
        """
        histories = self.vectorizer.transform(_joined(texts, laid.histories))  # type: ignore[attr-defined]
        windows = self.vectorizer.transform(_joined(texts, laid.windows))  # type: ignore[attr-defined]
        every = np.asarray((windows @ histories.T).toarray(), dtype=np.float64)
        rows = np.arange(laid.owner.size)
        columns = []
        for against in (laid.owner, laid.claimed):
            cosine = every[rows, against]
            if self.background is None:
                columns.append(cosine[:, None])
                continue
            out = np.zeros((rows.size, self.background.shape[0]), dtype=bool)
            if own_background:
                out[rows, laid.owner] = True
                out[rows, against] = True
            sides = [
                _normed(cosine, np.asarray((windows @ self.background.T).toarray()), out),
                _normed(cosine, np.asarray((histories @ self.background.T).toarray())[against], out),
            ]
            columns.append(np.mean(sides, axis=0)[:, None])
        return columns[0], columns[1]


def _joined(texts: Sequence[str], rows: Sequence[NDArray[np.int64]]) -> list[str]:
    return ["\n".join(texts[row] for row in some) for some in rows]


def _normed(score: Floats, cohort: Floats, out: NDArray[np.bool_]) -> Floats:
    held = np.ma.MaskedArray(cohort, mask=out)
    return np.asarray((score - held.mean(axis=1).filled(0.0)) / (held.std(axis=1).filled(1.0) + 1e-6))


def calibrated(same: Floats, different: Floats) -> Logistic:
    """Fit the logistic that turns a peer's scores into weights."""
    columns = np.vstack([same, different])
    truth = np.repeat([True, False], [same.shape[0], different.shape[0]])
    return fit_logistic(columns, truth, np.arange(truth.size), ridge=1e-6)


def weights(logistic: Logistic, same: Floats, different: Floats) -> Weights:
    """Give a peer's weights, in bans."""
    one, other = (logistic.log_odds(side)[0] / np.log(10) for side in (same, different))
    return Weights(one, other)
