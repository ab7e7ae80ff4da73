"""An authority that stamps: where it is asked, and which roots its stamps must lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlsplit

from telusur.domain.errors import BadInput, TelusurError
from telusur.domain.text import Text
from telusur.evidence.stamps.trust import Trust

#: Takes an address and a request, gives the reply; raises `NoAnswer` (or an `OSError`) where none comes.
Transport = Callable[[str, bytes], bytes]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_POLICY: Final = re.compile(r"[0-2](\.\d{1,20}){1,30}")
_LONGEST_ADDRESS: Final = 500

_BAD_NAME: Final = Text(
    "nama otoritas {found!r} tidak dapat dipakai; pakai huruf kecil, angka dan tanda hubung, paling banyak 40",
    "the authority's name {found!r} cannot be used; use small letters, digits and hyphens, 40 at most",
)
_BAD_ADDRESS: Final = Text(
    "alamat otoritas harus berupa http:// atau https:// dengan nama peladen, tanpa nama pengguna dan sandi",
    "the authority's address has to be http:// or https:// with a server's name, without user name and password",
)
_BAD_POLICY: Final = Text(
    "kebijakan {found!r} bukan pengenal objek; tulis seperti 1.2.3.4",
    "the policy {found!r} is no object identifier; write it as 1.2.3.4",
)


class NoAnswer(TelusurError):
    """No reply came from an authority; its words say why.

    Parameters
    ----------
    words
        Why, in both languages.
    """

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority as people configured it.

    Parameters
    ----------
    name
        Short: small letters, digits, hyphens.
    url
        Where it takes requests; ``http`` serves as well as ``https``, for the reply is signed.
    certificates
        PEM: its root or roots, and the certificates between that its replies may leave out.
    policy
        Object identifier that its stamps have to follow; ``None``: any.

    Raises
    ------
    BadInput
        If one of them cannot be used.
    """

    name: str
    url: str
    certificates: str
    policy: str | None = None
    trust: Trust = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise BadInput(_BAD_NAME.filled(found=self.name[:60]), field="name")
        if not _is_address(self.url):
            raise BadInput(_BAD_ADDRESS, field="url")
        if self.policy is not None and not _POLICY.fullmatch(self.policy):
            raise BadInput(_BAD_POLICY.filled(found=self.policy[:60]), field="policy")
        trust = Trust.read(self.certificates)
        # Whatever else stood in the file, a key perhaps, goes no further.
        object.__setattr__(self, "trust", trust)
        object.__setattr__(self, "certificates", trust.pem())

    def as_json(self) -> dict[str, str]:
        """Give it as a settings file keeps it."""
        policy = {} if self.policy is None else {"policy": self.policy}
        return {"name": self.name, "url": self.url, "certificates": self.certificates, **policy}

    @classmethod
    def of(cls, words: Mapping[str, object]) -> Self:
        """Take what `as_json` gave.

        Raises
        ------
        BadInput
            If something is missing, unknown or unusable.
        """
        fields = {"name", "url", "certificates", "policy"}
        if not set(words) <= fields or not all(isinstance(one, str) for one in words.values()):
            raise BadInput("an authority has a name, a url, certificates and perhaps a policy, all of them words")
        missing = sorted(fields - {"policy"} - set(words))
        if missing:
            raise BadInput("is missing", field=missing[0])
        return cls(**{key: str(value) for key, value in words.items()})


def _is_address(url: str) -> bool:
    if len(url) > _LONGEST_ADDRESS or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
