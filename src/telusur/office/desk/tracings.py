"""Tracings as pages show them: how far one is, what failed, and the weights in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.dossier import Speech
from telusur.dossier.render import Block, Heading, features_of, hinges_of
from telusur.office import working
from telusur.office.desk.traced import read_back
from telusur.office.models import Case, TracingRun
from telusur.office.public.blocks import shown
from telusur.office.words import language
from telusur.tracing import Tracing


@dataclass(frozen=True, slots=True)
class Weighed:
    """One proposition of a tracing, with its weight against the owner, in bans.

    Parameters
    ----------
    borne_on
        Some item bears on it; otherwise its nought says nothing.
    """

    words: Text
    value: float
    interval: tuple[float, float]
    leading: bool
    borne_on: bool


@dataclass(frozen=True)
class RunShown:
    """A tracing on the page.

    Parameters
    ----------
    stuck
        It waits or runs, and no worker gives a sign of life.
    """

    run: TracingRun
    stuck: bool

    @property
    def going(self) -> bool:
        """Whether it is still to come to an end."""
        return self.run.state in ("waiting", "running")

    @property
    def problem(self) -> Text | None:
        """Why it failed."""
        held = self.run.asked.get("problem")
        return Text.of(held) if held else None

    @property
    def weights(self) -> list[Weighed]:
        """The six propositions, the best supported first."""
        if not self.run.result:
            return []
        combined: Any = self.run.result["combined"]
        borne_on = {Proposition.OWNER.value, *(name for item in self.items for name in item["log10_lr"])}
        found = [
            Weighed(
                Proposition(name).words,
                value,
                (combined["interval"][name][0], combined["interval"][name][1]),
                leading=name == combined["leading"],
                borne_on=name in borne_on,
            )
            for name, value in combined["log10_lr"].items()
        ]
        return sorted(found, key=lambda one: (not one.borne_on, -one.value))

    @property
    def verbal(self) -> Text | None:
        """The weight in words."""
        return Text.of(self.run.result["combined"]["verbal"]) if self.run.result else None

    @property
    def items(self) -> Any:
        """What was weighed."""
        return self.run.result["items"] if self.run.result else []

    @cached_property
    def _traced(self) -> Tracing | None:
        return read_back(self.run.result, self.run.asked.get("shown", {})) if self.run.result else None

    @property
    def hinges(self) -> list[dict[str, Any]]:
        """What the answer hangs on, as the dossier shows it; nothing for tracings of old."""
        if self._traced is None:
            return []
        say = Speech(language())
        act = say("timeline.act", id=self.run.act)
        return _shown(hinges_of(self._traced, say, name=f"hinges-{self.run.pk}", act=act))

    @property
    def features(self) -> list[dict[str, Any]]:
        """Which ways of writing moved a weight of style, likewise."""
        if self._traced is None:
            return []
        say = Speech(language())
        return [
            block
            for number, item in enumerate(self._traced.items, start=1)
            for block in _shown(features_of(number, item, say, name=f"features-{self.run.pk}-{number}"))
        ]

    @property
    def abstained(self) -> Any:
        """What gave no weight, and why."""
        return self.run.result["abstained"] if self.run.result else []


def _shown(found: Iterable[Block]) -> list[dict[str, Any]]:
    """Make blocks ready for the page, which has its own headings."""
    return shown((one for one in found if not isinstance(one, Heading)), address=str)


def done_runs(case: Case) -> dict[str, RunShown]:
    """Give the last tracing of each act that was done; it stands until a newer one is."""
    found: dict[str, RunShown] = {}
    for run in case.tracing_runs.filter(state="done"):
        found.setdefault(run.act, RunShown(run, stuck=False))
    return found


def shown_runs(case: Case) -> dict[str, RunShown]:
    """Give the last tracing of each act."""
    runs: dict[str, TracingRun] = {}
    for run in case.tracing_runs.select_related("asked_by"):
        runs.setdefault(run.act, run)
    alive = working.alive()
    return {name: RunShown(run, run.state in ("waiting", "running") and not alive) for name, run in runs.items()}
