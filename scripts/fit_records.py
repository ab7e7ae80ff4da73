"""Learn the weights of records and documents, and table what each further record would tell, on simulated accounts.

    python scripts/fit_records.py            # writes src/telusur/tracing/params/{records,gains}.json

The same mix and code give the same files; the gains are computed under the weights that lie there when it starts, so
that after a change of the weights it is run again with ``--only-gains``. Draws 0 to 59 are for fitting;
scripts/bench_tracing.py measures on others.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from rich.progress import track

from telusur.evidence import write_bytes
from telusur.tracing import Question, bearing, weigh
from telusur.validation import gains, record_fit
from telusur.validation.gains import Gain
from telusur.validation.record_fit import Observation
from telusur.validation.simulator import draw, mix_hash, obtainable, question, world
from telusur.validation.simulator.regimes import ADDED, REGIMES, STATES, held_in

PARAMS = Path(__file__).parent.parent / "src/telusur/tracing/params"
DRAWS = 60
#: Accounts of WhatsApp are few and quickly asked: of these there are so many times as many.
_CHATS = 12


def stratum(asked: Question) -> str:
    """Give what kind of file it is: its platform, and whether it shows sessions, or a page only."""
    kinds = {record.kind for record in asked.records}
    inside = "provider_record" if kinds == {"provider_record"} else "inside" if kinds - {"web_archive"} else "outside"
    return f"{asked.act.account.platform if asked.act.account else '?'} {inside}"


def observed(task: tuple[int, int]) -> list[Observation]:
    """Give what tracing finds in the accounts of one draw, each under two regimes."""
    number, accounts = task
    drawn = draw(number)
    random = np.random.default_rng([4, number])
    found = []
    for seed in range(accounts):
        made = world(drawn, seed)
        for regime in random.choice(len(REGIMES), 2, replace=False):
            held = held_in(REGIMES[int(regime)], random, made.platform)
            asked = question(made, held)
            codes = frozenset(item.code for item in weigh(asked).items)
            found.append(Observation(made.truth, number, codes, stratum(asked)))
    return found


def gained(task: tuple[int, int]) -> list[Gain]:
    """Give what each record adds to each state in the accounts of one draw."""
    number, accounts = task
    drawn = draw(number)
    found = []
    for seed in range(accounts * _CHATS):
        made = world(drawn, seed)
        if seed >= accounts and made.platform != "whatsapp":
            continue
        can = obtainable(made)
        for state in STATES:
            if not set(state) <= can | {"known"}:
                continue
            before = gains.score(weigh(question(made, state)), made.truth)
            for added in ADDED:
                if added in state or added not in can:
                    continue
                after = gains.score(weigh(question(made, (*state, added))), made.truth)
                held = "+".join(sorted(state))
                found.append(Gain(made.platform, held, added, made.truth, after - before))
    return found


def main() -> None:
    """Fit, and write the two files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=60, help="accounts a draw for the weights")
    parser.add_argument("--for-gains", type=int, default=3, help="accounts a draw for the gains; 0: leave them")
    parser.add_argument("--only-gains", action="store_true", help="keep the weights as they are")
    parser.add_argument("--out", type=Path, default=PARAMS)
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    card = {"mix_sha256": mix_hash(), "draws": DRAWS, "accounts_a_draw": given.accounts}
    if not given.only_gains:
        bears_on = {code: row.bears_on for code, row in bearing.table().rows.items() if row.learned}
        with ProcessPoolExecutor() as pool:
            tasks = [(number, given.accounts) for number in range(DRAWS)]
            batches: Iterable[list[Observation]] = track(pool.map(observed, tasks), "accounts", total=DRAWS)
            observations = [one for batch in batches for one in batch]
        fitted = record_fit.fit(observations, bears_on)
        write_bytes(given.out / "records.json", fitted.as_bytes({**card, "questions": len(observations)}), force=True)
    if given.for_gains:
        with ProcessPoolExecutor() as pool:
            tasks = [(number, given.for_gains) for number in range(DRAWS)]
            tables = [one for batch in track(pool.map(gained, tasks), "gains", total=DRAWS) for one in batch]
        write_bytes(
            given.out / "gains.json", gains.table(tables, {**card, "accounts_a_draw": given.for_gains}), force=True
        )


if __name__ == "__main__":
    main()
