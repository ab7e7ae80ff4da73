"""Exports reduced by their owners to what tracing needs (contracts.md, 3b), and reading them back.

Its door: `reduce` makes the document, `compared` says in what a full export differs from one; `reader` reads it like
any other export.
"""

from telusur.exports.reduced.making import Asked, Reduction, compared, reduce
from telusur.exports.reduced.window import Wanted, Window

__all__ = ["Asked", "Reduction", "Wanted", "Window", "compared", "reduce"]
