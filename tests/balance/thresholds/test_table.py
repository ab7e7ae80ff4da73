"""A table is taken as it stands, or refused with the line that is wrong."""

from datetime import date

import numpy as np
import pytest

from telusur.balance.cases import read
from telusur.balance.plan import default_plan
from telusur.balance.thresholds.table import Columns, cells, from_cases, read_tables, table
from telusur.domain.errors import BadInput


def row(place="P1", group="G1", n="40", examined="10", hits="4", **more):
    return {
        "location_variable": place, "driver_race": group, "num_stops": n, "num_searches": examined, "num_hits": hits,
        **more,
    }  # fmt: skip


def lines(*rows):
    return list(enumerate(rows, start=2))


def test_rows_become_a_table_with_the_largest_place_first():
    (held,) = read_tables(lines(row("small"), row("large", n="90"), row("large", "G0")))
    assert held.places == ("large", "small")
    assert held.groups == ("G0", "G1")
    assert list(cells(held)) == [
        ("large", "G0", 40, 10, 4), ("large", "G1", 90, 10, 4), ("small", "G1", 40, 10, 4)
    ]  # fmt: skip


def test_the_order_of_the_rows_does_not_matter():
    given = [row(f"P{place}", f"G{group}", n=str(40 + place)) for place in range(3) for group in range(3)]
    (one,), (two,) = read_tables(lines(*given)), read_tables(lines(*reversed(given)))
    assert list(cells(one)) == list(cells(two))


def test_a_column_may_part_the_file():
    given = lines(row(state="RI"), row(state="CT"), row("P2", state="CT"))
    assert [(held.name, held.rows) for held in read_tables(given)] == [("CT", 2), ("RI", 1)]


def test_columns_may_be_called_otherwise():
    given = [(2, {"daerah": 11, "kelompok": "A", "selesai": 9, "diperiksa": 3.0, "terbukti": 1})]
    (held,) = read_tables(given, Columns("daerah", "kelompok", "selesai", "diperiksa", "terbukti"))
    assert list(cells(held)) == [("11", "A", 9, 3, 1)]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (row(examined="41"), "num_searches", "41 examined of 40"),
        (row(hits="11"), "num_hits", "11 hits among 10"),
        (row(n="-1"), "num_stops", "'-1' is no count"),
        (row(n="4.5"), "num_stops", "whole number"),
        (row(n="inf"), "num_stops", "no count"),
        (row(n="1e30"), "num_stops", "no count"),
        (row(hits="few"), "num_hits", "no count"),
        (row(hits=True), "num_hits", "no count"),
        (row(hits=None), "num_hits", "absent or empty; columns found here: location_variable"),
        (row(place=None), "location_variable", "absent or empty"),
        (row(group=["a"]), "driver_race", "expected a name"),
        (row(group=" "), "driver_race", "expected a name"),
        ({"num_hits": "3"}, "location_variable", "num_hits"),
        ({}, "location_variable", "columns found here: none"),
        (BadInput("has 3 cells", field="x"), "x", "has 3 cells"),
    ],
)
def test_what_cannot_be_a_count_is_refused_with_line_and_field(given, field, said):
    with pytest.raises(BadInput, match=said) as problem:
        read_tables([(7, given)])
    assert (problem.value.line, problem.value.field) == (7, field)


def test_a_place_and_group_stand_once():
    with pytest.raises(BadInput, match="stand here and in line 2") as problem:
        read_tables(lines(row(), row(n="50")))
    assert problem.value.line == 3


def test_the_parting_column_is_filled_everywhere_or_nowhere():
    with pytest.raises(BadInput, match="empty here") as problem:
        read_tables(lines(row(state="CT"), row("P2")))
    assert (problem.value.line, problem.value.field) == (3, "state")


def test_a_file_without_rows_is_refused():
    with pytest.raises(BadInput, match="there are no rows"):
        read_tables([])


def test_empty_rows_and_places_without_examinations_are_left_out_and_counted():
    held = table({("P1", "A"): (9, 3, 1), ("P1", "B"): (0, 0, 0), ("P2", "A"): (9, 0, 0), ("P1", "C"): (9, 0, 0)})
    assert [cell[:2] for cell in cells(held)] == [("P1", "A"), ("P1", "C")]
    assert held.left_out == {"empty": 1, "nobody_examined": 1}


def counts(groups=3, places=5, examined=80):
    return {(f"P{p}", f"G{g}"): (100, examined, 30) for p in range(places) for g in range(groups)}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (counts(groups=2, places=9), "2 groups in 9 places"),
        (counts(groups=1), "1 groups"),
        (counts(places=1), "in 1 places"),
        (counts(examined=40), "600 examined cases; at least 1,000"),
        ({(f"P{p}", f"G{p % 3}"): (100, 90, 30) for p in range(15)}, "hardly ever stand in the same places"),
        ({}, "0 groups in 0 places"),
    ],
)
def test_of_too_little_is_said_what_there_is_too_little_of(given, said):
    words = table(given).lacking()
    assert words is not None
    assert said in words.en
    assert words.id != words.en


def test_enough_is_enough():
    assert table(counts()).lacking() is None
    assert table(counts(examined=40)).lacking(600) is None


def case(number, region="11", group="A", outcome="proven", **days):
    dates = {"reported": "2024-01-01", "accepted": "2024-01-02", "examined": "2024-01-03", **days}
    return {"case": str(number), "region": region, "beneficiary": group, "outcome": outcome, **dates}


def test_cases_are_counted_by_region_and_group():
    rows = [
        case(1),
        case(2, outcome="not_proven"),
        case(3, outcome="dropped", examined=None),
        case(4, outcome=None),  # open: nobody knows what comes of it
        case(5, outcome="dropped", accepted=None, examined=None),
        case(6, region=None),
        case(7, group="B", region="12"),
    ]
    held = from_cases(read(enumerate(rows, 2), censored_on=date(2024, 6, 1)), default_plan())
    assert list(cells(held)) == [("11", "A", 3, 2, 1), ("12", "B", 1, 1, 1)]


def test_cases_of_which_none_is_settled_make_no_table():
    with pytest.raises(BadInput, match="no accepted case"):
        from_cases(read([(2, case(1, outcome=None))]), default_plan())


def test_counts_are_whole_numbers():
    assert table(counts()).hits.dtype == np.int64
