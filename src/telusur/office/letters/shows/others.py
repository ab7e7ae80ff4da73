"""Who the letter is about, on what the procedure rests, what travels with a file, and who was told."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import law, process
from telusur.office.letters.making import Making
from telusur.office.letters.model import Block
from telusur.office.letters.shows.acts import cited


def respondent(made: Making) -> Iterator[Block]:
    """Give who the respondent is, with as much of the NIP as this letter may show."""
    say = made.words
    if not made.person.name:
        made.lacks("Nama terlapor belum diisi; lengkapi data terlapor.", "The respondent's name is missing.")
    rows = [(say("person.name"), made.person.name), (say("person.nip"), made.nip)]
    rows += [(say("person.position"), made.person.position), (say("person.unit"), made.person.unit)]
    if made.file.status:
        rows.append((say("person.status"), made.of(law.label("actor.status", made.file.status.step.status))))
    shown = tuple((name, value) for name, value in rows if value)
    yield Block("rows", made.of(made.file.flow.words.respondent), rows=shown)


def basis(made: Making) -> Iterator[Block]:
    """Give what the procedure rests on, each with how sure that is."""
    rows = tuple((f"{number}.", cited(made, one)) for number, one in enumerate(made.file.flow.citations, 1))
    if made.text.shape == "decree":
        yield Block("clause", made.words("regarding"), rows=rows)
    else:
        yield Block("items", made.words("basis"), rows=rows)


def untraced(made: Making) -> Iterator[Block]:
    """Say, where it is so, that control of the account is not yet traced; nobody can leave it out."""
    if not made.untraced:
        return
    gate = next(one for one in process.gates(made.file, made.day) if one.name == "tracing")
    yield Block("note", made.of(process.UNTRACED))
    yield Block("say", made.words("untraced"))
    reasons = tuple(
        (f"{number}.", made.of(one)) for number, one in enumerate(gate.reasons, 1) if one != process.UNTRACED
    )
    if reasons:
        yield Block("items", "", rows=reasons)


def told(made: Making) -> Iterator[Block]:
    """Give every body that was told of the case, and is now told of its end."""
    say = made.words
    rows = tuple((f"{number}.", one) for number, one in enumerate(made.bodies_told, 1))
    if rows:
        yield Block("items", say("told"), rows=rows)
    else:
        yield Block("say", say("told_nobody"))
