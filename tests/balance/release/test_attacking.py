"""An attack recovers what weak releases give away, and says how far it is known."""

from dataclasses import replace

import pytest

from releases_of_cases import KEY, cases, table, tables, weak
from telusur.balance.release import Figure, attack, protect

GROUPS = {("A", "open"): 100, ("A", "sanctioned"): 3, ("B", "open"): 80, ("B", "sanctioned"): 60}


def test_without_rounding_and_secondary_suppression_a_small_cell_is_known_exactly():
    found = attack([weak([table("t", ("group", "state"), GROUPS)], base=1)])
    cell = next(t for t in found.recovered if t.what == "cell" and t.cell == (("group", "A"), ("state", "sanctioned")))
    assert cell.lower <= 3 <= cell.upper
    assert cell.upper - cell.lower < 9


def test_what_stands_beside_a_withheld_cell_is_attacked_too():
    found = attack([weak([table("t", ("group", "state"), {("A", "open"): 100, ("B", "open"): 4})], base=1)])
    assert "beside" in {target.what for target in found.targets}


def test_rounding_alone_does_not_hide_a_small_cell_among_few():
    given = {("A", "x"): 11, ("A", "y"): 5, ("B", "x"): 30, ("B", "y"): 40}
    found = [attack([weak([table("t", ("group", "state"), given)], base=base)]) for base in (1, 2)]
    assert all(one.recovered for one in found)


def test_two_releases_one_case_apart_tell_where_the_case_is():
    before = cases(200, 3, regions=2, states=("open", "proven"))
    after = {name: [*values, values[0]] for name, values in before.items()}
    first, second = (weak(tables(one), base=1) for one in (before, after))
    found = attack([first, replace(second, number=2)])
    change = {target.cell: target for target in found.recovered if target.what == "change"}
    region, group = (("region", before["region"][0]),), (("group", before["group"][0]),)
    assert (change[region].lower, change[region].upper) == (1, 1)
    assert (change[group].lower, change[group].upper) == (1, 1)
    assert found.growing


def test_a_protected_release_of_the_same_counts_recovers_nothing():
    for n, seed in ((60, 1), (150, 2), (400, 3)):
        given = tables(cases(n, seed))
        assert not attack([protect(given, key=KEY)]).recovered


def test_figures_that_contradict_growth_are_attacked_without_it():
    more, less = (weak(tables(cases(n, 3)), base=1) for n in (250, 200))
    found = attack([more, replace(less, number=2)])
    assert not found.growing
    assert found.consistent


def test_figures_that_no_counts_give_are_said_to_be_inconsistent():
    release = weak(tables(cases(600, 3)), base=1)
    figures = dict(release.figures)
    figures[()] = Figure(10, "published")
    assert not attack([replace(release, figures=figures)]).consistent


def test_releases_of_the_same_day_count_the_same_cases():
    given = tables(cases(300, 5))
    one = weak(given, base=1, as_of="2024-12-01")
    found = attack([one, replace(one, number=2)])
    assert found.consistent
    assert not any(target.what == "change" for target in found.targets)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_said_to_be_known_holds_for_the_true_counts(seed):
    columns = cases(250, seed, regions=3)
    release = weak(tables(columns), base=1)
    for target in attack([release]).recovered:
        if target.what != "cell":
            continue
        true = sum(all(_unit(release, dim, columns[dim][i]) == value for dim, value in target.cell) for i in range(250))
        assert target.lower <= true <= target.upper


def _unit(release, dim, value):
    return next(unit for unit in (value, "Sumatera", "lainnya") if unit in release.units[dim])
