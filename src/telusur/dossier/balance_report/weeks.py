"""Reports week by week, a panel a group: what share of its reports came in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telusur.dossier.balance_report.drawing import both
from telusur.dossier.render import svg
from telusur.dossier.render.charts import NARROW
from telusur.dossier.render.speech import Speech

_MARGIN: Final = 8.0
_HIGH: Final = 64.0


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of a group: the share of its reports in each, None where it is withheld or nothing came."""

    label: str
    shares: Sequence[float | None]


def weekly(found: Sequence[Weeks], say: Speech, *, title: str, description: str, name: str) -> tuple[str, str]:
    """Draw the weeks at both widths, on one scale for all groups; a week without a figure has a dot on the line."""
    count = max(len(one.shares) for one in found)
    most = max((share for one in found for share in one.shares if share is not None), default=0.0) or 1.0

    def draw(width: float, ids: str) -> str:
        left, right = _MARGIN + 34, width - _MARGIN
        step = (right - left) / count
        shapes: list[str] = [
            svg.words(_MARGIN, 14, svg.fitted(say("axis.weeks"), 10, width - 16), size=10, colour="soft")
        ]
        y = 18.0
        for one in found:
            y += 16
            shapes.append(svg.words(_MARGIN, y, svg.fitted(one.label, 11, width - 16), size=11))
            base = y + 8 + _HIGH
            for mark in (0.0, most):
                height = base - _HIGH * mark / most
                told = f"{say.number(100 * mark)}\N{NO-BREAK SPACE}%"
                shapes.append(svg.line(left, height, right, height, colour="line", width=0.8))
                shapes.append(svg.words(left - 4, height + 3.5, told, size=10, colour="soft", anchor="end"))
            for week, share in enumerate(one.shares):
                x = left + step * week
                if share is None:
                    shapes.append(svg.dot(x + step / 2, base, min(1.6, step / 3), colour="soft", hollow=True))
                else:
                    high = _HIGH * share / most
                    shapes.append(svg.box(x + step * 0.08, base - high, step * 0.84, high, fill="fill"))
            y = base + 4
        every = max(round(count / (12 if width > NARROW else 6)), 1)
        for week in range(0, count, every):
            middle = left + step * (week + 0.5)
            shapes.append(svg.words(middle, y + 12, say.number(week + 1), size=10, colour="soft", anchor="middle"))
        axis = svg.fitted(say("axis.week"), 10, width - 16)
        shapes.append(svg.words((left + right) / 2, y + 26, axis, size=10, colour="soft", anchor="middle"))
        return svg.picture(width, y + 34, title, description, ids, shapes)

    return both(draw, name)
