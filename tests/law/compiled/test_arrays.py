"""The rules over arrays say what `determine` says, row by row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from law.drawn import facts
from telusur import law
from telusur.domain.errors import BadInput
from telusur.law.compiled import OUTCOMES, many
from telusur.law.compiled.arrays import DEFEATED, MET, NOT_ASKED, NOT_MET, UNDECIDED

STATUS = {NOT_MET: "not_met", DEFEATED: "defeated", UNDECIDED: "undecided", MET: "met"}


def answered(drawn):
    for one in drawn:
        try:
            yield one, law.determine(one)
        except BadInput:
            continue  # a contest that no calendar covers that day


@given(st.lists(facts(), min_size=1, max_size=40))
def test_each_row_is_what_is_determined_of_it(drawn):
    pairs = list(answered(drawn))
    found = many([one for one, _ in pairs], law.catalogue())
    for i, (one, answer) in enumerate(pairs):
        assert OUTCOMES[found.outcome[i]] == answer.outcome, one
        assert bool(found.contested[i]) is answer.contested, one
        statuses = {result.rule.id: result.status for result in answer.rule_results}
        for name, judged in found.judged.items():
            status = judged.status[i]
            if status == NOT_ASKED:
                assert statuses.get(name, "not_met") == "not_met"
            elif name in statuses:
                assert STATUS[status] == statuses[name], (name, one)
            else:
                assert status == NOT_MET
