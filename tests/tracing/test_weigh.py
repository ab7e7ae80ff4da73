"""Everything weighed together."""

from dataclasses import replace
from math import log10

import pytest

from records import ACCOUNT, ACT_AT, ANDROID, CONTESTED_TEXT, IPHONE, act, ago, event, post, record
from telusur.domain.evidence import Grade
from telusur.domain.moment import Moment
from telusur.domain.proposition import Proposition
from telusur.domain.writing import KnownWriting
from telusur.tracing import Question, style, weigh
from telusur.tracing.bearing import table
from telusur.tracing.changepoint import stretch
from tracing.invented import Writer

P = Proposition


def codes(tracing):
    return {item.code for item in tracing.items}


def reasons(tracing):
    return " | ".join(a.reason.en for a in tracing.abstained)


def intruder():
    return (
        event("device_added", ago(hours=6), client=IPHONE, device="t2", until=ago(days=-3)),
        event("login", ago(hours=1), ip="203.0.113.4"),
        event("email_changed", ago(hours=5), old="a***@contoh.example", new="z***@lain.example"),
    )


def test_a_takeover_by_records_leads_even_where_the_style_around_it_is_the_owner_s():
    given = record(*intruder(), client=IPHONE)
    locked_out = replace(
        given, events=tuple(e for e in given.events if e.action != "login" or e.at < ACT_AT or e.ip == "203.0.113.4")
    )
    found = weigh(Question(act(), (locked_out,)))
    assert found.combined.leading is P.TAKEN_OVER
    assert found.combined.weights[P.TAKEN_OVER].log10_lr > 0.5


def test_a_post_that_a_complete_record_lacks_leads_to_fabrication():
    found = weigh(Question(act(), (record(contested=False),)))
    assert found.combined.leading is P.FABRICATED
    assert "cannot be tied to it" in reasons(found)


def test_without_a_record_nothing_is_weighed_but_the_number():
    found = weigh(Question(act()))
    assert codes(found) == {"integrity.id_fits"}
    assert "weighs nothing" in reasons(found)
    assert found.combined.leading is None
    assert found.next_evidence


def test_refusing_an_export_weighs_exactly_as_much_as_having_none():
    silent, refusing = Question(act()), Question(act(), claims=("not_mine",))
    assert weigh(silent).combined == weigh(refusing).combined


def test_a_known_device_alone_does_not_make_the_owner_lead_over_others_with_access():
    found = weigh(Question(act(), (record(days=25),)))
    assert not any(item.group == "style" for item in found.items)
    assert found.combined.leading is None


def test_style_alone_never_excludes_the_owner():
    row = table().rows["session.holder_unknown"].weights[P.OTHER_WITH_ACCESS]
    most = min(style.load().parameters.tables["around_cap"].max(), stretch.MOST_BANS)
    lone = table().lone_post_share
    assert log10(lone + (1 - lone) * 10**most) + row[1] <= 0.05


def test_the_best_grade_is_used_and_the_other_record_is_named():
    own = record(contested=False)
    provider = replace(record(grade=Grade.A), path="evidence/penyedia.zip")
    found = weigh(Question(act(), (own, provider)))
    assert {item.grade for item in found.items if item.code == "integrity.in_archive"} == {Grade.A}
    assert own.path in reasons(found)


def test_a_record_of_an_imitated_account_is_not_read_as_the_contested_one():
    contested = act(account=replace(ACCOUNT, handle="contoh_pegawal", account_id="42"))
    found = weigh(Question(contested, (record(),)))
    assert "identity.other_account" in codes(found)
    assert not any(code.startswith("session.") for code in codes(found))


def test_an_act_without_a_time_is_weighed_only_for_what_needs_none():
    found = weigh(Question(act(at=None), (record(),)))
    assert not any(code.startswith("session.") for code in codes(found))
    assert "integrity.in_archive" in codes(found)


def test_a_like_is_not_weighed_by_program_or_style():
    liked = act(kind="like", text=None)
    given = record(post(ACT_AT, "unggahan orang lain", action="like", client=None), contested=False)
    found = weigh(Question(liked, (given,)))
    assert not any("client" in code for code in codes(found))
    assert not any(item.group == "style" for item in found.items)


def test_letters_and_chats_are_refused_as_known_writing_with_the_reason():
    letters = [KnownWriting("Dengan hormat, bersama ini kami sampaikan", "letter")]
    found = weigh(Question(act(), (record(),), letters))
    assert "another register (letter)" in reasons(found)


def written_by_one(given):
    """Give a record whose posts differ as one writer's do: posts that are nearly one text are no writing."""
    texts = iter(Writer(60).posts(len(given.events)))
    events = [
        replace(e, text=next(texts)) if e.action == "post" and e.text != CONTESTED_TEXT else e for e in given.events
    ]
    return replace(given, events=tuple(events))


@pytest.mark.parametrize("link", ["", " https://t.co/AbC123"])
def test_known_posts_that_stand_in_the_export_count_once(link):
    given = written_by_one(record())
    twice = [
        KnownWriting(e.text.upper() + link, "post", Moment.parse(e.at.isoformat()))
        for e in given.of("post")
        if e.at < ago(days=40)
    ]
    once, again = weigh(Question(act(), (given,))), weigh(Question(act(), (given,), twice))
    assert once.items == again.items
    assert any(item.group == "style" for item in once.items)


def test_what_is_shown_adds_up_and_every_weight_lies_within_its_cap():
    found = weigh(Question(act(), (record(*intruder()),), claims=("admits",)))
    for p, weight in found.combined.weights.items():
        assert weight.log10_lr == pytest.approx(sum(i.weights[p].log10_lr for i in found.items if p in i.weights))
    for item in found.items:
        for weight in item.weights.values():
            assert weight.floor <= weight.lower <= weight.log10_lr <= weight.upper <= weight.ceiling


def test_an_unusual_program_is_weighed_with_the_post_it_sent():
    assert "session.client_new" in codes(weigh(Question(act(), (record(client=IPHONE),))))
    assert "session.client_habitual" in codes(weigh(Question(act(), (record(client=ANDROID),))))
