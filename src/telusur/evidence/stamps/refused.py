"""Why a reply of an authority is no stamp, said so that a person knows what to do."""

from __future__ import annotations

from typing import Final, Literal

from telusur.domain.errors import BadInput
from telusur.domain.text import Text

Reason = Literal[
    "too_large",
    "malformed",
    "token_only",
    "rejected",
    "modified",
    "no_token",
    "weak_imprint",
    "other_document",
    "other_request",
    "nonce",
    "policy",
    "signers",
    "no_certificate",
    "ambiguous_certificate",
    "certificate_binding",
    "purpose",
    "weak_signature",
    "untrusted",
    "not_valid_then",
    "signature",
    "clock",
    "not_later",
]

_WORDS: Final[dict[Reason, Text]] = {
    "too_large": Text(
        "balasan otoritas lebih besar dari {most} bita; tidak dibaca",
        "the authority's reply is larger than {most} bytes; it was not read",
    ),
    "malformed": Text(
        "balasan otoritas bukan balasan stempel waktu yang utuh ({what}); minta lagi",
        "the authority's reply is no whole time-stamp reply ({what}); ask again",
    ),
    "token_only": Text(
        "ini token stempel waktu, bukan balasan; yang diperlukan adalah seluruh balasan otoritas (.tsr)",
        "this is a time-stamp token, not a reply; what is needed is the authority's whole reply (.tsr)",
    ),
    "rejected": Text(
        "otoritas menolak permintaan (status {status}{words})",
        "the authority turned the request down (status {status}{words})",
    ),
    "modified": Text(
        "otoritas mengubah yang diminta (status granted with mods); hanya balasan tanpa perubahan yang diterima",
        "the authority changed what was asked (status granted with mods); only a reply without changes is taken",
    ),
    "no_token": Text(
        "balasan otoritas tidak memuat stempel", "the authority's reply holds no stamp, though it says that it does"
    ),
    "weak_imprint": Text(
        "stempel memakai sidik jari {algorithm}; diperlukan SHA-256 atau yang lebih kuat",
        "the stamp is over a {algorithm} hash; SHA-256 or a stronger one is needed",
    ),
    "other_document": Text(
        "stempel ini untuk dokumen lain: sidik jarinya berbeda", "the stamp is for another document: its hash differs"
    ),
    "other_request": Text(
        "permintaan yang disimpan bukan untuk dokumen ini", "the request that is kept is not for this document"
    ),
    "nonce": Text(
        "stempel menjawab permintaan lain: angka acaknya (nonce) berbeda atau tidak ada",
        "the stamp answers another request: its random number (nonce) differs or is missing",
    ),
    "policy": Text(
        "stempel dibuat menurut kebijakan {found}, bukan {expected}",
        "the stamp was made under policy {found}, not {expected}",
    ),
    "signers": Text(
        "stempel bertanda tangan {count} pihak; harus tepat satu",
        "the stamp has {count} signers; it must be exactly one",
    ),
    "no_certificate": Text(
        "balasan tidak memuat sertifikat penanda tangannya", "the reply does not hold the certificate of its signer"
    ),
    "ambiguous_certificate": Text(
        "lebih dari satu sertifikat dalam balasan dapat menjadi milik penanda tangan",
        "more than one certificate in the reply could be the signer's",
    ),
    "certificate_binding": Text(
        "tanda tangan tidak mengikat sertifikat penanda tangan (ESSCertID tidak ada atau tidak cocok)",
        "the signature does not bind the signer's certificate (its ESSCertID is missing or does not fit)",
    ),
    "purpose": Text(
        "sertifikat penanda tangan tidak khusus untuk stempel waktu ({what})",
        "the signer's certificate is not for time stamps alone ({what})",
    ),
    "weak_signature": Text(
        "tanda tangan atau sertifikat memakai cara yang terlalu lemah ({what})",
        "the signature or a certificate uses a method that is too weak ({what})",
    ),
    "untrusted": Text(
        "tidak ada rantai sertifikat dari penanda tangan ke akar yang dipercaya; periksa berkas akar otoritas, dan "
        "tambahkan sertifikat antaranya bila perlu",
        "no chain of certificates leads from the signer to a trusted root; check the authority's root file, and add "
        "the certificates between if need be",
    ),
    "not_valid_then": Text(
        "sertifikat dalam rantainya tidak berlaku pada waktu stempel ({at})",
        "a certificate of its chain was not valid at the time of the stamp ({at})",
    ),
    "signature": Text(
        "tanda tangan stempel atau rantai sertifikatnya tidak benar",
        "the signature of the stamp or its chain of certificates does not hold",
    ),
    "clock": Text(
        "stempel menyebut {at}, di luar waktu antara permintaan ({asked}) dan sekarang ({now}); periksa jam komputer "
        "ini",
        "the stamp says {at}, outside the time between the request ({asked}) and now ({now}); check this machine's "
        "clock",
    ),
    "not_later": Text(
        "sertifikat otoritas tidak berlaku lebih lama daripada stempel yang diperbarui ({until}); menunggu yang baru",
        "the authority's certificate ends no later than the stamp that is renewed ({until}); waiting for its new one",
    ),
}


class StampRefused(BadInput):
    """A reply that proves nothing; `reason` says in one word why.

    Parameters
    ----------
    reason
        Which of the known faults.
    **values
        What the sentence names.
    """

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(_WORDS[reason].filled(**values))
        self.reason: Reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error travel between processes with its reason."""
        return (_rebuild, (self.reason, self.words))


def _rebuild(reason: Reason, words: Text) -> StampRefused:
    error = StampRefused.__new__(StampRefused)
    BadInput.__init__(error, words)
    error.reason = reason
    return error
