"""What reducing reads of a case, however little of it there is."""

from datetime import UTC, datetime

import pytest

from telusur.domain.errors import BadInput
from telusur.dossier import read_asked


def asked(tmp_path, text):
    (tmp_path / "case.yaml").write_text(text)
    return read_asked(tmp_path)


def test_the_acts_alone_are_enough(tmp_path):
    found = asked(tmp_path, "acts: [{at: 2024-01-20T09:35+07:00}]")
    assert found.wanted.first == datetime(2024, 1, 20, 2, 35, tzinfo=UTC)
    assert found.wanted.last == datetime(2024, 1, 20, 2, 36, tzinfo=UTC)
    assert found.chat.zone is not None
    assert found.chat.names == frozenset()


def test_a_day_without_a_zone_is_that_day_anywhere_in_indonesia(tmp_path):
    found = asked(tmp_path, "acts: [{date: 2024-01-20}, {}, 7]\nfurther: things")
    assert found.wanted.first == datetime(2024, 1, 19, 15, tzinfo=UTC)
    assert found.wanted.last == datetime(2024, 1, 20, 16, 59, tzinfo=UTC)


def test_without_a_time_of_the_act_the_report_tells(tmp_path):
    found = asked(tmp_path, "reported_on: 2024-03-01\nacts: [{act: {kind: like}}]")
    assert (found.wanted.last - found.wanted.first).days == 180


def test_numbers_and_names_are_taken(tmp_path):
    found = asked(
        tmp_path,
        "reported_on: 2024-03-01\nrespondent: {name: Pegawai Satu}\naccount: {handle: a}\n"
        "accounts: [{handle: b}, {handle: 7}, 3]\n"
        "acts: [{url: 'https://x.com/a/status/1234567'}, {url: 'https://www.instagram.com/p/CabCab12/'}, {url: 7}]",
    )
    assert found.wanted.numbers == {"1234567", "CabCab12"}
    assert found.chat.names == {"Pegawai Satu", "a", "b", "7"}


@pytest.mark.parametrize(
    "text",
    [
        "acts: []",
        "7",
        "acts: [{at: yesterday}]",
        "acts: [{date: 20/01/2024}]",
        "acts: [{at: 2024-01-20T09:35}]",
        "a: [",
    ],
)
def test_what_says_no_time_is_refused_with_its_place(tmp_path, text):
    with pytest.raises(BadInput, match=r"case\.yaml"):
        asked(tmp_path, text)
