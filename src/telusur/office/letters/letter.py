"""One letter, made of a text and a file: pure, so that the same file, day and words give the same letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, get_args

from telusur import process
from telusur.domain.text import Language, Text
from telusur.office.letters import conditions
from telusur.office.letters.asks import common
from telusur.office.letters.making import Making
from telusur.office.letters.model import Block, Labels, LetterData, NotReady, Person, Sender, Signature
from telusur.office.letters.names import SHOWS
from telusur.office.letters.places import filled, typed
from telusur.office.letters.texts import Item, LetterText, Piece, text, texts
from telusur.process import CLEARING, PARTS, End, LetterKind

_ORDINALS: Final = Text(
    "KESATU KEDUA KETIGA KEEMPAT KELIMA KEENAM KETUJUH KEDELAPAN KESEMBILAN KESEPULUH",
    "FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH",
)


def forms(
    procedure: process.Procedure, kind: LetterKind | None = None, end: End | None = None
) -> tuple[LetterText, ...]:
    """Give the texts that a procedure's body can send, in the order in which a case needs them.

    Parameters
    ----------
    procedure
        The procedure.
    kind
        Only those of this kind.
    end
        Only those that tell of this end, or of none.
    """
    order = get_args(LetterKind)
    found = (
        one
        for one in texts().values()
        if procedure.body in one.bodies and kind in (None, one.kind) and (end is None or one.end in (None, end))
    )
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def letter(
    text_id: str,
    file: process.File,
    respondent: Person,
    office: Sender,
    day: date,
    language: Language = "id",
    *,
    case: str,
    typed_in: Mapping[str, str],
    people: Mapping[str, str] | None = None,
    tracings: Mapping[str, Mapping[str, object]] | None = None,
    draft: bool = False,
) -> LetterData:
    """Make a letter.

    Parameters
    ----------
    text_id
        Which one (`texts`).
    file
        The case file, as it stands.
    respondent, office
        Whom it is about, and who writes.
    day
        The day it bears; deadlines are counted from it.
    language
        Indonesian, or its full English twin.
    case
        Number of the case.
    typed_in
        What the officer filled in, by the ids of the text's asks and of those common to all letters.
    people
        What the people of the steps are called, by their opaque ids; an id itself is never shown.
    tracings
        Documents ``telusur.tracing/1``, by act.
    draft
        Make it although something is missing, to be looked at; what is missing shows as ``…``.

    Returns
    -------
    LetterData
        Everything that it says.

    Raises
    ------
    NotReady
        With every reason why it cannot be made yet; not for a draft.
    BadInput
        If there is no such text, or something typed is no day or time.
    """
    held = text(text_id)
    made = Making(held, file, respondent, office, case, day, language, typed_in, people or {}, tracings or {})
    data = _data(made, draft=draft)
    if made.missing and not draft:
        raise NotReady(tuple(made.missing))
    return data


def missing(
    text_id: str, file: process.File, respondent: Person, office: Sender, day: date, **more: object
) -> tuple[Text, ...]:
    """Say why a letter cannot be made of the file as it stands, whatever an officer fills in; empty if it can.

    Parameters
    ----------
    **more
        As of `letter`: ``case`` and ``tracings``.
    """
    held = text(text_id)
    typed_in = {ask.id: _any(ask.kind, ask.choices, day) for ask in (*common(), *held.asks)}
    try:
        letter(text_id, file, respondent, office, day, typed_in=typed_in, **more)  # type: ignore[arg-type] # passed on
    except NotReady as reasons:
        return reasons.reasons
    return ()


def _any(kind: str, choices: tuple[tuple[str, Text], ...], day: date) -> str:
    if kind == "choice":
        return choices[0][0]
    return {"day": day.isoformat(), "moment": f"{day.isoformat()}T09:00+07:00"}.get(kind, "-")


def _data(made: Making, *, draft: bool) -> LetterData:
    held = made.text
    if made.file.flow.body not in held.bodies:
        made.lacks("Surat ini bukan surat lembaga ini.", "This is no letter of this body.")
    if held.end is not None and made.outcome != held.end:
        made.lacks(*_ENDS[held.end])
    elif held.kind == "clearing" and made.outcome is None:
        made.lacks(
            "Berkas belum berakhir dengan salah satu dari tiga akhir yang membebaskan; selesaikan dahulu.",
            "The file has not ended in one of the three ways that clear; end it first.",
        )
    body = tuple(_body(made))
    remedy = made.remedy
    gives = {part for one in held.must for part in SHOWS[one].gives}
    place = made.sender.place
    return LetterData(
        text=held.id,
        text_sha256=held.sha256,
        kind=held.kind,
        shape=held.shape,
        language=made.language,
        case=made.case,
        day=made.day,
        title=filled(made, held.heading or held.subject),
        letterhead=tuple(one for one in (made.sender.agency.upper(), made.sender.name.upper(), place) if one),
        number=typed(made, "number"),
        nature=filled(made, held.nature),
        attachments=typed(made, "attachments"),
        subject=filled(made, held.subject),
        dated=f"{place}, {made.on(made.day)}" if place else made.on(made.day),
        to=tuple(_to(made)),
        salutation=filled(made, held.salutation) if held.salutation else "",
        body=body,
        closing=filled(made, held.closing) if held.closing else "",
        signatures=tuple(_signatures(made)),
        copies=tuple(_copies(made)),
        labels=_labels(made),
        holds=tuple(part for part in PARTS if part in gives),
        remedy_until=remedy.earliest.due if remedy and "remedy" in gives else None,
        draft=draft,
        verifies=f"{made.words('label.key')} {made.sender.fingerprint}" if made.sender.fingerprint else "",
    )


_ENDS: Final[Mapping[End, tuple[str, str]]] = {
    "cleared": (
        "Berkas tidak berakhir dengan “bukan perbuatan terlapor”; pilih surat menurut akhir berkasnya.",
        "The file does not end as cleared; choose the letter by how it ends.",
    ),
    "not_proven": (
        "Berkas tidak berakhir dengan “tidak terbukti”; pilih surat menurut akhir berkasnya.",
        "The file does not end as not proven; choose the letter by how it ends.",
    ),
    "stopped": (
        "Berkas tidak berakhir dengan “dihentikan karena kurang bukti”; pilih surat menurut akhir berkasnya.",
        "The file does not end as stopped for lack of evidence; choose the letter by how it ends.",
    ),
}
assert set(_ENDS) == set(CLEARING)


def _body(made: Making) -> Iterator[Block]:
    for piece in made.text.body:
        if conditions.holds(made, piece.when, piece.unless):
            yield from _piece(made, piece)


def _piece(made: Making, piece: Piece) -> Iterator[Block]:
    if piece.kind == "show":
        yield from SHOWS[piece.name].blocks(made)
    elif piece.kind == "quote":
        words = typed(made, piece.name)
        if words != "-":
            yield Block("quote", words)
    elif piece.kind == "items":
        yield Block("items", "", rows=tuple(_items(made, piece)))
    elif piece.kind == "clause":
        assert piece.text is not None
        yield Block("clause", filled(made, piece.text), rows=tuple(_items(made, piece)))
    else:
        assert piece.text is not None
        yield Block(piece.kind, filled(made, piece.text))


def _items(made: Making, piece: Piece) -> Iterator[tuple[str, str]]:
    said: list[Item] = [one for one in piece.items if conditions.holds(made, one.when, one.unless)]
    for number, one in enumerate(said):
        if piece.marks == "letters":
            mark = f"{chr(ord('a') + number)}."
        elif piece.marks == "ordinals":
            mark = made.of(_ORDINALS).split()[number]
        else:
            mark = f"{number + 1}."
        yield mark, filled(made, one.say)


def _to(made: Making) -> Iterator[str]:
    if made.text.shape != "letter":
        return
    if "to" in {ask.id for ask in made.text.asks}:
        yield from typed(made, "to").splitlines()
        return
    person = made.person
    yield made.words("to_person", name=person.name or made.lacks("Nama terlapor belum diisi.", "The name is missing."))
    if made.nip:
        yield made.words("to_nip", nip=made.nip)
    yield from (one for one in (person.position, person.unit) if one)
    yield from person.address.splitlines()


def _signatures(made: Making) -> Iterator[Signature]:
    for one in made.text.sign:
        if one == "respondent":
            yield Signature(made.of(made.file.flow.words.respondent), made.person.name, made.words("sign_respondent"))
        elif one == "second":
            yield Signature(typed(made, "second_position"), typed(made, "second"))
        else:
            yield Signature(typed(made, "signer_position"), typed(made, "signer"))


def _copies(made: Making) -> Iterator[str]:
    yield from (filled(made, one) for one in made.text.copies)
    yield from (one.strip() for one in made.typed.get("more_copies", "").splitlines() if one.strip())


def _labels(made: Making) -> Labels:
    say = made.words
    return Labels(
        number=say("label.number"),
        nature=say("label.nature"),
        attachments=say("label.attachments"),
        subject=say("label.subject"),
        to=say("label.to"),
        copies=say("label.copies"),
        case=say("label.case", case=made.case),
        content=say("label.content"),
        page=say("label.page"),
        of=say("label.of"),
        given=say("label.given") if made.sender.place else "",
        about=say("label.about"),
        draft=say("label.draft"),
        twin=say("label.twin") if made.language == "en" else "",
    )
