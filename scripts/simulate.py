"""Write simulated case folders for people to look at, with what is true of each.

    python scripts/simulate.py --n 5 --seed 1 --out /tmp/simulated

All is invented: names are roles, words are drawn from a list, pictures are grey.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from telusur.domain.errors import BadInput
from telusur.validation.simulator import draw, question, world
from telusur.validation.simulator.folders import write_case
from telusur.validation.simulator.regimes import REGIMES, held_in
from telusur.validation.simulator.texts import InventedTexts


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the folders, and ``truth.yaml`` beside them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=5, help="cases (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same cases (default: %(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="folder that does not exist yet, or is empty")
    given = parser.parse_args(arguments)
    if given.out.exists() and any(given.out.iterdir()):
        print(f"simulate: {given.out} is not empty; name another folder", file=sys.stderr)
        return 2
    drawn = draw(given.seed)
    random = np.random.default_rng([9, given.seed])
    truths = []
    try:
        for seed in range(given.n):
            made = world(drawn, seed)
            regime = REGIMES[int(random.integers(len(REGIMES)))]
            asked = question(made, held_in(regime, random, made.platform), InventedTexts())
            name = f"S{seed + 1:02}"
            write_case(asked, given.out / name, case=name)
            truths.append(
                {
                    "case": name,
                    "proposition": made.truth.value,
                    "variant": made.variant,
                    "platform": made.platform,
                    "regime": regime,
                }
            )
            print(f"{given.out / name}: {made.truth.value}, {made.variant}, {made.platform}, {regime}")
    except (BadInput, OSError) as problem:
        print(f"simulate: {problem}", file=sys.stderr)
        return 2
    (given.out / "truth.yaml").write_text(yaml.safe_dump({"cases": truths}, sort_keys=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
