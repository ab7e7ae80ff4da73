"""How a case goes: stages, moves, gates, roles and terms. A case file is the fold of its steps, and nothing else.

Floor 3. Pure: no clock, no storage, no Django. What a body does and in which words stands in ``procedures/`` (YAML that
practitioners edit); what may never happen stands in code, in `take`, so that no screen, import or worker gets past it.

The door
--------
File, Step
    A case file; one recorded act of somebody (`telusur.process.steps` holds each kind).
take, refusals, replay, read
    Add a step, or raise `Refused` with every reason; say why it would be refused; the same for an import; read back
    what was taken and kept.
gates, UNTRACED
    The eight conditions of contracts.md, open or closed with what to do; what travels with an untraced file.
moves, terms
    Every move out of the present stage for a person; the terms that run, and how each was counted.
carried
    What goes with a file to another body.
to_json, from_json
    A step as JSON, in one canonical form, and back.
seen
    Where the case stands, in the words for reporter and respondent.
incident, together
    How the files of one event hang together; the acts of one file, weighed to one sanction.
procedures, procedure
    What the bodies do, as data.
"""

from telusur.process.border import from_json, kind_of, to_json
from telusur.process.engine import Option, carried, moves, read, refusals, replay, take
from telusur.process.file import ActOnFile, Draft, Entry, File, HandOver, Passage
from telusur.process.fold import added
from telusur.process.gates import UNTRACED, Gate, gates
from telusur.process.incident import IncidentView, Order, Twice, incident, together
from telusur.process.objection import Person, Refused
from telusur.process.outside import seen
from telusur.process.procedure import Move, Procedure, Role, Stage, procedure, procedures
from telusur.process.procedure_model import CLEARING, Body, End, LetterKind
from telusur.process.steps import (
    PARTS,
    SYSTEM,
    ActStated,
    Answered,
    Approved,
    AuthenticityDecided,
    Ballot,
    Claim,
    ControlDecided,
    Drafted,
    EvidenceAdded,
    Extended,
    Finding,
    HandedOver,
    HearingWaived,
    LetterMade,
    Moved,
    Noted,
    Opened,
    Overridden,
    Part,
    ParticularsGiven,
    PreservationAsked,
    ReceiverAnswered,
    Recused,
    Remedy,
    RemedyDecided,
    Returned,
    Sanction,
    Served,
    StatementSigned,
    StatusEstablished,
    Step,
    SuperiorSide,
    TieDeclared,
    Told,
    Traced,
)
from telusur.process.terms import RunningTerm, terms

__all__ = [
    "CLEARING",
    "PARTS",
    "SYSTEM",
    "UNTRACED",
    "ActOnFile",
    "ActStated",
    "Answered",
    "Approved",
    "AuthenticityDecided",
    "Ballot",
    "Body",
    "Claim",
    "ControlDecided",
    "Draft",
    "Drafted",
    "End",
    "Entry",
    "EvidenceAdded",
    "Extended",
    "File",
    "Finding",
    "Gate",
    "HandOver",
    "HandedOver",
    "HearingWaived",
    "IncidentView",
    "LetterKind",
    "LetterMade",
    "Move",
    "Moved",
    "Noted",
    "Opened",
    "Option",
    "Order",
    "Overridden",
    "Part",
    "ParticularsGiven",
    "Passage",
    "Person",
    "PreservationAsked",
    "Procedure",
    "ReceiverAnswered",
    "Recused",
    "Refused",
    "Remedy",
    "RemedyDecided",
    "Returned",
    "Role",
    "RunningTerm",
    "Sanction",
    "Served",
    "Stage",
    "StatementSigned",
    "StatusEstablished",
    "Step",
    "SuperiorSide",
    "TieDeclared",
    "Told",
    "Traced",
    "Twice",
    "added",
    "carried",
    "from_json",
    "gates",
    "incident",
    "kind_of",
    "moves",
    "procedure",
    "procedures",
    "read",
    "refusals",
    "replay",
    "seen",
    "take",
    "terms",
    "to_json",
    "together",
]
