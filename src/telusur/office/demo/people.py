"""The invented people of a trial: roles, not names. All have the same password, which the trial shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from telusur.office.welcome import Login

#: Of invented people, on this machine only; shown on the terminal and on the login page of a trial.
PASSWORD: Final = "uji coba telusur"  # noqa: S105 - see above


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who works in the trial's office."""

    username: str
    title: str
    roles: tuple[str, ...]


def _bawaslu(role: str) -> tuple[str, ...]:
    return f"bawaslu-general/{role}", f"bawaslu-regional/{role}"


PEOPLE: Final = (
    Invented("administrator", "Administrator kantor", ("office/administrator",)),
    Invented("penerima", "Petugas penerima laporan", ("office/receiver", *_bawaslu("receiver"))),
    Invented("pemeriksa-a", "Pemeriksa A", _bawaslu("reviewer")),
    Invented("pemeriksa-b", "Pemeriksa B", _bawaslu("reviewer")),
    Invented("anggota", "Anggota Bawaslu Kabupaten Contoh", _bawaslu("commissioner")),
    Invented("ketua", "Ketua Bawaslu Kabupaten Contoh", _bawaslu("chair")),
    Invented("satgas", "Anggota Satgas Netralitas", ("bkn-sbt/verifier",)),
    Invented("auditor-asn", "Auditor manajemen ASN", ("bkn-sbt/auditor",)),
    Invented("pengendalian", "Pejabat pengawasan dan pengendalian BKN", ("bkn-sbt/official",)),
    Invented("kepala-bkn", "Kepala BKN (rekaan)", ("bkn-sbt/head",)),
    Invented("atasan", "Atasan langsung", ("discipline-pp94/direct_superior",)),
    Invented("atasan-atasan", "Atasan yang lebih tinggi", ("discipline-pp94/next_superior",)),
    Invented("tim-pemeriksa", "Anggota tim pemeriksa", ("discipline-pp94/examiner",)),
    Invented("kepegawaian", "Pejabat pengelola kepegawaian", ("discipline-pp94/personnel",)),
    Invented("pejabat", "Pejabat yang berwenang menghukum", ("discipline-pp94/deciding_official",)),
    Invented("ppk", "Pejabat Pembina Kepegawaian Kabupaten Contoh", ("discipline-pp94/ppk",)),
    Invented("presiden", "Presiden (rekaan)", ("discipline-pp94/president",)),
    Invented("ahli-hukum", "Ahli hukum kantor", ("office/legal",)),
    Invented("penjaga-bukti", "Penjaga bukti", ("office/custodian",)),
    Invented("auditor-imbang", "Auditor keseimbangan", ("office/balance",)),
    Invented("pengawas", "Pengawas internal", ("office/auditor",)),
)


def logins() -> tuple[Login, ...]:
    """Give the logins of all of them."""
    return tuple(Login(one.username, PASSWORD, one.title) for one in PEOPLE)
