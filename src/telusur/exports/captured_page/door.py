"""From a captured page to an account's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from telusur.domain.account import Account
from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord, Problem
from telusur.evidence import Limits, open_limited, web_archive
from telusur.exports.gathering import gathered

_LIMITS = Limits(cpu_seconds=60, wall_seconds=240.0)


def read_page(path: Path, *, name: str, grade: Grade, accounts: Sequence[Account] = ()) -> AccountRecord:
    """Read the posts on a captured page.

    Parameters
    ----------
    path
        WARC (``.warc``, ``.warc.gz``) or WACZ.
    name
        What the case calls it.
    grade
        Its capture grade.
    accounts
        Accounts that the case is about: a page of theirs is taken before any other.

    Returns
    -------
    AccountRecord
        Of the kind ``web_archive`` and `partial`: a post that is not on the page may exist all the same. An archive
        that does not hold by its own digests counts as a copy.

    Raises
    ------
    BadInput
        If it is no web archive, or holds no page with dated posts.
    """
    checked = web_archive.check(path, name=name)
    wanted = [[account.platform, account.handle, account.account_id] for account in accounts]
    told = open_limited("telusur.exports.captured_page.task:read", path, _LIMITS, name=name, wanted=wanted)
    # An archive that was changed since it was packed is a copy of what somebody says the page was.
    record = gathered(told, name=name, grade=grade if checked.holds else Grade.E, kind="web_archive")
    problems = (*(Problem(name, words) for words in checked.problems), *record.problems)
    return replace(record, problems=problems, partial=True)
