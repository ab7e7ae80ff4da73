"""What weighing the writing around an act promises."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import pytest

from records import CONTESTED_TEXT, act, record
from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.tracing import writing
from telusur.tracing.bearing import table
from telusur.tracing.changepoint import StretchWeight
from telusur.tracing.contested import Found
from telusur.tracing.question import Question
from tracing.invented import Writer, small_model

SAYS = Text("a", "a")


def stretch(bans):
    return StretchWeight(bans, bans - 0.2, bans + 0.2, (-2.0, 2.0), bans, (60, 90), 60, 200)


def bans(item):
    return item.weights[Proposition.OTHER_WITH_ACCESS]


@pytest.mark.parametrize(("style", "hours"), [(0.6, 0.3), (-0.7, 0.2), (0.5, -0.4), (-0.9, -0.3)])
def test_style_and_hours_together_are_mixed_once_with_a_lone_post(style, hours):
    given, weights = record(), table()
    lone = weights.lone_post_share
    first = writing._item("style.segment", stretch(style), SAYS, given, weights)
    second = writing._item("behaviour.hours", stretch(hours), SAYS, given, weights, style)
    both = bans(first).log10_lr + bans(second).log10_lr
    assert both == pytest.approx(log10(lone + (1 - lone) * 10 ** (style + hours)))
    # However sure the stretch is the owner's, a lone post by somebody else stays possible.
    assert both > log10(lone)
    assert bans(second).lower < bans(second).log10_lr < bans(second).upper


def test_hours_without_style_are_mixed_alone():
    weights = table()
    lone = weights.lone_post_share
    item = writing._item("behaviour.hours", stretch(0.3), SAYS, record(), weights)
    assert bans(item).log10_lr == pytest.approx(log10(lone + (1 - lone) * 10**0.3))


def given(certainty="exact"):
    texts = iter(Writer(60).posts(200))
    plain = record()
    events = [
        replace(e, text=next(texts), certainty=certainty) if e.action == "post" and e.text != CONTESTED_TEXT else e
        for e in plain.events
    ]
    return replace(plain, events=tuple(events))


@pytest.mark.parametrize(("certainty", "read"), [("exact", True), ("zone_documented", True), ("zone_assumed", False)])
def test_hours_of_times_whose_zone_was_only_assumed_are_not_read(certainty, read):
    account = given(certainty)
    contested = next(e for e in account.events if e.text == CONTESTED_TEXT)
    answers, _ = writing.weigh(Question(act()), account, Found(contested, SAYS, 1.0), table(), small_model())
    reasons = [answer.reason.en for answer in answers if hasattr(answer, "reason")]
    assert any("without a time zone" in reason for reason in reasons) is not read
