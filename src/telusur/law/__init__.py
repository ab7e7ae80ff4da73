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
deadlines
    Terms in days: a room of its own.
selfcheck
    May I, may we, do this? Asked beforehand, question by question: a room of its own.
source
    The Python that single decisions are made by, as it is written from the catalogue for one kind of act.
label
    The words for a fact, a value, a phase, a track, a level.
confirm, confirmations
    Record that a named lawyer checked a rule against the gazette; what was recorded, and whether it still holds.
sanctions, who_may_punish, supervisor_on, concurrence
    What may follow a decision: the kinds of a level, who may impose them, who supervises, several acts of one person.

citing
    What files of other rooms that cite the law are read with: a room of its own.

What a `Rule` and a `Determination` are made of (`Citation`, `Condition`, `Finding`, ...) stands beside them, for
whoever shows them.

Examples
--------
    The worked examples that stand beside the rules.
"""

from telusur.law import deadlines, selfcheck
from telusur.law.calendars import Calendar
from telusur.law.concurrence import Concurrence, concurrence
from telusur.law.conditions import AllOf, AnyOf, Atom, Condition, Finding
from telusur.law.confirmed import Recorded
from telusur.law.confirming import confirm, confirmations
from telusur.law.consequences import PUNISHED, Authority, Sanctions, SanctionSet, Supervisor
from telusur.law.decisions import Outcome, source
from telusur.law.determine import Determination, determine
from telusur.law.evaluate import RuleResult
from telusur.law.examples import Example, examples
from telusur.law.load import catalogue, load
from telusur.law.model import LEVELS, Catalogue, Citation, Issue, Level, Override, Rule, RuleException, Source, Span
from telusur.law.offices import sanctions, supervisor_on, who_may_punish
from telusur.law.wording import fields, label

__all__ = [
    "LEVELS",
    "PUNISHED",
    "AllOf",
    "AnyOf",
    "Atom",
    "Authority",
    "Calendar",
    "Catalogue",
    "Citation",
    "Concurrence",
    "Condition",
    "Determination",
    "Example",
    "Finding",
    "Issue",
    "Level",
    "Outcome",
    "Override",
    "Recorded",
    "Rule",
    "RuleException",
    "RuleResult",
    "SanctionSet",
    "Sanctions",
    "Source",
    "Span",
    "Supervisor",
    "catalogue",
    "concurrence",
    "confirm",
    "confirmations",
    "deadlines",
    "determine",
    "examples",
    "fields",
    "label",
    "load",
    "rule",
    "sanctions",
    "selfcheck",
    "source",
    "supervisor_on",
    "who_may_punish",
]


def rule(rule_id: str) -> Rule:
    """Give a rule of the shipped catalogue by its id.

    Raises
    ------
    BadInput
        Naming the nearest known id.
    """
    return catalogue().rule(rule_id)
