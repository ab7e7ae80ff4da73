"""The development cases come out as they were made (needs ../shared)."""

import json
from pathlib import Path

import pytest
import yaml

from telusur import dossier

CASES = Path(__file__).parents[3] / "shared" / "cases"
ALL = [f"K{n:02}" for n in range(1, 23)]

pytestmark = pytest.mark.accept


@pytest.fixture(scope="module")
def truth():
    return {case["case"]: case for case in yaml.safe_load((CASES / "truth.yaml").read_text("utf-8"))["cases"]}


@pytest.fixture(scope="module")
def tracings():
    found = {}
    for name in ALL:
        case = dossier.read_case(CASES / name)
        found[name] = dossier.trace(case, case.acts[0], dossier.read_records(case))
    return found


def who(case):
    """Give who acted: a case's proposition, or the scenario where both are one."""
    return case.get("proposition", case["scenario"])


def is_right(tracing, case):
    """Whether tracing leads to the truth, or leads nowhere where the evidence fits the opposite truth as well."""
    leading = tracing.combined.leading
    if case.get("decidable", True):
        return leading == who(case)
    return leading is None and not tracing.combined.excludes_owner


def test_at_least_eighteen_of_twenty_two_come_out_as_they_should(tracings, truth):
    right = [name for name, tracing in tracings.items() if is_right(tracing, truth[name])]
    print(f"\nas they should be: {len(right)} of {len(tracings)}")
    for name, tracing in tracings.items():
        bans = {p.value: round(w.log10_lr, 2) for p, w in tracing.combined.weights.items()}
        print(f"{name} {who(truth[name]):18} -> {tracing.combined.leading} {json.dumps(bans)}")
    assert len(right) >= 18


def test_no_owner_s_act_is_wrongly_ascribed_nor_is_the_owner_excluded(tracings, truth):
    for name, tracing in tracings.items():
        if who(truth[name]) == "owner":
            assert not tracing.combined.excludes_owner, name


def test_no_case_leads_to_a_wrong_proposition_by_a_ban(tracings, truth):
    for name, tracing in tracings.items():
        leading = tracing.combined.leading
        if leading is None or leading == who(truth[name]):
            continue
        true_one = tracing.combined.weights.get(who(truth[name]))
        best = 0.0 if leading == "owner" else tracing.combined.weights[leading].log10_lr
        assert best - (true_one.log10_lr if true_one else 0.0) < 1, name


@pytest.mark.parametrize("name", ALL)
def test_every_case_folder_reads_without_a_fault(name):
    assert dossier.read_case(CASES / name).acts
