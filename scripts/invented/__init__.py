"""Invented people, invented posts, invented records: what the example cases are made of.

Everything is drawn from a seed, so that the same sources give the same bytes on every machine.
"""
