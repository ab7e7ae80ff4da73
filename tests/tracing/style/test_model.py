"""What weighing style promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from telusur.domain.errors import BadInput
from telusur.tracing import style
from telusur.tracing.style.design import design
from telusur.tracing.style.posts import Posts
from tracing.invented import Writer, small_model

MODEL = "the model of invented writers"


@pytest.fixture(scope="module")
def model():
    return small_model()


def both(model, number, n_known=60, n_words_posts=6):
    writer, other = Writer(number), Writer(number + 100)
    known = writer.posts(n_known)
    return model.compare(known, writer.posts(n_words_posts)), model.compare(known, other.posts(n_words_posts))


def test_ones_own_posts_weigh_for_and_a_strangers_against(model):
    weights = [both(model, number) for number in range(60, 72)]
    assert np.median([own.log10_lr for own, _ in weights]) > 1
    assert np.median([strange.log10_lr for _, strange in weights]) < -1
    assert all(own.uncapped > strange.uncapped for own, strange in weights)


def test_a_weight_lies_in_its_interval_and_the_interval_in_its_cap(model):
    for number in range(60, 66):
        for result in both(model, number):
            low, high = result.cap
            assert low <= result.lower <= result.log10_lr <= result.upper <= high
            assert low < 0 < high


def test_more_writing_says_more(model):
    short = [both(model, number, 20, 1) for number in range(60, 72)]
    long = [both(model, number, 60, 10) for number in range(60, 72)]

    def told(pairs):
        return np.mean([own.uncapped - strange.uncapped for own, strange in pairs])

    assert told(long) > told(short)


def test_the_order_of_the_posts_does_not_matter(model):
    writer = Writer(70)
    known, window = writer.posts(40), writer.posts(5)
    there, back = model.compare(known, window), model.compare(known[::-1], window[::-1])
    assert back.log10_lr == pytest.approx(there.log10_lr, abs=1e-9)


@pytest.mark.parametrize(
    ("known", "questioned", "says"),
    [
        ([], ["satu dua tiga empat"], "known posts"),
        (["satu dua tiga"] * 9, ["satu lain empat lima"], "only 9 known posts"),
        (["satu dua tiga"] * 20, [], "only 0 words"),
        (["satu dua tiga"] * 20, ["🙂🙂 !!!", "@USER URL"], "only 0 words"),
        (["satu dua tiga"] * 20, ["lima enam"], "only 2 words"),
    ],
)
def test_nothing_is_weighed_from_nothing(model, known, questioned, says):
    result = model.compare(known, questioned)
    assert isinstance(result, style.Abstention)
    assert says in result.reason.en
    assert result.reason.id


def test_an_item_of_a_dossier_asks_for_more(model):
    writer = Writer(70)
    known, window = writer.posts(29), writer.posts(3)
    asked = {"least_known": style.ITEM_KNOWN_POSTS, "least_words": style.ITEM_WORDS}
    assert isinstance(model.compare(known, window), style.StyleResult)
    assert "only 29" in model.compare(known, window, **asked).reason.en


def test_letters_are_not_compared_with_posts(model):
    writer = Writer(70)
    known = writer.posts(40)
    letter = " ".join(writer.posts(60))
    assert "unlike kinds" in model.compare(known, [letter]).reason.en
    assert "unlike kinds" in model.compare(known, writer.posts(5), questioned_register="letter").reason.en


def test_another_language_is_not_weighed():
    foreign = [f"今日は{n}日、何をしないかわからない だから 動画を 見ました {n}" for n in range(30)]
    result = style.load().compare(foreign, [*foreign[:1], "明日も 雨が 降る でしょう ね"])
    assert "another language" in result.reason.en


def test_copied_posts_are_left_out_on_both_counts(model):
    writer = Writer(70)
    known, window = writer.posts(40), writer.posts(6)
    plain, stuffed = model.compare(known, window), model.compare(known, [*window, *known[:20]])
    assert stuffed.log10_lr == plain.log10_lr
    assert 5 < stuffed.n_copied <= 20


def test_a_window_of_many_posts_is_averaged_not_summed(model):
    writer, other = Writer(70), Writer(170)
    known = writer.posts(60)
    forty, hundreds = model.compare(known, other.posts(40)), model.compare(known, other.posts(400))
    assert abs(hundreds.uncapped) < 2 * abs(forty.uncapped)


def test_posts_counted_once_sum_like_posts_counted_together():
    posts = Posts.of(Writer(3).posts(12))
    rows = np.array([7, 2, 2, 11])
    counts, words = posts.summed([rows])
    taken, taken_words = posts.take(rows).summed([np.arange(4)])
    assert words.tolist() == taken_words.tolist() == [int(posts.n_words[rows].sum())]
    for name in counts:
        assert (counts[name] != taken[name]).nnz == 0


def stripped(texts):
    return [" ".join(word for word in text.split() if word != "@USER") for text in texts]


def test_bare_posts_are_counted_as_if_they_had_been_published_so():
    texts = Writer(3).posts(30)
    assert any("@USER" in text for text in texts)
    bare, published = Posts.of(texts).bare(), Posts.of(stripped(texts))
    assert bare.hands == published.hands
    assert (bare.n_words == published.n_words).all()
    for name, counts in bare.counts.items():
        assert (counts != published.counts[name]).nnz == 0


def tagging(number):
    """Give posts of a writer who names somebody in each."""
    return [f"@USER {text}" for text in stripped(Writer(number).posts(66))]


@pytest.mark.parametrize(
    ("known", "window", "which"),
    [(True, True, "window"), (False, True, "window"), (True, False, "window"), (False, False, "bare")],
)
def test_a_calibration_of_their_own_weighs_texts_where_neither_side_names_anybody(model, known, window, which):
    texts = tagging(62)
    sides = [texts if named else stripped(texts) for named in (known, window)]
    mine, theirs = model.known(Posts.of(sides[0][:60])), model.questioned(Posts.of(sides[1][60:]), [np.arange(6)])
    log_odds, _ = model.parameters.calibrations[which].log_odds(design(mine, theirs))
    assert model.bans(mine, theirs)[0] == pytest.approx(log_odds / np.log(10))


def test_windows_that_name_somebody_and_bare_ones_are_each_weighed_by_their_own(model):
    texts = stripped(Writer(62).posts(66))
    counted = Posts.of([*texts[:63], *(f"@USER {text}" for text in texts[63:])])
    mine = model.known(counted, np.arange(60))
    whole = model.questioned(counted, [np.arange(60, 63), np.arange(63, 66)])
    assert whole.bare.tolist() == [True, False]
    alone = [model.bans(mine, whole.rows(np.array([at])))[0][0] for at in (0, 1)]
    assert model.bans(mine, whole)[0] == pytest.approx(alone)


def test_a_file_without_a_calibration_of_bare_texts_weighs_all_by_the_one_it_has(model):
    some = {name: one for name, one in model.parameters.calibrations.items() if name != "bare"}
    older = replace(model, parameters=replace(model.parameters, calibrations=some))
    assert older.calibration(bare=True) is older.calibration(bare=False) is some["window"]


def test_a_missing_parameter_file_is_named(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        style.load(tmp_path / "none.npz")


def test_the_shipped_model_weighs_invented_posts_within_its_caps():
    model = style.load()
    assert len(model.sha256) == 64
    own, strange = both(model, 70)
    assert own.cap[0] <= strange.log10_lr <= own.log10_lr <= own.cap[1]
    assert strange.uncapped < own.uncapped
