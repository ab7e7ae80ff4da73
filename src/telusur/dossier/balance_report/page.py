"""The report as one self-contained page, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telusur.balance import Audit, Finding
from telusur.balance.release import Release
from telusur.domain.text import Language
from telusur.dossier.balance_report import findings, funnel, published
from telusur.dossier.render.blocks import Block, Bullets, Heading, Note, Page, Paragraph, cell, line, strong
from telusur.dossier.render.html import render_page
from telusur.dossier.render.speech import Speech


def render(
    audit: Audit,
    release: Release,
    language: Language,
    *,
    earlier: Release | None = None,
    duties: Mapping[str, int | None] | None = None,
) -> str:
    """Give the report as one page.

    Parameters
    ----------
    audit
        As `balance.published` lets it out.
    release
        Its counts, as published.
    language
        In which it is written.
    earlier
        The release before, to say what changed.
    duties
        Counts an office hands in besides (gates overridden, terms missed, people cleared, reports of mobilisation), by
        name; None where withheld.
    """
    say = Speech(language, __package__)
    return render_page(
        Page(
            title=say("report.title"),
            subtitle=say("report.subtitle", day=say.day(audit.censored_on)),
            running=say("report.running", plan=audit.plan.sha256[:12], day=say.day(audit.censored_on)),
            day=audit.censored_on,
            language=language,
            blocks=[
                *_summary(audit, say),
                *funnel.blocks(audit, release, say),
                *_questions(audit, say),
                *published.duties(duties, say),
                *published.blocks(audit, release, earlier, say),
            ],
        )
    )


def _summary(audit: Audit, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("lead.heading"), "summary")
    if audit.post_hoc is not None:
        yield Note(cell(line(strong(say("lead.post_hoc"))), say.of(audit.post_hoc)), "result")
    yield Paragraph(line(say("lead.says", groups=", ".join(audit.groups), day=say.day(audit.censored_on))), "lead")
    yield Bullets(tuple(cell(line(strong(say(f"step.{step.step}")), ": ", say.of(step.words))) for step in audit.steps))
    yield Note(cell(say("lead.ladder"), say("lead.never")))


def _questions(audit: Audit, say: Speech) -> Iterator[Block]:
    held: dict[str, Finding] = {one.id: one for one in audit.findings}
    for name, ids in findings.CHAPTERS.items():
        yield Heading(2, say(f"chapter.{name}"), name)
        if say.knows(f"chapter_lead.{name}"):
            yield Paragraph(line(say(f"chapter_lead.{name}")))
        for one in ids:
            if one in held:
                yield from findings.blocks(held[one], audit, say)
            elif say.knows(f"absent.{one}"):
                yield Note(cell(say(f"absent.{one}")), "empty")
