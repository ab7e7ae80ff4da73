"""From a letter or e-mail to a document of dated facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path

from telusur.domain.document import Document
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.record import Problem
from telusur.domain.text import Text
from telusur.evidence import Limits, open_limited
from telusur.exports.correspondence.letters import read_letter
from telusur.exports.correspondence.mail import Letter, read_mail

_LIMITS = Limits(cpu_seconds=10, wall_seconds=60.0)


def read_document(
    path: Path,
    *,
    name: str,
    kind: SourceKind,
    grade: Grade,
    zone: tzinfo | None = None,
    keys: Mapping[str, str] | None = None,
) -> Document:
    """Read an e-mail, a letter, a police report or minutes.

    Parameters
    ----------
    path
        The file.
    name
        What the case calls it.
    kind
        What the case says it is; a ``security_email`` is read as an e-mail, anything else as labelled lines.
    grade
        Its capture grade.
    zone
        Zone of times that state none, usually that of the act.
    keys
        Records of DKIM keys by name, ``selector._domainkey.domain``, as somebody saved them from the DNS.

    Returns
    -------
    Document
        Without facts, and with the problem said, where no program can read it (a scan, a picture).

    Raises
    ------
    BadInput
        If it is missing, or an e-mail that is none.
    """
    options = {"mail": kind == "security_email", "keys": {key.casefold(): value for key, value in (keys or {}).items()}}
    for message in open_limited("telusur.exports.correspondence.task:read", path, _LIMITS, name=name, **options):
        match message:
            case {"letter": str(text)}:
                return read_letter(text, name=name, kind=kind, grade=grade, zone=zone)
            case {"letter": None}:
                return Document(name, kind, grade, problems=(Problem(name, _BY_PERSON),))
            case {
                "mail": {
                    "headers": list(headers),
                    "body": str(body),
                    "signature": str(signature),
                    "pictures": bool(pictures),
                }
            }:
                told = tuple((str(key), str(value)) for key, value in headers)
                return read_mail(Letter(told, body, signature, pictures), name=name, grade=grade, zone=zone)
    raise BadInput("made its reader answer nonsense; keep the file and tell the developers", where=name)


_BY_PERSON = Text(
    "berupa gambar, pindaian, atau format lain yang tidak dibaca program; petugas perlu membacanya dan menulis "
    "faktanya di `facts` sumber ini",
    "is a picture, a scan or of a format that the program does not read; an officer has to read it and write what it "
    "says into this source's `facts`",
)
