"""Tell a case of the trial step by step: each is taken as if somebody had taken it on that day, and checked as such."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib import resources
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from telusur import law, process
from telusur.domain.evidence import Grade, SourceKind, Supplier
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.office import exhibits, letters, store
from telusur.office.actions.letters import people_of, person_of, sender
from telusur.office.models import Case, Exhibit, Letter, Respondent, User

_MEDIA: Final = {"png": "image/png", "zip": "application/zip", "txt": "text/plain"}
_GAP: Final = timedelta(minutes=7)


def packed(name: str) -> bytes:
    """Give a file that the trial brings along."""
    return resources.files(__package__).joinpath("files", name).read_bytes()


class Tale:
    """A case as it is told.

    Parameters
    ----------
    users
        By their user names.
    now
        When the trial is made; what is told lies before.
    days_ago
        How long ago the case began.
    """

    def __init__(self, users: Mapping[str, User], now: datetime, days_ago: float) -> None:
        self.users = users
        self.now = now
        self.at = now - timedelta(days=days_ago)
        self.file = process.File.empty()
        self.steps: list[process.Step] = []
        self.rows: list[Exhibit] = []
        self.taken: list[exhibits.Taken] = []
        self.tray = exhibits.Tray()
        self.letters: list[tuple[letters.LetterData, bytes, str, datetime]] = []
        self.case: Case

    # -- how it is told --

    def take(self, kind: type[Any], by: str, **said: Any) -> Tale:
        """Take a step, some minutes after the last."""
        self.at += _GAP
        if self.at > self.now:
            raise ValueError(f"step {len(self.steps) + 1} of the trial's case lies in the future")
        user = self.users.get(by)
        step = kind(at=self.at, by=user.person_id if user else by, **said)
        self.file = process.take(self.file, step)
        self.steps.append(step)
        return self

    def wait(self, days: float) -> Tale:
        """Let days pass."""
        self.at += timedelta(days=days)
        return self

    def keep(self) -> Case:
        """Write the case."""
        self.case.respondent.save()
        store.open_case(self.case, self.steps)
        Exhibit.objects.bulk_create(self.rows)
        with self.tray:
            exhibits.keep(self.case, self.taken)
        for said, made, by, at in self.letters:
            told = {"kind": said.kind, "made_by": self.users[by], "made_at": at}
            kept = letters.keep(self.case, said, made)
            Letter.objects.create(case=self.case, sha256=hashlib.sha256(made).hexdigest(), said=kept, **told)
        return self.case

    # -- what is told --

    def opened(
        self,
        by: str,
        procedure: str,
        how: str,
        subject: str,
        person: Mapping[str, str] | Respondent,
        **said: Any,
    ) -> Tale:
        """Open it, on somebody new or on somebody of another case."""
        respondent = (
            person
            if isinstance(person, Respondent)
            else Respondent(**{"status": "pns", "unit": "Dinas Contoh Kabupaten Rekaan", **person})
        )
        self.case = Case(
            number=store.next_number(self.at.date()),
            procedure=procedure,
            subject=subject,
            respondent=respondent,
            incident=said.get("incident") or "",
            received_on=self.at.date(),
        )
        return self.take(
            process.Opened,
            by,
            procedure=procedure,
            how=how,
            respondent=respondent.person_id,
            received_on=self.at.date(),
            **said,
        )

    def given_to(self, by: str) -> Tale:
        """Say who has it."""
        self.case.assigned = self.users[by]
        return self

    def file_in(
        self,
        by: str,
        name: str,
        content: bytes,
        *,
        grade: str = "B",
        kind: SourceKind | None = None,
        supplied_by: Supplier = "authority",
    ) -> Tale:
        """Add a file; it is the last one in `rows`."""
        media = _MEDIA[name.rsplit(".", 1)[1]]
        taken = self.tray.take_in(SimpleUploadedFile(name, content, media), kind=kind, grade=Grade(grade))
        self.taken.append(taken)
        self.at += _GAP
        user = self.users.get(by)
        row, step = exhibits.add(
            self.case, taken, supplied_by=supplied_by, at=self.at, by=user.person_id if user else by
        )
        self.file = process.take(self.file, step)
        self.steps.append(step)
        self.rows.append(row)
        return self

    def paper(self, by: str, name: str, words: str, *, grade: str = "B", supplied_by: Supplier = "authority") -> Tale:
        """Add a paper of a few words."""
        content = f"{words}\n\nDokumen rekaan dari uji coba Telusur, {self.at.date().isoformat()}.\n".encode()
        return self.file_in(by, name, content, grade=grade, kind="document", supplied_by=supplied_by)

    @property
    def last(self) -> str:
        """The id of the file that was added last."""
        return self.rows[-1].evidence_id

    def established(self, by: str, rank: str | None = "pelaksana", status: str = "pns") -> Tale:
        """Establish the respondent's status."""
        return self.take(
            process.StatusEstablished, by, status=status, rank=rank, grounds="Surat keputusan pengangkatan (rekaan)."
        )

    def stated(
        self, by: str, facts: Mapping[str, object], *, act: str = "P1", on_account: bool = True, **said: Any
    ) -> Tale:
        """State an act, as fully as the particulars ask."""
        when = said.pop("when", None)
        return self.take(
            process.ActStated,
            by,
            act=act,
            facts=Facts.read(facts),
            on_account=on_account,
            when=Moment.parse(when) if when else None,
            catalogue=law.catalogue().hash if said.get("rule") else None,
            **said,
        )

    def informed(self, by: str) -> Tale:
        """Draw up the particulars of all acts."""
        return self.take(process.ParticularsGiven, by, acts=tuple(self.file.acts))

    def served(self, by: str, what: str, days: int) -> Tale:
        """Serve something in person, with a receipt, and days to answer."""
        self.paper(by, f"tanda-terima-{what}-{len(self.rows)}.txt", f"Tanda terima: {what}. Diterima sendiri.")
        until = (self.at + timedelta(days=days)).date()
        return self.take(process.Served, by, what=what, how="diserahkan langsung", proof=self.last, reply_until=until)

    def moved(self, by: str, move: str, role: str, **said: Any) -> Tale:
        """Take a move of the procedure."""
        return self.take(process.Moved, by, move=move, role=role, expected_version=self.file.version, **said)

    def answered(self, text: str, claims: Sequence[str]) -> Tale:
        """Let the respondent answer."""
        return self.take(process.Answered, self.respondent, text=text, claims=tuple(claims))

    @property
    def respondent(self) -> str:
        """The respondent's opaque id."""
        return self.case.respondent.person_id

    def letter(self, by: str, text: str, **typed: str) -> Tale:
        """Make a letter, as an officer would."""
        said = letters.letter(
            text,
            self.file,
            person_of(self.case.respondent),
            sender(),
            self.at.date(),
            "id",
            case=self.case.number,
            typed_in={"signer": self.users[by].shown, **typed},
            people=people_of(self.file),
            tracings={},
            draft=False,
        )
        made = letters.render(said)
        self.letters.append((said, made, by, self.at))
        return self.take(
            process.LetterMade,
            by,
            letter=said.kind,
            sha256=hashlib.sha256(made).hexdigest(),
            holds=said.holds,
            remedy_until=said.remedy_until,
        )
