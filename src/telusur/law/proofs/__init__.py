"""What holds of a catalogue over all facts, what a change of it changes, and how strong its examples are.

The door
--------
prove
    Every day has one phase, every act is spoken of, no dead rule, no contradiction of tracks, monotone, symmetric.
"""

from telusur.law.proofs.finding import CHECKS, Finding, Report
from telusur.law.proofs.prove import prove

__all__ = ["CHECKS", "Finding", "Report", "prove"]
