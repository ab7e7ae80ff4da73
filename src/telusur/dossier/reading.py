"""Reading a case folder (contracts.md, section 2): every fault of it in one go, or the case."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, get_args

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.dossier.acts import check_report_day, read_accounts, read_acts
from telusur.dossier.case import Case, Claim, Respondent, Statement
from telusur.dossier.document import Place, read_document
from telusur.dossier.sources import add_unlisted, look_around, read_known, read_sources

SCHEMA: Final = "telusur.case/1"
FILE: Final = "case.yaml"

_CONTEST = ("contest", *(name for name in FIELDS if name.startswith("contest.")))
_FIELDS = (
    *("schema", "id", "incident", "reported_on", "respondent", "account", "accounts", "acts", "statement", "sources"),
    *_CONTEST,
)
_CLAIMS: Final[tuple[Claim, ...]] = get_args(Claim)


def read_case(case_dir: Path) -> Case:
    """Read a case folder.

    Parameters
    ----------
    case_dir
        The folder that holds ``case.yaml``.

    Returns
    -------
    Case
        Each path of its sources is a file or folder within the case folder, reached without a symbolic link.

    Raises
    ------
    SeveralProblems
        Holding every fault of ``case.yaml`` and of the known writing, each with file, line and field.
    BadInput
        If ``case.yaml`` is missing, unreadable, too large, not UTF-8 or no YAML.
    """
    name = str(case_dir / FILE)
    try:
        if not case_dir.exists():
            hint = "check the name, or make one with `telusur new`"
            raise BadInput(f"there is no such folder; {hint}", where=str(case_dir))
        if not case_dir.is_dir():
            raise BadInput(f"is no folder; name the case folder that holds {FILE}", where=str(case_dir))
        if not (case_dir / FILE).exists() and not (case_dir / FILE).is_symlink():
            raise BadInput("there is no such file; `telusur new` writes one to fill in", where=name)
    except (OSError, ValueError) as error:
        raise BadInput(f"cannot be looked at ({error})", where=str(case_dir)) from None
    top = Place.top(read_document(case_dir / FILE, name, follow=False))
    case = _read(top, case_dir)
    top.settle()
    # Without a fault, everything that a case must have is there.
    assert case is not None
    return case


def _read(top: Place, folder: Path) -> Case | None:
    if not isinstance(top.value, Mapping):
        top.fault(f"holds no fields; `telusur new` writes a {FILE} to fill in")
        return None
    top.has_fields(_FIELDS)
    top.schema(SCHEMA)
    notes: list[Text] = []
    id_ = top["id"].name() if top["id"].is_given("the name of the case, for instance K-001") else None
    reported = top["reported_on"]
    reported_on = reported.day() if reported.is_given("the day of the report, for instance 2024-01-22") else None
    respondent = _respondent(top["respondent"])
    accounts = read_accounts(top)
    shared = top.facts(_CONTEST)
    if respondent is not None:
        shared = shared.updated({"actor.status": respondent.status})
    acts = read_acts(top, folder, accounts, shared)
    if reported_on is not None:
        check_report_day(top, acts, reported_on, notes)
    sources = add_unlisted(read_sources(top["sources"], folder, notes), acts, folder, notes)
    incident, order = _incident(top["incident"])
    statement = _statement(top["statement"])
    known = read_known(sources, folder, top.faults, notes)
    look_around(top, sources, folder, notes)
    if top.faults or id_ is None or reported_on is None or respondent is None:
        return None
    return Case(
        folder=folder,
        id=id_,
        reported_on=reported_on,
        respondent=respondent,
        accounts=tuple(accounts.values()),
        acts=acts,
        statement=statement,
        sources=sources,
        known=known,
        incident=incident,
        order=order,
        notes=tuple(notes),
    )


def _respondent(place: Place) -> Respondent | None:
    if not place.has_fields(("status", "name", "unit", "region")):
        return None
    known = FIELDS["actor.status"].values
    status = place["status"]
    found = status.choice(known) if status.is_given(f"one of {', '.join(known)}") else None
    name, unit, region = place["name"].name(), place["unit"].name(), place["region"].name()
    return None if found is None else Respondent(found, name, unit, region)


def _statement(place: Place) -> Statement:
    if not place.has_fields(("account_disputed", "claims", "text", "signed_after_particulars")):
        return Statement()
    claims = [claim.choice(_CLAIMS) for claim in place["claims"].items() if claim.is_given("what is claimed")]
    return Statement(
        account_disputed=place["account_disputed"].flag(),
        claims=tuple(dict.fromkeys(claim for claim in claims if claim is not None)),
        text=place["text"].words(),
        signed_after_particulars=place["signed_after_particulars"].flag(),
    )


def _incident(place: Place) -> tuple[str | None, str | None]:
    if place.value is None or not place.has_fields(("id", "order")):
        return None, None
    place["id"].is_given("the id that the cases of one event share")
    return place["id"].name(), place["order"].name()
