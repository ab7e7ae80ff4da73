"""Which rules a named lawyer has checked against the gazette, in one installation.

The catalogue that is shipped reports. What was checked here stands in the office's folder (``TELUSUR_HOME``, else
``telusur-office`` below the working folder): ``confirmations.json``, to which records are only added, and ``texts/``,
each text under its own hash. A confirmation holds for a rule as it was when it was checked: of a rule that has changed
since, or whose kept text is gone or altered, nothing is official.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from telusur.domain.errors import BadInput
from telusur.law.model import Catalogue, Confirmation, Rule

SCHEMA: Final = "telusur.confirmations/1"
_OFFICE: Final = "telusur-office"
_FILE: Final = "confirmations.json"
_TEXTS: Final = "texts"
#: A gazette issue has some megabytes; what is larger is probably the wrong file.
MOST_BYTES: Final = 200 * 2**20

LONGEST_NAME: Final = 200

#: Whether a confirmation holds; otherwise why not.
Standing = Literal["holds", "rule_changed", "text_missing", "text_changed"]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Record(BaseModel):
    """One confirmation as the file holds it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    rule: str
    rule_sha256: _Hash
    text_sha256: _Hash
    text_bytes: int
    by: Annotated[str, Field(min_length=1)]
    on: date


class _File(BaseModel):
    """``confirmations.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    schema_: Annotated[Literal["telusur.confirmations/1"], Field(alias="schema")]
    confirmations: tuple[_Record, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One confirmation as recorded, and whether it holds for the catalogue at hand."""

    rule: str
    rule_sha256: str
    text_bytes: int
    confirmation: Confirmation
    standing: Standing

    def as_json(self) -> dict[str, object]:
        """Give the record with its standing."""
        return {
            "rule": self.rule,
            "rule_sha256": self.rule_sha256,
            "text_bytes": self.text_bytes,
            **self.confirmation.as_json(),
            "standing": self.standing,
        }


def home() -> Path:
    """Give the folder of this installation."""
    return Path(os.environ.get("TELUSUR_HOME") or _OFFICE)


def file_here() -> str:
    """Give the file of this installation that holds its confirmations."""
    return f"{os.environ.get('TELUSUR_HOME') or _OFFICE}/{_FILE}"


def rule_hash(rule: Rule) -> str:
    """Give the hash of what a rule says; its worked examples are no part of it.

    Returns
    -------
    str
        Lower-case hex SHA-256.
    """
    said = rule.as_json()
    del said["examples"]
    # Who checked it is no part of what it says.
    said["citation"] = replace(rule.citation, status="reported", confirmed=None).as_json()
    said["exceptions_in_force"] = [exception.in_force.as_json() for exception in rule.unless]
    return hashlib.sha256(_canonical(said)).hexdigest()


def recorded(held: Catalogue, office: Path) -> tuple[Recorded, ...]:
    """Give every confirmation of an office, oldest first, and whether it holds.

    Parameters
    ----------
    held
        The catalogue for which they are asked.
    office
        The folder; one without confirmations gives none.

    Raises
    ------
    BadInput
        If the file cannot be read as what it should be.
    """
    found = []
    for one in _read(office):
        rule = held.rules.get(one.rule)
        changed = rule is None or rule_hash(rule) != one.rule_sha256
        standing: Standing = "rule_changed" if changed else _text_standing(office, one.text_sha256)
        confirmation = Confirmation(one.by, one.on, one.text_sha256)
        found.append(Recorded(one.rule, one.rule_sha256, one.text_bytes, confirmation, standing))
    return tuple(found)


def applied(held: Catalogue, records: tuple[Recorded, ...]) -> Catalogue:
    """Give the catalogue with the confirmed rules official; its hash covers what made them so.

    Parameters
    ----------
    held
        The catalogue as shipped.
    records
        Of one rule the latest that holds counts.
    """
    holding = {one.rule: one for one in records if one.standing == "holds"}
    if not holding:
        return held
    rules = {name: _official(rule, holding[name]) if name in holding else rule for name, rule in held.rules.items()}
    covered = [one.as_json() for _, one in sorted(holding.items())]
    return replace(
        held,
        hash=hashlib.sha256(held.hash.encode() + b"\0" + _canonical(covered)).hexdigest(),
        rules=rules,
        by_act={kind: tuple(rules[rule.id] for rule in those) for kind, those in held.by_act.items()},
    )


def confirm(rule: Rule, text: Path, by: str, on: date, office: Path) -> Recorded:
    """Record that a named lawyer checked a rule against the official text.

    Parameters
    ----------
    rule
        The rule as it stands now.
    text
        The official text, of which a copy is kept.
    by, on
        Who checked it, and when.
    office
        The folder of the installation; made if there is none.

    Raises
    ------
    BadInput
        If the text is no readable file, is empty or too large, or nobody is named.
    """
    name = " ".join(by.split())
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise BadInput(f"name the lawyer who checked it, in at most {LONGEST_NAME} letters", field="--by")
    kept = _text(text)
    digest = hashlib.sha256(kept).hexdigest()
    record = _Record(
        rule=rule.id, rule_sha256=rule_hash(rule), text_sha256=digest, text_bytes=len(kept), by=name, on=on
    )
    with _locked(office):
        before = _read(office)
        place = office / _TEXTS / digest
        # A kept copy that is gone or was altered is put back; the record of it may stand already.
        if _text_standing(office, digest) != "holds":
            place.parent.mkdir(exist_ok=True)
            _write(place, kept)
        if record not in before:
            document = {
                "schema": SCHEMA,
                "confirmations": [one.model_dump(mode="json") for one in (*before, record)],
            }
            _write(office / _FILE, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    return Recorded(rule.id, record.rule_sha256, len(kept), Confirmation(name, on, digest), "holds")


def _official(rule: Rule, record: Recorded) -> Rule:
    return replace(rule, citation=replace(rule.citation, status="official", confirmed=record.confirmation))


def _text(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise BadInput(
            "this is no plain file; name the official text that the rule was checked against", where=str(path)
        )
    if not path.is_file():
        raise BadInput(
            "there is no such file; name the official text that the rule was checked against", where=str(path)
        )
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(f"the text has more than {MOST_BYTES // 2**20} MiB; name the text alone", where=str(path))
    held = path.read_bytes()
    if not held.strip():
        raise BadInput("the text is empty; name the official text that the rule was checked against", where=str(path))
    return held


def _text_standing(office: Path, digest: str) -> Literal["holds", "text_missing", "text_changed"]:
    try:
        with (office / _TEXTS / digest).open("rb") as kept:
            return "holds" if hashlib.file_digest(kept, "sha256").hexdigest() == digest else "text_changed"
    except FileNotFoundError:
        return "text_missing"


def _read(office: Path) -> tuple[_Record, ...]:
    path = office / _FILE
    try:
        return _File.model_validate_json(path.read_bytes()).confirmations
    except FileNotFoundError:
        return ()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or None
        message = f"this is no list of confirmations ({first['msg']}); mend it, or put back the copy you keep"
        raise BadInput(message, where=str(path), field=place) from None


@contextmanager
def _locked(office: Path) -> Iterator[None]:
    """Let one program at a time add to the office's records."""
    office.mkdir(parents=True, exist_ok=True)
    with (office / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, held: bytes) -> None:
    """Write beside and rename, so that nothing is ever half-written."""
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(held)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _canonical(value: Mapping[str, object] | list[dict[str, object]]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
