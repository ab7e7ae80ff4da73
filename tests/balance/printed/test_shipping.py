"""Of the tables that publishers of Indonesia printed, exactly seven do not add up."""

import pytest

from telusur.balance import printed
from telusur.domain.errors import BadInput

APART = {
    "bawaslu-2020-12-17": ["1,116 + 136 = 1,252, printed 1,223: 29 too many."],
    "bawaslu-2022-09-27": ["1,398 + 53 = 1,451, printed 1,536: 85 unaccounted."],
    "bawaslu-2024-12-02": ["314 + 99 = 413, printed 433: 20 unaccounted."],
    "bkn-2020-11-05": ["4 + 4 + 2 + 28 + 3 + 7 + 3 = 51, printed 72: 21 unaccounted."],
    "kasn-2022": ["1,402 / 1,605 = 87.4 %, printed 88.5 %: 1.1 points apart."],
    "kasn-2024-06-12": ["67 / 202 = 33.2 %, printed 43 %: 9.8 points apart."],
    "kemendagri-2024-12-04": ["667 + 436 + 4 + 24 + 27 + 60 + 19 = 1,237, printed 1,158: 79 too many."],
}


@pytest.mark.parametrize("name", printed.shipped())
def test_a_shipped_table_adds_up_or_is_one_of_the_seven(name):
    found = printed.check(printed.shipped_table(name))
    said = [one.words.en.split(": ", 1)[1] for one in found if not one.holds]
    assert said == APART.get(name, [])


def test_all_seven_are_shipped():
    assert APART.keys() <= set(printed.shipped())
    assert len(APART) == 7


def test_the_relations_that_hold_are_many():
    sums = [one for name in printed.shipped() for one in printed.check(printed.shipped_table(name))]
    assert sum(one.holds for one in sums) >= 45


def test_each_shipped_table_names_who_gave_it_and_where_it_was_printed():
    for name in printed.shipped():
        table = printed.shipped_table(name)
        assert table.body
        assert table.source
        assert table.url.startswith("http")
        assert name.endswith(table.date)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(BadInput, match="did you mean 'kasn-2022'"):
        printed.shipped_table("kasn-2O22")
