"""Validation: how far the weights can be trusted, measured on authors that were never fitted on.

Beside the floors: may use all below the office, and is used by the cli and ``make bench`` alone. Door: `gathered` reads
anyone's table, `check_other` refuses what is no other corpus,
`validate` tries a model by the whole protocol, `report` writes what was found. The bench goes in
further: `metrics` (pure functions on weights in bans), `intervals` (the same, drawn by author) and `pan` (the measures
of evaluation campaigns); `protocol` (settings, histories, windows and impostors), `study` and `weighing` (its
comparisons, laid out and weighed); `peers` (plain methods that the model is held against).
"""

from telusur.validation.table import COLUMNS, Table, gathered
from telusur.validation.validating import Source, Validation, check_other, validate

__all__ = ["COLUMNS", "Source", "Table", "Validation", "check_other", "gathered", "validate"]
