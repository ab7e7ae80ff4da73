"""How the contested post is found."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import ACT_AT, act, ago, post, record
from telusur.tracing import contested


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/contoh_pegawai/status/123",
        "https://twitter.com/contoh_pegawai/status/123?s=20",
        "https://mobile.twitter.com/contoh_pegawai/statuses/123/photo/1",
        "https://m.twitter.com/contoh_pegawai/status/123",
        "HTTPS://X.com/contoh_pegawai/status/123",
        "https://twitter.com/#!/contoh_pegawai/status/123",
        "https://x.com/i/status/123",
        "https://x.com/i/web/status/123?s=20",
    ],
)
def test_the_number_is_read_from_every_form_of_address(url):
    assert contested.reported_id(act(url=url)) == "123"
    assert contested.reported_handle(act(url=url)) == "contoh_pegawai"


def test_an_address_elsewhere_gives_no_number_and_the_handle_of_the_case():
    given_act = act(url="https://contoh.example/status/123")
    assert contested.reported_id(given_act) is None
    assert contested.reported_handle(given_act) == "contoh_pegawai"
    assert contested.reported_handle(act(url=None, account=None)) is None


@pytest.mark.parametrize("end", ["123a", "\u0661\u0662\u0663", ""])
def test_what_is_no_number_is_not_taken_for_one(end):
    assert contested.reported_id(act(url=f"https://x.com/contoh_pegawai/status/{end}")) is None


@pytest.mark.parametrize("kind", ["like", "share"])
def test_the_handle_in_the_address_of_a_liked_or_shared_post_is_its_author_s(kind):
    assert contested.reported_handle(act(kind=kind, url="https://x.com/orang_lain/status/123")) == "contoh_pegawai"


def test_a_text_copied_with_other_spacing_and_case_is_the_same():
    assert contested.similarity("Dukung  PENUH https://t.co/abc", "dukung penuh") == 1.0


def test_unknown_texts_have_no_likeness():
    assert contested.similarity(None, "a") is None


@given(st.text(), st.text())
def test_likeness_lies_between_nought_and_one_and_is_one_for_the_same(one, other):
    assert 0 <= contested.similarity(one, other) <= 1
    assert contested.similarity(one, one) == 1


def test_texts_beyond_measure_are_compared_by_their_beginnings_at_once():
    began = time.process_time()
    assert contested.similarity("ab" * 60_000, "ba" * 24_000) > contested.SAME_TEXT
    assert contested.similarity("a" * 60_000, "b" * 24_000) == 0
    assert time.process_time() - began < 10


def test_the_same_text_at_another_time_is_not_the_contested_post():
    elsewhere = record(post(ago(days=30), act().text), contested=False)
    assert contested.find(act(url=None), elsewhere) is None


def test_without_text_or_time_only_the_number_can_find_it():
    assert contested.find(act(text=None), record()) is not None
    assert contested.find(act(text=None, url=None), record()) is None
    assert contested.find(act(at=None, url=None), record()) is None


def test_a_nearly_simultaneous_other_post_is_not_taken_for_it():
    other = record(post(ACT_AT, "selamat pagi semuanya"), contested=False)
    assert contested.find(act(url=None), other) is None
