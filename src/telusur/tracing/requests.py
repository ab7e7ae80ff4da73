"""What to ask for next: records that could still be had, where the present ones leave the question open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from telusur.domain import marked_yaml
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.tracing import gains
from telusur.tracing.combined import Combined
from telusur.tracing.item import Abstained, Item
from telusur.tracing.question import Question
from telusur.tracing.result import NextEvidence


@cache
def _requests() -> list[Any]:
    document: Any = marked_yaml.packaged(__package__, "requests.yaml").value
    return list(document["requests"])


def states(
    question: Question, items: Sequence[Item], abstained: Sequence[Abstained], combined: Combined, *, has_record: bool
) -> frozenset[str]:
    """Name what is lacking, in the words that ``requests.yaml`` uses.

    Parameters
    ----------
    question
        What was asked.
    items, abstained, combined
        What was weighed.
    has_record
        Whether a record of the contested account was weighed.
    """
    codes = {item.code for item in items}
    lacking = {
        "no_record": not has_record,
        "record_by_owner": has_record and all(record.grade is Grade.C for record in question.records),
        "post_absent": not {"integrity.absent", "integrity.absent_unlogged"}.isdisjoint(codes),
        "only_screenshot": question.capture_grade is Grade.E and "integrity.in_archive" not in codes,
        "not_told_apart": combined.leading is None,
        "style_abstained": any(a.group == "style" for a in abstained),
        "takeover_claimed": not {"taken_over", "lost_access"}.isdisjoint(question.claims),
        "shared_account": not {"shared_device", "lent", "office_account"}.isdisjoint(question.claims),
    }
    return frozenset(name for name, is_so in lacking.items() if is_so)


def next_evidence(question: Question, lacking: frozenset[str]) -> list[NextEvidence]:
    """Give the records worth asking for, those that are expected to tell most first.

    Parameters
    ----------
    question
        What was asked.
    lacking
        What is lacking, from `states`.

    Notes
    -----
    What the case holds already is not asked for again. Records whose gain nobody computed come last, in the order of
    the table.
    """
    account, at = question.act.account, question.act.at
    if account is None:
        return []
    held = gains.held_in(question)
    tables = gains.load()
    asked = [
        NextEvidence(
            Text.of(entry["ask_for"]),
            Text.of(entry["from"]),
            Text.of(entry["how"]),
            Text.of(entry["why"]),
            at.day + timedelta(days=entry["kept_days"]) if entry["kept_days"] and at else None,
            tables.of(account.platform, held, entry["brings"]) if entry["brings"] else None,
        )
        for entry in _requests()
        if account.platform in entry["platforms"]
        and not lacking.isdisjoint(entry["needed_when"])
        and entry["brings"] not in held
    ]
    return sorted(asked, key=lambda one: -(one.expected_gain_bans if one.expected_gain_bans is not None else -1.0))
