"""Making counts publishable: by fixed rules, then by attacking what they leave until nothing more comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final

from telusur.balance.release import coarsening
from telusur.balance.release.attacking import Name, Scene, View
from telusur.balance.release.figures import Cell, Figure, Reason, Release, Rules, Shown, cell_of, margins_of
from telusur.balance.release.rounding import commitment, rounded
from telusur.balance.release.solving import Seen, Solver, Wanted, objective
from telusur.balance.result import CountTable
from telusur.domain.errors import BadInput

#: Columns that lead to a person.
_PERSONAL: Final = frozenset({"case", "handler", "order", "order_role", "person", "reporter", "name", "nip"})
_GROUPS: Final = frozenset({"beneficiary", "group"})
_BODY: Final = "body"

#: A condition that holds a sum up by less than this does not.
_LEAST: Final = 1e-9

Counts = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class _Series:
    units: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, Mapping[str, str]]


def protect(
    tables: Sequence[CountTable],
    *,
    key: bytes,
    earlier: Sequence[Release] = (),
    hierarchy: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    below: int = 10,
    base: int = 5,
    dominance: float = 0.8,
    detail: Sequence[CountTable] = (),
    as_of: str = "",
) -> Release:
    """Make counts publishable.

    Parameters
    ----------
    tables
        Counts of the same cases, exact.
    key
        Of the rounding, at least 16 bytes; the same for all releases of a series.
    earlier
        All releases published before, the oldest first.
    hierarchy
        By column and value: the units above the value, the nearest first. Regions are read by their codes.
    below, base, dominance
        The numbers of the rules; see `Rules`.
    detail
        Further counts of the same cases by body, never published: only for the rule of dominance.
    as_of
        Day of the counts (ISO 8601).

    Returns
    -------
    Release
        Values that are too few stand in the unit above them; a cell stands if it and what each of its margins holds
        beside it are at least `below`, and no body makes up more than its share; others are withheld until
        `attack` on this and all earlier releases recovers nothing; the rest is rounded. A figure shown before is
        kept until at least `below` cases have changed.

    Raises
    ------
    BadInput
        If a column leads to a person, a table tells of persons by rank, region and beneficiary, tables do not count
        the same cases, counts are none, the key is too short or not that of the earlier releases.
    """
    shown = _checked(tables)
    rules = Rules(below, base, dominance)
    said = commitment(key)
    for release in earlier:
        if release.commitment != said:
            raise BadInput(
                f"release {release.number} was rounded under another key; use its key, or its rounding can be undone"
            )
        if release.rules != rules:
            raise BadInput(f"release {release.number} was made by other rules ({release.rules}); a series keeps its")
    series = _series(tables, earlier, hierarchy or {}, below)
    unit = _unit(series, hierarchy or {})
    counts = _counts(shown, [coarsening.recoded(table, unit) for table in tables], series.units)
    bodies = _bodies([*tables, *detail], unit, series.units)
    figures = {
        cell: _figure(cell, count, counts, bodies.get(cell, 0), rules, earlier, key) for cell, count in counts.items()
    }
    release = Release(shown, figures, series.units, series.parents, rules, said, len(earlier) + 1, as_of)
    return _secure(release, earlier)


def _checked(tables: Sequence[CountTable]) -> tuple[Shown, ...]:
    if not tables:
        raise BadInput("there is no table to publish")
    for table in tables:
        personal = sorted(set(table.dims) & _PERSONAL)
        if personal:
            raise BadInput(f"the column {personal[0]!r} leads to persons; it is never published", where=table.id)
        if {"rank", "region"} <= set(table.dims) and _GROUPS & set(table.dims):
            raise BadInput(
                "rank, region and beneficiary together tell of persons; publish two of them at most", where=table.id
            )
        if len(set(table.dims)) != len(table.dims):
            raise BadInput("a column stands twice", where=table.id)
        for values, count in table.cells.items():
            if len(values) != len(table.dims) or count < 0:
                raise BadInput(f"{values} with {count} is no count by {', '.join(table.dims)}", where=table.id)
    if len({table.id for table in tables}) != len(tables):
        raise BadInput("two tables have the same name; rename one")
    return tuple(Shown(table.id, table.title, table.dims) for table in tables)


def _series(
    tables: Sequence[CountTable],
    earlier: Sequence[Release],
    hierarchy: Mapping[str, Mapping[str, Sequence[str]]],
    below: int,
) -> _Series:
    """Give the units of each column: those of the series where it has them, so that figures go on being the same."""
    units: dict[str, tuple[str, ...]] = {}
    parents: dict[str, dict[str, str]] = {}
    for dim in sorted({dim for table in tables for dim in table.dims}):
        before = next((release for release in reversed(earlier) if dim in release.units), None)
        if before is not None:
            units[dim] = before.units[dim]
            parents[dim] = dict(before.parents.get(dim, {}))
            continue
        having = [table for table in tables if dim in table.dims]
        values = {key[table.dims.index(dim)] for table in having for key in table.cells}
        chains = {value: coarsening.chain(dim, value, hierarchy) for value in sorted(values)}
        units[dim] = coarsening.units(dim, having, chains, below)
        parents[dim] = {}
        for value, over in chains.items():
            above = (value, *over)
            # Only what stands is named: that a district has a case is not told.
            first = next((index for index, one in enumerate(above) if one in units[dim]), len(over))
            parents[dim].update(zip(above[first:-1], above[first + 1 :], strict=True))
    return _Series(units, parents)


def _unit(series: _Series, hierarchy: Mapping[str, Mapping[str, Sequence[str]]]) -> Mapping[str, coarsening.Unit]:
    def of(dim: str) -> coarsening.Unit:
        return lambda value: coarsening.unit_of(value, coarsening.chain(dim, value, hierarchy), series.units[dim])

    return {dim: of(dim) for dim in series.units}


def _counts(
    shown: Sequence[Shown], cells: Sequence[Mapping[tuple[str, ...], int]], units: Mapping[str, tuple[str, ...]]
) -> dict[Cell, int]:
    """Give the count of every cell and margin; cells of no case are counted too."""
    counts: dict[Cell, int] = {}
    for table, held in zip(shown, cells, strict=True):
        found: dict[Cell, int] = defaultdict(int)
        for size in range(len(table.dims), -1, -1):
            for dims in combinations(table.dims, size):
                for values in product(*(units[dim] for dim in dims)):
                    found[cell_of(dims, values, units)] = 0
        for values, count in held.items():
            cell = cell_of(table.dims, values, units)
            for one in (cell, *margins_of(cell)):
                found[one] += count
        for cell, count in found.items():
            if counts.setdefault(cell, count) != count:
                named = ", ".join(f"{dim} {value}" for dim, value in cell) or "in all"
                raise BadInput(
                    f"counts {count} cases ({named}) where another table counts {counts[cell]}; all tables of a "
                    "release count the same cases",
                    where=table.id,
                )
    return counts


def _bodies(
    tables: Sequence[CountTable], unit: Mapping[str, coarsening.Unit], units: Mapping[str, Sequence[str]]
) -> dict[Cell, float]:
    """Give the largest share that one body makes up of a cell, where counts by body are there."""
    largest: dict[Cell, float] = defaultdict(float)
    for table in tables:
        if _BODY not in table.dims:
            continue
        place = table.dims.index(_BODY)
        if len({key[place] for key, count in table.cells.items() if count}) < 2:  # noqa: PLR2004 - one body's own table
            continue
        whole: dict[Cell, int] = defaultdict(int)
        part: dict[tuple[Cell, str], int] = defaultdict(int)
        for key, count in table.cells.items():
            cell = tuple(
                sorted(
                    (dim, unit[dim](value) if dim in unit else value)
                    for dim, value in zip(table.dims, key, strict=True)
                    if dim != _BODY and len(units.get(dim, ())) != 1
                )
            )
            for one in (cell, *margins_of(cell)):
                whole[one] += count
                part[one, key[place]] += count
        for (cell, _), count in part.items():
            if cell and whole[cell]:
                largest[cell] = max(largest[cell], count / whole[cell])
    return largest


def _figure(
    cell: Cell, count: int, counts: Counts, body: float, rules: Rules, earlier: Sequence[Release], key: bytes
) -> Figure:
    if count < rules.below:
        return Figure(None, "withheld", "small")
    if any(counts[margin] - count < rules.below for margin in margins_of(cell)):
        return Figure(None, "withheld", "complement")
    if body > rules.dominance:
        return Figure(None, "withheld", "dominance")
    before = next(
        (
            release.figures[cell].shown
            for release in reversed(earlier)
            if cell in release.figures and release.figures[cell].shown is not None
        ),
        None,
    )
    if before is not None and abs(count - before) < rules.moves:
        return Figure(before, "kept")
    return Figure(rounded(count, cell, key=key, base=rules.base), "published")


def _secure(release: Release, earlier: Sequence[Release]) -> Release:
    """Withhold further cells until nothing more is known of any release than its rules tell."""
    for one in earlier:
        if not Scene.of([one], guessed=False, growing=False).possible:
            raise BadInput(f"the figures of release {one.number} contradict themselves; read it anew, unaltered")
    # What earlier releases tell of themselves cannot be taken back.
    given_away: set[Name] = set()
    if earlier:
        scene = _together(earlier)
        view = scene.look()
        given_away = {name for name, seen in view.seen.items() if scene.wanted[name].is_known(seen)}
    while True:
        alone = _cleared(release, lambda one: Scene.of([one], guessed=True, growing=False), 0, set(), "secondary")
        if not earlier:
            return alone
        both = _cleared(alone, lambda one: _together([*earlier, one]), len(earlier), given_away, "earlier")
        if both is alone:
            return both
        release = both


def _together(releases: Sequence[Release]) -> Scene:
    growing = Scene.of(releases, guessed=False, growing=True, strict=True)
    return growing if growing.possible else Scene.of(releases, guessed=False, growing=False, strict=True)


def _cleared(
    release: Release, scene_of: Callable[[Release], Scene], last: int, given_away: set[Name], reason: Reason
) -> Release:
    """Withhold figures of a release until nothing is known from what stands around it."""
    view: View | None = None
    growing = False
    while True:
        scene = scene_of(release)
        if scene.growing is not growing:
            # Under other conditions nothing seen before counts.
            view, growing = None, scene.growing
        view = scene.look(given_away, view)
        known = [name for name, seen in view.seen.items() if scene.wanted[name].is_known(seen)]
        if not known:
            return release
        changed: dict[Cell, Figure] = {}
        for name in known:
            held = _holding(scene.solver, scene.wanted[name], view.seen[name], last) or _near(name[2], release)
            if not held:
                # With nothing shown, what remains is told by earlier releases.
                given_away.add(name)
            elif not held & changed.keys():
                cell = min(held, key=lambda one: (release.figures[one].shown or 0, -len(one), one))
                changed[cell] = Figure(None, "withheld", reason)
        release = replace(release, figures={**release.figures, **changed})


def _holding(solver: Solver, one: Wanted, seen: Seen, last: int) -> set[Cell]:
    """Give the figures of the last release by which a count is known."""
    found: set[Cell] = set()
    for sign, end in ((1.0, seen.low_is_end), (-1.0, seen.high_is_end)):
        by = solver.binding(sign * objective(one.row, solver.system.size)) if end else None
        if by is not None:
            found |= {
                fact.cell
                for fact, weight in zip(solver.system.facts, by, strict=True)
                if weight > _LEAST and fact.release == last and fact.cell is not None
            }
    return found


def _near(cell: Cell, release: Release) -> set[Cell]:
    """Give the shown figures nearest to a cell, where only whole numbers tell it: most values shared, then any."""
    shown = [one for one, figure in release.figures.items() if figure.shown is not None]
    most = max((len(set(one) & set(cell)) for one in shown), default=0)
    return {one for one in shown if len(set(one) & set(cell)) == most}
