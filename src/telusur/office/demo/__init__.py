"""The trial: an office of invented people with a handful of cases, made once and kept as it is left.

Roles, not names. Its door: `welcome` makes it at the first start, and says how to get in at each.
"""

from telusur.office.demo.making import welcome

__all__ = ["welcome"]
