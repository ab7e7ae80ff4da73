"""How many questions the self-check takes, exact over the stated prior, and how soon the first one is there.

The prior is ``src/telusur/law/selfcheck/prior.yaml``. With the contest stated the phase is known, as in the bounds of
the project (in the campaign at most 4.5 questions on average and 9 at most); with the contest asked for, one more
question counts where it matters.
"""

from __future__ import annotations

import time
from datetime import date

from telusur import law
from telusur.law.selfcheck import Interview, State, expected

CASES: tuple[tuple[str, date, dict[str, str]], ...] = (
    ("campaign, president", date(2024, 1, 15), {"contest.kind": "president"}),
    ("campaign, dpr", date(2024, 1, 15), {"contest.kind": "dpr"}),
    ("campaign, regent", date(2024, 10, 15), {"contest.kind": "regent"}),
    ("before determination, president", date(2023, 11, 5), {"contest.kind": "president"}),
    ("quiet days, president", date(2024, 2, 12), {"contest.kind": "president"}),
    ("campaign, contest asked for", date(2024, 1, 15), {}),
    ("no calendar, contest asked for", date(2026, 11, 22), {}),
)


def main() -> None:
    """Print a table of questions for a person and for an office."""
    law.catalogue()
    began = time.process_time()
    Interview(date(2024, 1, 15)).question(State(date(2024, 1, 15)))
    print(f"first question after {time.process_time() - began:.3f} s of CPU time, catalogue read before")
    print(f"{'':34} {'person':>22} {'office':>22}")
    print(f"{'':34} {'mean':>8} {'most':>5} {'tree':>7} {'mean':>8} {'most':>5} {'tree':>7}")
    for name, day, stated in CASES:
        row = ""
        for agency in (False, True):
            found = expected(Interview(day, agency=agency), stated)
            row += f" {found.mean:8.2f} {found.most:5d} {found.nodes:7d}"
        print(f"{name:34}{row}")


if __name__ == "__main__":
    main()
