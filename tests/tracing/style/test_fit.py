"""What fitting promises: the same bytes, and nobody in them."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from telusur.domain.errors import BadInput
from telusur.tracing import changepoint_fit, style
from telusur.tracing.style.corpus import FOLDS, Corpus, Samples, channel, folds
from telusur.tracing.style.parameters import Parameters
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import ANCHORS, LEAST_ACCOUNTS
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
    space = channel(corpus, "words", Samples.of(corpus), np.ones(21, dtype=bool))
    assert not set(lone.buckets["words"].tolist()) & set(space.kept.tolist())


@pytest.mark.parametrize("n", [21, 24, 29, 256])
def test_folds_are_of_like_size(n):
    sizes = np.bincount(folds(n, np.random.default_rng(2)))
    assert sizes.size == FOLDS
    assert sizes.max() - sizes.min() <= 1


def test_an_account_counts_the_same_however_much_it_wrote():
    rows = table(21, 64)
    again = rows.filter(pl.col("account") == "rahasia-003").with_columns(
        time=pl.col("time") + timedelta(days=400), text=pl.col("text") + " lagi"
    )
    before, after = (Corpus.of(some) for some in (rows, pl.concat([rows, *[again] * 3])))
    every = np.ones(21, dtype=bool)
    one, other = (channel(corpus, "shapes", Samples.of(corpus), every) for corpus in (before, after))
    shared = np.intersect1d(one.kept, other.kept)
    near = [space.expected[np.searchsorted(space.kept, shared), 0] for space in (one, other)]
    assert np.abs(near[0] - near[1]).max() < 0.15 * near[0].max()


def test_a_space_knows_nothing_of_the_accounts_left_out():
    rows = table(21, 90)
    names = sorted(rows["account"].unique().to_list())
    learned = np.arange(21) % 3 != 0
    others = [name for name, keep in zip(names, learned, strict=True) if not keep]
    # The left-out accounts are other people altogether: nothing may change.
    strange = table(7, 90, first=90)
    renamed = dict(zip(sorted(strange["account"].unique().to_list()), others, strict=True))
    swapped = pl.concat(
        [
            rows.filter(~pl.col("account").is_in(others)),
            strange.with_columns(account=pl.col("account").replace(renamed)),
        ]
    )
    corpora = [Corpus.of(rows), Corpus.of(swapped)]
    assert [corpus.n_accounts for corpus in corpora] == [21, 21]
    for name in ("characters", "shapes", "words"):
        one, other = (channel(corpus, name, Samples.of(corpus), learned) for corpus in corpora)
        assert (one.kept == other.kept).all()
        assert (one.levels == other.levels).all()


def test_the_shipped_parameters_keep_what_the_card_promises(shipped):
    assert shipped.card["least_accounts_a_bucket"] == LEAST_ACCOUNTS
    for space in shipped.channels.values():
        # Means over all accounts, rounded: no profile of anybody, and no pool of few.
        assert space.levels.shape == (len(ANCHORS), space.kept.size)
        assert space.levels.dtype == np.uint8
    assert style.SHIPPED.stat().st_size < 2_000_000


def test_too_few_accounts_are_refused():
    with pytest.raises(BadInput, match="needs at least 21"):
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
