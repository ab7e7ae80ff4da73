"""The report of a validation: for people in two languages, for machines, and comparison by comparison.

Door: `write`.
"""

from telusur.validation.report.writing import FILES, check_place, write

__all__ = ["FILES", "check_place", "write"]
