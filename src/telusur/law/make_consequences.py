"""From what may follow as written to what may follow as asked."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import pairwise

from telusur.domain.errors import nearest
from telusur.law import border_consequences as border
from telusur.law.conditions import Path
from telusur.law.consequences import (
    PUNISHED,
    Official,
    Power,
    Powers,
    Provision,
    Rank,
    SanctionKind,
    Sanctions,
    SanctionSet,
    Supervisor,
)
from telusur.law.document import Document
from telusur.law.workshop import Workshop, span_of, text_of


def sanctions(shop: Workshop, document: Document, held: border.SanctionsFile) -> None:
    """Take the sanctions by level."""
    for i, one in enumerate(held.sanctions):
        make = partial(_sanctions, shop, document, one, ("sanctions", i))
        shop.keep(shop.sanctions, one.level, make, document, ("sanctions", i, "level"))


def _sanctions(shop: Workshop, document: Document, one: border.SanctionsIn, path: Path) -> Sanctions:
    sets = tuple(
        SanctionSet(
            shop.citation(held.citation, None, document, (*path, "sets", j, "citation")),
            tuple(SanctionKind(kind.id, text_of(kind.title)) for kind in held.kinds),
            tuple(
                shop.reading(said, document, (*path, "sets", j, "applied", k)) for k, said in enumerate(held.applied)
            ),
        )
        for j, held in enumerate(one.sets)
    )
    if (len(sets) > 1) != (one.open is not None):
        raise document.problem(
            path, "several sets and `open` go together: say what a person has to settle between them"
        )
    return Sanctions(one.level, sets, text_of(one.open) if one.open else None)


def authority(shop: Workshop, document: Document, held: border.AuthorityFile) -> None:
    """Take who may punish whom."""
    for i, one in enumerate(held.ranks):
        step = sum(other.on_ladder for other in held.ranks[:i]) if one.on_ladder else None
        shop.keep(shop.ranks, one.id, partial(Rank, one.id, text_of(one.title), step), document, ("ranks", i, "id"))
    citation = shop.citation(held.citation, None, document, ("citation",))
    known = (*PUNISHED, *(kind.id for level in PUNISHED for kind in _kinds(shop, level)))
    powers: list[Power] = []
    for i, who in enumerate(held.officials):
        official = Official(who.id, text_of(who.title))
        for j, power in enumerate(who.powers):
            path: Path = ("officials", i, "powers", j)
            for k, kind in enumerate(power.kinds):
                if kind not in known:
                    raise document.problem((*path, "kinds", k), f"there is no {kind!r}; {nearest(kind, known)}")
            powers.append(Power(official, _over(shop, document, who, power, path), power.kinds))
    shop.powers = Powers(citation, shop.ranks, tuple(powers))


def _kinds(shop: Workshop, level: str) -> tuple[SanctionKind, ...]:
    return shop.sanctions[level].sets[0].kinds if level in shop.sanctions else ()


def _over(
    shop: Workshop, document: Document, who: border.OfficialIn, power: border.PowerIn, path: Path
) -> tuple[str, ...]:
    if (power.levels_below is None) == (not power.over):
        raise document.problem(
            path, "name the ranks (`over`), or how many levels below (`levels_below`): one of the two"
        )
    if power.levels_below is None:
        return tuple(
            shop.find(shop.ranks, name, "rank", document, (*path, "over", k)).id for k, name in enumerate(power.over)
        )
    own = shop.find(shop.ranks, who.rank or "", "rank", document, path).step
    if own is None:
        raise document.problem(path, "levels can be counted from a rank on the ladder only; name the ranks with `over`")
    found = tuple(rank.id for rank in shop.ranks.values() if rank.step == own + power.levels_below)
    if not found:
        raise document.problem((*path, "levels_below"), "the ladder has no rank there; name the ranks with `over`")
    return found


def supervisors(shop: Workshop, document: Document, held: border.SupervisorsFile) -> None:
    """Take who supervises when: one after the other, without a gap."""
    for i, one in enumerate(held.supervisors):
        path: Path = ("supervisors", i)

        def make(one: border.SupervisorIn = one, path: Path = path) -> Supervisor:
            sources = shop.cited(one.sources, one.confidence, document, (*path, "sources"))
            words = (text_of(one.title), text_of(one.action))
            return Supervisor(one.id, *words, span_of(one.days), one.expected, one.confidence, sources, one.note)

        shop.keep(shop.supervisors, one.id, make, document, (*path, "id"))
    for i, (before, after) in enumerate(pairwise(held.supervisors)):
        last, first = before.days.last, after.days.first
        if last is None or first is None or last + timedelta(days=1) != first:
            raise document.problem(
                ("supervisors", i + 1, "days"), f"{after.id} must begin on the day after {before.id} ends"
            )


def provisions(shop: Workshop, document: Document, held: border.ProvisionsFile) -> None:
    """Take the general provisions."""
    for i, one in enumerate(held.provisions):

        def make(one: border.ProvisionIn = one, path: Path = ("provisions", i)) -> Provision:
            return Provision(
                one.id, text_of(one.says), shop.citation(one.citation, None, document, (*path, "citation"))
            )

        shop.keep(shop.provisions, one.id, make, document, ("provisions", i, "id"))
