"""What can still be asked for: which record, from whom, how, until when, and what it can be expected to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from telusur import process, tracing
from telusur.domain.account import Account
from telusur.domain.act import Act
from telusur.domain.text import Text
from telusur.dossier import Speech
from telusur.office.models import Case, TracingRun
from telusur.office.words import language, say

#: Bans of a whole bar at least, as in the dossier's picture.
_LEAST: Final = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A record that could still be had, as pages show it.

    Parameters
    ----------
    gain
        Expected gain in bans; ``None`` where it cannot be computed.
    most
        The largest gain beside it, for the bar.
    """

    ask_for: str
    whom: str
    how: str
    why: str
    until: date | None
    gain: float | None
    most: float = _LEAST

    @property
    def bar(self) -> str:
        """Length of the bar, from 0 to 1, as the page's machine reads it."""
        return f"{min(max(self.gain or 0.0, 0.0) / self.most, 1.0):.2f}"

    @property
    def bans(self) -> str:
        """The gain with its unit."""
        return "" if self.gain is None else Speech(language()).bans(self.gain)

    @property
    def meaning(self) -> str:
        """What the gain means."""
        return "" if self.gain is None else Speech(language()).gain(self.gain)


def of_case(case: Case, file: process.File) -> list[Asked]:
    """Give what the last tracing of each act asks for; for acts not yet traced, what an empty case asks for."""
    done: dict[str, TracingRun] = {}
    for run in case.tracing_runs.filter(state="done").order_by("-asked_at"):
        done.setdefault(run.act, run)
    found: list[Asked] = []
    for act in file.acts.values():
        last = done.get(act.id)
        if last is not None and last.result:
            found += [_read(one) for one in _asked_by(last, last.result)]
        else:
            found += _of_act(act.stated, _claims(file))
    return _sorted(found)


def _asked_by(run: TracingRun, result: Any) -> Any:
    """Give what a tracing asks for, in the page's language where it was kept in it."""
    in_english = run.asked.get("shown", {}).get("next_evidence")
    return in_english if in_english and language() == "en" else result["next_evidence"]


def of_acts(acts: Iterable[process.ActStated], file: process.File) -> list[Asked]:
    """Give what acts ask for as they were served, whatever else the office holds of them."""
    claims = _claims(file)
    return _sorted([one for act in acts for one in _of_act(act, claims)])


def _of_act(act: process.ActStated, claims: tuple[str, ...]) -> Iterator[Asked]:
    if not act.on_account or act.platform is None:
        return
    bare = Act(act.act, act.facts, Account(act.platform, act.handle), act.when)
    for one in tracing.weigh(tracing.Question(bare, claims=claims)).next_evidence:
        yield Asked(say(one.ask_for), say(one.whom), say(one.how), say(one.why), one.until, one.expected_gain_bans)


def _claims(file: process.File) -> tuple[str, ...]:
    return tuple(sorted({claim for one in file.answers[-1:] for claim in one.step.claims}))


def _read(one: Any) -> Asked:
    until = date.fromisoformat(one["until"]) if one["until"] else None
    return Asked(one["ask_for"], one["from"], one["how"], one["why"], until, one["expected_gain_bans"])


def _sorted(found: Iterable[Asked]) -> list[Asked]:
    """Give each once, what is expected to tell most first."""
    order = sorted(dict.fromkeys(found), key=lambda one: -(-1.0 if one.gain is None else one.gain))
    most = max([_LEAST, *(one.gain or 0.0 for one in order)])
    return [Asked(one.ask_for, one.whom, one.how, one.why, one.until, one.gain, most) for one in order]


#: What the bar means, for the pages.
MEANING: Final = Text(
    "Batang dan angka: seberapa besar, rata-rata pada akun simulasi, dukungan bagi yang benar-benar terjadi bertambah "
    "(+1 ban berarti sepuluh kali). Angka itu tidak mengatakan siapa yang akan didukung.",
    "Bar and number: by how much, on average over simulated accounts, the support for what truly happened grows "
    "(+1 ban means ten times). It does not say whom the record will support.",
)
