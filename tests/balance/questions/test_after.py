"""Appeals and execution are counted by group."""

from balance_questions import fair, ground
from telusur.balance.questions import after


def test_appeals_that_changed_a_decision_are_counted_among_those_decided():
    cases = fair(2_000)
    found = after.appeals(ground(cases))
    decided = (cases.outcome == "proven") | (cases.outcome == "not_proven")
    changed = decided & (cases.columns["appeal"] == "changed")
    assert found.numbers["changed"] == int(changed.sum())
    assert sum(found.series["changed"]) == int(changed.sum())
    assert found.numbers["appealed"] == sum(found.series["appealed"]) > found.numbers["changed"]


def test_executed_sanctions_are_counted_among_those_imposed():
    cases = fair(2_000)
    found = after.executed(ground(cases))
    imposed = (cases.outcome == "proven") & (cases.numbers["severity"] > 0)
    assert found.numbers["sanctioned"] == int(imposed.sum())
    assert sum(found.series["executed"]) == found.numbers["executed"] < found.numbers["sanctioned"]
    assert all(low <= share <= high for low, share, high in zip(
        found.series["lower"], found.series["share"], found.series["upper"], strict=True))  # fmt: skip
