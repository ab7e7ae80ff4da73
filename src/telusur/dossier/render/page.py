"""A whole dossier as blocks: the one order in which page and PDF say things."""

from __future__ import annotations

from telusur.domain.text import Language
from telusur.dossier.assessment import Assessment
from telusur.dossier.render.blocks import Page
from telusur.dossier.render.parts import glance, guide, head, law, procedure, sources, tracing
from telusur.dossier.render.speech import Speech


def page_of(assessment: Assessment, language: Language) -> Page:
    """Put the dossier together in one language."""
    say = Speech(language)
    stated = assessment.case
    return Page(
        title=say("page.title", case=stated.id),
        subtitle=say("page.subtitle"),
        running=say("page.running", case=stated.id, day=say.day(stated.reported_on)),
        day=stated.reported_on,
        language=language,
        blocks=[
            *head.blocks(assessment, say),
            *glance.blocks(assessment, say),
            *law.blocks(assessment, say),
            *tracing.blocks(assessment, say),
            *procedure.blocks(assessment, say),
            *sources.requests(assessment, say),
            *sources.evidence(assessment, say),
            *sources.limits(assessment, say),
            *guide.blocks(assessment, say),
        ],
    )
