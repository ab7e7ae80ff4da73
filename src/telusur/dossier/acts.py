"""The accounts and acts that a case states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from telusur.domain.account import PLATFORMS, Account
from telusur.domain.act import Act
from telusur.domain.errors import nearest
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.domain.vocabulary import ACCOUNT_ACTS, FIELDS, GROUPS
from telusur.domain.when import day_words
from telusur.dossier.document import YEARS, Place
from telusur.dossier.sources import usable_path

_FACTS: Final = ("date", *GROUPS, *(name for name in FIELDS if "." in name))
_FIELDS: Final = ("id", "account", "at", "text", "url", "evidence", *_FACTS)

#: An act dated later than this after its report is a slip of the pen.
_LATEST_AFTER_REPORT = timedelta(days=366)


def read_accounts(top: Place) -> dict[str, Account]:
    """Give the accounts of a case by id; an account without one is called by its handle.

    Parameters
    ----------
    top
        The whole ``case.yaml``.
    """
    one, many = top["account"], top["accounts"]
    places = list(many.items())
    if one.value is not None and many.value is not None:
        one.fault("stands beside `accounts`; put it into that list")
    elif one.value is not None:
        places = [one]
    accounts: dict[str, Account] = {}
    for place in places:
        if not place.has_fields(("id", "platform", "handle", "account_id")):
            continue
        platform = place["platform"]
        found = platform.choice(PLATFORMS) if platform.is_given(f"one of {', '.join(PLATFORMS)}") else None
        handle, account_id = place["handle"].name(), place["account_id"].name()
        # A space copied with a number would make it another account's.
        handle = handle.strip().removeprefix("@") if handle else None
        account_id = account_id.strip() if account_id else None
        if found == "x":
            _check_x(place, handle, account_id)
        name = place["id"].name() or handle or account_id or f"account-{len(accounts) + 1}"
        if name in accounts:
            place["id"].fault(f"the account {name!r} stands twice; give each its own id")
        # A faulty one still answers to its name, so that its fault is told once.
        accounts[name] = Account(found or "other", handle, account_id, name)
    return accounts


def _check_x(place: Place, handle: str | None, account_id: str | None) -> None:
    """Fault what can be no account of X: taken as it stands, it would look like somebody else's account."""
    if handle and not all(c.isalnum() or c == "_" for c in handle):
        place["handle"].fault(f"{handle!r} is no handle of X; write the name alone: letters, digits and _")
    if account_id and not account_id.isdecimal():
        place["account_id"].fault(
            f"{account_id!r} is no account number of X, which has digits only; a name is a handle"
        )


def read_acts(top: Place, folder: Path, accounts: Mapping[str, Account], shared: Facts) -> tuple[Act, ...]:
    """Give the acts of a case.

    Parameters
    ----------
    top
        The whole ``case.yaml``.
    folder
        The case folder.
    accounts
        Its accounts by id.
    shared
        Facts that the case states for all acts; an act's own win.
    """
    place = top["acts"]
    if place.value is None or place.value == []:
        place.missing("a case has at least one act; add one with `id`, `at` and `act:`")
    acts: list[Act] = []
    for item in place.items():
        act = _act(item, top, folder, accounts, shared)
        if act is None:
            continue
        if any(act.id == other.id for other in acts):
            item["id"].fault(f"the act {act.id!r} stands twice; give each its own id")
        acts.append(act)
    return tuple(acts)


def _act(place: Place, top: Place, folder: Path, accounts: Mapping[str, Account], shared: Facts) -> Act | None:
    if not place.is_given("an act, with `id` and `at`") or not place.has_fields(_FIELDS):
        return None
    id_ = place["id"].name() if place["id"].is_given("the name of the act, for instance A1") else None
    at = place["at"].moment()
    own = place.facts(_FACTS)
    facts = _on_its_day(place.fact("date"), shared.updated(own.stated), at)
    account = _account(place["account"], top, accounts, facts)
    url = place["url"].name()
    if url is not None and not url.lower().startswith(("http://", "https://")):
        place["url"].fault(f"expected an address that begins with https://, found {url!r}")
    paths = [usable_path(path, folder) for path in place["evidence"].items()]
    return Act(
        id=id_ or str(place.steps[-1]),
        facts=facts,
        account=account,
        at=at,
        text=place["text"].words(),
        url=url,
        evidence=tuple(dict.fromkeys(path for path in paths if path is not None)),
    )


def _on_its_day(place: Place, facts: Facts, at: Moment | None) -> Facts:
    day = facts.value("date")
    if isinstance(day, date):
        if day.year not in YEARS:
            place.fault(f"the year of {day} cannot be meant; correct it")
        elif at is not None and day != at.day:
            place.fault(f"{day} is not the date of `at` ({at.written}, in its zone {at.day}); correct one of them")
        return facts
    # A date that is faulty has been told of; one that is unknown is known from the time.
    return facts if at is None else facts.updated({"date": at.day})


def _account(place: Place, top: Place, accounts: Mapping[str, Account], facts: Facts) -> Account | None:
    if place.value is not None:
        name = place.name()
        if name is None or name in accounts:
            return accounts.get(name or "")
        if accounts:
            place.fault(f"the case lists no account {name!r}; {nearest(name, accounts)}")
        elif not _states_accounts(top):
            place.fault(f"the case lists no account {name!r}; add it under `accounts`")
        return None
    if facts.value("act.kind") not in ACCOUNT_ACTS:
        return None
    if len(accounts) > 1:
        place.missing(f"the case has several accounts; say which one: {', '.join(sorted(accounts))}")
    elif not accounts and not _states_accounts(top):
        place.missing(f"a {facts.value('act.kind')} is done with an account; add `account:` with its platform")
    return next(iter(accounts.values()), None)


def _states_accounts(top: Place) -> bool:
    # Accounts that are misspelt or faulty have been told of.
    return bool(
        ("account",) in top.misspelt or ("accounts",) in top.misspelt or top["account"].value or top["accounts"].value
    )


def check_report_day(top: Place, acts: Sequence[Act], reported_on: date, notes: list[Text]) -> None:
    """Note acts dated after their report; much later is a fault.

    Parameters
    ----------
    top
        The whole ``case.yaml``.
    acts
        Its acts.
    reported_on
        Day of the report.
    notes
        Where the notes go.
    """
    for act in acts:
        day = act.facts.value("date")
        if not isinstance(day, date) or day <= reported_on or day.year not in YEARS:
            continue
        if day - reported_on > _LATEST_AFTER_REPORT:
            top["reported_on"].fault(f"is more than a year before act {act.id} ({day}); correct one of them")
            return
        dated, reported = day_words(day), day_words(reported_on)
        notes.append(
            Text(
                f"perbuatan {act.id} bertanggal {dated.id}, sesudah hari laporan ({reported.id})",
                f"act {act.id} is dated {dated.en}, after the day of the report ({reported.en})",
            )
        )
