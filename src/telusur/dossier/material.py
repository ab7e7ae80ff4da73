"""What the sources of a case say: records of accounts, and documents of dated facts."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta, tzinfo
from pathlib import Path, PurePosixPath
from typing import Final

from telusur import exports
from telusur.domain.account import Account
from telusur.domain.document import Document, Fact
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text
from telusur.dossier.case import Case, ReadFact, Source
from telusur.dossier.case_folder import walk
from telusur.exports import captured_page, correspondence
from telusur.tracing import is_of

Step = Callable[[str], None]

#: Sources of which each is one document.
DOCUMENTS: Final[frozenset[SourceKind]] = frozenset({"security_email", "operator_letter", "police_report", "document"})
_NUMBER: Final = re.compile(r"[+\d\s().\u00a0\u2010-\u2015-]{9,30}")
_KEYS: Final = PurePosixPath("known/dkim")
_LONGEST_KEY: Final = 16 << 10
#: How the devices of several holders are set apart where a person typed them into one field.
_EACH: Final = re.compile(r"\s*(?:;|\n)\s*")
#: A time written to the minute and one written to the second may be one.
_LEAST: Final = timedelta(minutes=1)
_NO_FACT: Final = Text(
    "tidak memuat satu pun baris atau pemberitahuan yang dikenali", "holds no line or notice that is recognised"
)
_HELD: Final = re.compile(r"(?P<device>[^:]{1,120}?)\s*:\s*(?P<holder>[^:]{1,120})")


@dataclass(frozen=True, slots=True)
class Material:
    """What was read of a case's sources.

    Parameters
    ----------
    records
        What exports, providers and captured pages say of accounts.
    documents
        What e-mails, letters, reports and minutes say, by the program's reading and by persons'.
    unread
        Why the program could not read a source, by its path.
    notes
        Where a person and the program read a document differently, one sentence each.
    """

    records: tuple[AccountRecord, ...] = ()
    documents: tuple[Document, ...] = ()
    unread: Mapping[str, Text] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


def read_records(case: Case, step: Step = lambda _: None) -> Material:
    """Read the sources of a case; what cannot be read is left to a person, and the dossier says so.

    Parameters
    ----------
    case
        The case.
    step
        Told what is being read.

    Raises
    ------
    BadInput
        If an export or provider's record cannot be read, or is not of a platform that has a reader.
    """
    records: list[AccountRecord] = []
    documents: list[Document] = []
    unread: dict[str, Text] = {}
    notes: list[Text] = []
    zone, keys = _zone(case), _keys(case.folder)
    for source in case.sources:
        document: Document | None = None
        if source.kind in DOCUMENTS:
            step(source.path)
            document = _of_the_number(_document(case, source, zone, keys, unread), case, notes)
        elif source.kind in {"platform_export", "provider_record", "web_archive"}:
            record = _record(case, source, zone, step, unread)
            records += [record] if record is not None else []
        document = _with_typed(document, source, notes)
        documents += [document] if document is not None else []
    return Material(tuple(_witnessed(case, records, documents, notes)), tuple(documents), unread, tuple(notes))


def _witnessed(
    case: Case, records: Sequence[AccountRecord], documents: Sequence[Document], notes: list[Text]
) -> Iterator[AccountRecord]:
    """Give the records; where minutes name the hash of another file, an export counts as its owner's own.

    What was downloaded before an officer is what the minutes name: a file that was altered or exchanged since is not.
    """
    named = {sha256 for document in documents for sha256 in document.hashes}
    there = _hashes(case) if named else {}
    lost = named - set(there.values())
    for document in documents:
        notes += [_not_there(document.path, sha256) for sha256 in document.hashes if sha256 in lost]
    for record in records:
        exchanged = record.kind == "platform_export" and record.grade is Grade.B and there.get(record.path) not in named
        yield replace(record, grade=Grade.C) if lost and exchanged else record


def _hashes(case: Case) -> dict[str, str]:
    """Give the SHA-256 of each source that is a file."""
    found = {}
    for source in case.sources:
        path = case.folder / source.path
        if path.is_file():
            with path.open("rb") as file:
                found[source.path] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _not_there(path: str, sha256: str) -> Text:
    return Text(
        f"{path}: menyebut berkas dengan SHA-256 {sha256}, tetapi tidak ada berkas perkara dengan hash itu; mungkin "
        "berkasnya diubah atau ditukar sesudahnya. Mintalah berkas yang aslinya; sampai itu ada, ekspor dalam perkara "
        "dihitung tingkat C.",
        f"{path}: names a file with the SHA-256 {sha256}, but no file of the case has that hash; it may have been "
        "altered or exchanged since. Ask for the file as it was; until then an export of the case counts as grade C.",
    )


def _zone(case: Case) -> tzinfo | None:
    """Give the zone of the first act that states one; letters and chats of the case are read in it."""
    return next((act.at.at.tzinfo for act in case.acts if act.at is not None), None)


def _record(
    case: Case, source: Source, zone: tzinfo | None, step: Step, unread: dict[str, Text]
) -> AccountRecord | None:
    path = case.folder / source.path
    if source.kind == "web_archive":
        step(source.path)
        try:
            return captured_page.read_page(path, name=source.path, grade=source.grade, accounts=_accounts(case))
        except BadInput as bad:
            # A capture that no reader understands still shows the page to a person.
            unread[source.path] = bad.words
            return None
    if not any(account.platform in exports.PLATFORMS for account in case.accounts):
        return None
    step(source.path)
    names = [case.respondent.name, *(account.handle for account in case.accounts)]
    chat = exports.Chat(frozenset(name for name in names if name), zone)
    kind: SourceKind = "provider_record" if source.kind == "provider_record" else "platform_export"
    account = next(iter(_accounts(case)), None)
    record = exports.read(path, name=source.path, grade=source.grade, kind=kind, chat=chat, account=account)
    return _of_the_case(record, case)


def _of_the_case(record: AccountRecord, case: Case) -> AccountRecord:
    """Give a chat's record the case's account where both write its number, each in its own way.

    A name stays a name: it stands in the list of contacts of whoever handed the chat in, and shows no number.
    """
    if record.account.platform != "whatsapp":
        return record
    number = _digits(record.account.handle)
    same = [a for a in _accounts(case) if a.platform == "whatsapp" and number and _digits(a.handle) == number]
    return replace(record, account=replace(record.account, handle=same[0].handle)) if same else record


def _digits(handle: str | None) -> str:
    """Give a number without the ways to write its country: 0812…, 62812… and +62 812-… are one."""
    if handle is None or not _NUMBER.fullmatch(handle):
        return ""
    return re.sub(r"^(?:00|0)?(?:62)?0?", "", "".join(c for c in handle if c.isdigit()))


def _accounts(case: Case) -> tuple[Account, ...]:
    """Give the accounts of the case, those of its acts first."""
    acting = [act.account for act in case.acts if act.account is not None]
    return tuple(dict.fromkeys([*acting, *case.accounts]))


def _keys(folder: Path) -> dict[str, str]:
    """Give the records of DKIM keys that somebody saved: ``known/dkim/SELECTOR._domainkey.DOMAIN`` or ``….txt``."""
    keys: dict[str, str] = {}
    for path, mode in walk(folder, "known"):
        place = PurePosixPath(path)
        if place.parent == _KEYS and stat.S_ISREG(mode) and (folder / path).stat().st_size <= _LONGEST_KEY:
            words = (folder / path).read_bytes().decode("ascii", "ignore")
            keys[place.name.removesuffix(".txt")] = "".join(words.replace('"', "").split("\n")).strip()
    return keys


def _document(
    case: Case, source: Source, zone: tzinfo | None, keys: Mapping[str, str], unread: dict[str, Text]
) -> Document | None:
    assert source.kind is not None
    path = case.folder / source.path
    if path.is_dir():
        unread[source.path] = Text("folder, bukan satu surat", "is a folder, not one letter")
        return None
    try:
        document = correspondence.read_document(
            path, name=source.path, kind=source.kind, grade=source.grade, zone=zone, keys=keys
        )
    except BadInput as bad:
        unread[source.path] = bad.words
        return None
    if not document.facts and document.authenticity == "unknown":
        unread[source.path] = next((problem.message for problem in document.problems), _NO_FACT)
    return document


def _of_the_number(document: Document | None, case: Case, notes: list[Text]) -> Document | None:
    """Give a document without what an operator writes of another number than those of the case, if both say which."""
    if document is None or not document.numbers:
        return document
    chats = [account for account in _accounts(case) if account.platform == "whatsapp"]
    own = {number for account in chats if (number := _digits(account.handle))}
    named = {number for written in document.numbers if (number := _digits(written))}
    if not own or not named or own & named:
        return document
    numbers = ", ".join(document.numbers)
    notes.append(
        Text(
            f"{document.path}: surat operator tentang nomor lain ({numbers}), bukan nomor dalam perkara; isinya tidak "
            "ditimbang. Tanyakan kepada operator tentang nomor perkara.",
            f"{document.path}: is an operator's letter of another number ({numbers}), not of one in the case; what it "
            "says was not weighed. Ask the operator of the case's number.",
        )
    )
    return replace(document, facts=())


def _with_typed(document: Document | None, source: Source, notes: list[Text]) -> Document | None:
    """Give a document with what a person read in it; that counts where the program read otherwise."""
    typed = [one for fact in source.facts for one in _typed(fact)]
    if not typed:
        return document
    if document is None:
        return Document(source.path, source.kind or "document", source.grade, facts=tuple(typed))
    names = {fact.name for fact in typed}
    kept = [fact for fact in document.facts if fact.name not in names]
    notes += [
        _differs(source, fact, theirs)
        for fact in typed
        if fact.at is not None and (theirs := _other_times(fact, document.facts))
    ]
    return replace(document, facts=(*(_completed(fact, document.facts) for fact in typed), *kept))


def _typed(fact: ReadFact) -> Iterator[Fact]:
    if not isinstance(fact.value, str):
        moment = fact.value
        yield Fact(fact.name, moment.utc, moment.written, precision=moment.precision, read_by=fact.read_by)
        return
    for part in _EACH.split(fact.value.strip()):
        device, holder = _held(part)
        yield Fact(fact.name, None, part, device=device, holder=holder, read_by=fact.read_by)


def _held(words: str) -> tuple[str | None, str | None]:
    """Give the device and its holder; neither where the words do not name both."""
    found = correspondence.holder_in(words)
    if found is not None:
        return found
    plain = _HELD.fullmatch(words.strip())
    return (plain["device"].strip(), plain["holder"].strip()) if plain else (None, None)


def _same(fact: Fact, other: Fact) -> bool:
    """Whether two readings can mean one time."""
    assert fact.at is not None
    if other.at is None:
        return True
    return fact.at < other.at + max(other.precision, _LEAST) and other.at < fact.at + max(fact.precision, _LEAST)


def _other_times(fact: Fact, read: Sequence[Fact]) -> list[Fact]:
    """Give the program's readings of the same fact, if none of them can mean the same time."""
    found = [other for other in read if other.name == fact.name and other.at is not None]
    return [] if any(_same(fact, other) for other in found) else found


def _completed(fact: Fact, read: Sequence[Fact]) -> Fact:
    """Give a typed fact with what the program read beside the same time: device, address, whether identified."""
    same = next((o for o in read if o.name == fact.name and fact.at is not None and _same(fact, o)), None)
    if same is None:
        return fact
    return replace(fact, device=same.device, ip=same.ip, identified=same.identified, line=same.line)


def _differs(source: Source, fact: Fact, theirs: Sequence[Fact]) -> Text:
    written = "; ".join(other.written for other in theirs)
    return Text(
        f"{source.path}: {fact.read_by} membaca {fact.name} sebagai {fact.written}, program membaca {written}; bacaan "
        "orang yang dipakai",
        f"{source.path}: {fact.read_by} read {fact.name} as {fact.written}, the program read {written}; the person's "
        "reading is used",
    )


def left_to_people(case: Case, material: Material) -> list[Text]:
    """Say what the program did not read, and what a person has to do with it.

    Parameters
    ----------
    case
        The case.
    material
        What was read of it.
    """
    read = {record.path for record in material.records} | {s.path for s in case.sources if s.kind == "known_writing"}
    read |= {document.path for document in material.documents if document.path not in material.unread}
    typed = {source.path for source in case.sources if source.facts}
    said = [
        _not_read(source, material.unread.get(source.path))
        for source in case.sources
        if source.path not in read and source.path not in typed
    ]
    said += [text for record in material.records for text in _of_another(case, record)]
    for document in material.documents:
        said += [
            Text(f"{document.path}: {problem.message.id}", f"{document.path}: {problem.message.en}")
            for problem in document.problems
            if document.path not in material.unread
        ]
        said += [
            Text(
                f"{document.path}: “{fact.written}” diperlihatkan di Daftar bukti, tetapi tidak ikut ditimbang: tulis "
                "`device_of` sebagai MODEL: PEMEGANG.",
                f"{document.path}: “{fact.written}” is shown in the List of evidence but not weighed: write "
                "`device_of` as MODEL: HOLDER.",
            )
            for fact in document.facts
            if fact.name == "device_of" and fact.holder is None
        ]
    return said


def _of_another(case: Case, record: AccountRecord) -> Iterator[Text]:
    """Say that an export or a provider's record is of an account that the case does not name, or names no account."""
    shown = record.account.handle or record.account.account_id
    if record.kind == "web_archive" or record.account.platform == "whatsapp":
        return
    if shown is None:
        yield Text(
            f"{record.path}: tidak menyebut akun siapa; mintalah ekspor utuh yang memuat data akunnya.",
            f"{record.path}: does not say whose account it is; ask for the whole export, with the account's data.",
        )
    elif not any(is_of(record, account) for account in _accounts(case)):
        yield Text(
            f"{record.path}: rekaman akun {shown}, yang tidak disebut perkara; periksa apakah berkas ini yang diminta.",
            f"{record.path}: is of the account {shown}, which the case does not name; see whether it is the one that "
            "was asked for.",
        )


def _not_read(source: Source, why: Text | None) -> Text:
    if source.kind is None:
        return Text(
            f"{source.path}: disegel dan dihitung hash-nya; tidak dibaca program, karena `sources` di case.yaml tidak "
            "menyebut jenisnya. Sebutkan jenisnya dan siapa yang menyerahkannya, lalu jalankan lagi.",
            f"{source.path}: sealed and hashed; not read by the program, because `sources` in case.yaml does not say "
            "what it is. Say what it is and who supplied it, and run this again.",
        )
    if why is not None:
        return Text(
            f"{source.path}: disegel dan dihitung hash-nya; tidak dibaca program ({why.id}). Petugas perlu membacanya "
            "dan menulis faktanya di `facts` sumber itu dalam case.yaml.",
            f"{source.path}: sealed and hashed; not read by the program ({why.en}). An officer has to read it and "
            "write what it says into that source's `facts` in case.yaml.",
        )
    return Text(
        f"{source.path}: disegel dan dihitung hash-nya; isinya tidak dibaca program; petugas perlu membacanya.",
        f"{source.path}: sealed and hashed; its content was not read by the program, so an officer has to read it.",
    )
