"""The picture of a procedure: its stages from top to bottom, and under each the moves that lead out of it.

Every move names the stage it leads to; a lane at the right leads there too, so that the eye can follow. Moves that
clear the respondent have no lane of their own: they stand together, and name their ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from telusur.domain.text import Language, Text
from telusur.dossier.render import svg
from telusur.process import Move, Procedure, Stage

_WIDTH: Final = 860.0
#: Where the words of moves begin and end, and where the lanes begin.
_LEFT, _MIDDLE, _RIGHT = 34.0, 400.0, 640.0
_LANE: Final = 13.0
_HEAD: Final = 30.0
_ROW: Final = 16.0
_SIZE: Final = 11.0

_SANCTION: Final = Text(
    "memuat sanksi: hanya bila tertelusur, didengar, dan independen",
    "carries a sanction: only traced, heard, independent",
)
_BALLOT: Final = Text("diputus dengan pemungutan suara", "decided by a vote")
_UNTRACED: Final = Text("dapat diteruskan sebelum tertelusur", "may be forwarded before it is traced")
_WAITS: Final = Text("menunggu jawaban", "waits for an answer")
_FINAL: Final = Text("akhir", "end")
_BEGINS: Final = Text("mulai: {how}", "begins: {how}")
_CLEARS: Final = Text("Akhiri tanpa sanksi", "End without a sanction")
_HOW: Final = {
    "report": Text("laporan", "report"),
    "finding": Text("temuan", "finding"),
    "lead": Text("informasi awal", "lead"),
    "handed_over": Text("pelimpahan", "handed over"),
}


@dataclass(frozen=True, slots=True)
class _Way:
    """One way out of a stage: a move, or all those that clear."""

    says: str
    leads: str
    moves: tuple[Move, ...]

    @property
    def goal(self) -> str | None:
        """The stage that a lane leads to; those that clear have none."""
        return None if self.moves[0].clears else self.moves[0].to


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a way stands in the picture."""

    way: _Way
    y: float
    says: tuple[str, ...]
    leads: tuple[str, ...]

    @property
    def height(self) -> float:
        return _ROW * max(len(self.says), len(self.leads))


def picture(procedure: Procedure, language: Language) -> str:
    """Draw a procedure.

    Parameters
    ----------
    procedure
        Any.
    language
        Of all words in it.

    Returns
    -------
    str
        An SVG with a title and a description that holds every stage and move. Without script, style sheet or link;
        colours can be set by the page's classes (`telusur.dossier.render.svg`).
    """
    tops: dict[str, float] = {}
    rows: dict[str, list[_Row]] = {}
    y = 34.0
    for stage in procedure.stages.values():
        tops[stage.id] = y
        y += _HEAD
        rows[stage.id] = []
        for way in _ways(procedure, stage, language):
            row = _Row(
                way,
                y,
                tuple(svg.wrapped(way.says, _SIZE, _MIDDLE - _LEFT - 12, 3)),
                tuple(svg.wrapped(f"→ {way.leads}", _SIZE, _RIGHT - _MIDDLE - 6, 3)),
            )
            rows[stage.id].append(row)
            y += row.height
        y += 10
    shapes = [
        *_lanes(tops, rows),
        *(shape for stage in procedure.stages.values() for shape in _stage(procedure, stage, tops[stage.id], language)),
        *(shape for held in rows.values() for row in held for shape in _row(row)),
        *_key(y + 6, language),
    ]
    title = procedure.title.in_language(language)
    described = "; ".join(_described(procedure, stage, language) for stage in procedure.stages.values())
    heading = svg.words(8, 18, title, size=13, bold=True)
    return svg.picture(_WIDTH, y + 60, title, described, f"p-{procedure.id}-{language}", [heading, *shapes])


def _ways(procedure: Procedure, stage: Stage, language: Language) -> Iterator[_Way]:
    clearing = [move for move in procedure.out_of(stage.id) if move.clears]
    for move in procedure.out_of(stage.id):
        if move not in clearing:
            to = procedure.stage(move.to).title.in_language(language)
            yield _Way(move.title.in_language(language), to, (move,))
    if clearing:
        ends = dict.fromkeys(procedure.stage(move.to).title.in_language(language) for move in clearing)
        yield _Way(_CLEARS.in_language(language), " · ".join(ends), tuple(clearing))


def _described(procedure: Procedure, stage: Stage, language: Language) -> str:
    ways = ", ".join(f"{way.says} → {way.leads}" for way in _ways(procedure, stage, language))
    return f"{stage.title.in_language(language)}: {ways or _FINAL.in_language(language)}"


def _stage(procedure: Procedure, stage: Stage, y: float, language: Language) -> Iterator[str]:
    name = stage.title.in_language(language)
    if stage.final:
        # Told apart by its form, too: a thick foot, and the word.
        yield svg.box(8, y, _RIGHT - 8, 23, fill="zone", radius=11)
        yield svg.box(20, y + 20, _RIGHT - 32, 3, fill="soft")
    else:
        yield svg.box(8, y, _RIGHT - 8, 23, fill="zone", radius=3)
    yield svg.words(18, y + 16, name, size=12, bold=True)
    begins = [_HOW[how].in_language(language) for how, one in procedure.openings.items() if one.stage == stage.id]
    beside = [_BEGINS.filled(how=", ".join(begins)).in_language(language)] if begins else []
    beside += [_FINAL.in_language(language)] if stage.final else []
    beside += [_WAITS.in_language(language)] if stage.handed_to else []
    if beside:
        room = _RIGHT - 30 - svg.length(name, 12, bold=True) - 12
        yield svg.words(
            _RIGHT - 8, y + 16, svg.fitted("; ".join(beside), 10, room), size=10, colour="soft", anchor="end"
        )


def _row(row: _Row) -> Iterator[str]:
    for i, words in enumerate(row.says):
        yield svg.words(_LEFT, row.y + i * _ROW + 8, words, size=_SIZE)
    for i, words in enumerate(row.leads):
        yield svg.words(_MIDDLE, row.y + i * _ROW + 8, words, size=_SIZE, colour="soft")
    if row.way.moves[0].sanction:
        yield svg.diamond(_LEFT - 12, row.y + 4, 5)
    elif row.way.moves[0].ballot:
        yield svg.dot(_LEFT - 12, row.y + 4, 4, hollow=True)


def _lanes(tops: dict[str, float], rows: dict[str, list[_Row]]) -> Iterator[str]:
    """Draw a lane into each stage that some move leads to; the shortest lie innermost."""
    into: dict[str, list[_Row]] = {}
    for held in rows.values():
        for row in held:
            if row.way.goal:
                into.setdefault(row.way.goal, []).append(row)
    taken: list[list[tuple[float, float]]] = []
    spans = {to: _span(tops[to], held) for to, held in into.items()}
    for to in sorted(into, key=lambda one: (spans[one][1] - spans[one][0], tops[one])):
        first, last = spans[to]
        free = (i for i, lane in enumerate(taken) if all(last < a or b < first for a, b in lane))
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append((first, last))
        x = _RIGHT + 16 + place * _LANE
        yield from _lane(x, tops[to] + 11.5, into[to])


def _span(top: float, rows: list[_Row]) -> tuple[float, float]:
    ys = [top, *(row.y for row in rows)]
    return min(ys), max(ys) + _ROW


def _lane(x: float, goal: float, rows: list[_Row]) -> Iterator[str]:
    ys = [row.y + 4 for row in rows]
    yield svg.line(x, min(goal, *ys), x, max(goal, *ys), colour="soft")
    yield svg.line(_RIGHT + 7, goal, x, goal, colour="soft")
    yield svg.path(f"M{_RIGHT + 1:g} {goal:g}L{_RIGHT + 8:g} {goal - 4:g}L{_RIGHT + 8:g} {goal + 4:g}Z", fill="soft")
    for row, y in zip(rows, ys, strict=True):
        move = row.way.moves[0]
        colour, width = ("mark", 2) if move.sanction else ("line", 1)
        yield svg.line(_RIGHT, y, x, y, colour=colour, width=width, dash="4 3" if move.may_forward_untraced else "")
        yield svg.dot(x, y, 2.2, colour="mark" if move.sanction else "soft")


def _key(y: float, language: Language) -> Iterator[str]:
    yield svg.diamond(_LEFT - 12, y + 4, 5)
    yield svg.words(_LEFT, y + 8, _SANCTION.in_language(language), size=10, colour="soft")
    yield svg.dot(_LEFT - 12, y + 20, 4, hollow=True)
    yield svg.words(_LEFT, y + 24, _BALLOT.in_language(language), size=10, colour="soft")
    yield svg.line(_LEFT - 22, y + 36, _LEFT - 4, y + 36, colour="line", dash="4 3")
    yield svg.words(_LEFT, y + 40, _UNTRACED.in_language(language), size=10, colour="soft")
