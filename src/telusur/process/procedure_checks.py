"""What a procedure must hold to as a whole: that it can be gone through, and that no way skips what is fair.

Each check gives the faults it finds as a place in the file and a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from telusur.domain.marked_yaml import Path
from telusur.process.procedure_model import CLEARING, SUMMONING, UNBENDING, Move, Procedure

Fault = tuple[Path, str]


def faults(procedure: Procedure) -> Iterator[Fault]:
    """Give every fault of a procedure whose names all exist."""
    for check in _CHECKS:
        yield from check(procedure)


def _ways_out(procedure: Procedure) -> Iterator[Fault]:
    """Hold that whatever is not final can be left, and leads to an end however far away."""
    ending = {stage.id for stage in procedure.stages.values() if stage.final}
    if not ending:
        yield ("stages",), "no stage is final; say where a file ends"
    leads_to_end = _closure(ending, ((move.to, move.origins) for move in procedure.moves.values()))
    for i, stage in enumerate(procedure.stages.values()):
        out = procedure.out_of(stage.id)
        path: Path = ("stages", i, "id")
        if stage.final and out:
            yield path, f"{stage.id} is final, yet {out[0].id} leads out of it; keep one of the two"
        elif not stage.final and not out:
            yield path, f"{stage.id} cannot be left; add a move out of it, or `final: true`"
        elif ending and stage.id not in leads_to_end:
            yield path, f"no way leads from {stage.id} to an end; add a move towards a final stage"


def _ways_in(procedure: Procedure) -> Iterator[Fault]:
    starts = {opening.stage for opening in procedure.openings.values()}
    reached = _closure(starts, ((origin, (move.to,)) for move in procedure.moves.values() for origin in move.origins))
    for i, stage in enumerate(procedure.stages.values()):
        if stage.id not in reached:
            yield ("stages", i, "id"), f"{stage.id} is never reached; add a move into it, or take it out"


def _closure(start: Iterable[str], edges: Iterable[tuple[str, Iterable[str]]]) -> set[str]:
    """Give all that edges lead to from a start."""
    after: dict[str, set[str]] = {}
    for origin, ends in edges:
        after.setdefault(origin, set()).update(ends)
    reached, waiting = set(start), list(start)
    while waiting:
        new = after.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _sanctions(procedure: Procedure) -> Iterator[Fault]:
    """Hold every move towards a sanction to the gates that nobody can override."""
    for path, move in _moves(procedure):
        if move.sanction:
            missing = sorted(UNBENDING - set(move.gates))
            if missing:
                yield (*path, "gates"), f"{move.id} is a sanction, and lacks the gate {', '.join(missing)}; add it"
            if move.may_forward_untraced:
                yield (
                    (*path, "may_forward_untraced"),
                    f"{move.id} is a sanction, which never goes past a closed gate tracing; take this out",
                )
        elif move.end == "sanctioned":
            yield (*path, "end"), f"{move.id} ends in a sanction; mark it `sanction: true`"
        elif move.levels:
            yield (*path, "levels"), f"{move.id} carries the level of a sanction; mark it `sanction: true`"


def _letters(procedure: Procedure) -> Iterator[Fault]:
    for path, move in _moves(procedure):
        if move.letter in SUMMONING and "particulars" not in move.gates:
            yield (
                (*path, "letter"),
                f"{move.id} summons the respondent without the gate particulars; add it to its gates",
            )
        if move.letter == "decision" and "letter" not in move.gates:
            yield (*path, "letter"), f"{move.id} sends a decision without the gate letter; add it to its gates"


def _ends(procedure: Procedure) -> Iterator[Fault]:
    """Hold that each final stage is one end, and that nothing ends elsewhere."""
    of_stage: dict[str, str] = {}
    for path, move in _moves(procedure):
        if procedure.stages[move.to].final:
            if move.end is None:
                yield (*path, "to"), f"{move.id} leads to the final stage {move.to}; say by `end` how the file ends"
            elif of_stage.setdefault(move.to, move.end) != move.end:
                yield (
                    (*path, "end"),
                    f"{move.to} is the end {of_stage[move.to]!r} by another move; keep one end a stage",
                )
        elif move.end is not None:
            yield (*path, "end"), f"{move.to} is not final, so that {move.id} ends nothing; take `end` out"


def _clearing(procedure: Procedure) -> Iterator[Fault]:
    """Hold that whoever can decide can clear in each of the three ways, from wherever a file is."""
    if not any(_decides(move) for move in procedure.moves.values()):
        return
    missing = [end for end in CLEARING if end not in procedure.ends]
    if missing:
        yield (
            ("moves",),
            f"this procedure can decide, but not end as {', '.join(missing)}; each of the three clears differently",
        )
    clearing = {move.to for move in procedure.moves.values() if move.end in CLEARING}
    near = _closure(clearing, ((move.to, move.origins) for move in procedure.moves.values()))
    for i, stage in enumerate(procedure.stages.values()):
        if not stage.final and stage.id not in near:
            yield ("stages", i, "id"), f"nobody in {stage.id} can still be cleared; add a move that leads there"


def _decides(move: Move) -> bool:
    """Whether it judges; a body that only passes things on need clear nobody."""
    return move.sanction or move.ballot or move.end in (*CLEARING, "sanctioned")


def _hand_overs(procedure: Procedure) -> Iterator[Fault]:
    """Hold that a file with another body waits for its answer, whichever it is."""
    for i, stage in enumerate(procedure.stages.values()):
        if not stage.handed_to:
            continue
        if stage.final:
            yield ("stages", i, "handed_to"), f"{stage.id} is final and waits for nobody; take `handed_to` out"
            continue
        known = {need for move in procedure.out_of(stage.id) for need in move.needs}
        for answer in ("accepted", "refused"):
            if answer not in known:
                yield (
                    ("stages", i, "handed_to"),
                    f"{stage.id} waits for an answer, and no move out of it needs {answer!r}; add one",
                )
    for path, move in _moves(procedure):
        waiting = [origin for origin in move.origins if procedure.stages[origin].handed_to]
        if {"accepted", "refused"} & set(move.needs) and len(waiting) < len(move.origins):
            yield (*path, "needs"), f"{move.id} needs an answer where nobody owes one; `from` a stage with `handed_to`"
        hands_over = procedure.stages[move.to].handed_to is not None
        if hands_over and "tracing" not in move.gates:
            yield (
                (*path, "to"),
                f"{move.id} hands over without the gate tracing; add it, and `may_forward_untraced` if one may",
            )
        if move.may_forward_untraced and not hands_over:
            yield (
                (*path, "may_forward_untraced"),
                f"{move.id} hands nothing over; only a move into a stage with `handed_to` may forward",
            )


def _details(procedure: Procedure) -> Iterator[Fault]:
    approvers = [role for role in procedure.roles.values() if role.may_approve]
    for path, move in _moves(procedure):
        if move.second and not approvers:
            yield (*path, "second"), f"{move.id} needs a second person, and no role may approve; mark one"
        if move.after:
            for origin in move.origins:
                if move.after.id not in {one.term.id for one in procedure.stages[origin].terms}:
                    yield (
                        (*path, "after"),
                        f"the term {move.after.id} does not run in {origin}; add it to the stage's terms",
                    )
        if move.to in move.origins and not (move.to_next_person or move.grounds):
            yield (*path, "to"), f"{move.id} leads back to where it begins; ask for `grounds`, or lead elsewhere"
        for part in ("gates", "roles", "needs", "levels", "origins"):
            values: tuple[str, ...] = getattr(move, part)
            if len(set(values)) < len(values):
                yield (*path, "from" if part == "origins" else part), f"something stands twice in {move.id}; keep one"


def _moves(procedure: Procedure) -> Iterator[tuple[Path, Move]]:
    for i, move in enumerate(procedure.moves.values()):
        yield ("moves", i), move


_CHECKS: Final[tuple[Callable[[Procedure], Iterator[Fault]], ...]] = (
    _ways_out,
    _ways_in,
    _sanctions,
    _letters,
    _ends,
    _clearing,
    _hand_overs,
    _details,
)
