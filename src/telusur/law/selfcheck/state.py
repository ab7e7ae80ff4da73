"""What goes into the self-check and comes out of it: the answers so far, and the next question. Kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from telusur.domain.errors import BadInput, nearest
from telusur.domain.facts import Facts, Value, checked
from telusur.domain.text import Text
from telusur.law.selfcheck.forms import Option

#: Who asks beforehand asks of an own act that is meant, with an own account, and that is as it is described.
GIVEN: Final[Mapping[str, Value]] = {
    "act.accidental": False,
    "attribution.account_control": "owner",
    "attribution.authenticity": "established",
}


@dataclass(frozen=True, slots=True)
class State:
    """The answers so far.

    Parameters
    ----------
    day
        The day of the act.
    agency
        Whether an office asks of an act of its own.
    answers
        Of each answer, in the order given, what it states; ``None`` says that the asker does not know.
    """

    day: date
    agency: bool = False
    answers: tuple[Mapping[str, Value], ...] = ()

    @property
    def stated(self) -> Mapping[str, Value]:
        """Give what all answers state together; a later one wins."""
        return {name: value for answer in self.answers for name, value in answer.items()}

    @property
    def facts(self) -> Facts:
        """Give the facts of the intended act, what is given in every self-check included."""
        return Facts.read({"date": self.day, **GIVEN, **self.stated})

    def with_answer(self, facts: Mapping[str, Value]) -> Self:
        """Give the state after one more answer."""
        return replace(self, answers=(*self.answers, dict(facts)))

    def with_fact(self, name: str, value: object) -> Self:
        """State a fact by its name, asked for or not.

        Raises
        ------
        BadInput
            If the vocabulary does not hold it, or the self-check takes it as given.
        """
        if name == "date" or name in GIVEN:
            raise BadInput(
                "the self-check is about an own act that is meant; this fact is given and cannot be stated", field=name
            )
        return self.with_answer({name: checked(name, value)})

    def back(self) -> Self:
        """Give the state before the last answer; the same if there was none."""
        return replace(self, answers=self.answers[:-1])


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked next, and why.

    Parameters
    ----------
    topic
        Its name, the same in every catalogue.
    facts
        The facts that it asks for, in one go.
    several
        Whether any number of options may hold, rather than exactly one.
    unticked
        What a fact is when none of its options is ticked.
    unknown
        What "don't know" states.
    rules
        The rules still open that turn on it.
    """

    topic: str
    facts: tuple[str, ...]
    ask: Text
    options: tuple[Option, ...]
    several: bool
    unticked: Mapping[str, Value]
    unknown: Mapping[str, Value]
    rules: tuple[str, ...]

    def take(self, options: Sequence[str]) -> Mapping[str, Value]:
        """Give what the options that hold state.

        Parameters
        ----------
        options
            Their names: exactly one, or of a question that takes several any number.

        Raises
        ------
        BadInput
            If there is no such option, or two exclude each other.
        """
        known = {option.id: option for option in self.options}
        if not self.several and len(options) != 1:
            raise BadInput("exactly one option is wanted here", field=self.topic)
        stated: dict[str, Value] = {}
        for name in options:
            if name not in known:
                raise BadInput(f"there is no option {name!r}; {nearest(name, known)}", field=self.topic)
            for fact, value in known[name].facts.items():
                if stated.setdefault(fact, value) != value:
                    raise BadInput("two of these options exclude each other; keep one", field=self.topic)
        return {**self.unticked, **stated}

    def as_json(self) -> dict[str, object]:
        """Give it with its words in both languages."""
        return {
            "topic": self.topic,
            "facts": list(self.facts),
            "ask": self.ask.as_json(),
            "several": self.several,
            "options": [option.as_json() for option in self.options],
            "unknown": dict(self.unknown),
            "asked_because": {"open_rules": len(self.rules), "rules": list(self.rules)},
        }
