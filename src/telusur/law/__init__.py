"""The rules as data, and what they say of the facts of one act.

Floor 1. The catalogue (``catalogue/``: YAML that lawyers edit) is read and checked by `load`, asked by `determine`,
and put into words by `label`. Three truths go through everything: yes, no and unknown; unknown is never read as no.

The door
--------
determine
    Facts to an answer with reasons (contracts.md, section 1).
catalogue, load
    The rules that are shipped; the same from another folder.
rule
    One rule by its id.
label
    The words for a fact, a value, a phase, a track, a level.

What a `Rule` and a `Determination` are made of (`Citation`, `Condition`, `Finding`, ...) stands beside them, for
whoever shows them.

Examples
--------
    The worked examples that stand beside the rules.
"""

from telusur.law.conditions import AllOf, AnyOf, Atom, Condition, Finding
from telusur.law.determine import Determination, Outcome, determine
from telusur.law.evaluate import RuleResult
from telusur.law.examples import Example, examples
from telusur.law.load import catalogue, load
from telusur.law.model import Catalogue, Citation, Override, Rule, Span
from telusur.law.wording import fields, label

__all__ = [
    "AllOf",
    "AnyOf",
    "Atom",
    "Catalogue",
    "Citation",
    "Condition",
    "Determination",
    "Example",
    "Finding",
    "Outcome",
    "Override",
    "Rule",
    "RuleResult",
    "Span",
    "catalogue",
    "determine",
    "examples",
    "fields",
    "label",
    "load",
    "rule",
]


def rule(rule_id: str) -> Rule:
    """Give a rule of the shipped catalogue by its id.

    Raises
    ------
    BadInput
        Naming the nearest known id.
    """
    return catalogue().rule(rule_id)
