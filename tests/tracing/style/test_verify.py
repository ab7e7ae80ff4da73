"""What a line of `telusur trace verify` is answered with."""

from __future__ import annotations

import math

import pytest

from telusur.domain.errors import BadInput
from telusur.tracing.style import verify_line
from tracing.invented import Writer, small_model


@pytest.fixture(scope="module")
def model():
    return small_model()


def history(number=70, known=40, questioned=5, stranger=None):
    writer = Writer(number)
    mine = writer.posts(known)
    return {
        "id": "a",
        "known": mine,
        "questioned": (writer if stranger is None else Writer(stranger)).posts(questioned),
    }


def pair(one, other, posts=30):
    writer = Writer(one)
    texts = ["\n".join(writer.posts(posts)), "\n".join((writer if one == other else Writer(other)).posts(posts))]
    return {"id": 7, "pair": texts}


def test_the_same_author_is_positive_and_above_a_half(model):
    answer = verify_line(history(), model)
    assert set(answer) == {"id", "log10_lr", "value", "abstained"}
    assert answer["log10_lr"] > 0
    assert answer["value"] > 0.5
    assert answer["abstained"] is False


def test_value_is_the_ratio_over_one_more_than_itself(model):
    answer = verify_line(history(stranger=170), model)
    assert answer["value"] == pytest.approx(1 / (1 + math.pow(10, -answer["log10_lr"])))
    assert answer["value"] < 0.5


def test_a_pair_weighs_alike_either_way_round(model):
    line = pair(70, 171)
    turned = {"id": 7, "pair": line["pair"][::-1]}
    assert verify_line(turned, model) == pytest.approx(verify_line(line, model))
    assert verify_line(pair(70, 70), model)["log10_lr"] > verify_line(line, model)["log10_lr"]


def test_a_pair_without_line_breaks_is_cut_by_words(model):
    line = pair(70, 70)
    flat = {"id": 7, "pair": [text.replace("\n", " ") for text in line["pair"]]}
    assert verify_line(flat, model)["value"] > 0.5


@pytest.mark.parametrize(
    "line",
    [
        history(known=9),
        {"id": 1, "known": history()["known"], "questioned": ["dua kata"]},
        {"id": 1, "pair": ["satu dua", "tiga empat lima enam"]},
        {"id": 1, "pair": ["satu dua tiga empat", "🙂"]},
        {"id": 1, "pair": ["", ""]},
        {**history(), "questioned": []},
        {**history(), "questioned": ["🙂 🙂 🙂 !!! 🙂"]},
        {**history(), "questioned_register": "letter"},
        {**history(), "questioned": [" ".join(Writer(70).posts(80))]},
    ],
)
def test_an_abstained_line_says_nothing_either_way(model, line):
    assert verify_line(line, model) == {"id": line["id"], "log10_lr": 0.0, "value": 0.5, "abstained": True}


_THAI = ["เขียนด้วยอักษรอื่นทั้งหมดโดยไม่มีคำใดที่รู้จัก กข คง จฉ ชซ"] * 3


@pytest.mark.parametrize(
    "line",
    [
        # Every questioned post stands among the known ones: a copy has no writer in the sense of style.
        {
            "id": 1,
            "known": history()["known"],
            "questioned": [p for p in history()["known"] if len(p.split()) > 5][-5:],
        },
        {"id": 1, "known": history()["known"], "questioned": _THAI},
        {"id": 1, "known": _THAI * 4, "questioned": history()["questioned"]},
        {"id": 1, "known": ["🙂"] * 20, "questioned": history()["questioned"]},
        {"id": 1, "known": history()["known"], "questioned": ["@siapa @mereka #apa https://contoh.example/x"]},
        {"id": 1, "pair": ["satu dua tiga empat lima enam"] * 2},
        {"id": 1, "pair": _THAI[:2]},
    ],
    ids=["copied", "script", "known_script", "known_emoji", "marks", "pair_copied", "pair_script"],
)
def test_where_nothing_can_be_compared_the_weight_is_nought_and_no_abstention(model, line):
    assert verify_line(line, model) == {"id": 1, "log10_lr": 0.0, "value": 0.5, "abstained": False}


def test_posts_without_words_among_ten_known_ones_silence_nothing(model):
    line = history(known=9)
    answer = verify_line({**line, "known": [*line["known"], "🙂"]}, model)
    assert answer["abstained"] is False
    assert answer["log10_lr"] != 0


def test_the_less_is_known_the_nearer_to_nothing(model):
    line = history(stranger=171)
    few = [line["known"][0], *["🙂"] * 20]
    assert abs(verify_line({**line, "known": few}, model)["log10_lr"]) < abs(
        verify_line({**line, "known": line["known"][:6] + ["🙂"] * 20}, model)["log10_lr"]
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"id": 1}, "holds neither"),
        ({"id": 1, "pair": ["one"]}, "a pair is two"),
        ({"id": 1, "pair": "one"}, "pair: must be a list of texts"),
        ({"id": 1, "known": ["a"], "questioned": [3]}, "questioned: must be a list of texts"),
    ],
)
def test_a_line_of_another_form_is_refused(model, line, says):
    with pytest.raises(BadInput, match=says):
        verify_line(line, model)


def test_the_shipped_model_answers_when_none_is_named():
    assert verify_line(history())["abstained"] is False
