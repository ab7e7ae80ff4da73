"""Taking a move of the procedure: one action a move, as the procedures' files have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from telusur import law, process
from telusur.domain.text import Text
from telusur.office.actions.asking import grounds_field, role_of
from telusur.office.actions.base import Action, register
from telusur.office.forms import NumberField, words_field
from telusur.office.models import Case, User
from telusur.office.words import late

#: Before the id of a move, the name of the action that takes it.
PREFIX = "langkah-"


class TakeMove(Action):
    """Take a move: what it needs and whether it may be taken is the process's to say."""

    listed = False
    move_id: ClassVar[str]

    def __init__(self, case: Case, user: User, file: process.File | None = None) -> None:
        super().__init__(case, user, file)
        self.move = self.file.flow.moves.get(self.move_id)
        if self.move is not None:
            to = self.file.flow.stage(self.move.to).title
            here = self.file.place.title
            self.title = self.move.title
            self.explains = Text(f"Dari {here.id} ke {to.id}.", f"From {here.en} to {to.en}.")

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give where it leads, what it rests on, and the letter that goes with it."""
        if self.move is None:
            return ()
        found = []
        cited = self.move.citation
        if cited:
            status = law.label("citation_status", cited.status)
            where = f"{cited.instrument.id} {cited.article or ''}".strip()
            found.append((Text("Dasar", "Rests on"), Text(f"{where} ({status.id})", f"{where} ({status.en})")))
        if self.move.note:
            found.append((Text("Catatan", "Note"), self.move.note))
        if self.move.letter:
            words = Text(
                "Suratnya dibuat pada halaman surat berkas, lalu dicatat penyampaiannya.",
                "Its letter is made on the page of letters, and its service is recorded.",
            )
            found.append((Text("Surat", "Letter"), words))
        if self.move.end:
            found.append((Text("Akhir", "End"), self.file.flow.stage(self.move.to).title))
        return found

    def check(self) -> tuple[Text, ...]:
        """Say what stands in its way."""
        for option in process.moves(self.file, self.person):
            if option.move.id == self.move_id:
                return option.reasons
        here = self.file.place.title
        return (
            Text(
                f"Langkah ini tidak ada pada tahap {here.id}; lihat yang dapat dilakukan pada halaman berkas.",
                f"There is no such move in the stage {here.en}; see on the case's page what can be done.",
            ),
        )

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for grounds and a vote, where the move needs them."""
        if self.move is None:
            return {}
        found: dict[str, forms.Field] = {}
        if self.move.ballot:
            found["in_favour"] = NumberField(least=0, most=1000, label=late("Suara setuju", "Votes in favour"))
            found["against"] = NumberField(least=0, most=1000, label=late("Suara menolak", "Votes against"))
            found["quorum"] = NumberField(
                least=1,
                most=1000,
                label=late("Kuorum", "Quorum"),
                help_text=late("Berapa orang yang harus hadir.", "How many had to be there."),
            )
            found["dissent"] = words_field(
                ("Pendapat berbeda", "Dissent"),
                ("Satu pendapat tiap baris.", "One opinion a line."),
                required=False,
            )
        if self.move.grounds or self.move.ballot:
            found["grounds"] = grounds_field(required=self.move.grounds)
        return found

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the move."""
        ballot = None
        if cleaned.get("quorum") is not None:
            dissent = tuple(line.strip() for line in cleaned["dissent"].splitlines() if line.strip())
            ballot = process.Ballot(cleaned["in_favour"], cleaned["against"], cleaned["quorum"], dissent)
        role = role_of(self.person, self.move.roles if self.move else ())
        if role is None:
            # Whose role it is stands with the office; the process is told a role that is held, or nothing.
            raise process.Refused(self.check())
        return [
            process.Moved(
                **self.stamp(),
                move=self.move_id,
                role=role,
                expected_version=cleaned["version"],
                grounds=cleaned.get("grounds") or None,
                ballot=ballot,
            )
        ]

    def done(self) -> Text:
        """Say what was done."""
        return Text(f"Tercatat: {self.title.id}.", f"Recorded: {self.title.en}.")


def _action(move_id: str) -> type[TakeMove]:
    title = Text("Langkah", "Move")
    body = {"__doc__": move_id, "name": f"{PREFIX}{move_id}", "title": title, "move_id": move_id}
    return type(f"Take{move_id.title().replace('_', '')}", (TakeMove,), body)


for _move in sorted({move for one in process.procedures().values() for move in one.moves}):
    register(_action(_move))
