"""What can be asked, in whose words, and how often which answer is expected: the data beside this module, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from telusur.domain import marked_yaml
from telusur.domain.errors import SeveralProblems
from telusur.domain.facts import Value, checked
from telusur.domain.text import Text
from telusur.law.document import Document

Form = Literal["one", "several", "contest", "region"]
Weight = Annotated[float, Field(ge=0)]
Chance = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Words(_Strict):
    id: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def text(self) -> Text:
        return Text(self.id, self.en)


class _OptionIn(_Strict):
    id: str
    words: _Words
    facts: dict[str, str | bool]


class _TopicIn(_Strict):
    id: str
    form: Form
    ask: _Words
    options: tuple[_OptionIn, ...] = ()
    unticked: dict[str, str | bool] = {}


class _QuestionsFile(_Strict):
    schema_: Annotated[Literal["telusur.selfcheck_questions/1"], Field(alias="schema")]
    topics: tuple[_TopicIn, ...]


class _ActsIn(_Strict):
    reason: str
    weights: dict[str, Weight]


class _TopicPriorIn(_Strict):
    reason: str
    weights: dict[str, Weight] = {}
    chances: dict[str, Chance] = {}


class _AudiencePriorIn(_Strict):
    acts: _ActsIn
    topics: dict[str, _TopicPriorIn]
    of_act: dict[str, dict[str, dict[str, Weight]]]


class _PriorFile(_Strict):
    schema_: Annotated[Literal["telusur.selfcheck_prior/1"], Field(alias="schema")]
    person: _AudiencePriorIn
    agency: _AudiencePriorIn


class _AlternativeIn(_Strict):
    id: str
    acts: tuple[str, ...]
    do: _Words
    facts: dict[str, str | bool]


class _AlternativesFile(_Strict):
    schema_: Annotated[Literal["telusur.selfcheck_alternatives/1"], Field(alias="schema")]
    alternatives: tuple[_AlternativeIn, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen.

    Parameters
    ----------
    facts
        What choosing it states.
    """

    id: str
    words: Text
    facts: Mapping[str, Value]

    def as_json(self) -> dict[str, object]:
        """Give its name, its words and what it states."""
        return {"id": self.id, "words": self.words.as_json(), "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class Topic:
    """What one question is about.

    Parameters
    ----------
    form
        Whether one option holds (``one``), or any number (``several``), or the calendars give the options.
    unticked
        Of ``several``: what a fact is when none of its options is ticked.
    facts
        The facts that an answer to it can state.
    """

    id: str
    form: Form
    ask: Text
    options: tuple[Option, ...] = ()
    unticked: Mapping[str, Value] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prior:
    """How often which act is asked about, and how often which answer is given, before anything is known.

    Parameters
    ----------
    acts
        Chance of each option of the topic ``act``.
    """

    acts: Mapping[str, float]
    _topics: Mapping[str, Mapping[str, float]]
    _of_act: Mapping[str, Mapping[str, Mapping[str, float]]]

    def of(self, topic: str, act: str | None) -> Mapping[str, float]:
        """Give the chances of a topic's options, of the act where the file tells acts apart."""
        return self._of_act.get(act or "", {}).get(topic) or self._topics.get(topic, {})


@dataclass(frozen=True, slots=True)
class Alternative:
    """What can be done instead."""

    id: str
    acts: tuple[str, ...]
    do: Text
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Forms:
    """All that is asked of one kind of asker: a person, or an office."""

    topics: tuple[Topic, ...]
    prior: Prior

    def topic(self, topic_id: str) -> Topic:
        """Give a topic by its name."""
        return next(topic for topic in self.topics if topic.id == topic_id)


@cache
def forms(*, agency: bool) -> Forms:
    """Give what is asked of a person, or of an office."""
    held = _read("agency.yaml" if agency else "person.yaml", _QuestionsFile)
    priors = _read("prior.yaml", _PriorFile)
    return Forms(tuple(_topic(topic) for topic in held.topics), _prior(priors.agency if agency else priors.person))


@cache
def alternatives() -> tuple[Alternative, ...]:
    """Give what can be done instead, in order of preference."""
    held = _read("alternatives.yaml", _AlternativesFile).alternatives
    return tuple(Alternative(one.id, one.acts, one.do.text(), _checked(one.facts)) for one in held)


@cache
def phrases() -> Mapping[tuple[str, Value], Text]:
    """Give the words by which a fact's value is named after "if"."""
    held = _document("phrases.yaml")
    named: dict[tuple[str, Value], Text] = {}
    for fact, values in held.items():
        for value, words in values.items():
            named[fact, checked(fact, {"true": True, "false": False}.get(value, value))] = Text.of(words)
    return named


@cache
def sentence(name: str) -> Text:
    """Give a sentence of the answer, its places still open."""
    return Text.of(_document("words.yaml")[name])


def _document(name: str) -> dict[str, Any]:
    held = marked_yaml.unmarked(resources.files(__package__).joinpath(name).read_text("utf-8"))
    assert isinstance(held, dict)
    return {key: value for key, value in held.items() if key != "schema"}


_Model = TypeVar("_Model", bound=BaseModel)


def _read(name: str, model: type[_Model]) -> _Model:
    document = Document(f"selfcheck/{name}", resources.files(__package__).joinpath(name).read_text("utf-8"))
    held, problems = document.read(model, lines=False)
    if held is None:
        raise SeveralProblems(problems)
    return held


def _checked(facts: Mapping[str, str | bool]) -> dict[str, Value]:
    return {name: checked(name, value) for name, value in facts.items()}


def _topic(held: _TopicIn) -> Topic:
    options = tuple(Option(one.id, one.words.text(), _checked(one.facts)) for one in held.options)
    named = {"contest": ["contest.kind", "contest.round"], "region": ["contest.region"]}.get(held.form, [])
    # Of an act, what else an option states belongs to other topics, which ask it of other acts.
    stated = ["act.kind"] if held.id == "act" else [name for option in options for name in option.facts]
    facts = tuple(dict.fromkeys([*named, *stated]))
    return Topic(held.id, held.form, held.ask.text(), options, _checked(held.unticked), facts)


def _prior(held: _AudiencePriorIn) -> Prior:
    topics = {name: _shares(prior.weights) if prior.weights else prior.chances for name, prior in held.topics.items()}
    several = {name for name, prior in held.topics.items() if prior.chances}
    of_act = {
        act: {name: chances if name in several else _shares(chances) for name, chances in by_topic.items()}
        for act, by_topic in held.of_act.items()
    }
    return Prior(_shares(held.acts.weights), topics, of_act)


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
