"""What was served on the respondent, and what he or she answered; what can clear; what was let pass."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import process
from telusur.office.letters.making import Making
from telusur.office.letters.model import Block


def services(made: Making) -> Iterator[Block]:
    """Give everything that was served: what, when, how, and by what it is proven."""
    say = made.words
    rows = []
    for one in made.file.served:
        proof = made.file.evidence.get(one.step.proof or "")
        shown = f"{proof.step.name}\nSHA-256 {proof.step.sha256[:16]}…" if proof else say("services.no_proof")
        rows.append((say(f"served.{one.step.what}"), made.on(one.step.day), one.step.how, shown))
    if not rows:
        yield Block("say", say("services.none"))
        return
    heads = (say("services.what"), say("services.day"), say("services.how"), say("services.proof"))
    yield Block("table", say("services.title"), heads=heads, rows=tuple(rows), wide=(1.2, 1, 1.2, 1.8))


def answer(made: Making) -> Iterator[Block]:
    """Give every answer in the respondent's own words; or how there came to be none."""
    say = made.words
    word = made.of(made.file.flow.words.answer)
    for one in made.file.answers:
        claims = ", ".join(made.common.name("claim", claim) for claim in one.step.claims)
        yield Block("say", say("answer.given", word=word, at=made.at(one.step.at), claims=claims or say("answer.none")))
        yield Block("quote", one.step.text, made.of(made.file.flow.words.respondent))
        handed = [held.step.name for name in one.step.evidence if (held := made.file.evidence.get(name))]
        if handed:
            yield Block("say", say("answer.handed", names=", ".join(handed)))
    if made.file.answers:
        return
    waiver = next(iter(made.file.waivers), None)
    if waiver is not None:
        yield Block("say", say("answer.waived", at=made.at(waiver.step.at)))
        return
    heard = next(one for one in process.gates(made.file, made.day) if one.name == "heard")
    if made.text.kind == "clearing" and not heard.open:
        yield Block("say", say("answer.unheard"))
        return
    if not heard.open:
        for reason in heard.reasons:
            made.lacks(reason.id, reason.en)
        return
    last = made.file.reply_until
    attempts = [one for one in made.file.served if one.step.reply_until]
    yield Block("say", say("answer.lapsed", day=made.weekday(last) if last else "-", n=len(attempts)))
    yield Block("say", say("answer.silence"))


def clears(made: Making) -> Iterator[Block]:
    """Give the records that can clear the owner of an account, and where each is found."""
    say = made.words
    rows = tuple(
        (say(f"clears.{one}.what"), say(f"clears.{one}.where")) for one in ("export", "emails", "operator", "police")
    )
    yield Block("table", say("clears.title"), heads=(say("clears.what"), say("clears.where")), rows=rows, wide=(1.4, 2))


def overrides(made: Making) -> Iterator[Block]:
    """Tell the respondent which gate was overridden, by whom, and why."""
    say = made.words
    for one in made.file.overrides:
        step = one.step
        who = say("overrides.who", first=made.who(step.by), second=made.who(step.second))
        yield Block("note", say("overrides.one", gate=say(f"gate.{step.gate}"), day=made.on(step.at.date()), who=who))
        yield Block("quote", step.grounds, who)
