"""Whole simulated accounts whose truth is known: who acted, on which device, and what of it came into the file.

Door: `mix` reads the committed mix; `draw` takes one value of every parameter in its range; `world` makes an account;
`question` gives what tracing is asked when the evidence in `Held` lies in the file. Nothing here is ever shipped to an
office's cases: it is for fitting and measuring.
"""

from telusur.validation.simulator.account import Texts, World
from telusur.validation.simulator.evidence import HELD, Held, obtainable, question
from telusur.validation.simulator.mix import Draw, draw, mix_hash
from telusur.validation.simulator.world import world

__all__ = ["HELD", "Draw", "Held", "Texts", "World", "draw", "mix_hash", "obtainable", "question", "world"]
