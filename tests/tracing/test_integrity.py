"""Whether the contested post is on record, and whether its number fits its time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records import ACT_AT, act, ago, number_at, post, record
from telusur.domain.evidence import Grade
from telusur.domain.proposition import Proposition
from telusur.domain.record import Log, Problem
from telusur.domain.text import Text
from telusur.tracing import contested, integrity
from telusur.tracing.bearing import table
from telusur.tracing.item import Item

FABRICATED = Proposition.FABRICATED


def answer(given_act, given_record):
    found = contested.find(given_act, given_record)
    return list(integrity.weigh_record(given_act, given_record, found, table()))


def only(given_act, given_record):
    [one] = answer(given_act, given_record)
    return one


def test_a_post_on_record_speaks_against_fabrication_and_imitation():
    item = only(act(), record())
    assert item.code == "integrity.in_archive"
    assert item.weights[FABRICATED].upper < 0
    assert item.weights[Proposition.IMPERSONATION].upper < 0


def test_a_post_on_record_as_deleted_is_on_record():
    deleted = post(ACT_AT, act().text, action="deleted_post")
    item = only(act(), record(deleted, contested=False))
    assert item.code == "integrity.in_archive"
    assert "deleted" in item.what.en


def test_a_post_that_a_complete_record_lacks_speaks_for_fabrication():
    item = only(act(), record(contested=False))
    assert item.code == "integrity.absent"
    assert item.weights[FABRICATED].log10_lr > 0.5


def test_a_post_without_an_address_is_found_by_text_and_time():
    assert only(act(url=None), record()).code == "integrity.in_archive"
    assert only(act(url=None), record(contested=False)).code == "integrity.absent"


def test_a_like_is_looked_for_among_the_likes():
    liked = act(kind="like", text=None)
    with_like = record(post(ACT_AT, "unggahan orang lain", action="like"), contested=False)
    assert only(liked, with_like).code == "integrity.in_archive"


def test_a_like_that_a_record_lacks_weighs_nothing():
    assert "can be taken back" in only(act(kind="like"), record(contested=False)).reason.en


@pytest.mark.parametrize("kind", ["like", "share"])
def test_the_number_of_a_liked_or_shared_post_may_be_older_but_not_younger_than_the_act(kind):
    def codes(made):
        address = f"https://x.com/orang_lain/status/{number_at(made)}"
        return [item.code for item in integrity.weigh_number(act(kind=kind, url=address), Grade.E, table())]

    assert codes(ago(days=30)) == []
    assert codes(ACT_AT) == []
    assert codes(ago(days=-1)) == ["integrity.id_misfit"]


def test_another_text_under_the_same_number_speaks_for_an_edited_capture():
    codes = [a.code for a in answer(act(text="Rapat koordinasi ditunda sampai besok pagi"), record())]
    assert codes == ["integrity.in_archive", "integrity.text_differs"]


def test_a_number_borrowed_from_another_post_speaks_for_fabrication():
    given = record(contested=False)
    other = given.of("post")[10]
    borrowing = act(url=f"https://x.com/contoh_pegawai/status/{other.object_id}")
    items = {a.code: a for a in answer(borrowing, given)}
    assert set(items) == {"integrity.number_borrowed", "integrity.absent"}
    assert items["integrity.number_borrowed"].weights[FABRICATED].lower > 0


def test_a_report_in_its_own_words_with_the_right_number_and_time_is_the_post():
    codes = [a.code for a in answer(act(text="unggahan yang mendukung salah satu paslon"), record())]
    assert codes[0] == "integrity.in_archive"


def test_a_record_that_lacks_rows_of_its_own_manifest_cannot_show_absence():
    given = record(contested=False)
    short = replace(given, logs=(replace(given.logs[0], expected=given.logs[0].found + 3),))
    assert "incomplete" in only(act(), short).reason.en


@pytest.mark.parametrize("damage", ["skipped", "problem"])
def test_a_damaged_record_cannot_show_absence(damage):
    given = record(contested=False)
    if damage == "skipped":
        harmed = replace(given, logs=(replace(given.logs[0], expected=None, skipped=1),))
    else:
        told = Problem("data/tweets.js", Text("terpotong", "truncated"), 10)
        harmed = replace(given, logs=(replace(given.logs[0], expected=None),), problems=(told,))
    assert "cannot be read" in only(act(), harmed).reason.en


def test_a_partial_record_cannot_show_absence():
    assert "only a part" in only(act(), record(contested=False, partial=True)).reason.en


def test_a_record_that_ends_before_the_act_cannot_show_absence():
    given = record(contested=False)
    early = replace(
        given,
        generated_at=ago(days=3),
        logs=(Log("posts", "data/tweets.js", 10, 10, ago(days=60), ago(days=4)),),
    )
    assert "outside" in only(act(), early).reason.en


def test_a_record_without_posts_cannot_show_absence():
    assert not isinstance(only(act(), replace(record(contested=False), logs=())), Item)


def test_a_row_that_contradicts_itself_is_not_weighed():
    forged = post(ACT_AT, act().text, object_id=number_at(ACT_AT - timedelta(days=40)))
    given = act(url=f"https://x.com/contoh_pegawai/status/{forged.object_id}")
    assert "contradicts itself" in only(given, record(forged, contested=False)).reason.en


def test_without_a_time_or_anything_to_look_for_nothing_is_weighed():
    assert "time of the act" in only(act(at=None, url=None), record(contested=False)).reason.en
    assert "neither text nor number" in only(act(text=None, url=None), record(contested=False)).reason.en


def numbers(given_act):
    return list(integrity.weigh_number(given_act, Grade.E, table()))


def test_a_number_made_at_another_time_speaks_for_fabrication_within_what_a_screenshot_supports():
    url = f"https://x.com/contoh_pegawai/status/{number_at(ago(days=60))}"
    [item] = numbers(act(url=url))
    assert item.code == "integrity.id_misfit"
    assert "60 days" in item.what.en
    assert 0.5 < item.weights[FABRICATED].log10_lr <= table().grade_caps[Grade.E]


def test_a_number_that_fits_weighs_little_since_a_forger_can_make_one():
    [item] = numbers(act())
    assert item.code == "integrity.id_fits"
    assert abs(item.weights[FABRICATED].log10_lr) < 0.3


def test_a_number_is_judged_only_as_precisely_as_the_time_was_written():
    late = act(url=f"https://x.com/contoh_pegawai/status/{number_at(ACT_AT + timedelta(minutes=8))}")
    assert numbers(late)[0].code == "integrity.id_fits"


def test_an_address_without_a_number_says_nothing():
    assert numbers(act(url="https://x.com/contoh_pegawai")) == []
    assert numbers(act(at=None)) == []
