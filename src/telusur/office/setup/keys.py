"""The keys of an office: what each is for, the fingerprint of the one that must not be lost, and its sheet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from telusur.domain.text import Text
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
