"""The proof that something was destroyed: a document for programs, a page for people, and its verification."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import telusur
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.domain.when import moment_words
from telusur.evidence import ledger, signing

SCHEMA: Final = "telusur.destruction/1"


@dataclass(frozen=True, slots=True)
class Proof:
    """That something was destroyed: to be handed out and filed, for the store names no case that is gone.

    Parameters
    ----------
    case, salt
        Name of the case, and the salt under which the entry commits to it.
    actor, actor_salt
        Who answers for it, and the salt of that commitment.
    detail, detail_salt
        What the entry commits to beside, as canonical JSON, and its salt.
    entry
        The entry's bytes.
    proof
        A C2SP tlog-proof that the log holds it, with the signed checkpoint.
    vkey
        The key that signed it.
    """

    case: str
    salt: bytes
    actor: str
    actor_salt: bytes
    detail: str
    detail_salt: bytes
    entry: bytes
    proof: bytes
    vkey: str

    @property
    def at(self) -> datetime:
        """When, as the entry says."""
        return datetime.fromisoformat(json.loads(self.entry)["at"])

    @property
    def said(self) -> Mapping[str, Any]:
        """What the entry commits to beside case and person."""
        found: Mapping[str, Any] = json.loads(self.detail)
        return found

    def as_json(self) -> dict[str, Any]:
        """Give the document."""
        said = self.said
        return {
            "schema": SCHEMA,
            "made_by": {"telusur": telusur.__version__, "catalogue": None, "models": None},
            "case": self.case,
            "at": json.loads(self.entry)["at"],
            "by": self.actor,
            **{name: said[name] for name in ("grounds", "whole", "objects", "bytes", "entries")},
            "key_fingerprint": signing.VerifyKey.parse(self.vkey).fingerprint,
            "vkey": self.vkey,
            "entry": self.entry.decode("ascii"),
            "detail": self.detail,
            "salts": {"case": self.salt.hex(), "actor": self.actor_salt.hex(), "detail": self.detail_salt.hex()},
            "tlog_proof": self.proof.decode("utf-8"),
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Proof:
        """Take back what `as_json` gave; nothing in it is verified.

        Raises
        ------
        BadInput
            If it is no such document.
        """
        try:
            if document["schema"] != SCHEMA:
                raise BadInput(_NO_PROOF)
            salts = {name: bytes.fromhex(document["salts"][name]) for name in ("case", "actor", "detail")}
            made = cls(
                document["case"],
                salts["case"],
                document["by"],
                salts["actor"],
                document["detail"],
                salts["detail"],
                document["entry"].encode("ascii"),
                document["tlog_proof"].encode("utf-8"),
                document["vkey"],
            )
            if made.as_json() | {"made_by": None} != dict(document) | {"made_by": None}:
                raise BadInput(_CONTRADICTS)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BadInput(_NO_PROOF) from None
        return made


_NO_PROOF: Final = Text("bukan bukti pemusnahan dari Telusur", "is no proof of destruction made by Telusur")
_CONTRADICTS: Final = Text(
    "isinya saling bertentangan: dokumen ini diubah", "what it says does not agree with itself: it was altered"
)
_OTHER_KEY: Final = Text(
    "ditandatangani kunci lain daripada yang sidiknya Anda berikan", "is signed by another key than the one you named"
)
_ALTERED: Final = Text(
    "{what} tidak sesuai dengan komitmen dalam entri: dokumen ini diubah",
    "{what} does not fit the commitment in the entry: the document was altered",
)


def verify(proof: Proof, fingerprint: str) -> tuple[Text, ...]:
    """Verify a proof of destruction without the store.

    Parameters
    ----------
    proof
        As it was handed out.
    fingerprint
        Of the log's key, from an official record and not from the proof.

    Returns
    -------
    tuple[Text, ...]
        What does not hold; empty if all does.
    """
    problems: list[Text] = []
    try:
        key = signing.VerifyKey.parse(proof.vkey)
        if key.fingerprint != fingerprint:
            return (_OTHER_KEY,)
        signing.verify(signing.ProofFile.parse(proof.proof), ledger.leaf_hash(proof.entry), key)
        entry = json.loads(proof.entry)
        index = signing.ProofFile.parse(proof.proof).index
    except BadInput as refused:
        return (refused.words,)
    except ValueError:
        return (_NO_PROOF,)
    said = proof.said
    if entry.get("type") != "destroy" or entry.get("seq") != index:
        problems.append(_ALTERED.filled(what="type"))
    for what, value, salt, commitment in (
        ("by", proof.actor, proof.actor_salt, entry.get("actor")),
        ("detail", proof.detail, proof.detail_salt, entry.get("detail")),
        ("case", proof.case, proof.salt, said.get("case")),
    ):
        if ledger.commit(value.encode(), salt).hex() != commitment:
            problems.append(_ALTERED.filled(what=what))
    return tuple(problems)


_WORDS: Final = {
    "title": Text("Bukti pemusnahan", "Proof of destruction"),
    "case": Text("Perkara", "Case"),
    "at": Text("Waktu", "When"),
    "by": Text("Penanggung jawab", "Who answers for it"),
    "grounds": Text("Dasar", "Grounds"),
    "what": Text("Yang dimusnahkan", "What was destroyed"),
    "whole": Text("seluruh isi perkara", "all that the case held"),
    "part": Text("sebagian isi perkara", "a part of what the case held"),
    "amount": Text("{objects} berkas, {bytes} bita", "{objects} files, {bytes} bytes"),
    "entries": Text("Entri yang tidak dapat dibuka lagi", "Entries that nobody can open any more"),
    "fingerprint": Text("Sidik kunci", "Key fingerprint"),
    "how": Text(
        "Kunci setiap berkas dan garam setiap komitmen dihancurkan lebih dahulu, lalu berkasnya. Buku besar menyimpan "
        "entri-entrinya, tetapi tidak seorang pun dapat mengetahui lagi apa isinya. Yang tidak dijangkau: cadangan, "
        "bundel, dan salinan yang sudah keluar dari simpanan.",
        "The key of every file and the salt of every commitment were destroyed first, then the files. The ledger keeps "
        "its entries, but nobody can tell any more what they said. Not reached: backups, bundles and copies that had "
        "left the store.",
    ),
    "check": Text(
        "Periksa dengan: telusur evidence proof {file} --key SIDIK (sidik dari berita acara, bukan dari halaman ini)",
        "Verify by: telusur evidence proof {file} --key FINGERPRINT (from an official record, not from this page)",
    ),
    "entry": Text("Entri buku besar", "The ledger's entry"),
    "proof": Text("Bukti penyertaan dan titik periksa", "Proof of inclusion and checkpoint"),
}
_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}dt{font-weight:bold;margin-top:.6em}"
    "dd{margin:0;overflow-wrap:anywhere}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #888;padding:1ex}"
)


def page(proof: Proof, language: Language, file: str) -> str:
    """Give the page for people: one HTML file that loads nothing.

    Parameters
    ----------
    proof
        What it tells.
    language
        Of its words.
    file
        Name of the document for programs that lies beside it.
    """

    def say(name: str, **values: object) -> str:
        words = _WORDS[name].in_language(language)
        return html.escape(words.format(**values) if values else words)

    said = proof.said
    ranges = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in said["entries"])
    amount = say("amount", objects=said["objects"], bytes=said["bytes"])
    rows = (
        ("case", html.escape(proof.case)),
        ("at", html.escape(moment_words(proof.at).in_language(language))),
        ("by", html.escape(proof.actor)),
        ("grounds", html.escape(said["grounds"])),
        ("what", f"{say('whole' if said['whole'] else 'part')}: {amount}"),
        ("entries", html.escape(ranges)),
        ("fingerprint", f"<code>{signing.VerifyKey.parse(proof.vkey).fingerprint}</code>"),
    )
    listed = "".join(f"<dt>{say(name)}</dt><dd>{value}</dd>\n" for name, value in rows)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{say("title")}</title>\n'
        f"<style>{_STYLE}</style></head><body>\n<h1>{say('title')}</h1>\n<dl>\n{listed}</dl>\n"
        f"<p>{say('how')}</p>\n<p>{say('check', file=file)}</p>\n"
        f"<h2>{say('entry')}</h2>\n<pre>{html.escape(proof.entry.decode('ascii'))}</pre>\n"
        f"<h2>{say('proof')}</h2>\n<pre>{html.escape(proof.proof.decode('utf-8'))}</pre>\n</body></html>\n"
    )
