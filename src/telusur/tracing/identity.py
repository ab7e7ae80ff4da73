"""Whether the reported account is the respondent's account at all."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from telusur.domain.account import Account
from telusur.domain.act import Act
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text
from telusur.tracing.bearing import Table
from telusur.tracing.contested import reported_handle
from telusur.tracing.item import Abstained, Item

#: Handles at least this much alike are taken for each other at a glance.
_LOOK_ALIKE = 0.8


def handles(record: AccountRecord) -> frozenset[str]:
    """Give every handle that the account ever had according to its record, in lower case."""
    changed = record.of("handle_changed")
    names = [record.account.handle, *(e.old for e in changed), *(e.new for e in changed)]
    return frozenset(_plain(name) for name in names if name)


def _plain(handle: str) -> str:
    return handle.casefold().lstrip("@")


def is_of(record: AccountRecord, account: Account) -> bool:
    """Whether a record is of an account: by its number where both say one, else by its handles."""
    if record.account.platform != account.platform:
        return False
    if record.account.account_id and account.account_id:
        return record.account.account_id == account.account_id
    return account.handle is not None and _plain(account.handle) in handles(record)


def weigh_same(act: Act, record: AccountRecord, table: Table) -> Iterator[Item]:
    """Weigh that the reported account is the record's; nothing where a handle in the address says otherwise.

    A captured page is of the reported account whoever's it is, and says nothing of that.
    """
    account = act.account
    handle = reported_handle(act)
    if record.kind == "web_archive" or account is None or (handle and _plain(handle) not in handles(record)):
        return
    if account.account_id and record.account.account_id:
        how = Text(f"nomor akun {account.account_id}", f"account number {account.account_id}")
    else:
        how = Text(f"nama @{handle}", f"handle @{handle}")
    yield table.weighed("identity.same_account", record.grade, how=how)


def weigh_other(account: Account, record: AccountRecord, table: Table) -> Item | Abstained:
    """Weigh that the only record is of another account: an imitation has a similar name and another number."""
    reported = account.handle or account.account_id or "?"
    recorded = record.account.handle or record.account.account_id or "?"
    likeness = max(
        (difflib.SequenceMatcher(None, _plain(reported), name).ratio() for name in handles(record)), default=0.0
    )
    if likeness < _LOOK_ALIKE:
        return table.abstain("identity", "other_account_unlike", reported=reported, recorded=recorded)
    return table.weighed("identity.other_account", record.grade, reported=reported, recorded=recorded)
