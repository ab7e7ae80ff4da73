"""The catalogue as numpy tables: what the rules say of many facts at once, without reasons.

The door
--------
many
    Facts to outcome, contested and the status of each rule, row by row; equal to `determine`.
"""

from telusur.law.compiled.arrays import OUTCOMES, Answers, Columns, Judged, answers
from telusur.law.compiled.rows import columns, many

__all__ = ["OUTCOMES", "Answers", "Columns", "Judged", "answers", "columns", "many"]
