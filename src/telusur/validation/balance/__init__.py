"""Invented worlds in which audits of balance are tried: fair ones and unfair ones, by seed.

Door: `worlds.draw` and `worlds.WORLDS`; `trying.tried` audits many of them.
"""
