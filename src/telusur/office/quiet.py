"""No personal data in logs: what a request said stays out of them."""

from __future__ import annotations

import logging
import re

#: Long runs of digits (NIP, NIK, codes), identifiers of cases, and what follows a question mark.
_PERSONAL = re.compile(r"\d{6,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\?\S+")


class NoPersonalData(logging.Filter):
    """Take out of a line what may name a person, and what a traceback holds of values."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the line; it is always let through."""
        record.msg = _PERSONAL.sub("[…]", record.getMessage())
        record.args = ()
        if record.exc_info:
            kind = record.exc_info[0]
            place = record.exc_info[2]
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
            record.msg += f" ({kind.__name__ if kind else 'error'} at {where})"
            record.exc_info = None
            record.exc_text = None
        return True
