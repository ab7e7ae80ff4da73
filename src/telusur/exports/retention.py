"""How long platforms keep their logs, as far as anybody has said so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from telusur.domain.account import Platform
from telusur.domain.record import LogName
from telusur.domain.text import Text

Status = Literal["published", "reported", "unknown"]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a platform keeps a log.

    Parameters
    ----------
    period
        In words, since hardly any platform states days.
    status
        Whether the platform itself says so, others do, or nobody does.
    source
        Who says so.
    """

    period: Text
    status: Status
    source: str | None


UNKNOWN: Final = Retention(
    Text("tidak diketahui; mintalah datanya segera", "unknown; ask for the data soon"), "unknown", None
)


def retention_of(platform: Platform, log: LogName) -> Retention:
    """Give how long a platform keeps a log; `UNKNOWN` where nothing was found that could be relied on.

    Parameters
    ----------
    platform
        Whose export it is.
    log
        Which log.
    """
    found = _table().get(platform, {}).get(log)
    return UNKNOWN if found is None else Retention(Text(found["id"], found["en"]), found["status"], found["source"])


@cache
def _table() -> Any:  # noqa: ANN401 - the package's own YAML; a test reads every entry
    # Loaded where the data are asked for, not in every worker that opens a file.
    from telusur.domain import marked_yaml  # noqa: PLC0415 - same

    return marked_yaml.packaged(__package__, "retention.yaml").value
