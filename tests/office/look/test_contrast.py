"""The colours of the style sheet stand out from each other as WCAG 2.2 AA asks, by day and by night."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("telusur.office").joinpath("static/office/office.css").read_text(encoding="utf-8")
TEXT, EDGE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11

#: What is written on what.
WRITTEN = [
    *(
        ("ink", ground)
        for ground in ("paper", "ground", "raised", "brand-tint", "wait-tint", "ok-tint", "late-tint", "stop-tint")
    ),
    *(("soft", ground) for ground in ("paper", "ground", "raised")),
    *(
        ("link", ground)
        for ground in ("paper", "ground", "raised", "wait-tint", "ok-tint", "late-tint", "stop-tint", "brand-tint")
    ),
    ("link-over", "paper"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("brand", "paper"),
    ("brand-deep", "brand-tint"),
    ("brand", "raised"),
    ("on-head", "head"),
    ("head-soft", "head"),
    ("on-focus", "focus"),
    ("on-stop", "stop"),
    ("stop", "paper"),
    *((name, ground) for name in ("ok", "late", "stop", "wait") for ground in (f"{name}-tint", "paper")),
]
#: What only has to be seen: edges of fields, icons, the band of the focus beside its dark one.
SEEN = [
    ("edge", "paper"),
    ("edge", "raised"),
    ("edge", "ground"),
    ("brand", "ground"),
    ("focus", "on-focus"),
    ("focus", "head"),
]


def modes() -> dict[str, dict[str, str]]:
    day = re.search(r"^:root \{(.*?)^\}", CSS, re.DOTALL | re.MULTILINE)
    night = re.search(r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", CSS, re.DOTALL)
    assert day
    assert night
    light = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", day[1]))
    dark = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", night[1]))
    assert set(dark) == set(light), "each colour has its twin in the other mode"
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WRITTEN, TEXT), (SEEN, EDGE)], ids=["written", "seen"])
def test_colours_stand_out(mode: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = modes()[mode]
    weak = {
        f"{ink} on {ground}": round(found, 2)
        for ink, ground in pairs
        if (found := contrast(colours[ink], colours[ground])) < least
    }
    assert not weak


def test_every_colour_is_measured_or_is_no_more_than_a_line() -> None:
    measured = {name for pair in (*WRITTEN, *SEEN) for name in pair}
    assert set(modes()["light"]) - measured == {"line"}


def test_every_colour_in_a_rule_is_a_variable() -> None:
    rules = CSS[CSS.index("/* 2 Ground") : CSS.index("/* 8 Less movement")]
    # White behind a QR code is white by night too, or no phone reads it; masks know black only.
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", rules)) <= {"#fff", "#000"}
