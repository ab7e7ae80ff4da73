"""A workshop for files that cite the law."""

from __future__ import annotations

from telusur.law.deadlines import register
from telusur.law.load import shipped
from telusur.law.workshop import Workshop


def bench(*, lines: bool) -> Workshop:
    """Give a workshop that knows what the shipped rules and terms cite.

    Parameters
    ----------
    lines
        Read with the slower reader, which refuses keys that stand twice too.
    """
    made = Workshop(lines, sources=dict(shipped().sources), instruments=dict(shipped().instruments))
    for term in register().terms.values():
        made.instruments.setdefault(term.citation.instrument.id, term.citation.instrument)
        cited = (*term.citation.sources, *term.citation.instrument.sources)
        made.sources |= {source.id: source for source in cited}
    return made
