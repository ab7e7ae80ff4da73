"""The catalogue as numpy tables: what the rules say of many facts at once, without reasons.

The door
--------
many
    Facts to outcome, contested and the status of each rule, row by row; equal to `determine`.
Tables
    A catalogue worked out once: outcome, contested and tracks of a million rows of `columns` in a fraction of a second.
columns
    Facts as arrays.
Stream, documents
    What `determine` would say of very many acts, piece by piece; its answers as JSON documents.
"""

from telusur.law.compiled.arrays import OUTCOMES, Answers, Columns, Judged, answers
from telusur.law.compiled.rows import columns, many
from telusur.law.compiled.stream import Stream, documents
from telusur.law.compiled.tables import Brief, Tables

__all__ = [
    "OUTCOMES",
    "Answers",
    "Brief",
    "Columns",
    "Judged",
    "Stream",
    "Tables",
    "answers",
    "columns",
    "documents",
    "many",
]
