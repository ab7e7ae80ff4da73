"""How much hangs on each item: the whole again without it, and without each whole group."""

from __future__ import annotations

from collections.abc import Sequence

from telusur.tracing.bearing import Table
from telusur.tracing.combined import combine
from telusur.tracing.item import Item
from telusur.tracing.result import Without


def each(items: Sequence[Item], table: Table) -> list[Without]:
    """Leave out every item, and every group of more than one.

    Parameters
    ----------
    items
        Before they were discounted for their group: where the strongest of a group falls away, the next counts in
        full.
    table
        Knows how items of a group count together.
    """
    leading = combine(table.discounted(items)).leading

    def without(numbers: Sequence[int], group: str | None = None) -> Without:
        rest = combine(table.discounted([item for i, item in enumerate(items) if i not in numbers]))
        named = items[numbers[0]].group if group else None
        return Without(tuple(numbers), named, rest, rest.leading is not leading)

    groups: dict[str, list[int]] = {}
    for i, item in enumerate(items):
        groups.setdefault(item.group, []).append(i)
    return [
        *(without([i]) for i in range(len(items))),
        *(without(numbers, group) for group, numbers in groups.items() if len(numbers) > 1),
    ]
