"""What the report rests on: the plan, the cases counted and left out, the release, and how anybody checks them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from telusur.balance import Audit
from telusur.balance.release import ALL, REST, Release
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Note,
    Pairs,
    Paragraph,
    Run,
    Table,
    cell,
    code,
    line,
)
from telusur.dossier.render.speech import Speech

_MANIFEST: Final = "release.json"


def duties(counts: Mapping[str, int | None] | None, say: Speech) -> Iterator[Block]:
    """Give what the office tells of its own duties; nothing where no office does."""
    if counts is None:
        return
    yield Heading(2, say("duties.heading"), "duties")
    yield Paragraph(line(say("duties.says")))
    yield Table(
        say("duties.heading"),
        (Column(say("column.what"), 2), Column(say("column.cases"), number=True)),
        tuple(
            (cell(say(f"duties.{name}")), cell(say("withheld") if count is None else say.number(count)))
            for name, count in counts.items()
        ),
        stacks=False,
    )


def blocks(audit: Audit, release: Release, earlier: Release | None, say: Speech) -> Iterator[Block]:
    """Give the chapters at the end."""
    yield Heading(2, say("plan.heading"), "plan")
    yield Pairs(
        (
            (say("plan.id"), cell(line(code(audit.plan.sha256)))),
            (say("plan.when"), cell(say("plan.before") if audit.post_hoc is None else say.of(audit.post_hoc))),
            (say("plan.compares"), cell(audit.plan.groups)),
            (say("plan.strata"), cell(", ".join(audit.plan.strata))),
            (say("plan.adjust"), cell(", ".join(audit.plan.adjust) or "–")),
            (say("plan.alpha"), cell(say("plan.chance", n=say.number(100 * audit.plan.alpha)))),
            (say("plan.deadline"), cell(_term(audit, say))),
            (say("plan.seed"), cell(str(audit.plan.seed))),
        )
    )
    yield Paragraph(line(say("plan.models")))
    yield Heading(2, say("data.heading"), "data")
    yield Paragraph(line(say("data.says", day=say.day(audit.censored_on))))
    yield Pairs(
        (
            (say("data.cases"), cell(say.number(_rounded(audit.n, audit)))),
            (say("data.file"), cell(line(code(audit.data_sha256)) if audit.data_sha256 else say("data.office"))),
        )
    )
    yield from _bodies(release, say)
    if audit.left_out:
        yield Table(
            say("data.left_out"),
            (Column(say("column.why"), 2), Column(say("column.rows"), number=True)),
            tuple(
                (cell(say(f"left_out.{reason}")), cell(_count(number, audit, say)))
                for reason, number in audit.left_out.items()
            ),
            stacks=False,
        )
    yield from _release(audit, release, earlier, say)


def _term(audit: Audit, say: Speech) -> str:
    days = audit.plan.deadline_days
    return say("plan.no_deadline") if days is None else say("plan.days", n=say.number(days))


def _rounded(number: int, audit: Audit) -> int:
    return audit.plan.round_to * round(number / audit.plan.round_to)


def _count(number: int, audit: Audit, say: Speech) -> str:
    if number < audit.plan.suppress_below:
        return say("data.few", n=audit.plan.suppress_below)
    return say.number(_rounded(number, audit))


def _release(audit: Audit, release: Release, earlier: Release | None, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("release.heading"), "release")
    yield Paragraph(
        line(
            say(
                "release.says",
                below=audit.plan.suppress_below,
                base=audit.plan.round_to,
                dominance=say.number(100 * audit.plan.dominance),
            )
        )
    )
    yield Pairs(
        (
            (say("release.number"), cell(str(release.number))),
            (say("release.withheld"), cell(say("release.of", n=release.suppressed, all=len(release.figures)))),
            (say("release.kept"), cell(str(release.kept))),
            (say("release.commitment"), cell(line(code(release.commitment)))),
        )
    )
    if earlier is None:
        yield Note(cell(say("release.first")), "empty")
    else:
        shared = [cell_ for cell_ in release.figures if cell_ in earlier.figures]
        changed = sum(release.figures[one].shown != earlier.figures[one].shown for one in shared)
        yield Note(cell(say("release.changed", n=changed, all=len(shared), number=earlier.number)), "info")
    yield Heading(3, say("files.heading"), "files")
    yield Paragraph(line(say("files.says")))
    named = [(f"{table.id}.csv", say.of(table.title)) for table in release.tables]
    named.append((_MANIFEST, say("files.manifest")))
    yield Bullets(tuple(cell(line(Run(name, to=f"./{name}"), f": {what}")) for name, what in named))
    yield from _dictionary(release, say)
    yield Paragraph(line(say("release.check"), code("telusur balance attack public")))


def _dictionary(release: Release, say: Speech) -> Iterator[Block]:
    """Tell what the columns of the files hold, as the release itself explains them."""
    held = json.loads(release.files()[_MANIFEST])
    rows = [(name, say.name("value", name)) for name in held["columns"]]
    rows += [(name, str(text[say.language])) for name, text in held["dictionary"].items()]
    yield Table(
        say("files.dictionary"),
        (Column(say("column.name")), Column(say("column.meaning"), 3)),
        tuple((cell(name), cell(told)) for name, told in rows),
    )


def _bodies(release: Release, say: Speech) -> Iterator[Block]:
    """Give the cases of each body, where the release counts by body."""
    counted = next((table for table in release.tables if table.dims == ("body", "state")), None)
    if counted is None:
        return
    rows = release.rows(counted)
    shown = {body: figure.shown for (body, state), figure in rows if state == ALL and body != ALL}
    yield Table(
        say("data.bodies"),
        (Column(say("column.body"), 2), Column(say("column.cases"), number=True)),
        tuple(
            (cell(say("data.rest") if body == REST else body), cell(say("withheld") if n is None else say.number(n)))
            for body, n in shown.items()
        ),
        stacks=False,
    )
