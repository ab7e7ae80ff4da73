"""What fitting promises: the same bytes, and nobody in them."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import polars as pl
import pytest

from telusur.domain.errors import BadInput
from telusur.tracing import changepoint_fit, style
from telusur.tracing.style.corpus import Corpus, channel, pools
from telusur.tracing.style.parameters import Parameters
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import LEAST_ACCOUNTS
from tracing.invented import Writer, small_parameters, table


@pytest.fixture(scope="module")
def shipped():
    return Parameters.read(style.SHIPPED)[0]


def test_written_parameters_are_read_back_the_same():
    content = small_parameters().as_bytes()
    again = Parameters.from_bytes(content, where="here")
    assert again.as_bytes() == content
    assert {key: again.card[key] for key in small_parameters().card} == small_parameters().card
    assert len(again.card["parameters_sha256"]) == 64


def test_the_card_names_what_was_measured_and_what_the_limits_are():
    card = small_parameters().card
    assert card["limits"]
    for name in ("window_from_0_words", "around", "takeover"):
        assert 0 < card["measured"][name]["cllr_bits"] < 2


def test_fitting_twice_gives_the_same_bytes_whatever_the_order_of_the_rows(monkeypatch):
    monkeypatch.setattr(changepoint_fit, "_AROUND_ROUNDS", 1)
    shuffled = table(21, 64).sample(fraction=1.0, shuffle=True, seed=3)
    assert style.fit(shuffled, seed=1).as_bytes() == small_parameters().as_bytes()


def test_parameters_hold_arrays_of_numbers_and_one_card():
    with zipfile.ZipFile(io.BytesIO(small_parameters().as_bytes())) as archive:
        for name in archive.namelist():
            array = np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
            assert array.dtype.kind in "uif", name


def test_no_account_and_no_word_stands_in_the_parameters():
    with zipfile.ZipFile(io.BytesIO(small_parameters().as_bytes())) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"rahasia" not in content
    words = {word for text in Writer(0).posts(64) for word in text.split() if len(word) > 6 and word.isascii()}
    assert words
    assert not [word for word in words if word.encode() in content]


def test_a_bucket_that_few_accounts_use_is_not_kept():
    rows = table(21, 64)
    own = rows["account"] == "rahasia-003"
    marked = rows.with_columns(text=pl.when(own).then(pl.col("text") + " qxqxqxq").otherwise(pl.col("text")))
    corpus = Corpus.of(marked)
    lone = Posts.of(["qxqxqxq"])
    space = channel(corpus, "words", pools(corpus.n_accounts, np.random.default_rng(1)))
    assert not set(lone.buckets["words"].tolist()) & set(space.kept.tolist())


@pytest.mark.parametrize("n", [20, 21, 24, 29, 256])
def test_every_pool_holds_at_least_five_accounts(n):
    pool_of = pools(n, np.random.default_rng(2))
    assert np.bincount(pool_of).min() >= LEAST_ACCOUNTS
    assert pool_of.size == n


def _nearest_pool(space, posts):
    """Pool whose profile each account of a corpus is most like."""
    weighted = space.weighted(posts)
    return space.against_background(weighted).argmax(axis=1)


def test_no_account_can_be_told_from_its_pool_mates():
    """Two accounts of one pool leave one and the same trace, so that no profile is anyone's.

    The profile of a pool can be likened to its members (that is what a background is for) but it cannot be taken
    apart: it is the same whichever of them wrote which post.
    """
    rows = table(21, 64)
    corpus = Corpus.of(rows)
    pool_of = pools(corpus.n_accounts, np.random.default_rng(1))
    names = sorted(rows["account"].unique().to_list())
    mates = [name for name, pool in zip(names, pool_of, strict=True) if pool == 0]
    # Deal the posts of one pool to its members anew: every account of it is another, the pool is the same.
    swapped = rows.with_columns(
        account=pl.when(pl.col("account").is_in(mates))
        .then(
            pl.lit(mates[0]).str.replace(mates[0], "")
            + pl.col("account").replace(dict(zip(mates, [*mates[1:], mates[0]], strict=True)))
        )
        .otherwise(pl.col("account"))
    )
    for name in ("characters", "words"):
        before, after = channel(corpus, name, pool_of), channel(Corpus.of(swapped), name, pool_of)
        assert (before.levels == after.levels).all()
        assert (before.kept == after.kept).all()


def test_the_shipped_parameters_keep_what_the_card_promises(shipped):
    assert shipped.card["least_accounts_a_pool"] >= LEAST_ACCOUNTS
    assert shipped.card["least_accounts_a_bucket"] == LEAST_ACCOUNTS
    for space in shipped.channels.values():
        assert space.levels.shape == (shipped.card["pools"], space.kept.size)
        # Counts are rounded down to powers of two: no exact count of anything is in the file.
        assert space.levels.max() < 20
    assert style.SHIPPED.stat().st_size < 6_000_000


def test_too_few_accounts_are_refused():
    with pytest.raises(BadInput, match="needs at least 20"):
        style.fit(table(8, 64))


def test_a_missing_column_is_named():
    with pytest.raises(BadInput, match="no column 'time'"):
        style.fit(table(2, 3).drop("time"))


def test_only_the_accounts_asked_for_are_fitted_on():
    with pytest.raises(BadInput, match="only 3 accounts"):
        style.fit(table(21, 64), accounts=["rahasia-001", "rahasia-002", "rahasia-003"])


def test_chain_letters_are_left_out():
    letter = "sebarkan pesan ini kepada sepuluh orang teman baikmu"
    rows = table(21, 64)
    first = rows.group_by("account", maintain_order=True).head(1).with_columns(text=pl.lit(letter))
    with_letter = pl.concat([rows, first])
    assert Corpus.of(with_letter).posts.n_words.sum() == Corpus.of(rows).posts.n_words.sum()
    assert len(Corpus.of(with_letter, copies=True).posts.hands) == with_letter.height


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_a_file_that_does_not_suffice_is_named(tmp_path, ending):
    rows, path = table(2, 3), tmp_path / f"posts.{ending}"
    {"parquet": rows.write_parquet, "csv": rows.write_csv, "jsonl": rows.write_ndjson}[ending](path)
    with pytest.raises(BadInput, match=rf"posts\.{ending}: only 0 accounts"):
        style.fit_file(path)


def test_a_file_that_is_no_table_is_refused(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"no table")
    for name, says in (("a.parquet", "cannot be read"), ("b.parquet", "cannot be read"), ("c.xlsx", "ending")):
        with pytest.raises(BadInput, match=says):
            style.fit_file(tmp_path / name)


def test_fitted_parameters_are_loaded_from_the_file_they_were_written_to(tmp_path):
    (tmp_path / "style.npz").write_bytes(small_parameters().as_bytes())
    assert style.load(tmp_path / "style.npz").compare(Writer(1).posts(20), Writer(1).posts(20)[:4])


@pytest.mark.parametrize("content", [b"", b"PK", b"\x93NUMPY", b"not a zip at all"])
def test_a_file_that_is_no_parameters_is_refused(tmp_path, content):
    path = tmp_path / "style.npz"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="no file of style parameters"):
        style.load(path)
