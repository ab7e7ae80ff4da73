"""How often an audit accuses falsely, how often it finds what is there, and how long it takes; by seed.

Invented worlds (``telusur.validation.balance``), and the published thresholds of an open study of police stops where
its table lies (``../shared/data/balance``). ``--times`` is the number of audits of each world.
"""

from __future__ import annotations

import argparse
import os
import time
from itertools import product
from pathlib import Path

from telusur.balance import default_plan
from telusur.balance.auditing import audit
from telusur.balance.result import Rate
from telusur.validation.balance.trying import tried
from telusur.validation.balance.worlds import PLANTED, WORLDS, Setting, draw

SIZES = (50, 200, 1_000, 5_000)
PUBLISHED = Path("../shared/data/balance/thresholds_ct_ri.csv")


def told(rate: Rate) -> str:
    """Say a rate with its interval, in percent."""
    return f"{100 * rate.rate:5.1f} [{100 * rate.lower:4.1f}, {100 * rate.upper:5.1f}]"


def worlds(times: int, seed: int, jobs: int) -> None:
    """Print false accusations and findings."""
    fair = [Setting(world, n) for n, world in product(SIZES, WORLDS)]
    unfair = [Setting("plain", n, step) for n, step in product(SIZES[2:], PLANTED)]
    print(f"{times} audits of each world, seed {seed}; percent of audits with 95 % interval")
    print(f"{'world':32} {'n':>6} {'falsely accuses':>22} {'pooled Fisher does':>22} {'finds':>22}  too little data at")
    for one in tried([*fair, *unfair], times, seed, jobs):
        setting = one.setting
        name = f"{setting.world}, fair" if setting.planted is None else f"odds ratio 2 at {setting.planted}"
        finds = "" if one.finding is None else told(one.finding)
        little = ", ".join(f"{step} {n}" for step, n in one.too_little.items())
        print(
            f"{name:32} {setting.n:6d} {told(one.accusing):>22} {told(one.pooled):>22} {finds:>22}  {little}",
            flush=True,
        )


def speed() -> None:
    """Print how long an audit of many cases takes, without the threshold test."""
    cases = draw(Setting("plain", 50_000), 1)
    began, wall = time.process_time(), time.perf_counter()
    audit(cases, default_plan())
    print(f"50,000 cases: {time.process_time() - began:.1f} s CPU, {time.perf_counter() - wall:.1f} s")


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=400)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    worlds(options.times, options.seed, options.jobs)
    speed()


if __name__ == "__main__":
    main()
