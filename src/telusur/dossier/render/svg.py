"""A few strokes of SVG: shapes and words that are safe to stand in a page and that Typst can draw too.

Colours are attributes, and the classes beside them let the page's style sheet put others in their place (dark mode).
No style sheet, script, link or font stands in a picture itself.
"""

from __future__ import annotations

from html import escape

from telusur.domain.visible import visible

#: The last are for signs that no font of letters holds; a machine may lack them all, so words name such signs too.
FONT = "Noto Sans, system-ui, sans-serif, Apple Color Emoji, Segoe UI Emoji, Noto Color Emoji, Noto Emoji"
#: Colour on white paper by class; told apart without colour by shape and label.
COLOURS = {
    "ink": "#1b2230",
    "soft": "#566072",
    "line": "#c9ced6",
    "fill": "#1f5a96",
    "mark": "#a2420b",
    "band": "#6b4c9a",
    "zone": "#eef1f5",
    "paper": "#ffffff",
}


def n(value: float) -> str:
    """Write a length in user units, to a tenth."""
    written = f"{value:.1f}"
    return "0" if written in {"0.0", "-0.0"} else written.removesuffix(".0")


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 11,
    colour: str = "ink",
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Draw words with their baseline's start, middle or end at a point."""
    weight = ' font-weight="700"' if bold else ""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    safe = escape(visible(text).replace("\n", " "))
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}" class="f-{colour}" fill="{COLOURS[colour]}"{at}{weight}>'
        f"{safe}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = "ink", width: float = 1, dash: str = "") -> str:
    """Draw a straight line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}" class="s-{colour}" stroke="{COLOURS[colour]}"'
        f' stroke-width="{n(width)}"{dashes}/>'
    )


def path(steps: str, *, fill: str | None = None, stroke: str | None = None, width: float = 1) -> str:
    """Draw a path that is filled, stroked or both."""
    names = [f"f-{fill}"] if fill else []
    names += [f"s-{stroke}"] if stroke else []
    painted = f' fill="{COLOURS[fill]}"' if fill else ' fill="none"'
    painted += f' stroke="{COLOURS[stroke]}" stroke-width="{n(width)}"' if stroke else ""
    return f'<path d="{steps}" class="{" ".join(names)}"{painted}/>'


def box(x: float, y: float, width: float, height: float, *, fill: str, opacity: float = 1, radius: float = 0) -> str:
    """Draw a filled box."""
    faint = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    round_ = f' rx="{n(radius)}"' if radius else ""
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(max(width, 0))}" height="{n(height)}" class="f-{fill}"'
        f' fill="{COLOURS[fill]}"{faint}{round_}/>'
    )


def dot(x: float, y: float, radius: float, *, colour: str = "fill", hollow: bool = False) -> str:
    """Draw a dot, filled or hollow."""
    inside = f'class="f-paper s-{colour}" fill="{COLOURS["paper"]}"' if hollow else f'class="f-{colour} s-{colour}"'
    inside += "" if hollow else f' fill="{COLOURS[colour]}"'
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" {inside} stroke="{COLOURS[colour]}" stroke-width="1.5"/>'


def diamond(x: float, y: float, radius: float, *, colour: str = "mark") -> str:
    """Draw a filled diamond."""
    r = radius
    return path(f"M{n(x)} {n(y - r)}L{n(x + r)} {n(y)}L{n(x)} {n(y + r)}L{n(x - r)} {n(y)}Z", fill=colour)


def picture(width: float, height: float, title: str, description: str, name: str, shapes: list[str]) -> str:
    """Put shapes into a picture with a title and a description for those who cannot see it.

    Parameters
    ----------
    name
        Stem of the ids in it; unlike any other's on the page.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" role="img"'
        f' aria-labelledby="{name}-t {name}-d" font-family="{FONT}">'
        f'<title id="{name}-t">{escape(visible(title))}</title>'
        f'<desc id="{name}-d">{escape(visible(description))}</desc>{"".join(shapes)}</svg>'
    )


#: Width of a character beside the size of its letters, for Noto Sans; wide enough for most scripts.
_NARROW, _USUAL, _BROAD = 0.32, 0.57, 0.95


def length(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how long a text is in user units, rather too long; there is no font to ask."""
    return (
        size
        * (1.14 if bold else 1.04)
        * sum(
            _NARROW if c in "iljtfI.,:;'|!()[] " else _BROAD if c in "mwMW@%—" or ord(c) > 0x2E80 else _USUAL  # noqa: PLR2004 - from CJK on, square characters
            for c in text
        )
    )


def fitted(text: str, size: float, width: float) -> str:
    """Cut a text to a width, with an ellipsis where something is gone."""
    text = visible(text).replace("\n", " ")
    if length(text, size) <= width:
        return text
    while text and length(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, width: float, lines: int) -> list[str]:
    """Break a text into at most so many lines of a width; the last is cut if more follows."""
    found: list[str] = []
    rest = visible(text).split()
    while rest and len(found) < lines - 1:
        taken = 1
        while taken < len(rest) and length(" ".join(rest[: taken + 1]), size) <= width:
            taken += 1
        found.append(fitted(" ".join(rest[:taken]), size, width))
        rest = rest[taken:]
    if rest:
        found.append(fitted(" ".join(rest), size, width))
    return found
