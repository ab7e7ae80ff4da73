"""How often an audit accuses falsely, how often it finds what is there, and how long it takes; by seed.

Invented worlds (``telusur.validation.balance``), and the published thresholds of an open study of police stops where
its table lies (``../shared/data/balance``). ``--times`` is the number of audits of each world, ``--tests`` that of
threshold tests, each of which takes about as long as a hundred audits.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from itertools import product
from pathlib import Path

import numpy as np

from telusur.balance import default_plan, thresholds
from telusur.balance.auditing import audit
from telusur.balance.result import Rate
from telusur.validation.balance import bars
from telusur.validation.balance.trying import tried
from telusur.validation.balance.worlds import PLANTED, WORLDS, Setting, draw

SIZES = (50, 200, 1_000, 5_000)
PUBLISHED = Path("../shared/data/balance/thresholds_ct_ri.csv")
PARTS = ("fair", "planted", "bars", "published", "speed")


def told(rate: Rate) -> str:
    """Say a rate with its interval, in percent."""
    return f"{100 * rate.rate:5.1f} [{100 * rate.lower:4.1f}, {100 * rate.upper:5.1f}]"


def worlds(settings: list[Setting], times: int, seed: int, jobs: int) -> None:
    """Print false accusations and findings."""
    print(f"\n{times} audits of each world, seed {seed}; percent of audits with 95 % interval")
    print(f"{'world':32} {'n':>6} {'falsely accuses':>22} {'pooled Fisher does':>22} {'finds':>22}  too little data at")
    for one in tried(settings, times, seed, jobs):
        setting = one.setting
        name = f"{setting.world}, fair" if setting.planted is None else f"odds ratio 2 at {setting.planted}"
        finds = "" if one.finding is None else told(one.finding)
        little = ", ".join(f"{step} {n}" for step, n in one.too_little.items())
        print(
            f"{name:32} {setting.n:6d} {told(one.accusing):>22} {told(one.pooled):>22} {finds:>22}  {little}",
            flush=True,
        )


def evidence_required(times: int, seed: int, jobs: int) -> None:
    """Print how often the threshold test tells a difference, in fair worlds and where there is one."""
    print(f"\n{times} threshold tests of each world, both families, seed {seed}; percent with 95 % interval")
    print(f"{'world':32} {'n':>6} {'tells a difference':>22} {'R-hat':>8}  verdicts")
    settings = [bars.Setting(world, n) for world, n in product((*bars.FAIR, *bars.UNFAIR), (1_000, 5_000))]
    for one in bars.tried(settings, times, seed, jobs):
        name = one.setting.world + (", fair" if one.setting.world in bars.FAIR else "")
        verdicts = ", ".join(f"{verdict} {n}" for verdict, n in one.verdicts.items())
        print(f"{name:32} {one.setting.n:6d} {told(one.different):>22} {one.r_hat:8.4f}  {verdicts}", flush=True)


def published(seed: int) -> None:
    """Print how near the beta family comes to published thresholds, and how long each family takes."""
    if not PUBLISHED.exists():
        print(f"\nNOT MEASURED: {PUBLISHED} is absent")
        return
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = list(enumerate(csv.DictReader(file), start=2))
    print(f"\nPublished thresholds, seed {seed}")
    print(f"{'state':6} {'rows':>5} {'family':>13} {'mean error':>11} {'largest':>8} {'R-hat':>7} {'CPU s':>6}")
    for state in sorted({row["state"] for _, row in rows}):
        own = [(line, row) for line, row in rows if row["state"] == state]
        (table,) = thresholds.read_tables(own)
        known = {(row["location_variable"], row["driver_race"]): float(row["inferred_threshold"]) for _, row in own}
        for family in ("beta", "discriminant"):
            began = time.process_time()
            found = thresholds.fit(table, family=family, seed=seed)
            taken = time.process_time() - began
            errors = np.abs([row.bar.chance.mean - known[row.place, row.group] for row in found.rows])
            # Levels depend on the family; only the beta family is the one published.
            said = f"{errors.mean():11.5f} {errors.max():8.5f}" if family == "beta" else f"{'':11} {'':8}"
            print(f"{state:6} {len(own):5d} {family:>13} {said} {found.r_hat:7.4f} {taken:6.1f}", flush=True)


def speed() -> None:
    """Print how long an audit of many cases takes, without the threshold test."""
    cases = draw(Setting("plain", 50_000), 1)
    began, wall = time.process_time(), time.perf_counter()
    audit(cases, default_plan())
    print(f"\n50,000 cases: {time.process_time() - began:.1f} s CPU, {time.perf_counter() - wall:.1f} s")


def main() -> None:
    """Measure all, or the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--times", type=int, default=400)
    parser.add_argument("--tests", type=int, default=20)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {min(unknown)!r}; the parts are {', '.join(PARTS)}")
    parts = options.parts or PARTS
    if "fair" in parts:
        fair = [Setting(world, n) for n, world in product(SIZES, WORLDS)]
        worlds(fair, options.times, options.seed, options.jobs)
    if "planted" in parts:
        unfair = [Setting("plain", n, step) for n, step in product(SIZES[2:], PLANTED)]
        worlds(unfair, options.times, options.seed, options.jobs)
    if "bars" in parts:
        evidence_required(options.tests, options.seed, options.jobs)
    if "published" in parts:
        published(options.seed)
    if "speed" in parts:
        speed()


if __name__ == "__main__":
    main()
