"""How numbers, sizes, weights and names are said."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.render import example
from telusur.domain.act import Act
from telusur.domain.facts import Facts
from telusur.domain.weight import Weight
from telusur.dossier.render.speech import Speech, zone_of

ID, EN = Speech("id"), Speech("en")


def test_numbers_are_written_as_each_language_writes_them():
    assert ID.number(1234567.5, 1) == "1.234.567,5"
    assert EN.number(1234567.5, 1) == "1,234,567.5"
    assert ID.number(-2.5, 2) == "−2,50"


@pytest.mark.parametrize(
    ("value", "said"),
    [(1.3, "+1,30"), (-0.2, "−0,20"), (0.0, "0,00"), (-0.0, "0,00"), (0.001, "0,00"), (-0.001, "0,00")],
)
def test_a_sign_is_said_and_nothing_has_none(value, said):
    assert ID.signed(value) == said


def test_weights_say_their_unit():
    assert ID.bans(1.3) == "+1,30\xa0ban"
    assert EN.range(-1, 2) == "−1.00 to +2.00\xa0ban"
    assert EN.bounds(-1, 2) == "[−1.00;\xa0+2.00]\xa0ban"


def test_sizes_say_their_unit():
    assert ID.size(812) == "812 bita"
    assert ID.size(1_234_567) == "1.234.567 bita (1,2 MB)"
    assert EN.size(2_000_000_000) == "2,000,000,000 bytes (2.0 GB)"
    assert EN.size(1500) == "1,500 bytes (1.5 kB)"


def test_strength_says_which_side():
    def strength(bans):
        return EN.strength(Weight(bans, bans, bans, bans, bans, "calibrated"))

    assert strength(1.5) == "moderate support for this proposition"
    assert strength(-1.5) == "moderate support for “the owner acted”"
    assert strength(0.1) == "supports neither"


def test_a_value_without_a_name_is_said_as_it_stands():
    assert ID.name("platform", "x") == "X (Twitter)"
    assert ID.name("platform", "sesuatu") == "sesuatu"
    assert ID.name("platform", None) == "tidak diketahui"


def test_times_are_said_with_their_zone():
    at = datetime(2023, 12, 7, 23, 8, tzinfo=UTC)
    assert ID.moment(at, example.ACT_AT.at.tzinfo) == "8 Desember 2023 pukul 06.08 WIB"
    assert EN.moment(at) == "7 December 2023, 23:08 UTC"


def test_an_act_has_its_own_zone_or_utc():
    act = example.assessment().acts[0].act
    assert zone_of(act).utcoffset(None) == timedelta(hours=7)
    assert zone_of(Act("A", Facts({}))) is UTC


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_can_be_read_back(value, decimals):
    said = ID.number(value, decimals).replace(".", "").replace(",", ".").replace("−", "-")
    assert float(said) == pytest.approx(value, abs=0.51 * 10**-decimals)
