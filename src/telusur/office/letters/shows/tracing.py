"""The tracing report: items, their weights, and all of them together, as in the dossier; no verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from telusur.domain.moment import Moment
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Text
from telusur.office.letters.making import Making
from telusur.office.letters.model import Block

Part = Mapping[str, object]


def report(made: Making) -> Iterator[Block]:
    """Give the tracing of each act on an account."""
    say = made.words
    acts = [act.id for act in made.file.acts.values() if act.stated.on_account]
    if not acts:
        made.lacks("Tidak ada perbuatan dengan akun dalam berkas ini.", "There is no act on an account in this file.")
    for act in acts:
        yield Block("head", say("act.title", id=act))
        document = made.tracings.get(act)
        if document is None:
            made.lacks(
                f"Perbuatan {act}: belum ditelusuri; jalankan penelusuran dahulu.",
                f"Act {act}: it is not traced yet; run the tracing first.",
            )
            continue
        yield from _propositions(made)
        yield from _items(made, document)
        yield from _together(made, document)
        yield from _takeover(made, document)
        yield from _rest(made, document)
        traced = made.file.tracings.get(act)
        if traced is not None:
            yield Block("say", say("tracing.hash", hash=traced.step.report))


def _propositions(made: Making) -> Iterator[Block]:
    rows = tuple((f"{number}.", made.of(one.words)) for number, one in enumerate(Proposition, 1))
    yield Block("items", made.words("tracing.propositions"), rows=rows)


def _items(made: Making, document: Part) -> Iterator[Block]:
    say = made.words
    rows = []
    for number, item in enumerate(_list(document, "items"), 1):
        rows.append(
            (
                f"{number}. {item['what']}\n{item['explain']}",
                f"{made.common.name('group', str(item['group']))}\n{say('tracing.grade', grade=item['grade'])}",
                "\n".join(_weights(made, item)) or say("tracing.no_weight"),
                f"{made.common.name('basis', str(item.get('basis', 'elicited')))}\n{item['data']}",
            )
        )
    if not rows:
        yield Block("say", say("tracing.nothing"))
        return
    heads = tuple(say(f"tracing.{name}") for name in ("item", "group", "weight", "basis"))
    yield Block("say", say("tracing.language"))
    yield Block("table", say("tracing.items"), heads=heads, rows=tuple(rows), wide=(2.6, 0.9, 2.2, 1.4))


def _weights(made: Making, item: Part) -> Iterator[str]:
    held, intervals, caps = (cast("Part", item[name]) for name in ("log10_lr", "interval", "cap"))
    for one in ALTERNATIVES:
        if one.value in held:
            yield made.words(
                "tracing.one_weight",
                proposition=made.of(one.short),
                weight=made.common.bans(_number(held[one.value])),
                interval=_range(made, intervals[one.value]),
                cap=_range(made, caps[one.value]),
            )


def _together(made: Making, document: Part) -> Iterator[Block]:
    say = made.words
    combined = cast("Part", document["combined"])
    held, intervals = cast("Part", combined["log10_lr"]), cast("Part", combined["interval"])
    touched = {name for item in _list(document, "items") for name in cast("Part", item["log10_lr"])}
    rows = []
    for one in Proposition:
        if one is Proposition.OWNER:
            rows.append((made.of(one.words), say("tracing.compared"), "—"))
        elif one.value in touched:
            weight = made.common.bans(_number(held[one.value]))
            rows.append((made.of(one.words), weight, _range(made, intervals[one.value])))
        else:
            rows.append((made.of(one.words), say("tracing.untouched"), "—"))
    heads = tuple(say(f"tracing.{name}") for name in ("proposition", "weight", "interval"))
    yield Block("table", say("tracing.together"), heads=heads, rows=tuple(rows), wide=(2.4, 1.2, 1.4))
    yield Block("note", made.of(Text.of(cast("Mapping[str, str]", combined["verbal"]))))


def _takeover(made: Making, document: Part) -> Iterator[Block]:
    held = document.get("takeover")
    if not held:
        return
    found = cast("Part", held)
    bf = made.common.bans(_number(found["log10_bf"]))
    if found.get("change_at") is None:
        yield Block("say", made.common("tracing.no_change", bf=bf))
        return
    words = made.common("tracing.change_at", at=_moment(made, found["change_at"]), bf=bf)
    if found.get("interval"):
        start, end = cast("Sequence[str]", found["interval"])
        words += " " + made.common("tracing.change_interval", start=_moment(made, start), end=_moment(made, end))
    yield Block("say", words)


def _rest(made: Making, document: Part) -> Iterator[Block]:
    say = made.words
    silent = _list(document, "abstained")
    if silent:
        rows = tuple(
            (f"{n}.", f"{made.common.name('group', str(one['group']))}: {one['reason']}")
            for n, one in enumerate(silent, 1)
        )
        yield Block("items", say("tracing.abstained"), rows=rows)
    asked = sorted(_list(document, "next_evidence"), key=lambda one: -_gain(one))
    if asked:
        heads = tuple(say(f"tracing.{name}") for name in ("ask_for", "from", "expected"))
        shown = tuple((f"{one['ask_for']}\n{one['why']}", _from(made, one), _expected(made, one)) for one in asked)
        yield Block("table", say("tracing.next"), heads=heads, rows=shown, wide=(1.8, 1.6, 1.2))
        yield Block("say", say("tracing.meaning"))


def _from(made: Making, one: Part) -> str:
    until = one.get("until")
    kept = made.words("tracing.until", day=made.on(date.fromisoformat(str(until)))) if until else ""
    return "\n".join(part for part in (str(one["from"]), str(one["how"]), kept) if part)


def _expected(made: Making, one: Part) -> str:
    bans = one.get("expected_gain_bans")
    if bans is None:
        return made.common("next.unknown_gain")
    return f"{made.common.bans(_number(bans))}\n{made.common.gain(_number(bans))}"


def _gain(one: Part) -> float:
    bans = one.get("expected_gain_bans")
    return -1.0 if bans is None else _number(bans)


def _list(document: Part, name: str) -> Sequence[Part]:
    return cast("Sequence[Part]", document.get(name) or ())


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _range(made: Making, value: object) -> str:
    lower, upper = cast("Sequence[float]", value)
    return made.common.bounds(lower, upper)


def _moment(made: Making, written: object) -> str:
    return made.at(Moment.parse(str(written)).at)
