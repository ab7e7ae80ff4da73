"""How the posts around the act are written, and when the writer seems to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from math import log10
from typing import Final

from telusur.domain.event import Certainty, Event
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.domain.when import span_words
from telusur.domain.writing import KnownWriting
from telusur.tracing import changepoint, style
from telusur.tracing.bearing import Table
from telusur.tracing.changepoint import Post, StretchWeight
from telusur.tracing.contested import Found, comparable
from telusur.tracing.question import Question
from telusur.tracing.result import Abstained, Feature, Item, Takeover
from telusur.tracing.style import Abstention, StyleModel

_DATA = Text(
    "dikalibrasi pada akun pengembangan, masing-masing tanpa latar yang memuatnya (kartu model docs/models/style.md)",
    "calibrated on development accounts, each without the background that holds it (model card docs/models/style.md)",
)
#: People write otherwise after years: the model is validated on gaps of weeks.
LONGEST_SILENCE = timedelta(days=365)
_ZONED: Final[tuple[Certainty, ...]] = ("exact", "zone_documented")

_SOMEBODY_ELSE = Text(
    "Rentetan unggahan di sekitarnya kurang mirip dengan tulisan sebelumnya.",
    "A run of posts around it is less like the earlier writing.",
)
_SAME_WRITER = Text(
    "Tidak tampak rentetan unggahan oleh orang lain di sekitarnya.",
    "No run of posts by somebody else is seen around it.",
)

_OTHER_HOURS = Text(
    "Di sekitarnya ada rentetan unggahan pada jam atau hari yang lain.",
    "Around it stands a run of posts at other hours or on other days.",
)
_SAME_HOURS = Text("Jam dan hari unggahan di sekitarnya tetap sama.", "The hours and days around it stay the same.")


def weigh(
    question: Question,
    record: AccountRecord | None,
    found: Found | None,
    table: Table,
    model: StyleModel | None = None,
) -> tuple[list[Item | Abstained], Takeover | None]:
    """Weigh the style around the contested post, and look for a change of writer in the account's posts.

    Parameters
    ----------
    question
        The act, and the writing known to be the respondent's.
    record
        The account's record.
    found
        The contested post in it.
    table
        The weights.
    model
        Model of how people write; the shipped one if left out.
    """
    answers: list[Item | Abstained] = []
    others = [writing for writing in question.known if writing.register != "post"]
    if others:
        registers = ", ".join(sorted({writing.register for writing in others}))
        answers.append(table.abstain("style", "register_mismatch", n=len(others), register=registers))
    if record is None:
        return [*answers, table.abstain("style", "no_posts_around")], None
    events = [e for e in record.of("post", "deleted_post") if e.at is not None and e.text is not None]
    takeover = _takeover([_post(e) for e in events], model)
    if found is None:
        what = Text("gaya tulisan di sekitarnya", "the style around it")
        return [*answers, table.abstain("style", "post_absent", what=what)], takeover
    if found.event not in events:
        return [*answers, table.abstain("style", "no_posts_around")], takeover
    index = events.index(found.event)
    history = _further_history(question.known, events[: max(index - changepoint.REACH, 0)])
    posts = [*history, *(_post(e) for e in events)]
    silence = _silence([post.at for post in posts], len(history) + index)
    if silence > LONGEST_SILENCE:
        return [*answers, table.abstain("style", "silence", days=span_words(silence))], takeover
    place = len(history) + index
    weight = changepoint.around(posts, place, model)
    hours = changepoint.behaviour(posts, place, model, record.generated_at)
    if isinstance(weight, Abstention):
        answers.append(Abstained("style", weight.reason))
    else:
        direction = _SOMEBODY_ELSE if weight.log10_lr > 0 else _SAME_WRITER
        item = _item("style.segment", weight, direction, record, table)
        answers.append(replace(item, features=_features(posts, place, weight, model)))
    if isinstance(hours, Abstention):
        answers.append(Abstained("behaviour", hours.reason))
    elif hours is not None:
        direction = _OTHER_HOURS if hours.log10_lr > 0 else _SAME_HOURS
        beside = weight.log10_lr if isinstance(weight, StretchWeight) else 0.0
        answers.append(_item("behaviour.hours", hours, direction, record, table, beside))
    return answers, takeover


def _silence(times: Sequence[datetime], place: int) -> timedelta:
    """Give the longest time without a post between the earlier writing and a contested post."""
    near = sorted(times)[max(place - changepoint.REACH - 1, 0) : place + 1]
    return max((later - earlier for earlier, later in pairwise(near)), default=timedelta(0))


def _post(event: Event) -> Post:
    assert event.at is not None
    return Post(event.text or "", event.at, event.client, zoned=event.certainty in _ZONED)


def _item(
    code: str, weight: StretchWeight, direction: Text, record: AccountRecord, table: Table, beside: float = 0.0
) -> Item:
    """Give what a stretch adds to the weight of the contested post.

    Parameters
    ----------
    code
        Which row of the table.
    weight
        Of a stretch by another person.
    direction
        Which way it points.
    record, table
        What it rests on, and the weights.
    beside
        What has been said of the stretch already, in bans. Where the other person wrote that one post alone, the posts
        around it are as likely as the owner's in every respect at once: the mixture is of both weights together, and
        the second one adds what it changes in it.
    """
    lone = table.lone_post_share

    def mixture(bans: float) -> float:
        return log10(lone + (1 - lone) * 10**bans)

    def mixed(bans: float) -> float:
        return mixture(beside + bans) - mixture(beside)

    low, high = (mixed(bound) for bound in weight.cap)
    as_weight = Weight(mixed(weight.log10_lr), mixed(weight.lower), mixed(weight.upper), low, high, "calibrated")
    as_weight = replace(as_weight, uncapped=mixed(weight.uncapped))
    first, last = weight.stretch
    return table.calibrated(
        code, record.grade, as_weight, _DATA, n=last - first + 1, known=weight.n_known, direction=direction
    )


def _features(
    posts: Sequence[Post], place: int, weight: StretchWeight, model: StyleModel | None
) -> tuple[Feature, ...]:
    """Give what in the stretch is like and unlike the posts before it; the contested post is not looked at."""
    order = changepoint.in_time_order(posts)
    first, last = weight.stretch
    stretch = [posts[at].text for at in order[first : last + 1] if at != place]
    earlier = [posts[at].text for at in order[: max(order.index(place) - changepoint.REACH, 0)]]
    found = style.explain(earlier, stretch, style.load() if model is None else model)
    # An item's weight is against the owner, a feature's for the same author.
    return tuple(Feature(one.label if one.kind == "word" else f"[{one.label}]", -one.bans) for one in found)


def _further_history(known: Sequence[KnownWriting], earlier: Sequence[Event]) -> list[Post]:
    """Give the known posts that add to the export's own history: not in it already, and from before the stretch.

    What was written in the stretch or later could be the other person's, or would dilute it; what stands in the
    export already would count twice.
    """
    if not earlier:
        return []
    ends = earlier[-1].at
    assert ends is not None
    present = {comparable(event.text or "") for event in earlier}
    further: dict[str, Post] = {}
    for writing in known:
        key = comparable(writing.text)
        if writing.register == "post" and writing.at is not None and writing.at.utc < ends and key not in present:
            further.setdefault(key, Post(writing.text, writing.at.utc))
    return list(further.values())


def _takeover(posts: Sequence[Post], model: StyleModel | None) -> Takeover | None:
    """Give the change of writer in the account's posts; ``None`` where they are too few to look."""
    found = changepoint.detect(posts, model)
    if found.abstained is not None:
        return None
    lowest, highest = found.cap
    log10_bf = min(max(found.log10_bf, lowest), highest)
    if found.change_at is None or found.interval_index is None:
        return Takeover(None, None, log10_bf)
    ordered: list[datetime] = sorted(post.at for post in posts)
    first, last = (ordered[i] for i in found.interval_index)
    return Takeover(found.change_at, (first, last), log10_bf)
