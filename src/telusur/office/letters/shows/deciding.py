"""Who acted, what the deciding official found, what follows from it, and what can be done against it."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import law, process
from telusur.domain.errors import BadInput
from telusur.domain.proposition import Proposition
from telusur.law import deadlines
from telusur.office.letters.making import Making
from telusur.office.letters.model import Block
from telusur.office.letters.shows.acts import cited, file_name


def attribution(made: Making) -> Iterator[Block]:
    """Give, for each act, who decided that who did it, on what grounds, and what the tracing weighed."""
    say = made.words
    gate = next(one for one in process.gates(made.file, made.day) if one.name == "tracing")
    for reason in gate.reasons if made.text.kind == "decision" else ():
        made.lacks(reason.id, reason.en)
    for act in made.file.acts.values():
        title = say("act.title", id=act.id)
        if not act.stated.on_account:
            yield Block("rows", title, rows=((say("control.who"), say("control.no_account")),))
            continue
        rows = [*_traced(made, act), *_decided(made, act), *_signed(made, act)]
        yield Block("rows", title, rows=tuple(rows) or ((say("control.who"), say("control.open")),))


def _traced(made: Making, act: process.ActOnFile) -> Iterator[tuple[str, str]]:
    say = made.words
    traced = made.file.tracings.get(act.id)
    if traced is None:
        return
    leading = traced.step.leading
    best = made.of(Proposition(leading).words) if leading else say("control.no_leading")
    yield say("control.tracing"), say("control.weighed", best=best, hash=traced.step.report)


def _decided(made: Making, act: process.ActOnFile) -> Iterator[tuple[str, str]]:
    say = made.words
    for field, held in (
        ("attribution.account_control", made.file.control.get(act.id)),
        ("attribution.authenticity", made.file.authenticity.get(act.id)),
    ):
        if held is not None:
            by = say("control.by", who=made.who(held.step.by), day=made.on(held.step.at.date()))
            value = made.of(law.label(field, held.step.value))
            yield made.begun(law.label(field)), f"{value}\n{by}\n{say('control.grounds')} {held.step.grounds}"


def _signed(made: Making, act: process.ActOnFile) -> Iterator[tuple[str, str]]:
    say = made.words
    for one in made.file.statements:
        if one.step.act == act.id:
            key = "control.signed_admits" if one.step.admits else "control.signed"
            names = [
                file_name(made, made.file.evidence[name].step)
                for name in one.step.corroboration
                if name in made.file.evidence
            ]
            borne_out = ", ".join(names) or say("control.nothing_else")
            yield say("control.statement"), say(key, day=made.on(one.step.at.date()), others=borne_out)


def findings(made: Making) -> Iterator[Block]:
    """Give what the deciding official found of each act, and why, in the official's own words."""
    say = made.words
    draft = made.file.draft
    if draft is None:
        made.lacks("Belum ada konsep keputusan; susunlah.", "There is no draft of the decision; write it.")
        return
    heads = (say("findings.act"), say("findings.result"))
    rows = tuple((one.act, say(f"result.{one.result}")) for one in draft.step.findings)
    yield Block("table", say("findings.title"), heads=heads, rows=rows, wide=(1, 2))
    yield Block("say", say("findings.own_words", who=made.typed.get("signer_position", "").strip() or say("official")))
    yield Block("quote", draft.step.grounds, made.typed.get("signer_position", "").strip() or say("official"))


def sanction(made: Making) -> Iterator[Block]:
    """Give level, kind and rule of the sanction, what mitigates, and the like cases that were compared."""
    say = made.words
    draft = made.file.draft
    held = draft.step.sanction if draft else None
    if draft is None or held is None:
        return
    if draft.approved is None:
        made.lacks(
            "Konsep keputusan belum disetujui orang kedua; mintalah persetujuan.",
            "The draft was not approved by a second person; ask for approval.",
        )
    rows = [
        (say("sanction.level"), made.of(law.label("sanction_level", held.level))),
        (say("sanction.kind"), _kind(made, held)),
        (say("sanction.rule"), _rule(made, held.rule)),
        (say("sanction.mitigation"), draft.step.mitigation or say("sanction.no_mitigation")),
    ]
    if draft.step.like_cases is not None:
        like = ", ".join(draft.step.like_cases) or say("sanction.no_like")
        rows.append((say("sanction.like"), like))
    if draft.approved is not None:
        by = say("control.by", who=made.who(draft.approved.step.by), day=made.on(draft.approved.step.at.date()))
        rows.append((say("sanction.approved"), by))
    yield Block("rows", say("sanction.title"), rows=tuple(rows))


def _kind(made: Making, held: process.Sanction) -> str:
    try:
        sets = law.sanctions(held.level).sets
    except BadInput:
        return held.kind
    kinds = {kind.id: kind.title for one in sets for kind in one.kinds}
    return made.of(kinds[held.kind]) if held.kind in kinds else held.kind


def _rule(made: Making, rule_id: str) -> str:
    rule = law.catalogue().rules.get(rule_id)
    return f"{rule.id}: {made.of(rule.title)}\n{cited(made, rule.citation)}" if rule else rule_id


def remedy(made: Making) -> Iterator[Block]:
    """Give the remedy, its last day, and every day that was counted or left out."""
    say = made.words
    counted = made.remedy
    if counted is None:
        if "remedy" in made.text.must:
            made.lacks(
                "Pilih upaya terhadap keputusan ini; surat keputusan menyebut hari terakhirnya.",
                "Choose the remedy against this decision; its letter names the last day.",
            )
        return
    last = counted.earliest.due
    left_out = [
        f"{made.on(one.day)} ({made.of(one.skipped.words)})"
        for one in counted.earliest.counted
        if one.number is None and one.skipped
    ]
    rows = [
        (say("remedy.what"), made.begun(counted.term.title)),
        (say("remedy.last"), made.weekday(last)),
        (
            say("remedy.how"),
            say(
                "remedy.counted",
                count=made.of(deadlines.count_words(counted.earliest.count)),
                start=made.weekday(counted.start),
            )
            + (f"\n{say('remedy.left_out', days=', '.join(left_out))}" if left_out else ""),
        ),
        (say("remedy.basis"), cited(made, counted.term.citation)),
    ]
    rows += [(say("remedy.caution"), made.of(one.says)) for one in counted.cautions]
    if counted.term.note:
        rows.append((say("remedy.note"), made.of(counted.term.note)))
    yield Block("rows", say("remedy.title"), rows=tuple(rows))
    yield Block("note", say("remedy.later", day=made.weekday(last)))


def ballot(made: Making) -> Iterator[Block]:
    """Give the last vote: for, against, quorum, and each dissent in its own words."""
    say = made.words
    votes = [one for one in made.file.steps if isinstance(one, process.Moved) and one.ballot]
    if not votes:
        return
    last = votes[-1]
    held = last.ballot
    assert held is not None
    rows = (
        (say("ballot.on"), made.on(last.at.date())),
        (say("ballot.in_favour"), str(held.in_favour)),
        (say("ballot.against"), str(held.against)),
        (say("ballot.quorum"), str(held.quorum)),
    )
    yield Block("rows", say("ballot.title"), rows=rows)
    for words in held.dissent:
        yield Block("quote", words, say("ballot.dissent"))
