"""A case to test the procedure with: invented people, told as roles, and the steps that lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from telusur import law, process
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.process import File, Finding, Sanction, Step

WIB = timezone(timedelta(hours=7))
RESPONDENT, REPORTER = "r-1", "p-1"
SUPERIOR, DRAFTER, APPROVER, OFFICER = "superior", "drafter", "approver", "officer"
RULE, OTHER_RULE = "SKB-2022/D6", "SKB-2022/D2"
HASH = "ab" * 32
FACTS = {
    "contest": {"kind": "president"},
    "actor": {"status": "pns"},
    "act": {"kind": "post", "public": True, "leaning": "supports"},
    "target": {"kind": "contestant"},
}
DECISION_PARTS = ("facts", "rules", "answer", "attribution", "remedy")


def sha(n: int) -> str:
    return f"{n:064x}"


@dataclass
class Case:
    """Takes steps one by one, each a minute after the last unless told otherwise."""

    file: File = field(default_factory=File.empty)
    at: datetime = field(default_factory=lambda: datetime(2024, 1, 22, 9, 0, tzinfo=WIB))

    def step(self, kind: type[Any], by: str = OFFICER, **told: Any) -> Step:
        self.at += timedelta(minutes=1)
        return kind(at=self.at, by=by, **told)

    def take(self, kind: type[Any], by: str = OFFICER, **told: Any) -> Case:
        self.file = process.take(self.file, self.step(kind, by, **told))
        return self

    def refused(self, kind: type[Any], by: str = OFFICER, **told: Any) -> process.Refused:
        step = self.step(kind, by, **told)
        with pytest.raises(process.Refused) as caught:
            process.take(self.file, step)
        assert process.refusals(self.file, step) == caught.value.reasons
        return caught.value

    def wait(self, days: int) -> Case:
        self.at += timedelta(days=days)
        return self

    def gate(self, name: str) -> process.Gate:
        return next(one for one in process.gates(self.file, self.at.date()) if one.name == name)

    # -- what people do, in the order in which they do it --

    def opened(self, procedure: str = "discipline-pp94", how: str = "report", **told: Any) -> Case:
        return self.take(
            process.Opened,
            procedure=procedure,
            how=how,
            respondent=RESPONDENT,
            **{"reporter": REPORTER, "received_on": date(2024, 1, 22), **told},
        )

    def established(self) -> Case:
        return self.take(process.StatusEstablished, status="pns", grounds="SK pengangkatan", rank="pelaksana")

    def captured(self, name: str = "E1", n: int = 1, supplied_by: str = "authority", by: str = OFFICER) -> Case:
        return self.take(
            process.EvidenceAdded,
            by,
            evidence=name,
            sha256=sha(n),
            name=f"{name}.png",
            grade=Grade.B,
            supplied_by=supplied_by,
            sealed=True,
        )

    def stated(self, act: str = "A1", **told: Any) -> Case:
        return self.take(
            process.ActStated,
            **{
                "act": act,
                "facts": Facts.read(FACTS),
                "on_account": True,
                "when": Moment.parse("2024-01-20T10:29+07:00"),
                "platform": "x",
                "handle": "someone",
                "url": f"https://x.com/someone/status/{act}",
                "evidence": ("E1",),
                "rule": RULE,
                "catalogue": HASH,
                **told,
            },
        )

    def informed(self) -> Case:
        self.take(process.ParticularsGiven, acts=tuple(self.file.acts))
        return self

    def served(self, what: str = "particulars", days: int = 5, **told: Any) -> Case:
        until = (self.at + timedelta(days=days)).date()
        name = f"proof-{what}-{self.file.version}"
        self.captured(name, 1000 + self.file.version)
        return self.take(process.Served, what=what, how="in person", **{"proof": name, "reply_until": until, **told})

    def answered(self) -> Case:
        return self.take(process.Answered, RESPONDENT, text="Bukan saya.", claims=("not_mine",))

    def traced(self, act: str = "A1") -> Case:
        return self.take(process.Traced, process.SYSTEM, act=act, report=sha(7), excludes_owner=False, leading="owner")

    def genuine(self, act: str = "A1", value: str = "established", by: str = OFFICER) -> Case:
        return self.take(process.AuthenticityDecided, by, act=act, value=value, grounds="Sama dengan tangkapan.")

    def decided(self, act: str = "A1", value: str = "owner", by: str = OFFICER) -> Case:
        return self.take(process.ControlDecided, by, act=act, value=value, grounds="Log sesi dan perangkat.")

    def asked_of_ties(self) -> Case:
        return self.take(process.TieDeclared, who=REPORTER, what="Ditanya saat menerima laporan.")

    def moved(self, move: str, role: str, by: str = SUPERIOR, **told: Any) -> Case:
        return self.take(process.Moved, by, move=move, role=role, expected_version=self.file.version, **told)

    def drafted(self, draft: str = "D1", result: str = "proven", by: str = DRAFTER, **told: Any) -> Case:
        return self.take(process.Drafted, by, **self.draft(draft, result, **told))

    def draft(self, draft: str = "D1", result: str = "proven", **told: Any) -> dict[str, Any]:
        return {
            "draft": draft,
            "findings": tuple(Finding(act, result) for act in self.file.acts),  # type: ignore[arg-type]
            "grounds": "Alasan.",
            "like_cases": (),
            "sanction": Sanction("heavy", "demotion", RULE, "ppk_central_or_province") if result == "proven" else None,
            **told,
        }

    def approved(self, draft: str = "D1", by: str = APPROVER, role: str = "ppk") -> Case:
        return self.take(process.Approved, by, draft=draft, role=role)

    def written(self, letter: str = "decision", **told: Any) -> Case:
        return self.take(
            process.LetterMade,
            process.SYSTEM,
            **{
                "letter": letter,
                "sha256": sha(9),
                "holds": DECISION_PARTS,
                "remedy_until": date(2024, 6, 28),
                **told,
            },
        )


def ready_to_summon(**told: Any) -> Case:
    """A report with one act, told so that one can answer it."""
    return Case().opened(**told).established().captured().stated()


def heard_and_traced() -> Case:
    """The same, summoned and answered, traced and decided on."""
    case = ready_to_summon().asked_of_ties().informed()
    return case.served().served("summons").answered().traced().decided().genuine()


def before_deciding() -> Case:
    """In the stage in which an examination team's report is decided on."""
    case = heard_and_traced()
    case.moved("summon", "direct_superior").moved("examine", "direct_superior")
    case.moved("sign_record", "direct_superior").moved("form_team", "personnel", grounds="Dapat berat.")
    return case.moved("team_report", "examiner")


def confirm(office: Any, rule: str = RULE) -> None:
    """Record that a lawyer checked a rule against the gazette, in this test's office."""
    text = office / "gazette.txt"
    office.mkdir(parents=True, exist_ok=True)
    text.write_text("the official text", "utf-8")
    law.confirm(rule, text, by="A lawyer", on=date(2024, 1, 2), office=office)
