"""Tracings as pages show them: how far one is, what failed, and the weights in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.dossier import Speech
from telusur.office import working
from telusur.office.models import Case, TracingRun


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


@dataclass(frozen=True, slots=True)
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

    @property
    def hinges(self) -> list[Text]:
        """Without which items or groups another proposition leads, or none; nothing for tracings of old."""
        held: Any = self.run.asked.get("shown", {}).get("sensitivity", {}).get("without", [])
        return [self._without(one) for one in held if one["changes"]]

    @property
    def tells_hinges(self) -> bool:
        """Whether this tracing looked at what it hangs on, and had something to leave out."""
        return bool(self.run.asked.get("shown", {}).get("sensitivity", {}).get("without"))

    def _without(self, one: Any) -> Text:
        what = Text(*([self.items[one["items"][0]]["what"]] * 2))
        if one["group"]:
            name = f"group.{one['group']}"
            group = Text(Speech("id")(name), Speech("en")(name))
            n = len(one["items"])
            what = Text(f"semua {n} butir kelompok {group.id}", f"all {n} items of the group {group.en}")
        if one["leading"] is None:
            return Text(f"Tanpa “{what.id}” tidak ada yang unggul.", f"Without “{what.en}” nobody leads.")
        then = Proposition(one["leading"]).words
        return Text(
            f"Tanpa “{what.id}” yang unggul adalah “{then.id}”.", f"Without “{what.en}” what leads is “{then.en}”."
        )

    @property
    def abstained(self) -> Any:
        """What gave no weight, and why."""
        return self.run.result["abstained"] if self.run.result else []


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
