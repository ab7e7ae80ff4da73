"""Terms in days: when they end, counted day by day on the calendar as it was known.

The data (``data/``: YAML that lawyers edit) holds the terms, the working week, and the decrees on national holidays and
joint leave with the day each became known.

The door
--------
due
    When a term ends, with every day counted or skipped, all readings and all cautions.
moved
    Whether what was decreed since would move a deadline.
register
    The terms, calendars and agencies that are shipped.
read_agencies
    An office's own departures from the calendar.
ics
    A deadline as a calendar entry.
"""

from telusur.law.deadlines.calendar import KnownDays, Skipped, Version, as_known
from telusur.law.deadlines.count import Caution, CountedDay, Deadline, Reading, counted_days, due, made_by, moved
from telusur.law.deadlines.ics import ics
from telusur.law.deadlines.load import load, read_agencies, register
from telusur.law.deadlines.model import Agency, Count, Register, Term, WorkCalendar, one_agency
from telusur.law.deadlines.words import count_words, filled, long_day

__all__ = [
    "Agency",
    "Caution",
    "Count",
    "CountedDay",
    "Deadline",
    "KnownDays",
    "Reading",
    "Register",
    "Skipped",
    "Term",
    "Version",
    "WorkCalendar",
    "as_known",
    "count_words",
    "counted_days",
    "due",
    "filled",
    "ics",
    "load",
    "long_day",
    "made_by",
    "moved",
    "one_agency",
    "read_agencies",
    "register",
]
