"""Facts drawn at random from the vocabulary, and a catalogue small enough to break."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from telusur import law
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS

FIRST = date(2021, 8, 31)
#: Days that every shipped calendar covers.
days = st.integers(0, (date(2024, 10, 20) - FIRST).days).map(lambda n: FIRST + timedelta(n))
#: Days near the determinations, where most can go wrong.
near = st.sampled_from([date(2023, 11, 3), date(2023, 11, 13), date(2024, 9, 22)]).flatmap(
    lambda day: st.integers(-2, 2).map(lambda n: day + timedelta(n))
)

ASKED = tuple(name for name, field in FIELDS.items() if field.kind in ("choice", "flag") and name != "contest.round")


def values(name):
    field = FIELDS[name]
    return st.booleans() if field.kind == "flag" else st.sampled_from(field.values)


EXAMPLES = tuple(example.facts for example in law.examples().values())


@st.composite
def near_an_example(draw):
    """Draw a worked example with up to four facts changed, forgotten, or said to be unknown: there rules are met."""
    stated = dict(draw(st.sampled_from(EXAMPLES)).stated)
    for name in draw(st.lists(st.sampled_from(ASKED), max_size=4, unique=True)):
        what = draw(st.sampled_from(("change", "forget", "unknown")))
        if what == "forget":
            stated.pop(name, None)
        else:
            stated[name] = draw(values(name)) if what == "change" else None
    if stated.get("date") is not None and draw(st.booleans()):
        stated["date"] = draw(days | near)
    return Facts.read(stated)


def facts(*, whole=False):
    """Draw facts; of those that are not `whole`, any may be absent or said to be unknown."""
    return anything(whole=True) if whole else near_an_example() | anything()


def anything(*, whole=False):
    """Draw each fact for itself."""
    dated = {"date": days | near}
    if whole:
        return st.fixed_dictionaries({name: values(name) for name in ASKED} | dated).map(Facts.read)
    stated = {name: st.none() | values(name) for name in ASKED}
    return st.fixed_dictionaries({}, optional=stated | dated).map(Facts.read)


SMALL = {
    "sources.yaml": """\
schema: telusur.sources/1
sources:
- {id: S1, url: "https://example.org", what: a report}
""",
    "instruments.yaml": """\
schema: telusur.instruments/1
instruments:
- {id: LAW, title: {id: UU, en: Law}, in_force: {from: 2020-01-01}, confidence: single, sources: [S1]}
""",
    "coverage.yaml": "schema: telusur.coverage/1\ncoverage:\n"
    + "".join(
        f"- {{status: {status}, scope: {'none' if status == 'private_citizen' else 'full'}, "
        "note: {id: ya, en: 'yes'}, sources: []}\n"
        for status in FIELDS["actor.status"].values
    ),
    "terms.yaml": """\
schema: telusur.terms/1
terms:
- id: side
  title: {id: pihak, en: side}
  when: {target.kind: [contestant]}
""",
    "exceptions.yaml": """\
schema: telusur.exceptions/1
exceptions:
- id: duty
  title: {id: tugas, en: duty}
  citation: {instrument: LAW, status: reported, confidence: single, sources: [S1]}
  when: {act.official_duty: true}
""",
    "issues.yaml": """\
schema: telusur.issues/1
issues:
- id: doubt
  title: {id: ragu, en: doubt}
  bears_on: outcome
  when: {act.symbol: true}
  readings:
  - {says: {id: ya, en: 'yes'}, by: one, source: S1}
  - {says: {id: tidak, en: 'no'}, by: other, date: 2023-01-01, source: S1}
""",
    "rules/law.yaml": """\
schema: telusur.rules/1
instrument: LAW
common:
  applies_to: [pns]
  in_force: {from: 2020-01-01}
  known: {from: 2020-01-01}
rules:
- id: LAW/1
  title: {id: satu, en: one}
  citation: {status: reported, confidence: single, sources: [S1]}
  phase: always
  when: {act.kind: [install_prop], term: side}
  unless: [duty]
  overrides: []
  track: ethics
  sanction: {level: moral, basis: [{instrument: LAW}]}
  readings: [doubt]
- id: LAW/2
  title: {id: dua, en: two}
  citation: {status: reported, confidence: single, sources: [S1]}
  phase: always
  when: {act.kind: [install_prop], act.public: true}
  overrides:
  - {rule: LAW/1, reason: {id: khusus, en: special}, declared_by: somebody}
  track: discipline
  sanction: {level: heavy}
same_forms: []
""",
    "calendars/one.yaml": """\
schema: telusur.calendar/1
id: one
title: {id: satu, en: one}
contests: [regent]
by_region: true
covers: {from: 2024-01-01, to: 2024-12-31}
steps:
- {what: determination, from: 2024-05-01, known: {from: 2024-01-01}, confidence: single, sources: [S1]}
- {what: campaign, from: 2024-06-01, to: 2024-06-30, known: {from: 2024-01-01}, confidence: single, sources: [S1]}
- {what: quiet, from: 2024-07-01, to: 2024-07-03, known: {from: 2024-01-01}, confidence: single, sources: [S1]}
- {what: vote, from: 2024-07-04, known: {from: 2024-01-01}, confidence: single, sources: [S1]}
""",
}


def write(folder: Path, **changes: tuple[str, str] | str | None) -> Path:
    """Write the small catalogue; a change replaces words in a file, the whole file, or leaves it out."""
    files = dict(SMALL)
    for name, change in changes.items():
        if change is None:
            del files[name]
        elif isinstance(change, str):
            files[name] = change
        else:
            old, new = change
            assert old in files[name], old
            files[name] = files[name].replace(old, new, 1)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder
