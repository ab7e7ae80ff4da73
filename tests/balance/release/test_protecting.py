"""What is published tells of no small cell: by rule, by sums, by other tables, by other releases."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from releases_of_cases import KEY, PAIRS, cases, table, tables, weak
from telusur.balance.release import ALL, REST, Figure, attack, protect
from telusur.domain.errors import BadInput

# A failing case is as readable unshrunk, and shrinking takes minutes.
PROPERTY = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def true_counts(columns, release):
    """Count every cell of a release anew, from the cases."""
    n = len(columns["region"])
    found = {}
    for cell in release.figures:
        found[cell] = sum(all(unit(release, dim, columns[dim][i]) == value for dim, value in cell) for i in range(n))
    return found


def unit(release, dim, value):
    parents = release.parents[dim]
    while value not in release.units[dim]:
        value = parents.get(value, {"region": "Sumatera"}.get(dim, REST)) if value != "Sumatera" else REST
    return value


@pytest.mark.parametrize(("n", "seed"), [(80, 1), (300, 2), (1500, 3)])
def test_a_figure_is_shown_only_where_it_and_what_is_beside_it_hold_ten(n, seed):
    columns = cases(n, seed)
    release = protect(tables(columns), key=KEY)
    true = true_counts(columns, release)
    assert sum(figure.shown is not None for figure in release.figures.values()) > 0
    for cell, figure in release.figures.items():
        if figure.shown is None:
            continue
        assert true[cell] >= 10
        assert figure.shown % 5 == 0
        assert abs(figure.shown - true[cell]) < 5
        for dim in dict(cell):
            margin = tuple(pair for pair in cell if pair[0] != dim)
            assert true[margin] - true[cell] >= 10


@PROPERTY
@given(
    st.integers(10, 300),
    st.integers(0, 10**6),
    st.integers(1, 2),
    st.lists(st.integers(0, 40), min_size=0, max_size=2),
)
@example(n=105, seed=3554, regions=2, added=[])
@example(n=82, seed=124327, regions=2, added=[18, 7])
def test_nothing_is_recovered_from_any_sequence_of_releases(n, seed, regions, added):
    columns = cases(n, seed, regions=regions, states=("not_proven", "open", "sanctioned"))
    releases = [protect(tables(columns), key=KEY)]
    for step, more in enumerate(added):
        new = (
            cases(more, seed + step + 1, regions=regions, states=("not_proven", "open"))
            if more
            else {name: [] for name in columns}
        )
        columns = {name: [*values, *new[name]] for name, values in columns.items()}
        # Some that were open have come to an end.
        rng = np.random.default_rng(seed + step)
        columns["state"] = ["not_proven" if s == "open" and rng.random() < 0.1 else s for s in columns["state"]]
        releases.append(protect(tables(columns), key=KEY, earlier=releases))
    found = attack(releases)
    assert found.consistent
    assert found.recovered == ()
    # Nor from what a stranger reads, who is not told which cells are small.
    blind = [
        replace(one, figures={cell: Figure(f.shown, f.status) for cell, f in one.figures.items()}) for one in releases
    ]
    assert attack(blind).recovered == ()


@PROPERTY
@given(st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")), st.integers(0, 60), min_size=1))
def test_nothing_is_recovered_from_any_single_table(cells):
    release = protect([table("t", ("group", "phase"), cells)], key=KEY)
    assert attack([release]).recovered == ()


def test_some_cells_are_withheld_only_to_protect_others():
    cells = {("A", "x"): 11, ("A", "y"): 5, ("B", "x"): 30, ("B", "y"): 40, ("C", "x"): 13, ("C", "y"): 90}
    release = protect([table("t", ("group", "phase"), cells)], key=KEY)
    assert "secondary" in {figure.reason for figure in release.figures.values()}
    assert attack([weak([table("t", ("group", "phase"), cells)])]).recovered
    assert not attack([release]).recovered


def test_a_figure_is_kept_until_ten_cases_have_changed():
    before = cases(300, 3, regions=3)
    after = {name: [*values, values[0]] for name, values in before.items()}
    first = protect(tables(before), key=KEY)
    second = protect(tables(after), key=KEY, earlier=[first])
    assert second.kept > 0
    for cell, figure in second.figures.items():
        if figure.shown is not None and first.figures[cell].shown is not None:
            assert figure == Figure(first.figures[cell].shown, "kept")
    third = protect(tables({name: values * 2 for name, values in before.items()}), key=KEY, earlier=[first, second])
    assert third.figures[()].status == "published"
    assert third.figures[()].shown == 600
    assert third.number == 3
    assert not attack([first, second, third]).recovered


def test_the_same_cell_with_the_same_count_is_rounded_alike_in_every_release():
    given = tables(cases(700, 8))
    assert protect(given, key=KEY).figures == protect(given, key=KEY).figures
    other = protect(given, key=b"another key of the same sort")
    assert {c: f.shown for c, f in other.figures.items()} != {
        c: f.shown for c, f in protect(given, key=KEY).figures.items()
    }


def test_sums_that_two_tables_share_are_one_figure():
    release = protect(tables(cases(700, 8)), key=KEY)
    shown = [
        figure
        for one in release.tables
        for values, figure in release.rows(one)
        if dict(zip(one.dims, values, strict=True)).get("group") == "A" and values.count(ALL) == 1
    ]
    assert len(shown) == 2
    assert shown[0] == shown[1]


def test_a_cell_that_one_body_makes_up_is_withheld():
    cells = {("A",): 100, ("B",): 100}
    by_body = {("A", "k"): 90, ("A", "l"): 10, ("B", "k"): 50, ("B", "l"): 50}
    release = protect([table("t", ("group",), cells)], key=KEY, detail=[table("d", ("group", "body"), by_body)])
    assert release.figures[("group", "A"),].reason == "dominance"
    assert release.figures[("group", "B"),].reason != "dominance"
    alone = protect(
        [table("t", ("group",), cells)],
        key=KEY,
        detail=[table("d", ("group", "body"), {("A", "k"): 100, ("B", "k"): 100})],
    )
    assert alone.suppressed < release.suppressed


@pytest.mark.parametrize("dim", ["case", "handler", "order"])
def test_a_column_that_leads_to_a_person_is_refused(dim):
    with pytest.raises(BadInput, match=f"'{dim}' leads to persons"):
        protect([table("t", ("group", dim), {("A", "1"): 20})], key=KEY)


def test_rank_by_district_by_beneficiary_is_refused():
    with pytest.raises(BadInput, match="two of them at most"):
        protect([table("t", ("rank", "region", "group"), {("JPT", "31", "A"): 20})], key=KEY)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "no table"),
        ([table("t", ("group",), {("A",): -1})], "is no count by group"),
        ([table("t", ("group",), {("A", "B"): 1})], "is no count by group"),
        ([table("t", ("group",), {("semua",): 1})], "'semua' stands for a sum"),
        ([table("t", ("group", "group"), {("A", "A"): 1})], "a column stands twice"),
        ([table("t", ("group",), {("A",): 20}), table("t", ("phase",), {("x",): 20})], "same name"),
        ([table("t", ("group",), {("A",): 20}), table("u", ("phase",), {("x",): 21})], "count the same cases"),
    ],
)
def test_tables_that_cannot_be_are_refused(given, words):
    with pytest.raises(BadInput, match=words):
        protect(given, key=KEY)


def test_a_series_keeps_its_key_and_its_rules():
    given = tables(cases(300, 1))
    first = protect(given, key=KEY)
    with pytest.raises(BadInput, match="under another key"):
        protect(given, key=b"another key of the same sort", earlier=[first])
    with pytest.raises(BadInput, match="by other rules"):
        protect(given, key=KEY, earlier=[first], below=20)
    with pytest.raises(BadInput, match="has 5 bytes; at least 16"):
        protect(given, key=b"short")


def test_earlier_releases_that_no_counts_give_are_refused():
    given = tables(cases(300, 1))
    first = protect(given, key=KEY)
    broken = replace(first, figures=first.figures | {(): Figure(10, "published")})
    with pytest.raises(BadInput, match="contradict themselves"):
        protect(given, key=KEY, earlier=[broken])


def test_what_an_earlier_release_gave_away_does_not_silence_the_next():
    before = cases(200, 3, regions=2)
    first = weak(tables(before), base=5)
    figures = dict(first.figures)
    small = next(cell for cell, figure in figures.items() if figure.shown is None)
    second = protect(tables(before), key=KEY, earlier=[first])
    assert small in second.figures
    assert sum(figure.shown is not None for figure in second.figures.values()) > 0


def test_thirty_eight_regions_and_several_tables_are_protected():
    columns = cases(2000, 4, regions=38)
    given = tables(columns, (*PAIRS, ("source", "state"), ("source", "group")))
    release = protect(given, key=KEY)
    assert "lainnya" in release.units["region"]
    assert not attack([release]).recovered
    counts = Counter(figure.status for figure in release.figures.values())
    assert counts["published"] > counts["withheld"] / 2
