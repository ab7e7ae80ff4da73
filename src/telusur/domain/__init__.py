"""The nouns of the house, as frozen, typed values; nothing here reads the world or writes to it.

Floor 0. Its modules are its door: import the one that names the thing (``from telusur.domain.event import Event``).
"""
