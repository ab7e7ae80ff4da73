"""The closed vocabulary of facts about one alleged act (contracts.md, section 1).

The identity of a contestant is not in it, on purpose: no rule can depend on who is favoured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["choice", "flag", "date", "words"]


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that can be stated of an act.

    Parameters
    ----------
    name
        Dotted name, for instance ``act.kind``.
    kind
        ``choice`` among `values`, ``flag`` (true or false), ``date``, or free ``words``.
    values
        The allowed values of a choice.
    exception
        An exception fact: presumed absent when nobody stated it, and the answer says that it was presumed.
    """

    name: str
    kind: Kind
    values: tuple[str, ...] = ()
    exception: bool = False


def _choice(name: str, values: str) -> Field:
    return Field(name, "choice", tuple(values.split()))


def _flag(name: str, *, exception: bool = False) -> Field:
    return Field(name, "flag", exception=exception)


FIELDS: Final[dict[str, Field]] = {
    field.name: field
    for field in (
        Field("date", "date"),
        _choice("contest.kind", "president dpr dpd dprd governor regent mayor none"),
        Field("contest.region", "words"),
        _choice("contest.round", "1 2 rerun"),
        _choice(
            "actor.status",
            "pns cpns pppk ppnpn acting_head regional_head state_official tni_polri village_head private_citizen",
        ),
        _flag("actor.superior"),
        _flag("actor.under_order", exception=True),
        _flag("actor.spouse_of_contestant", exception=True),
        _flag("actor.unpaid_leave", exception=True),
        _choice(
            "act.kind",
            "post comment share like join_group follow photo_post online_campaign message tagged_by_other "
            "install_prop attend_event introduce_contestant speak_at_event team_member party_member approach_party "
            "decision policy mobilise support_letter partisan_activity vote",
        ),
        _flag("act.active_support"),
        _flag("act.public"),
        _flag("act.symbol"),
        _choice("act.attribute", "none party asn_uniform"),
        _flag("act.appeal"),
        _choice("act.leaning", "supports opposes equal_to_all neutral_information"),
        _flag("act.state_facility"),
        _flag("act.mobilised_subordinates"),
        _flag("act.official_duty", exception=True),
        _flag("act.accidental", exception=True),
        _choice(
            "target.kind",
            "would_be_contestant contestant campaign_team winning_account party organiser not_determined "
            "non_contestant none",
        ),
        _choice(
            "attribution.account_control",
            "owner other_after_takeover other_proven not_respondents_account automated_app shared_unknown "
            "not_an_account_act",
        ),
        _choice("attribution.authenticity", "established doubtful refuted"),
        Field("attribution.intent_claimed", "words", exception=True),
    )
}

#: The groups that hold fields, in the order of the contract.
GROUPS: Final = ("contest", "actor", "act", "target", "attribution")

#: Act kinds that are done with an account, so that somebody else may have done them in its owner's name.
ACCOUNT_ACTS: Final = frozenset(
    {"post", "comment", "share", "like", "join_group", "follow", "photo_post", "online_campaign", "message"}
)
