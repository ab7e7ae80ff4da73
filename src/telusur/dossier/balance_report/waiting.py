"""Who still waits after so many days: a curve a group with its 95 % band, and the term that the law allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from telusur.dossier.balance_report.drawing import both
from telusur.dossier.render import svg
from telusur.dossier.render.charts import NARROW, Axis
from telusur.dossier.render.speech import Speech

_MARGIN: Final = 8.0
_DASHES: Final = ("", "7 4", "2 3")
_COLOURS: Final = ("ink", "fill", "band", "soft")
_STEPS: Final = (1, 2, 5, 7, 10, 14, 20, 30, 50, 100, 200, 365, 500, 1000)
_MOST: Final = 6
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Wait:
    """Days, and the share of a group that still waits after each, with its interval."""

    label: str
    days: Sequence[float]
    share: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    across: Axis
    up: Axis

    def x(self, day: float) -> float:
        return self.left + self.across.share(day) * (self.right - self.left)

    def y(self, share: float) -> float:
        return self.bottom - self.up.share(share) * (self.bottom - self.top)

    def stepped(self, days: Sequence[float], shares: Sequence[float]) -> list[str]:
        points = [f"{svg.n(self.x(days[0]))} {svg.n(self.y(shares[0]))}"]
        for place in range(1, len(days)):
            points += [f"{svg.n(self.x(days[place]))} {svg.n(self.y(shares[at]))}" for at in (place - 1, place)]
        return points


def curves(
    found: Sequence[Wait], deadline: float | None, say: Speech, *, title: str, description: str, name: str
) -> tuple[str, str]:
    """Draw the curves at both widths; in steps, since shares fall on days and not between them."""
    horizon = max([wait.days[-1] for wait in found] + [deadline or 0.0]) or 1.0
    step = next((one for one in _STEPS if horizon / one <= _MOST), _STEPS[-1])
    across = Axis(say("axis.days"), 0, horizon, [step * place for place in range(int(horizon // step) + 1)])
    up = Axis(say("axis.waiting"), 0, 1, (0, 0.25, 0.5, 0.75, 1), 2)
    legend = [(wait.label, *_look(place)) for place, wait in enumerate(found)]
    if deadline is not None:
        legend.append((say("legend.deadline", days=say.number(deadline)), "mark", ""))

    def draw(width: float, ids: str) -> str:
        top = 14 + 15 * len(legend) + 22
        frame = _Frame(_MARGIN + 30, width - _MARGIN - 8, top, top + (280 if width > NARROW else 210), across, up)
        shapes: list[str] = []
        for number, (told, colour, dash) in enumerate(legend):
            middle = 10 + 15 * number
            shapes.append(svg.line(_MARGIN, middle, _MARGIN + 30, middle, colour=colour, width=2.2, dash=dash))
            shapes.append(svg.words(_MARGIN + 38, middle + 4, svg.fitted(told, 11, width - 54), size=11))
        shapes += [*_axes(frame, width, say), *_waits(found, frame)]
        if deadline is not None:
            at = frame.x(deadline)
            shapes.append(svg.line(at, frame.top, at, frame.bottom, colour="mark", width=2.2))
        return svg.picture(width, frame.bottom + 40, title, description, ids, shapes)

    return both(draw, name)


def _look(place: int) -> tuple[str, str]:
    """Give colour and dash: together they differ for twelve groups."""
    return _COLOURS[place % len(_COLOURS)], _DASHES[place % len(_DASHES)]


def _axes(frame: _Frame, width: float, say: Speech) -> Iterator[str]:
    left, right, bottom = frame.left, frame.right, frame.bottom
    yield svg.words(_MARGIN, frame.top - 8, svg.fitted(frame.up.title, 10, width - 16), size=10, colour="soft")
    for tick in frame.up.ticks:
        y = frame.y(tick)
        # The median is read at one half.
        yield svg.line(left, y, right, y, colour="line", width=1.6 if tick == _HALF else 0.8)
        yield svg.words(left - 5, y + 3.5, frame.up.mark(tick, say), size=10, colour="soft", anchor="end")
    for tick in frame.across.ticks:
        x = frame.x(tick)
        yield svg.line(x, bottom, x, bottom + 4, colour="soft")
        yield svg.words(x, bottom + 16, frame.across.mark(tick, say), size=10, colour="soft", anchor="middle")
    yield svg.line(left, bottom, right, bottom, colour="soft")
    axis = svg.fitted(frame.across.title, 10, width - 16)
    yield svg.words((left + right) / 2, bottom + 32, axis, size=10, colour="soft", anchor="middle")


def _waits(found: Sequence[Wait], frame: _Frame) -> Iterator[str]:
    for place, wait in enumerate(found):
        band = frame.stepped(wait.days, wait.upper) + frame.stepped(wait.days, wait.lower)[::-1]
        yield svg.path(f"M{'L'.join(band)}Z", fill=_look(place)[0]).replace("/>", ' fill-opacity="0.1"/>')
    for place, wait in enumerate(found):
        colour, dash = _look(place)
        drawn = svg.path(f"M{'L'.join(frame.stepped(wait.days, wait.share))}", stroke=colour, width=2.2)
        yield drawn.replace("/>", f' stroke-dasharray="{dash}"/>') if dash else drawn
