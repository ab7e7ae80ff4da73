"""Which ways of writing moved a weight of style: typical and untypical ones, from the account's own posts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from telusur.dossier.render import timeline, tornado
from telusur.dossier.render.blocks import Block, Cell, Column, Figure, Table, case, cell
from telusur.dossier.render.speech import Speech
from telusur.tracing import Feature, Item

#: Of each side at most.
_SHOWN: Final = 10
_FIRST_PICTOGRAPH: Final = 0x2190


def blocks(number: int, item: Item, say: Speech, *, name: str) -> Iterator[Block]:
    """Give the blocks on what moved one item; nothing where it names no features.

    Parameters
    ----------
    number
        Number of the item in the table of items.
    item
        The item.
    say
        The language.
    name
        Stem of the ids in pictures.
    """
    shown = strongest(item.features)
    if not shown:
        return
    caption = say("features.caption", n=number)
    bars = [tornado.Bar(_named(f"“{one.shown}”", one), one.bans, say.signed(one.bans)) for one in shown]
    sides = (say("features.typical"), say("features.untypical"))
    wide, narrow = (
        tornado.draw(
            bars,
            [tornado.Rule(0.0, "")],
            title=caption,
            description=say("features.legend"),
            name=f"{name}-{form}",
            width=width,
            sides=(f"← {sides[0]}", f"{sides[1]} →"),
        )
        for form, width in (("w", timeline.WIDE), ("n", timeline.NARROW))
    )
    yield Figure(caption, say("features.legend"), wide, narrow)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (cell(case(_named(one.shown, one))), cell(say.bans(one.bans)), cell(sides[one.bans > 0])) for one in shown
    )
    yield Table(
        caption,
        (
            Column(say("features.feature"), 2),
            Column(say("tracing.weight"), 1, number=True),
            Column(say("features.side")),
        ),
        rows,
        stacks=False,
    )


def _named(shown: str, feature: Feature) -> str:
    """Name the pictographs in a label, by Unicode's own names: many machines have no font for them."""
    names = [_name(sign) for sign in dict.fromkeys(feature.label) if _is_pictograph(sign)]
    return f"{shown} ({', '.join(names)})" if names else shown


def _is_pictograph(sign: str) -> bool:
    # Symbols beyond the letters' own plane, and the older ones; "+" and "~" are of other kinds, "©" is in every font.
    return unicodedata.category(sign) in {"So", "Cn"} and ord(sign) >= _FIRST_PICTOGRAPH


def _name(sign: str) -> str:
    return unicodedata.name(sign, "").lower() or f"U+{ord(sign):04X}"


def strongest(features: Sequence[Feature]) -> list[Feature]:
    """Give the strongest of either side, untypical ones first, the strongest outermost."""
    telling = sorted((one for one in features if one.bans), key=lambda one: -abs(one.bans))
    untypical = [one for one in telling if one.bans > 0][:_SHOWN]
    typical = [one for one in telling if one.bans < 0][:_SHOWN]
    return [*untypical, *reversed(typical)]
