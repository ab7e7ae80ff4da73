"""The keys of an office: what each is for, the fingerprint of the one that must not be lost, and its sheet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from telusur.domain.text import Language, Text
from telusur.office import custody
from telusur.office.home import Home

#: The key under which codes of reporters and respondents are known again.
OFFICE: Final = "codes"
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Key:
    """A key file.

    Parameters
    ----------
    lost
        What follows where it is lost.
    """

    file: str
    use: Text
    lost: Text


_KEYS: Final = (
    Key(
        "codes.key",
        Text(
            "Kunci kantor: mengenali kode pelapor dan kode terlapor.",
            "The office key: knows again the codes of reporters and respondents.",
        ),
        Text(
            "Semua kode yang sudah diberikan tidak dikenali lagi. Salin sekarang.",
            "No code that was given out is known any more. Back it up now.",
        ),
    ),
    Key(
        "log.key",
        Text(
            "Menandatangani buku besar: dengan sidiknya siapa pun memeriksa bukti dari kantor ini.",
            "Signs the ledger: with its fingerprint anybody verifies evidence of this office.",
        ),
        Text(
            "Tidak ada yang dapat dicatat lagi sampai kuncinya dipulihkan dari lembar. Cetak sekarang.",
            "Nothing can be recorded until it is restored from its sheet. Print it now.",
        ),
    ),
    Key(
        "root.key",
        Text(
            "Membuka semua berkas bukti dan surat, yang tersimpan tersandi.",
            "Opens all evidence and letters, which are kept encrypted.",
        ),
        Text(
            "Tidak satu berkas pun dapat dibuka lagi, untuk selamanya. Salin sekarang.",
            "No file can be opened again, ever. Back it up now.",
        ),
    ),
    Key(
        "secret.key",
        Text("Menandatangani sesi masuk.", "Signs the sessions of those who are logged in."),
        Text("Semua orang masuk sekali lagi; tidak ada yang hilang.", "Everybody logs in again; nothing is lost."),
    ),
    Key(
        "limits.key",
        Text("Menyamarkan alamat saat menghitung percobaan.", "Hides addresses while attempts are counted."),
        Text("Hitungan mulai dari nol; tidak ada yang hilang.", "Counting begins anew; nothing is lost."),
    ),
)


def kept() -> tuple[Key, ...]:
    """Give the key files."""
    return _KEYS


def key() -> str:
    """Give the office key itself."""
    return Home.here().secret(OFFICE)


def grouped() -> str:
    """Give the office key as it is printed: the blanks do not belong to it."""
    held = key()
    return " ".join(held[i : i + _GROUP] for i in range(0, len(held), _GROUP))


def fingerprint() -> str:
    """Give the SHA-256 of the office key: the same, and the backup holds what the office uses."""
    return hashlib.sha256(key().encode("ascii")).hexdigest()


def root_line() -> str:
    """Give the file of the root key as it is printed: one line, whose last word shows a slip in copying."""
    custody.root_key()
    return Home.here().root_key.read_text(encoding="ascii").strip()


def log_sheet(language: Language, passphrase: str) -> str:
    """Give the printed backup of the key that signs the ledger, under a passphrase."""
    return custody.log_key().sheet(language, passphrase or None)
