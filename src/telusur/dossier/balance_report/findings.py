"""The chapters on the questions: what is said of each, its picture where there is one, and its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from telusur.balance import Audit, Finding
from telusur.dossier.balance_report import pictures, tables
from telusur.dossier.balance_report.coarsening import coarse
from telusur.dossier.render.blocks import Block, Heading, Note, Paragraph, cell, line
from telusur.dossier.render.speech import Speech

CHAPTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "places": ("regions", "bodies"),
    "days": ("days", "days_executed"),
    "severity": ("severity", "severity_range"),
    "evidence": ("grades", "outcome", "thresholds"),
    "sources": ("sources", "flooding"),
    "mobilisation": ("mobilisation",),
    "handling": ("assignment", "handling_order", "open", "missing", "appeals", "executed", "trial"),
}
"""Questions by chapter, in the order of the report."""


def blocks(finding: Finding, audit: Audit, say: Speech) -> Iterator[Block]:
    """Give the blocks of one question."""
    finding = coarse(finding, audit.plan, tables.SHARES)
    yield Heading(3, say.of(finding.title), f"q-{finding.id}")
    yield Note(cell(say.of(finding.words)), "result" if finding.rung is not None else "empty")
    medians = _medians(finding, audit, say)
    if medians:
        yield Paragraph(line(medians))
    figure = pictures.of(finding, audit, say)
    if figure is not None:
        yield figure
    table = tables.of(finding, audit, say)
    if table is not None:
        yield table


def _medians(finding: Finding, audit: Audit, say: Speech) -> str:
    """Say by when half of each group's cases were through; nothing where no group has a median."""
    days = {group: finding.numbers.get(f"median_{group}") for group in audit.groups}
    if not finding.id.startswith("days") or not any(isinstance(one, float) for one in days.values()):
        return ""
    told = [
        say("median.group", group=group, days=say.number(round(one)))
        if isinstance(one, float)
        else say("median.none", group=group)
        for group, one in days.items()
    ]
    return say(f"median.{finding.id}", groups="; ".join(told))
