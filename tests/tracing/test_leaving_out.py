"""How much hangs on each item."""

from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.evidence import Grade
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.tracing import leaving_out
from telusur.tracing.bearing import table
from telusur.tracing.combined import combine
from telusur.tracing.item import Item
from telusur.tracing.result import Tracing

P = Proposition
TABLE = table()
WORDS = Text("kata", "words")


def item(group="session", **bans):
    weights = {P(name): Weight(v, v - 0.2, v + 0.2, -3, 3, "elicited") for name, v in bans.items()}
    return Item("a.b", group, WORDS, Grade.C, WORDS, weights, WORDS)


def some_items():
    bans = st.dictionaries(st.sampled_from([p.value for p in ALTERNATIVES]), st.floats(-2, 2), max_size=3)
    return st.lists(st.builds(lambda group, b: item(group, **b), st.sampled_from(["session", "style"]), bans))


def test_the_item_on_which_the_answer_hangs_is_found():
    one, two = leaving_out.each([item(taken_over=1.2), item("style", taken_over=0.3)], TABLE)
    assert (one.numbers, one.changes, one.combined.leading) == ((0,), True, None)
    assert (two.numbers, two.changes, two.combined.leading) == ((1,), False, P.TAKEN_OVER)


def test_where_the_strongest_of_a_group_falls_away_the_next_counts_in_full():
    first, *_ = leaving_out.each([item(taken_over=1.2), item(taken_over=0.8)], TABLE)
    assert first.combined.weights[P.TAKEN_OVER].log10_lr == 0.8


def test_an_item_that_held_the_answer_back_is_found_too():
    found = leaving_out.each([item(taken_over=1.0), item("style", taken_over=-0.8)], TABLE)
    assert [one.changes for one in found] == [True, True]
    assert [one.combined.leading for one in found] == [P.OWNER, P.TAKEN_OVER]


@given(some_items())
def test_every_item_is_left_out_once_and_every_group_of_several(items):
    found = leaving_out.each(items, TABLE)
    singles = [one for one in found if one.group is None]
    assert [one.numbers for one in singles] == [(i,) for i in range(len(items))]
    for one in found[len(singles) :]:
        assert list(one.numbers) == [i for i, each in enumerate(items) if each.group == one.group]
        assert len(one.numbers) > 1


@given(some_items())
def test_what_changes_is_what_another_answer_would_be_without_it(items):
    leading = combine(TABLE.discounted(items)).leading
    for one in leaving_out.each(items, TABLE):
        rest = [each for i, each in enumerate(items) if i not in one.numbers]
        assert one.combined == combine(TABLE.discounted(rest))
        assert one.changes == (one.combined.leading is not leading)


def test_the_whole_before_any_cap_is_given_beside_it():
    strong = Weight.capped(4.0, 3.0, 5.0, (-1.0, 1.0), "elicited")
    held = Item("a.b", "session", WORDS, Grade.E, WORDS, {P.TAKEN_OVER: strong}, WORDS)
    found = Tracing([held], combine([held]), None, [], [], leaving_out.each([held], TABLE))
    assert found.sensitivity() == {
        "uncapped": {"taken_over": 4.0},
        "unweighed": ["other_with_access", "impersonation", "fabricated", "linked_app"],
        "without": [{"items": [0], "group": None, "log10_lr": {}, "leading": None, "changes": True}],
    }
    assert "without" not in found.as_json("id")
