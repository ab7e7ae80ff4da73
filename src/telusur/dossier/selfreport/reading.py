"""A self-report as somebody wrote it: in YAML, on the command line, or both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from telusur.domain.account import PLATFORMS
from telusur.domain.marked_yaml import MarkedYaml
from telusur.dossier.document import Place, read_document
from telusur.dossier.selfreport.report import ACCESS, SelfReport, check

SCHEMA: Final = "telusur.self_report/1"
#: The fields that a person fills in, each with what is expected there.
WANTED: Final[Mapping[str, str]] = {
    "platform": ", ".join(PLATFORMS),
    "handle": "the account's name, or its telephone number",
    "noticed": "a time as 2024-01-20T09:35+07:00",
    "access": ", ".join(ACCESS),
    "happened": "what happened, in your own words",
}
_FIELDS: Final = ("schema", "day", *WANTED, "last_access", "done", "name")


def read_self_report(day: date, path: Path | None = None, stated: Mapping[str, str] | None = None) -> SelfReport:
    """Read a report.

    Parameters
    ----------
    day
        The day of the report where nothing else says it.
    path
        YAML or JSON with the fields of `SelfReport`, times as ``2024-01-20T09:35+07:00``.
    stated
        Fields stated beside the file; they win over it.

    Raises
    ------
    SeveralProblems
        Holding every fault, each with file, line and field, or with the option it was stated by.
    BadInput
        If the file cannot be read.
    """
    beside = dict(stated or {})
    top = Place.top(_merged(read_document(path, str(path)) if path else MarkedYaml({}, {}, ""), beside))
    report = None
    if top.has_fields(_FIELDS):
        top.schema(SCHEMA, required=False)
        report = _report(top, day)
        if report is not None and not top.faults:
            for problem in check(report):
                top[problem.field or ""].fault(problem.message)
    for fault in top.faults:
        if fault.field in beside:
            fault.where, fault.line = f"--{(fault.field or '').replace('_', '-')}", None
        elif path is None:
            fault.where = fault.line = None
    top.settle()
    assert report is not None
    return report


def _merged(document: MarkedYaml, beside: Mapping[str, str]) -> MarkedYaml:
    held = document.value
    if held is None:
        return MarkedYaml(dict(beside), document.lines, document.name)
    if not isinstance(held, Mapping):
        return document
    return MarkedYaml({**held, **beside}, document.lines, document.name)


def _report(top: Place, day: date) -> SelfReport | None:
    for name, expected in WANTED.items():
        top[name].is_given(expected)
    platform, access = top["platform"].choice(PLATFORMS), top["access"].choice(ACCESS)
    handle, noticed, happened = top["handle"].name(), top["noticed"].moment(), top["happened"].words()
    written = top["day"].day() if top["day"].value is not None else day
    last, done, who = top["last_access"].moment(), top["done"].words(), top["name"].name()
    if not (platform and access and handle and noticed and written) or happened is None:
        return None
    return SelfReport(written, platform, handle, noticed, last, access, happened, done or "", who or "")
