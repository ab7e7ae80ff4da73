"""Which question comes next: the one that tells most of what is still open, over the stated prior.

Everything follows from the table of an act (`table`): a fact is worth asking if two of its values lead to different
answers somewhere among the combinations still open, and of those worth asking the one is chosen after which the answer
is least uncertain (least conditional entropy, in bits; Quinlan 1986). Once no fact is worth asking, the answer cannot
change any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts, Value
from telusur.domain.text import Text
from telusur.law.conditions import values_of
from telusur.law.determine import Determination, determine
from telusur.law.evaluate import Circumstances, applies, conduct, in_force
from telusur.law.load import catalogue as shipped_rules
from telusur.law.model import Catalogue, Rule
from telusur.law.selfcheck.contests import AXIS, ELSEWHERE, OTHER, Place, places
from telusur.law.selfcheck.forms import Forms, Option, Topic, forms, sentence
from telusur.law.selfcheck.state import GIVEN, Question, State
from telusur.law.selfcheck.table import Axis, Table, build, conditions_of, key
from telusur.law.wording import label

_CONTEST = ("contest.kind", "contest.round", "contest.region")
_UNHELD = Place(OTHER, "1", None, None, held=False)
#: Tables of one day that are kept: more ways of not knowing can be asked for than memory should hold.
_TABLES = 64


@dataclass(frozen=True, slots=True)
class _View:
    """The part of a table that the facts stated leave open.

    Parameters
    ----------
    masks
        Of each axis, the numbers of the classes still possible.
    answers, weights
        Number of the key, and prior weight, of each combination.
    """

    table: Table
    masks: tuple[NDArray[np.intp], ...]
    answers: NDArray[np.intp]
    weights: NDArray[np.float64]

    def varies(self, axis: int) -> bool:
        """Say whether the answer anywhere depends on an axis."""
        return bool((self.answers != self.answers.take([0], axis=axis)).any())

    def uncertainty(self, axes: Sequence[int]) -> float:
        """Give the uncertainty of the answer, in bits, that is expected to remain once some axes are known."""
        where = np.zeros((1,) * self.answers.ndim, np.intp)
        count = 1
        for axis in axes:
            size = self.answers.shape[axis]
            shape = [1] * self.answers.ndim
            shape[axis] = size
            where, count = where * size + np.arange(size).reshape(shape), count * size
        keys = len(self.table.keys)
        joint = np.bincount((where * keys + self.answers).ravel(), self.weights.ravel(), count * keys)
        joint = joint.reshape(count, keys) / joint.sum()
        return float(_entropy(joint) - _entropy(joint.sum(axis=1)))


def _entropy(chances: NDArray[np.float64]) -> float:
    held = chances[chances > 0]
    return float(-(held * np.log2(held)).sum())


class Interview:
    """All that can be asked of acts of one day.

    Parameters
    ----------
    day
        The day of the act.
    agency
        Whether an office asks.
    catalogue
        The rules; those shipped with the program if left out.
    """

    def __init__(self, day: date, *, agency: bool = False, catalogue: Catalogue | None = None) -> None:
        self.day, self.agency = day, agency
        self.catalogue = catalogue or shipped_rules()
        self.forms: Forms = forms(agency=agency)
        self.places = places(self.catalogue, day)
        self._table = lru_cache(maxsize=_TABLES)(self._built)

    def question(self, state: State) -> Question | None:
        """Give the next question; ``None`` once the answer cannot change, or nothing more can be asked.

        Raises
        ------
        BadInput
            If the facts name a contest that no calendar covers that day.
        """
        stated = state.stated
        if "act.kind" not in stated:
            # Every table hangs on it, and nothing else excludes as many rules.
            return self._asking(self.forms.topic("act"), ("act.kind",), state)
        if stated["act.kind"] is None:
            return None
        view = self._view(stated)
        best = self._best(view, stated)
        if best is not None:
            return self._asking(*best, state)
        return self._overlooked(view, state)

    def determination(self, state: State) -> Determination:
        """Say what the rules say of the facts stated."""
        return determine(state.facts, catalogue=self.catalogue)

    def open_rules(self, facts: Facts) -> tuple[Rule, ...]:
        """Give the rules that the facts stated do not exclude yet; exceptions are not presumed here."""
        at = self._circumstances(facts)
        kind = facts.value("act.kind")
        rules = self.catalogue.rules.values() if kind is None else self.catalogue.by_act[str(kind)]
        return tuple(
            rule
            for rule in rules
            if in_force(rule, at) and applies(rule, at) is not False and conduct(rule, at, presume=False) is not False
        )

    def chances(self, question: Question, state: State) -> Iterator[tuple[float, Mapping[str, Value]]]:
        """Give the answers that the prior expects to a question, each with its chance given the facts stated."""
        if question.topic == "act":
            for option in question.options:
                yield self.forms.prior.acts.get(option.id, 0.0), option.facts
            return
        view = self._view(state.stated)
        axes = [i for i, axis in enumerate(view.table.axes) if axis.fact in _axes_of(question.facts)]
        others = tuple(i for i in range(view.weights.ndim) if i not in axes)
        shares = view.weights.sum(axis=others) / view.weights.sum()
        for at in product(*(range(view.answers.shape[axis]) for axis in axes)):
            if shares[at] > 0:
                facts: dict[str, Value] = {}
                for axis, i in zip(axes, at, strict=True):
                    facts |= self._named(view.table.axes[axis], int(view.masks[axis][i]))
                yield float(shares[at]), facts

    def _named(self, axis: Axis, number: int) -> Mapping[str, Value]:
        value = axis.classes[number][0]
        return self.places[int(str(value))].facts if axis.fact == AXIS else {axis.fact: value}

    def _best(self, view: _View, stated: Mapping[str, Value]) -> tuple[Topic, tuple[str, ...]] | None:
        """Give the topic that tells most, with the facts of it that are worth asking."""
        number = {axis.fact: i for i, axis in enumerate(view.table.axes)}
        found: list[tuple[float, Topic, tuple[str, ...]]] = []
        for topic in self.forms.topics:
            facts = [fact for fact in topic.facts if _can_be_asked(fact, stated)]
            asked = tuple(fact for fact in facts if (i := number.get(_axis_of(fact))) is not None and view.varies(i))
            if asked:
                axes = sorted({number[_axis_of(fact)] for fact in asked})
                found.append((view.uncertainty(axes), topic, asked))
        # Rounded, so that what differs by the noise of a sum goes by the order of the topics.
        return min(found, key=lambda one: round(one[0], 9))[1:] if found else None

    def _overlooked(self, view: _View, state: State) -> Question | None:
        """Ask for what the evaluator still misses although the table shows one answer for all that is open.

        Three-valued logic does not see that two rules between them cover both values of a fact, or that no contest of
        this day is in some phase.
        """
        answers = {view.table.keys[i] for i in np.unique(view.answers)}
        if answers == {key(self.determination(state))}:
            return None
        axes = {axis.fact for axis in view.table.axes}
        open_ = [
            (topic, facts)
            for topic in self.forms.topics
            if (facts := tuple(f for f in topic.facts if _axis_of(f) in axes and _can_be_asked(f, state.stated)))
        ]
        for topic, facts in open_:
            question = self._asking(topic, facts, state)
            after = (state.with_answer(option.facts) for option in question.options)
            if any(key(self.determination(then)) in answers for then in after):
                return question
        # No single answer shows it; one by one they do.
        return self._asking(*open_[0], state) if open_ else None

    def _view(self, stated: Mapping[str, Value]) -> _View:
        unknown = frozenset(fact for fact, value in stated.items() if value is None)
        # In an option of an act more facts may stand; the prior of the act is looked up by the option.
        act = next(
            (o.id for o in self.forms.topic("act").options if all(stated.get(f) == v for f, v in o.facts.items())), None
        )
        table, prior = self._table(stated["act.kind"], unknown, act)
        masks = tuple(self._mask(axis, stated) for axis in table.axes)
        weights = prior[np.ix_(*masks)]
        if not weights.sum() > 0:
            # The prior did not think of this combination; then each counts alike.
            weights = np.ones_like(weights)
        return _View(table, masks, table.answers[np.ix_(*masks)], weights)

    def _built(self, kind: Value, unknown: frozenset[str], act: str | None) -> tuple[Table, NDArray[np.float64]]:
        fixed = {"date": self.day, **GIVEN, "act.kind": kind, **dict.fromkeys(unknown)}
        table = build(self.catalogue, fixed, (_UNHELD,) if "contest.kind" in unknown else self.places)
        return table, self._prior(table, act, contest="contest.kind" not in unknown)

    def _mask(self, axis: Axis, stated: Mapping[str, Value]) -> NDArray[np.intp]:
        if axis.fact != AXIS:
            return np.array([axis.index(stated[axis.fact])] if axis.fact in stated else range(len(axis.classes)))
        kind = stated.get("contest.kind")
        if kind is None:
            return np.arange(len(axis.classes))
        round_, region = stated.get("contest.round", "1"), stated.get("contest.region")
        own = [place for place in self.places if place.kind == kind and (place.round == round_ or kind == "none")]
        if not own:
            determine(Facts.read({"date": self.day, **stated}), catalogue=self.catalogue)  # says which calendars exist
            raise BadInput("the self-check knows no such contest on this day", field="contest.kind")
        if region is not None:
            own = [place for place in own if place.region == region] or [
                place for place in own if place.region in (None, ELSEWHERE)
            ]
        numbers = {str(self.places.index(place)) for place in own}
        return np.array([i for i, held in enumerate(axis.classes) if numbers.intersection(map(str, held))])

    def _prior(self, table: Table, act: str | None, *, contest: bool) -> NDArray[np.float64]:
        """Give the prior weight of each combination: topics are independent, the facts of one topic need not be."""
        weights = np.ones(table.answers.shape)
        number = {axis.fact: i for i, axis in enumerate(table.axes)}
        for topic in self.forms.topics:
            axes = [number[fact] for fact in topic.facts if fact in number]
            chances = self.forms.prior.of(topic.id, act)
            if topic.form == "several":
                for axis in axes:
                    weights = weights * _along(weights.ndim, axis, _ticked(topic, table.axes[axis], chances))
            elif axes:
                joint = np.zeros([len(table.axes[axis].classes) for axis in axes])
                for option in topic.options:
                    at = tuple(table.axes[axis].index(option.facts[table.axes[axis].fact]) for axis in axes)
                    joint[at] += chances.get(option.id, 0.0)
                order = np.argsort(axes)
                shape = [1] * weights.ndim
                for axis in axes:
                    shape[axis] = len(table.axes[axis].classes)
                weights = weights * joint.transpose(order).reshape(shape)
        if contest:
            held = [sum(self._chance(int(str(n)), act) for n in place) for place in table.axes[-1].classes]
            weights = weights * _along(weights.ndim, weights.ndim - 1, held)
        return weights

    def _chance(self, number: int, act: str | None) -> float:
        place = self.places[number]
        whole = self.forms.prior.of("contest", act).get(place.kind, 0.0)
        same = [other for other in self.places if other.kind == place.kind]
        regions = {other.region for other in same}
        if place.region is None or len(regions) == 1:
            return whole / len(same)
        elsewhere = self.forms.prior.of("region", act).get(ELSEWHERE, 1.0) * 0.8
        share = elsewhere if place.region == ELSEWHERE else (1 - elsewhere) / (len(regions) - 1)
        return whole * share / (len(same) / len(regions))

    def _asking(self, topic: Topic, facts: tuple[str, ...], state: State) -> Question:
        stated = state.stated
        options = self._options(topic, facts, stated)
        rules = self.open_rules(state.facts)
        return Question(
            topic.id,
            facts,
            topic.ask,
            options,
            topic.form == "several",
            {fact: topic.unticked[fact] for fact in facts if fact in topic.unticked},
            # Where the region tells the phase and is not known, neither is the phase.
            {"contest.kind": None} if topic.form in ("contest", "region") else dict.fromkeys(facts),
            tuple(rule.id for rule in rules if topic.id == "act" or _turns_on(rule, facts)),
        )

    def _options(self, topic: Topic, facts: tuple[str, ...], stated: Mapping[str, Value]) -> tuple[Option, ...]:
        if topic.form == "contest":
            return self._contests()
        if topic.form == "region":
            kind, round_ = stated["contest.kind"], stated.get("contest.round", "1")
            same = [place for place in self.places if (place.kind, place.round) == (kind, round_)]
            own = [place.region for place in same if place.region]
            return tuple(
                Option(r, sentence("elsewhere") if r == ELSEWHERE else Text(r, r), {"contest.region": r}) for r in own
            )
        if topic.id == "act":
            return topic.options
        found: dict[tuple[Value, ...], Option] = {}
        for option in topic.options:
            fits = all(stated.get(fact, value) == value for fact, value in option.facts.items())
            shown = {fact: option.facts[fact] for fact in facts if fact in option.facts}
            if fits and shown:
                found.setdefault(tuple(shown.get(fact) for fact in facts), Option(option.id, option.words, shown))
        if topic.form == "one" and not found:
            # Facts stated by name that fit no option: ask for the first that is open, by its values.
            return tuple(Option(str(v).lower(), label(facts[0], v), {facts[0]: v}) for v in values_of(facts[0]))
        return tuple(found.values())

    def _contests(self) -> tuple[Option, ...]:
        options: dict[str, Option] = {}
        for place in self.places:
            if not place.held:
                options[OTHER] = Option(OTHER, sentence("other_contest"), place.facts)
                continue
            words, name = label("contest.kind", place.kind), place.kind
            facts = {fact: value for fact, value in place.facts.items() if fact != "contest.region"}
            if place.round != "1":
                round_, name = label("contest.round", place.round), f"{place.kind}-{place.round}"
                words = Text(f"{words.id}, {round_.id}", f"{words.en}, {round_.en}")
            options.setdefault(name, Option(name, words, facts))
        return tuple(options.values())

    def _circumstances(self, facts: Facts) -> Circumstances:
        kind = facts.value("contest.kind")
        if kind is None:
            return Circumstances.of(facts, None, ("contest.kind",))
        if kind == "none":
            return Circumstances.of(facts, None, ())
        round_, region = facts.stated.get("contest.round", "1"), facts.value("contest.region")
        calendar = self.catalogue.calendars.find(str(kind), str(round_), self.day)
        return Circumstances.of(facts, calendar.phase(self.day, str(region) if region else None), ())


def here(day: date, *, agency: bool) -> Interview:
    """Give the interview over the catalogue as it holds here; its tables are kept while the program runs, no answer."""
    return _over(shipped_rules().hash, day, agency=agency)


@lru_cache(maxsize=8)
def _over(catalogue_hash: str, day: date, *, agency: bool) -> Interview:
    held = shipped_rules()
    # The hash is asked for so that another catalogue, of rules confirmed since, is another interview.
    assert held.hash == catalogue_hash
    return Interview(day, agency=agency, catalogue=held)


def _axis_of(fact: str) -> str:
    return AXIS if fact in _CONTEST else fact


def _axes_of(facts: Sequence[str]) -> set[str]:
    return {_axis_of(fact) for fact in facts}


def _can_be_asked(fact: str, stated: Mapping[str, Value]) -> bool:
    if fact == "contest.round":
        # It comes with the contest.
        return False
    if fact == "contest.region":
        return stated.get("contest.kind") is not None and fact not in stated
    return fact not in stated


def _turns_on(rule: Rule, facts: Sequence[str]) -> bool:
    if "actor.status" in facts or (rule.phase != "always" and AXIS in _axes_of(facts)):
        return True
    return any(atom.field in facts for part in conditions_of(rule) for atom in part.atoms())


def _ticked(topic: Topic, axis: Axis, chances: Mapping[str, float]) -> list[float]:
    by_class = [0.0] * len(axis.classes)
    for option in topic.options:
        if axis.fact in option.facts:
            by_class[axis.index(option.facts[axis.fact])] += chances.get(option.id, 0.0)
    by_class[axis.index(topic.unticked[axis.fact])] += 1 - sum(by_class)
    return by_class


def _along(dimensions: int, axis: int, values: Sequence[float]) -> NDArray[np.float64]:
    shape = [1] * dimensions
    shape[axis] = len(values)
    return np.array(values).reshape(shape)
