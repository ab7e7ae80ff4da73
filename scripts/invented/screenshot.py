"""A picture of a post, as somebody would take it with a telephone."""

from __future__ import annotations

import json
from pathlib import Path

import typst

#: The fonts that dossiers are set in: they know emoji, and are the same on every machine.
_FONTS = Path(__file__).parents[2] / "src/telusur/dossier/render/fonts"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

_LAYOUT = """
#let post = json(bytes(sys.inputs.post))
#set page(width: 300pt, height: auto, margin: 0pt, fill: white)
#set text(font: ("Noto Sans", "Noto Emoji"), size: 12pt, fill: rgb("#14202b"))
#block(width: 100%, fill: rgb("#eef3ee"), inset: 10pt)[#text(size: 9pt, fill: rgb("#4d6357"))[Kabar Rekaan]]
#pad(x: 14pt, y: 6pt)[
  #grid(columns: (34pt, 1fr), gutter: 8pt, align: horizon,
    circle(radius: 16pt, fill: rgb("#7b9e87")),
    [#strong(post.name) \\ #text(size: 9pt, fill: rgb("#5c6b73"))[\\@#post.handle]])
  #v(4pt)
  #text(size: 14pt, post.text)
  #v(6pt)
  #line(length: 100%, stroke: 0.5pt + rgb("#d5ddd8"))
  #text(size: 9pt, fill: rgb("#5c6b73"), post.at)
]
"""


def write(path: Path, *, name: str, handle: str, text: str, at: str) -> None:
    """Draw a post.

    Parameters
    ----------
    path
        Picture to write (PNG).
    name, handle, text
        What the post shows.
    at
        Its time, already in words.
    """
    post = json.dumps({"name": name, "handle": handle, "text": text, "at": at}, ensure_ascii=False)
    picture = typst.compile(
        _LAYOUT.encode(),
        format="png",
        ppi=144,
        sys_inputs={"post": post},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_FONTS]),
    )
    assert isinstance(picture, bytes)
    path.write_bytes(picture)


def local_words(hour: int, minute: int, day: int, month: int, year: int) -> str:
    """Write a time as an Indonesian screen does."""
    return f"{hour:02}.{minute:02} · {day} {_MONTHS[month - 1]} {year}"
