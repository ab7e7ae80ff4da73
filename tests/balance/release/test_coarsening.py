"""Values too small to stand alone go into the unit above; names that spreadsheets misread never stand."""

import pytest

from releases_of_cases import KEY, table
from telusur.balance.release import protect
from telusur.balance.release.coarsening import chain, region_chain, unit_of, units
from telusur.balance.release.rounding import rounded


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("31.71", ("31", "Jawa", "lainnya")),
        ("3171", ("31", "Jawa", "lainnya")),
        ("31", ("Jawa", "lainnya")),
        ("94", ("Papua", "lainnya")),
        ("Kota A", ("lainnya",)),
        ("-", ("lainnya",)),
        ("4", ("lainnya",)),
        ("41", ("lainnya",)),
    ],
)
def test_a_region_lies_where_its_code_says(code, above):
    assert region_chain(code) == above


def test_a_hierarchy_handed_in_goes_before_the_codes():
    given = {"region": {"31": ("barat",), "32": ("barat", "lainnya")}}
    assert chain("region", "31", given) == ("barat", "lainnya")
    assert chain("region", "32", given) == ("barat", "lainnya")
    assert chain("region", "33", given) == ("Jawa", "lainnya")
    assert chain("rank", "JPT", given) == ("lainnya",)


def test_small_districts_join_their_province_and_small_provinces_their_islands():
    counts = {
        ("31.71", "A"): 40, ("31.71", "B"): 40, ("31.72", "A"): 6, ("31.72", "B"): 6, ("31.73", "A"): 9,
        ("31.73", "B"): 9, ("32", "A"): 3, ("33", "A"): 4, ("51", "A"): 2,
    }  # fmt: skip
    given = table("t", ("region", "group"), counts)
    chains = {key[0]: region_chain(key[0]) for key in counts}
    standing = units("region", [given], chains, 10)
    assert standing == ("31", "31.71", "lainnya")
    assert [unit_of(one, chains[one], standing) for one in ("31.71", "31.72", "32", "51")] == [
        "31.71", "31", "lainnya", "lainnya",
    ]  # fmt: skip


def test_a_value_that_spreadsheets_take_for_a_formula_never_stands():
    release = protect([table("t", ("group",), {("=1+1",): 90, ("A",): 90, ("B",): 90})], key=KEY)
    assert release.units["group"] == ("A", "B", "lainnya")
    assert b"=1+1" not in b"".join(release.files().values())


def test_where_nothing_is_split_the_sum_is_one_figure():
    release = protect([table("t", ("group", "phase"), {("A", "x"): 90, ("B", "x"): 90})], key=KEY)
    assert release.units["phase"] == ("x", "lainnya")
    small = protect([table("t", ("group", "phase"), {("A", "x"): 3, ("B", "y"): 4})], key=KEY)
    assert small.units == {"group": ("lainnya",), "phase": ("lainnya",)}
    assert list(small.figures) == [()]


def test_rounding_is_right_on_average_and_leaves_multiples_alone():
    draws = [rounded(12, (("group", str(i)),), key=KEY, base=5) for i in range(4000)]
    assert set(draws) == {10, 15}
    assert sum(draws) / len(draws) == pytest.approx(12, abs=0.15)
    assert {rounded(15, (("group", str(i)),), key=KEY, base=5) for i in range(50)} == {15}
