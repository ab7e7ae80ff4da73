"""A second evaluator that shares nothing with the first: the catalogue's YAML turned into SQL.

SQL's own logic of NULL is that of unknown. Terms, negations, phases, presumptions, exceptions and overrides are made
out anew from the files; only the vocabulary's names are the same.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import yaml

FACTS = (
    "date contest.kind contest.round actor.status actor.superior actor.under_order actor.spouse_of_contestant "
    "actor.unpaid_leave act.kind act.active_support act.public act.symbol act.attribute act.appeal act.leaning "
    "act.state_facility act.mobilised_subordinates act.official_duty act.accidental target.kind "
    "attribution.account_control attribution.authenticity"
).split()
PRESUMED_ABSENT = (
    "actor.under_order actor.spouse_of_contestant actor.unpaid_leave act.official_duty act.accidental".split()
)
WITH_AN_ACCOUNT = "post comment share like join_group follow photo_post online_campaign message".split()
SOMEBODY_ELSE = "other_after_takeover other_proven not_respondents_account automated_app".split()
PHASES = "before_determination after_determination campaign quiet vote after_vote".split()
RELATIONS = {
    "before_determination": PHASES[:1],
    "from_determination": PHASES[1:],
    "during_campaign": ["campaign"],
    "any_phase": PHASES,
    "no_contest": ["none"],
}


def quoted(value):
    return f"'{str(value).lower() if isinstance(value, bool) else value}'"


def listed(column, values):
    return f'("{column}" IN ({", ".join(map(quoted, values))}))'


def together(parts, word):
    """Join conditions; no SQL parser likes hundreds of brackets within each other."""
    return f"({f' {word} '.join(parts)})" if parts else {"AND": "TRUE", "OR": "FALSE"}[word]


class Oracle:
    """The catalogue of a folder, asked in SQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.terms = {one["id"]: one["when"] for one in self._file("terms.yaml")["terms"]}
        self.exceptions = {one["id"]: one for one in self._file("exceptions.yaml")["exceptions"]}
        self.issues = {one["id"]: one for one in self._file("issues.yaml")["issues"]}
        self.rules = self._rules()
        self.base = sqlite3.connect(":memory:")
        columns = ", ".join(f'"{name}" TEXT' for name in FACTS)
        self.base.execute(f"CREATE TABLE stated (line INTEGER PRIMARY KEY, {columns})")
        self.base.execute(f"CREATE VIEW facts AS SELECT *, {self._phase()} AS phase FROM stated")
        alone = ", ".join(f'{self._status(rule)} AS "{name}"' for name, rule in self.rules.items())
        conduct = ", ".join(f'{self._conduct(rule)} AS "{name} conduct"' for name, rule in self.rules.items())
        self.base.execute(f"CREATE VIEW alone AS SELECT line, {alone} FROM facts")
        self.base.execute(f"CREATE VIEW conduct AS SELECT line, {conduct} FROM facts")

    def _file(self, name):
        return yaml.load((self.folder / name).read_text("utf-8"), yaml.CBaseLoader)

    def _rules(self):
        files = [self._file(path.relative_to(self.folder)) for path in sorted(self.folder.glob("rules/*.yaml"))]
        rules = {}
        for held in files:
            for one in held.get("rules", ()):
                merged = {**held.get("common", {}), **one}
                merged["instrument"] = one["citation"].get("instrument", held["instrument"])
                rules[one["id"]] = merged
        for held in files:
            for forms in held.get("same_forms", ()):
                taken = {name: rule for name, rule in rules.items() if rule["instrument"] == forms["forms_of"]}
                for name, rule in taken.items():
                    own = {key: {**held.get("common", {}), **forms}[key] for key in ("in_force", "applies_to")}
                    rules[f"{held['instrument']}/{name.rpartition('/')[2]}"] = {
                        **rule,
                        **own,
                        "overrides": [],
                        "instrument": None,
                    }
        return rules

    def _asked(self, stated):
        parts = []
        for key, value in stated.items():
            if key in ("any", "all"):
                parts.append(together([self._asked(one) for one in value], "OR" if key == "any" else "AND"))
            elif key == "not":
                parts.append(f"(NOT {self._asked(value)})")
            elif key == "term":
                parts.append(self._asked(self.terms[value]))
            else:
                parts.append(listed(key, value if isinstance(value, list) else [value]))
        return together(parts, "AND")

    def _phase(self):
        cases = ["""WHEN "contest.kind" = 'none' THEN 'none'""", 'WHEN "date" IS NULL THEN NULL']
        for path in sorted(self.folder.glob("calendars/*.yaml")):
            held = self._file(path.relative_to(self.folder))
            steps = {}
            for one in sorted(held["steps"], key=lambda one: one["known"]["from"]):
                if "region" not in one:
                    steps[one["what"]] = (one["from"], one.get("to", one["from"]))
            covered = (
                f'{listed("contest.kind", held["contests"])} AND "contest.round" = {quoted(held.get("round", "1"))} '
                f'AND "date" BETWEEN {quoted(held["covers"]["from"])} AND {quoted(held["covers"]["to"])}'
            )
            until = [steps["determination"][0], steps["campaign"][0], steps["quiet"][0], steps["vote"][0]]
            for name, day in zip(PHASES, until, strict=False):
                cases.append(f'WHEN {covered} AND "date" < {quoted(day)} THEN {quoted(name)}')
            cases.append(f"WHEN {covered} AND \"date\" <= {quoted(steps['vote'][1])} THEN 'vote'")
            cases.append(f"WHEN {covered} THEN 'after_vote'")
        return f"CASE {' '.join(cases)} END"

    def _in_force(self, span, *, continuing=False):
        parts = []
        if "from" in span and not continuing:
            parts.append(f'("date" >= {quoted(span["from"])})')
        if "to" in span:
            parts.append(f'("date" <= {quoted(span["to"])})')
        return together(parts, "AND")

    def _attributed(self):
        account = f'("act.kind" IS NULL OR {listed("act.kind", WITH_AN_ACCOUNT)})'
        control, record = '"attribution.account_control"', '"attribution.authenticity"'
        return (
            f"(CASE WHEN {listed('attribution.account_control', SOMEBODY_ELSE)} OR {record} = 'refuted' THEN FALSE "
            f"WHEN {control} = 'shared_unknown' OR {record} = 'doubtful' THEN NULL "
            f"WHEN ({control} IS NULL OR {record} IS NULL) AND {account} THEN NULL ELSE TRUE END)"
        )

    def _excepted(self, rule):
        found = []
        for name in rule.get("unless") or ():
            one = self.exceptions[name]
            parts = [self._asked(one["when"])]
            if "unless" in one:
                parts.append(f"(NOT {self._asked(one['unless'])})")
            # Of an act whose day is unknown an exception is not ruled out by its dates.
            parts.append(f"({self._in_force(one.get('in_force', {}))} IS NOT FALSE)")
            found.append(together(parts, "AND"))
        return found

    def _phase_asked(self, rule):
        return "TRUE" if rule["phase"] == "always" else listed("phase", RELATIONS[rule["phase"]])

    def _conduct(self, rule):
        kept = [f"(NOT {one})" for one in self._excepted(rule)]
        return together([self._phase_asked(rule), self._asked(rule["when"]), self._attributed(), *kept], "AND")

    def _status(self, rule):
        in_force = self._in_force(rule["in_force"], continuing=rule.get("continuing") == "true")
        # Whatever its span, a rule is not established to hold on an unknown day.
        dated = f'(CASE WHEN "date" IS NULL THEN NULL ELSE {in_force} END)'
        people = listed("actor.status", rule["applies_to"])
        act = together([self._phase_asked(rule), self._asked(rule["when"]), self._attributed()], "AND")
        excepted = self._excepted(rule)
        readings = [self.issues[name] for name in rule.get("readings", ())]
        held_open = [
            f"({self._asked(one['when']) if 'when' in one else 'TRUE'} IS NOT FALSE)"
            for one in readings
            if one["bears_on"] == "outcome"
        ]
        known = together([dated, people, act, *(f"(NOT {one})" for one in excepted)], "AND")
        return (
            f"CASE WHEN {dated} IS FALSE OR {people} IS FALSE THEN 'not_asked' "
            f"WHEN {act} IS FALSE THEN 'not_met' "
            f"WHEN {together([f'({one} IS TRUE)' for one in excepted], 'OR')} THEN 'defeated' "
            f"WHEN {known} IS NULL THEN 'undecided' "
            f"WHEN {together(held_open, 'OR')} THEN 'undecided' ELSE 'met' END"
        )

    def ask(self, rows):
        """Give for each row its outcome, and the status of each rule."""
        self.base.execute("DELETE FROM stated")
        marks = ", ".join("?" * (1 + len(FACTS)))
        self.base.executemany(
            f"INSERT INTO stated VALUES ({marks})", ([i, *map(row.get, FACTS)] for i, row in enumerate(rows))
        )
        names = list(self.rules)
        statuses = self.base.execute("SELECT * FROM alone ORDER BY line")
        conducts = self.base.execute("SELECT * FROM conduct ORDER BY line")
        for alone, conduct in zip(statuses, conducts, strict=True):
            found = self._yielded(dict(zip(names, alone[1:], strict=True)))
            elsewhere = any(
                found[name] == "not_asked" and truth != 0 for name, truth in zip(names, conduct[1:], strict=True)
            )
            held = set(found.values())
            yield (
                (
                    "meets_rule"
                    if "met" in held
                    else "insufficient_facts"
                    if "undecided" in held
                    else "out_of_scope"
                    if elsewhere
                    else "meets_no_rule"
                ),
                found,
            )

    def _yielded(self, alone):
        found = dict(alone)
        # The catalogue's overrides are one step deep; a chain of them would need an order.
        for winner, rule in self.rules.items():
            for over in rule.get("overrides") or ():
                loser = over["rule"]
                if alone[winner] == "met" and alone[loser] in ("met", "undecided"):
                    found[loser] = "defeated"
                elif alone[winner] == "undecided" and alone[loser] == "met":
                    found[loser] = "undecided"
        return found
