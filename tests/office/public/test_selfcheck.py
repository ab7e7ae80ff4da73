"""The self-check on the screen: the same answers as the library, and nothing left behind."""

from __future__ import annotations

import random
from datetime import date

import pytest

from telusur.law import selfcheck
from telusur.law.selfcheck import State
from telusur.office.public.walk import Answer, Walk

ADDRESS = {False: "/periksa/pribadi/", True: "/periksa/instansi/"}
NEXT = ("lakukan", "choose")


def begin(browser, day="15 Januari 2024", *, agency=False):
    return browser.send(browser.get(ADDRESS[agency]), hari=day)


def answered(browser, page, *boxes):
    return browser.send(page, button=NEXT, pilihan=list(boxes))


def to_the_end(browser, page, choose):
    """Answer until nothing more is asked; give the page that shows the answers, and what was answered."""
    given = []
    for _ in range(40):
        if "pilihan" not in page.form.choices:
            return page, given
        boxes = choose(page.form.choices["pilihan"])
        given.append(boxes)
        page = answered(browser, page, *boxes)
    raise AssertionError("the self-check does not end")


def one_at_random(dice):
    def choose(boxes):
        return [dice.choice(boxes)]

    return choose


def first_but_unknown(boxes):
    return [boxes[1]]


def by_library(given, *, agency, day):
    state = State(day, agency=agency)
    for boxes in given:
        asked = selfcheck.question(state)
        chosen = [] if boxes == ["-"] else boxes
        state = state.with_answer(asked.unknown if boxes == ["?"] else asked.take(chosen))
    assert selfcheck.question(state) is None
    return selfcheck.answer(state)


def plain(words):
    return " ".join(words.split())


@pytest.mark.parametrize("agency", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_a_walk_without_scripts_ends_with_the_answer_of_the_library(browser, agency, seed):
    dice = random.Random(f"{seed}{agency}")
    page, given = to_the_end(browser, begin(browser, agency=agency), one_at_random(dice))
    page = browser.send(page, button=("lakukan", "result"))
    expected = by_library(given, agency=agency, day=date(2024, 1, 15))

    def say(text):
        return plain(text.in_language(browser.language))

    assert say(expected.sentence) in page.text
    for one in expected.rules:
        assert f"{one.rule.id} {say(one.rule.title)}" in page.text
    for change in (*expected.nearest, *expected.safe_if):
        assert say(change.when) in page.text
    if expected.alternative:
        assert say(expected.alternative) in page.text
    for issue in expected.readings:
        for reading in issue.readings:
            assert say(reading.says) in page.text
    for one in expected.unknown:
        for words in (*one.safe_if, *one.not_safe_if):
            assert say(words) in page.text


def test_a_like_after_the_determination_is_advised_against_with_its_rule_and_status(browser):
    page = begin(browser)
    want = {"like", "president", "pns", "contestant", "supports", "public", "own", "active_support"}
    page, _ = to_the_end(browser, page, lambda boxes: [next((b for b in boxes if b in want), "-")])
    page = browser.send(page, button=("lakukan", "result"))
    assert {"id": "Jangan lakukan", "en": "Do not do it"}[browser.language] in page.text
    assert "SKB-2022/D6" in page.text
    assert "/aturan/SKB-2022/D6/" in page.links
    assert {"id": "hanya memberi saran", "en": "only advises"}[browser.language] in page.text


def test_dont_know_is_an_answer_to_every_question(browser):
    page, given = to_the_end(browser, begin(browser), lambda _: ["?"])
    assert given == [["?"]]
    page = browser.send(page, button=("lakukan", "result"))
    assert {"id": "Belum dapat dijawab", "en": "No answer yet"}[browser.language] in page.text


def test_it_says_why_it_asks_and_leads_to_those_rules(browser):
    page = answered(browser, begin(browser), "like")
    asked = selfcheck.question(State(date(2024, 1, 15)).with_answer({"act.kind": "like"}))
    assert [link for link in page.links if link.startswith("/aturan/") and link != "/aturan/"] == [
        f"/aturan/{name}/" for name in asked.rules
    ]


def test_nothing_chosen_is_told_and_keeps_the_answers(browser):
    page = answered(browser, begin(browser), "like")
    wrong = answered(browser, page)
    assert "errors-title" in wrong.response.content.decode()
    assert {"id": "Pilih satu jawaban", "en": "Choose one answer"}[browser.language] in wrong.text
    assert [v for n, v in wrong.form.hidden if n == "jawaban"] == [v for n, v in page.form.hidden if n == "jawaban"]


def several(browser):
    """Give a page whose question takes several answers."""
    page = begin(browser)
    want = {"post", "president", "pns", "contestant", "supports", "public"}
    while "-" not in page.form.choices["pilihan"]:
        page = answered(browser, page, next(b for b in page.form.choices["pilihan"] if b in want or b == "?"))
    return page


@pytest.mark.parametrize("boxes", [("-", "?"), ("-", "symbol"), ("?", "symbol")])
def test_none_and_dont_know_stand_alone_and_what_was_ticked_stays(browser, boxes):
    page = answered(browser, several(browser), *boxes)
    assert {"id": "tidak dapat digabung", "en": "cannot go with others"}[browser.language] in page.text
    assert set(boxes) & set(page.form.choices["pilihan"]) <= set(page.form.checked)


@pytest.mark.parametrize("boxes", [["tiada"], ["like", "share"], ["like", "tiada"], ["-"]])
def test_options_that_do_not_stand_there_are_not_taken(browser, boxes):
    page = answered(browser, begin(browser), *boxes)
    assert page.form.choices["pilihan"][0] == "like"
    assert "errors-title" in page.response.content.decode()


def test_back_shows_the_question_before_with_what_was_chosen(browser):
    first = begin(browser)
    second = answered(browser, first, "like")
    third = answered(browser, second, second.form.choices["pilihan"][0])
    back = browser.send(third, button=("lakukan", "back"))
    assert back.form.choices == second.form.choices
    assert back.form.checked == [second.form.choices["pilihan"][0]]
    further = browser.send(back, button=("lakukan", "back"))
    assert further.form.choices == first.form.choices
    assert further.form.checked == ["like"]
    day = browser.send(further, button=("lakukan", "back"))
    assert day.form.fields["hari"] == {"id": "15 Januari 2024", "en": "15 January 2024"}[browser.language]


def test_a_changed_answer_keeps_the_others_that_are_still_asked(browser):
    page, given = to_the_end(browser, begin(browser), first_but_unknown)
    assert len(given) > 2
    change = browser.send(page, button=("ubah", "1"))
    assert change.form.checked == given[1]
    same = answered(browser, change, *given[1])
    assert same.text == page.text


def test_changing_the_act_asks_only_what_is_new(browser):
    page = answered(browser, begin(browser), "like")
    page = answered(browser, page, page.form.choices["pilihan"][0])
    changed = answered(browser, browser.send(page, button=("ubah", "0")), "share")
    carried = [Answer.read(value) for name, value in changed.form.hidden if name == "jawaban"]
    assert carried[0].chosen == ("share",)


def test_another_day_is_asked_for_without_losing_the_answers(browser):
    page = answered(browser, begin(browser), "like")
    day = browser.send(page, button=("lakukan", "day"))
    after = browser.send(day, hari="16/01/2024")
    assert [v for n, v in after.form.hidden if n == "jawaban"] == [v for n, v in page.form.hidden if n == "jawaban"]
    assert ("hari", "2024-01-16") in after.form.hidden


@pytest.mark.parametrize("day", ["", "kemarin", "31/02/2024", "2024-13-01", "15 Januwari 2024", "1" * 50])
def test_a_day_that_is_none_is_told_and_stays_typed(browser, day):
    page = browser.send(browser.get("/periksa/pribadi/"), hari=day)
    assert "errors-title" in page.response.content.decode()
    if len(day) < 40:
        assert page.form.fields["hari"] == day


HOSTILE = [
    "",
    "{",
    "[]",
    '["act"]',
    '["act",["act.kind"],["tiada"]]',
    '["act",["act.kind"],[["like"]]]',
    '["act",["act.kind"],"like"]',
    '["act",["actor.status"],["like"]]',
    '[1,["act.kind"],["like"]]',
    '["act",["act.kind"],["like","share"]]',
    "[" * 3000,
    '["act",["act.kind"],["like"]]' + " " * 3000,
    "\x00",
    "null",
    "9" * 5000,
]


@pytest.mark.parametrize("written", HOSTILE)
def test_answers_that_no_page_of_ours_wrote_are_left_out(browser, written):
    page = browser.client.post("/periksa/pribadi/", {"hari": "2024-01-15", "jawaban": written})
    assert page.status_code == 200
    assert b'value="like"' in page.content


@pytest.mark.parametrize(
    ("name", "value"), [("di", "99"), ("di", "-1"), ("di", "²"), ("ubah", "9" * 30), ("ubah", "x")]
)
def test_numbers_of_questions_that_do_not_exist_are_left_out(browser, name, value):
    page = browser.client.post("/periksa/pribadi/", {"hari": "2024-01-15", "lakukan": "back", name: value})
    assert page.status_code == 200


def test_far_days_have_an_answer(browser):
    for day in ("1 Januari 1990", "31/12/2099"):
        page, _ = to_the_end(browser, begin(browser, day), lambda boxes: [boxes[0]])
        assert browser.send(page, button=("lakukan", "result")).text


def test_an_answer_to_a_narrower_question_is_not_taken_for_a_wider_one():
    day = date(2024, 1, 15)
    narrow = Answer("means", ("act.state_facility",), ())
    walk = Walk.replayed(day, [Answer("act", ("act.kind",), ("like",)), narrow], agency=False)
    assert narrow not in [one.answer for one in walk.given]
