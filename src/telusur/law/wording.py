"""The words of the law's answers, in both languages, from data beside the rules."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput, nearest
from telusur.domain.text import Text

if TYPE_CHECKING:
    from telusur.law.determine import Determination

_PLACE = re.compile(r"\{(\w+)\}")


@cache
def _labels() -> dict[str, dict[str, Text]]:
    """Give field name to its own label (under ``""``) and those of its values."""
    labels: dict[str, dict[str, Text]] = {}
    for field, held in _data("labels.yaml").items():
        labels[field] = {"": Text.of(held["label"])}
        labels[field] |= {value: Text.of(words) for value, words in held.get("values", {}).items()}
    return labels


@cache
def _sentences() -> dict[str, Text]:
    return {name: Text.of(words) for name, words in _data("sentences.yaml").items()}


def _data(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("words", name).read_text("utf-8")
    held = marked_yaml.unmarked(text)
    assert isinstance(held, dict)
    return held


def label(field: str, value: str | bool | None = None) -> Text:  # noqa: FBT001 - a fact's value may be a truth
    """Give the words for a fact, or for one of its values.

    Parameters
    ----------
    field
        A fact of the vocabulary (``act.kind``), or ``phase``, ``outcome``, ``track``, ``sanction_level``,
        ``rule_status``, ``citation_status``, ``confidence``.
    value
        One of its values; ``None`` gives the label of the field itself.

    Raises
    ------
    BadInput
        Naming the nearest known field or value.
    """
    labels = _labels()
    if field not in labels:
        raise BadInput(f"there are no words for {field!r}; {nearest(field, labels)}")
    if value is None:
        return labels[field][""]
    # YAML and JSON write a truth in lower case.
    key = str(value).lower() if isinstance(value, bool) else value
    words = labels[field].get(key)
    if words is None or not key:
        raise BadInput(
            f"there are no words for {value!r}; {nearest(str(value), filter(None, labels[field]))}", field=field
        )
    return words


def fields() -> tuple[str, ...]:
    """Give the names that `label` knows."""
    return tuple(_labels())


def sentence(answer: Determination) -> Text:
    """Say a determination in one sentence to the person it concerns; it never says "guilty"."""
    clauses = [_main(answer)]
    if answer.outcome in ("meets_rule", "insufficient_facts") and answer.facts.value("actor.under_order") is True:
        clauses.append(_said("under_order"))
    if answer.contested:
        clauses.append(_said("contested"))
    return Text("; ".join(clause.id for clause in clauses) + ".", "; ".join(clause.en for clause in clauses) + ".")


def _main(answer: Determination) -> Text:
    phase = label("phase", answer.phase.name) if answer.phase else _said("no_phase")
    if answer.outcome == "meets_rule":
        gravest = answer.met[0]
        rules = ", ".join(one.rule.id for one in answer.met)
        return _said(
            "meets_rule",
            phase=phase,
            rules=Text(rules, rules),
            title=gravest.rule.title,
            track=_listed([label("track", track) for track in answer.tracks]),
            level=label("sanction_level", gravest.rule.level),
        )
    if answer.outcome == "insufficient_facts":
        if not answer.missing:
            return _said("open_reading", phase=phase)
        return _said("insufficient_facts", phase=phase, missing=_listed([label(name) for name in answer.missing]))
    cleared = next(
        (finding for one in answer.rule_results for finding in one.unmet if finding.fact.startswith("attribution.")),
        None,
    )
    if answer.outcome == "meets_no_rule" and cleared is not None:
        return _said("cleared", fact=label(cleared.fact), reason=label(cleared.fact, cleared.found))
    if answer.scope_note is not None:
        return _said("other_people", note=answer.scope_note)
    return _said(answer.outcome, phase=phase)


def _said(name: str, **places: Text) -> Text:
    words = _sentences()[name]
    return Text(
        _PLACE.sub(lambda match: places[match[1]].id, words.id), _PLACE.sub(lambda match: places[match[1]].en, words.en)
    )


def _listed(words: list[Text]) -> Text:
    return Text(", ".join(word.id for word in words), ", ".join(word.en for word in words))
