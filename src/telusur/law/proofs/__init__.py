"""What holds of a catalogue over all facts, what a change of it changes, and how strong its examples are.

The door
--------
prove
    Every day has one phase, every act is spoken of, no dead rule, no contradiction of tracks, monotone, symmetric.
mutate
    Of catalogues with one condition dropped or turned, how many the worked examples notice.
diff
    Rules, states of facts and answers to past facts that differ between two catalogues, named by their folders.
compare
    The same of two catalogues that were read.
others
    Worked examples from elsewhere, to be scored apart.
"""

from telusur.law.proofs.diff import Answer, Difference, compare, diff
from telusur.law.proofs.expected import Expected
from telusur.law.proofs.finding import CHECKS, Finding, Report
from telusur.law.proofs.mutants import Mutant
from telusur.law.proofs.mutate import BOUND, Score, Strength, mutate
from telusur.law.proofs.others import others
from telusur.law.proofs.prove import prove

__all__ = [
    "BOUND",
    "CHECKS",
    "Answer",
    "Difference",
    "Expected",
    "Finding",
    "Mutant",
    "Report",
    "Score",
    "Strength",
    "compare",
    "diff",
    "mutate",
    "others",
    "prove",
]
