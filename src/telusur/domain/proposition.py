"""Who acted: the propositions that tracing weighs against each other."""

from __future__ import annotations

from enum import StrEnum

from telusur.domain.text import Text


class Proposition(StrEnum):
    """Who acted. `OWNER` is the one that all others are weighed against."""

    OWNER = "owner"
    OTHER_WITH_ACCESS = "other_with_access"
    TAKEN_OVER = "taken_over"
    IMPERSONATION = "impersonation"
    FABRICATED = "fabricated"
    LINKED_APP = "linked_app"

    @property
    def words(self) -> Text:
        """The proposition as one sentence for people."""
        return _WORDS[self]

    @property
    def short(self) -> Text:
        """The proposition in two or three words, for tables and pictures."""
        return _SHORT[self]


ALTERNATIVES = tuple(p for p in Proposition if p is not Proposition.OWNER)

_WORDS = {
    Proposition.OWNER: Text("Pemilik akun sendiri yang melakukannya", "The owner of the account did it"),
    Proposition.OTHER_WITH_ACCESS: Text(
        "Orang lain yang memegang perangkat atau sesi pemilik yang melakukannya",
        "Somebody else with access to the owner's device or session did it",
    ),
    Proposition.TAKEN_OVER: Text(
        "Akun diambil alih; pengambil alih yang melakukannya", "The account was taken over, and the intruder did it"
    ),
    Proposition.IMPERSONATION: Text(
        "Akun itu bukan akun terlapor, melainkan akun tiruan",
        "The account is not the respondent's but one that imitates it",
    ),
    Proposition.FABRICATED: Text(
        "Unggahan itu tidak pernah ada; buktinya dibuat-buat", "The post never existed; its evidence was made up"
    ),
    Proposition.LINKED_APP: Text(
        "Aplikasi yang tersambung ke akun yang mengirimnya", "An application linked to the account sent it"
    ),
}

_SHORT = {
    Proposition.OWNER: Text("pemilik", "owner"),
    Proposition.OTHER_WITH_ACCESS: Text("orang lain dengan akses", "other with access"),
    Proposition.TAKEN_OVER: Text("diambil alih", "taken over"),
    Proposition.IMPERSONATION: Text("akun tiruan", "impersonation"),
    Proposition.FABRICATED: Text("rekayasa", "fabricated"),
    Proposition.LINKED_APP: Text("aplikasi tersambung", "linked app"),
}
